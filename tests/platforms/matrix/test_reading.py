"""Events are read as what they are, whatever their senders make of them."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.reply import Reply
from bot.commands.request import Request
from bot.commands.rows import PARAMETERS
from bot.commands.table import Command
from bot.platforms.matrix.asking import Shown, about, asked, command_of
from bot.platforms.matrix.connection import decoded
from bot.platforms.matrix.events import Message, Redaction, Scrambled, Upgrade, read, without_fallback
from bot.platforms.matrix.sync import read_news

BOT, ADA = "@onrecord:example.org", "@ada:example.org"
ROOM = "!room"


async def nobody(request: Request) -> Reply:
    """No command is run here."""
    raise AssertionError(request)


TABLE = tuple(
    Command(name=name, parameters=rows, slash=name in ("fact", "about"), message=name == "find", run=nobody)
    for name, rows in PARAMETERS.items()
)


def event(kind: str = "m.room.message", /, *, content: Any = None, **more: Any) -> dict[str, Any]:
    usual = {"type": kind, "event_id": "$1", "sender": ADA, "origin_server_ts": 1_000}
    return usual | {"content": {"msgtype": "m.text", "body": "!fact x"} if content is None else content} | more


def message(body: str = "!fact x", **content: Any) -> Message:
    found = read(event(content={"msgtype": "m.text", "body": body} | content), ROOM)
    assert isinstance(found, Message)
    return found


def line(body: str, **content: Any) -> str | None:
    found = asked(message(body, **content), prefix="!", user=BOT, names=("The Recorder",))
    return found.line if found else None


def test_what_an_event_is() -> None:
    assert isinstance(read(event(), ROOM), Message)
    assert read(event("m.room.redaction", content={}, redacts="$0"), ROOM) == Redaction(
        room=ROOM, event="$1", sender=ADA, redacts="$0"
    )
    newer = read(event("m.room.redaction", content={"redacts": "$0"}), ROOM)
    assert isinstance(newer, Redaction)
    scrambled = {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "s", "ciphertext": "c"}
    assert isinstance(read(event("m.room.encrypted", content=scrambled), ROOM), Scrambled)
    closed = event("m.room.tombstone", content={"replacement_room": "!new"}, state_key="")
    assert isinstance(read(closed, ROOM), Upgrade)


@pytest.mark.parametrize(
    "odd",
    [
        event(event_id="1"),
        event(event_id="$" + "x" * 300),
        event(event_id="$\ud800"),
        event(event_id=None),
        event(sender="ada"),
        event(sender=None),
        event(origin_server_ts="now"),
        event(origin_server_ts=10**30),
        event(origin_server_ts=-(10**30)),
        event(origin_server_ts=True),
        event(origin_server_ts=1.5),
        event(content=[]),
        event(content={"msgtype": "m.notice", "body": "!fact x"}),
        event(content={"msgtype": "m.text", "body": 7}),
        event(content={"msgtype": "m.text"}),
        event("m.room.tombstone", content={"replacement_room": "!new"}),
        event("m.room.encrypted", content={"algorithm": "m.olm.v1", "session_id": "s"}),
        event("m.reaction", content={}),
        {"type": "m.room.message"},
        None,
    ],
)
def test_what_is_malformed_or_not_for_us_is_nothing(odd: Any) -> None:
    assert read(odd, ROOM) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
keys = st.sampled_from(
    ["m.relates_to", "m.mentions", "m.new_content", "body", "msgtype", "formatted_body", "rel_type", "event_id"]
)


@given(st.dictionaries(keys, json_values | st.dictionaries(keys, json_values, max_size=3), max_size=8), json_values)
def test_no_content_breaks_the_reader(content: dict[str, Any], other: Any) -> None:
    read(event(content={"msgtype": "m.text", "body": "!fact x"} | content), ROOM)
    read(event(content=content | {"msgtype": "m.text"}), ROOM)
    read(event(other, content=content), ROOM)
    read(other, ROOM)
    read_news({"next_batch": "s1", "rooms": {"join": {"!a": other}, "invite": {"!b": other}, "leave": other}}, BOT)
    read_news({"rooms": other, "to_device": other}, BOT)


@given(st.binary(max_size=60) | st.text().map(lambda text: f'"{text}"'.encode("utf-8", "replace")))
def test_no_answer_of_a_server_breaks_the_connection(raw: bytes) -> None:
    decoded(raw)


def test_halves_of_surrogate_pairs_do_not_get_in() -> None:
    assert decoded(rb'{"a": ["\ud83d", "\ud83d\ude00"]}') == {"a": ["\ufffd", "\U0001f600"]}
    assert decoded(b"[" * 200_000) is None


def test_the_prefix_and_the_slash() -> None:
    assert line("!fact dprk") == line("/fact dprk") == line("  !fact \n dprk ") == "/fact dprk"
    assert line("fact dprk") is None
    assert line("!") is None
    assert line("! fact") is None
    assert line("!!fact") == "/!fact"


@pytest.mark.parametrize(
    "body",
    [
        f"{BOT} dprk",
        f"{BOT}: dprk",
        "@onrecord, dprk",
        "onrecord: dprk",
        "The Recorder: dprk",
        "the recorder dprk",
        f"[anything](https://matrix.to/#/{BOT}) dprk",
        "[anything](https://matrix.to/#/%40onrecord%3Aexample.org): dprk",
    ],
)
def test_a_mention_opens_a_question(body: str) -> None:
    assert line(body, **{"m.mentions": {"user_ids": [BOT]}}) == "dprk"
    assert line(body, **{"m.mentions": {"user_ids": [ADA]}}) is None
    assert line(body, **{"m.mentions": {}}) is None
    assert line(body, **{"m.mentions": 7}) is None


@pytest.mark.parametrize("user", [BOT, "%40onrecord%3Aexample.org", "%40onrecord:example.org"])
@pytest.mark.parametrize("words", ["The Recorder", "@onrecord", "R&amp;D <3".replace("<", "&lt;"), BOT])
def test_where_an_app_does_not_say_whom_it_mentions_a_link_does(words: str, user: str) -> None:
    pill = {"formatted_body": f'<a href="https://matrix.to/#/{user}">{words}</a>: dprk'}
    body = f"{unescape(words)}: dprk"
    assert line(body, **pill) == "dprk"
    assert line(f"[{unescape(words)}](https://matrix.to/#/{user}): dprk") == "dprk"
    assert line(body) == ("dprk" if words == BOT else None)  # a name alone says nothing
    assert line(body, **pill, **{"m.mentions": {}}) is None  # the app says that nobody is meant
    assert line(f"ask {body}", **pill) is None
    other = {"formatted_body": f'<a href="https://matrix.to/#/{ADA}">{words}</a>: dprk'}
    assert line(body, **other) is None


def test_where_an_app_does_not_say_whom_it_mentions_the_whole_user_id_does() -> None:
    assert line(f"{BOT}: dprk") == "dprk"
    assert line(f"{BOT} dprk", **{"m.mentions": {}}) is None
    assert line(f"ask {BOT}: dprk") is None
    assert line(f"{BOT}2 dprk") is None


@pytest.mark.parametrize("body", ["onrecorder dprk", "ask onrecord: dprk", "@onrecord-2 dprk"])
def test_a_name_that_only_begins_alike_is_no_mention(body: str) -> None:
    assert line(body, **{"m.mentions": {"user_ids": [BOT]}}) is None


def test_an_edit_is_read_as_it_reads_now() -> None:
    new = {"msgtype": "m.text", "body": "!fact y"}
    found = message("* !fact y", **{"m.new_content": new, "m.relates_to": {"rel_type": "m.replace", "event_id": "$0"}})
    assert (found.body, found.replaces) == ("!fact y", "$0")


def test_the_quotation_of_older_clients_is_taken_off() -> None:
    assert without_fallback("> <@a:b> one\n> two\n\n!context") == "!context"
    assert without_fallback("!context > x") == "!context > x"


def test_a_word_in_reply_to_an_answer_is_about_its_fact() -> None:
    shown = Shown(lines={"more": "more 2 dprk ammunition", "1": "fact #4"}, facts=(17,))

    def command(body: str, answer: Shown | None = shown) -> object:
        reply = {"m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}}
        question = asked(message(body, **reply), prefix="!", user=BOT, names=())
        return question and command_of(question, TABLE, answer)

    assert command("!evidence") == ("evidence", {"number": "17"})
    assert command("!more") == ("more", {"page": "2", "query": "dprk ammunition"})
    assert command("1") == command("!1") == ("fact", {"query": "#4"})
    assert command("!evidence 3") == ("evidence", {"number": "3"})
    assert command("!evidence#3") == ("evidence", {"number": "#3"})
    link = "https://example.org/page#part-2"
    assert command(f"!17 link {link}", None) == ("set", {"number": "17", "field": "link", "value": link})
    assert command("2") is None
    assert command("123") is None
    assert command("!more", None) is None
    assert command("!evidence", None) is None
    assert command("!fact", None) == ("fact", {})
    assert command("!ban ada") is None
    assert command("!find ada") is None
    assert command("!wrong date it was Friday") == ("wrong", {"number": "17", "kind": "date", "text": "it was Friday"})
    assert command("!wrong 3 date Friday") == ("wrong", {"number": "3", "kind": "date", "text": "Friday"})
    assert command("!17 hide in doubt", None) == ("hide", {"number": "17", "reason": "in doubt"})
    assert command("!mine", None) == ("mine", {})
    assert command("!desk", None) == command("!queue", None) == ("queue", {})
    assert command("!hide", None) is None
    for pick in ("#1", "1.", "1)"):
        assert command(pick) == ("fact", {"query": "#4"})
    assert command("!fact#3", None) == ("fact", {"query": "#3"})
    assert command("!more 3") == ("more", {"page": "3", "query": "dprk ammunition"})
    assert command("!evidence please") == ("evidence", {"number": "17"})
    assert command("!approve nonsense") == ("approve", {"number": "17"})
    last = Shown(lines={}, facts=(17,))
    assert command("!more", last) == ("more", {})
    assert command("!context", last) == ("context", {"number": "17"})
    assert command("!desk lamp", None) == ("lamp", {})


def test_an_answer_about_a_fact_is_replied_to_about_it() -> None:
    assert about(TABLE, "evidence", {"number": "#17"}) == (17,)
    assert about(TABLE, "fact", {"query": "17"}) == about(TABLE, "about", {}) == about(TABLE, "lamp", {}) == ()
