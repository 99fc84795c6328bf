"""Whom the bot heeds, where it answers, how long it waits: rules without a network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.dispatch import parse
from bot.commands.request import Right
from bot.platforms.base import SignInRefused
from bot.platforms.matrix.asking import ASKED, Shown, unspoken
from bot.platforms.matrix.backoff import Backoff
from bot.platforms.matrix.connection import LONGEST_WAIT, Refused, SignedOut, Unreachable
from bot.platforms.matrix.connection import _judged as judged
from bot.platforms.matrix.events import Scrambled
from bot.platforms.matrix.outbox import Letter, kept_of, letter_of, shown_by, transaction
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.matrix.session import Session, keep, load
from bot.platforms.matrix.settings import MatrixSettings, RoomSettings, is_heard, may_invite, power_of, rights_of
from bot.platforms.matrix.sync import Invitation
from bot.platforms.matrix.waiting import GRACE, HELD, KEEP, MOST, Waiting

ADA, BOT = "@ada:example.org", "@onrecord:example.org"
EDITING = frozenset({Right.READ, Right.SUGGEST, Right.EDIT})


def settings(**more: object) -> MatrixSettings:
    return MatrixSettings(homeserver="https://example.org", user=BOT, **more)  # type: ignore[arg-type]  # any setting


def test_invitations_of_listed_people_and_servers_are_taken() -> None:
    wide, narrow = settings(invites=frozenset({"example.org"})), settings(invites=frozenset({ADA}))
    assert may_invite(ADA, wide)
    assert may_invite(ADA, narrow)
    assert not may_invite("@ben:example.org", narrow)
    assert not may_invite("@ada:example.org.evil", wide)
    assert not may_invite("@x:evil:example.org", wide)
    assert not may_invite("", wide)


def test_rights_come_from_the_list_or_from_power_in_the_review_room() -> None:
    listed = settings(editors=frozenset({ADA}), review_power=50)
    assert rights_of(ADA, power=None, settings=listed) == EDITING
    assert rights_of("@ben:example.org", power=None, settings=listed) == {Right.READ}
    assert rights_of("@ben:example.org", power=50, settings=listed) == EDITING
    assert rights_of("@ben:example.org", power=50, settings=listed, listed=True) == EDITING | {Right.MANAGE}
    in_another_room = rights_of("@ben:example.org", power=50, settings=listed, listed=True, review=False)
    assert in_another_room == {Right.READ, Right.SUGGEST, Right.MANAGE}
    assert rights_of("@ben:example.org", power=49, settings=listed) == {Right.READ}
    assert rights_of("@ben:example.org", power=49, settings=listed, listed=True) == {Right.READ, Right.SUGGEST}


def test_power_is_what_the_room_says_and_creators_of_newer_rooms_stand_above() -> None:
    levels = {"users": {ADA: 50, "@odd:x": "100"}, "users_default": 10}
    assert power_of(ADA, levels, {}, "") == 50
    assert power_of("@ben:x", levels, {}, "") == 10
    assert power_of("@odd:x", levels, {}, "") == 0
    assert power_of(ADA, {}, {"room_version": "11"}, ADA) == 0
    assert power_of(ADA, {}, {"room_version": "12"}, ADA) == float("inf")
    assert power_of(ADA, {}, {"room_version": "12", "additional_creators": [ADA]}, "@x:y") == float("inf")
    assert power_of(ADA, {"users": 7}, {"room_version": 12}, ADA) == 0


def test_the_bot_hears_neither_itself_nor_other_bots() -> None:
    heard = settings(ignored=frozenset({"@other:x"}))
    assert is_heard(ADA, heard)
    assert not is_heard(BOT, heard)
    assert not is_heard("@other:x", heard)


def test_a_room_keeps_its_settings_through_upgrades_and_restarts() -> None:
    own = RoomSettings(prefix="?")
    rooms = Rooms(settings=settings(rooms={"!a": own, "#b:x": own}, review_room="!a"))
    rooms.replaced |= {"!a2": "!a", "!a3": "!a2", "!loop": "!loop2", "!loop2": "!loop"}
    rooms.aliases["!b"] = "#b:x"
    later = Rooms(settings=rooms.settings)
    later.recall(rooms.note())

    assert later.of("!a3") == own
    assert later.is_review("!a3")
    assert rooms.of("!b") == own
    assert not later.served("!loop")
    assert later.of("!loop").prefix == "!"
    assert later.welcome(Invitation(room="!a3", by="@stranger:x"))
    assert not later.welcome(Invitation(room="!c", by="@stranger:x"))


def test_what_is_written_about_the_newer_room_wins() -> None:
    old, new = RoomSettings(prefix="?"), RoomSettings(prefix="%")
    both = Rooms(settings=settings(rooms={"!old": old, "!new": new}, review_room="!new"))
    alias = Rooms(settings=settings(rooms={"!old": old, "#hall:x": new}))
    listed = Rooms(settings=settings(rooms={"!new": new}))
    for rooms in (both, alias, listed):
        rooms.replaced |= {"!new": "!old", "!newer": "!new"}
        rooms.aliases |= {"!old": "#hall:x", "!new": "#hall:x"} if rooms is alias else {}
        assert rooms.of("!new") == rooms.of("!newer") == new
        assert rooms.served("!new")
        assert rooms.welcome(Invitation(room="!new", by="@stranger:x"))
        assert rooms.expected("!new")
    assert both.of("!old") == alias.of("!old") == old
    assert not listed.served("!old")
    assert both.is_review("!new")
    assert both.is_review("!newer")
    assert not both.is_review("!old")


def test_a_named_room_is_the_newest_of_its_line_that_the_bot_is_in() -> None:
    rooms = Rooms(settings=settings(review_room="!new"))
    rooms.replaced |= {"!new": "!old", "!newer": "!new"}
    rooms.joined |= {"!old"}
    assert rooms.current("!old") == "!old"
    assert rooms.current("!new") == "!new"  # where the cards wait until the bot is let in
    rooms.joined |= {"!new"}
    assert rooms.current("!old") == rooms.current("!new") == "!new"
    rooms.joined |= {"!newer"}
    assert rooms.current("!old") == rooms.current("!new") == "!newer"


def test_the_review_room_is_served_and_entered_without_being_listed() -> None:
    rooms = Rooms(settings=settings(review_room="!desk"))
    assert rooms.ours("!desk")
    assert rooms.welcome(Invitation(room="!desk", by="@stranger:x"))
    assert not rooms.ours("!other")


def test_the_pauses_grow_to_a_minute_and_heed_the_server() -> None:
    backoff = Backoff(lambda: 1.0)
    pauses = [backoff.failed() for _ in range(20)]
    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 60
    assert backoff.failed(retry_after=90) == 90
    backoff.succeeded()
    assert Backoff(lambda: 0.0).failed() == pytest.approx(0.7)
    assert backoff.failed() == 1


@pytest.mark.parametrize("luck", [0.0, 1.0])
def test_a_minute_of_faults_takes_few_requests_and_its_end_is_noticed_soon(luck: float) -> None:
    backoff, now, requests = Backoff(lambda: luck), 0.0, 0
    while now < 60:
        requests += 1
        now += backoff.failed()
    assert requests <= 20
    assert now - 60 < 9


def test_answers_of_a_server_are_good_or_one_of_three_faults() -> None:
    assert judged(200, b'{"a":1}', "") == {"a": 1}
    with pytest.raises(Unreachable):
        judged(200, b"<html>", "")
    with pytest.raises(Unreachable):
        judged(502, b'{"errcode":"M_UNKNOWN"}', "")
    with pytest.raises(Unreachable) as limited:
        judged(429, b'{"retry_after_ms":4494}', "")
    assert limited.value.retry_after == pytest.approx(4.494)
    with pytest.raises(Unreachable) as header:
        judged(429, b"", "7")
    assert header.value.retry_after == 7
    for huge in (
        b'{"retry_after_ms":3600000000}',
        b'{"retry_after_ms":1e400}',
        b'{"retry_after_ms":' + b"9" * 400 + b"}",
    ):
        with pytest.raises(Unreachable) as patient:
            judged(429, huge, "")
        assert patient.value.retry_after == LONGEST_WAIT
    for odd in (b'{"retry_after_ms":NaN}', b'{"retry_after_ms":-5}', b'{"retry_after_ms":"soon"}', b"<html>"):
        with pytest.raises(Unreachable) as least:
            judged(429, odd, "²")
        assert least.value.retry_after == 1
    with pytest.raises(Refused):
        judged(403, b'{"errcode":"M_FORBIDDEN"}', "")
    with pytest.raises(SignedOut) as out:
        judged(401, b'{"errcode":"M_UNKNOWN_TOKEN","soft_logout":true}', "")
    assert out.value.soft


def test_a_letter_comes_back_from_the_outbox_as_it_was() -> None:
    letter = Letter(
        kind="edit",
        room="!r",
        key="$1/edit",
        of="$0",
        contents=({"body": "ї"},),
        lines={"more": "more 2 x"},
        question="$1",
        facts=(17,),
        shown=((17, 2),),
        thread="$t",
        at=5,
    )
    assert letter_of(letter.post().payload) == letter
    assert transaction("$1/0") == transaction("$1/0") != transaction("$1/1")
    for damaged in ("", "7", "{}", '{"shown":[],"contents":[],"kind":"send"}', '{"shown":7,"contents":[]}'):
        with pytest.raises(ValueError):  # noqa: PT011 -- that it is one is all that is promised
            letter_of(damaged)


def test_of_a_letter_that_is_sent_no_word_is_kept() -> None:
    letter = Letter(
        kind="send",
        room="!r",
        key="$1/0",
        contents=({"body": "the words of the quote"},),
        lines={"more": unspoken("more 2 quokkas", "quokkas"), "topic": unspoken("topic quokkas-2", "quokkas")},
        question="$1",
        facts=(17,),
        shown=((17, 2),),
    )
    kept = kept_of(letter)
    assert 'quokkas"' not in kept
    assert "words" not in kept
    offered = Shown(lines={"more": f"more 2 {ASKED}", "topic": "topic quokkas-2"}, question="$1", facts=(17,))
    assert shown_by(kept) == offered
    assert kept_of(Letter(kind="send", room="!r", key="$1/0", contents=({"body": "x"},))) == ""
    assert shown_by("") == Shown(lines={}, facts=())


@pytest.mark.parametrize("query", ["m", "more", "2", "more 2", "a  b", ""])
def test_a_kept_line_means_the_same_whatever_was_asked(query: str) -> None:
    name, arguments = parse(unspoken(f"more 2 {query}", query))
    assert name == "more"
    assert {key: query if value == ASKED else value for key, value in arguments.items()} == (
        {"page": "2", "query": query} if query else {"page": "2"}
    )


def scrambled(name: str, session: str = "s", room: str = "!r") -> Scrambled:
    return Scrambled(room=room, event=name, sender=ADA, at=0, session=session, source={})


def test_events_wait_for_their_key_and_a_room_is_told_once() -> None:
    waiting = Waiting()
    waiting.add(scrambled("$1"), 0, place="s1", explain=True)
    waiting.add(scrambled("$1"), 0, place="s2", explain=True)
    waiting.add(scrambled("$2", room="!quiet"), 0, place="s2", explain=False)
    assert waiting.unexplained(GRACE - 1) == ()
    assert waiting.unexplained(GRACE) == ("!r",)
    assert waiting.unexplained(GRACE + 1) == ()
    assert [item.event for item in waiting.arrived(frozenset({("!r", "s"), ("!r", "t")}), GRACE)] == ["$1"]
    assert waiting.arrived(frozenset({("!r", "s")}), GRACE) == ()
    assert waiting.arrived(frozenset({("!quiet", "s")}), KEEP) == ()


def test_the_place_in_the_stream_stays_before_what_waits() -> None:
    waiting = Waiting()
    assert waiting.place(0) is None
    waiting.add(scrambled("$0", "a"), 0, place=None, explain=True)
    assert waiting.place(0) is None
    waiting.add(scrambled("$1", "b"), 0, place="s1", explain=True)
    waiting.add(scrambled("$2", "c"), 5, place="s2", explain=True)
    assert waiting.place(HELD - 1) == "s1"
    assert waiting.place(HELD) == "s2"
    assert waiting.place(HELD + 5) is None
    waiting.arrived(frozenset({("!r", "b")}), 9)
    assert waiting.place(9) == "s2"


def test_of_very_many_events_the_newest_wait() -> None:
    waiting = Waiting()
    for number in range(MOST + 2):
        waiting.add(scrambled(f"${number}"), 0, place=f"s{number}", explain=True)
    assert waiting.place(0) == "s2"
    assert len(waiting.arrived(frozenset({("!r", "s")}), 0)) == MOST


def test_a_session_is_kept_for_its_owner_and_never_shown(tmp_path: Path) -> None:
    session = Session(homeserver="https://x", user=BOT, device="D", token="syt_secret")
    assert load(tmp_path) is None
    keep(tmp_path / "data" / "matrix", session)
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "data", tmp_path / "data" / "matrix")] == [0o700, 0o700]
    keep(tmp_path / "matrix", session)
    assert load(tmp_path / "matrix") == session
    assert (tmp_path / "matrix" / "session.json").stat().st_mode & 0o777 == 0o600
    assert "secret" not in repr(session)
    (tmp_path / "matrix" / "session.json").write_text('{"token": 1}', encoding="utf-8")
    with pytest.raises(SignInRefused, match="onrecord matrix login"):
        load(tmp_path / "matrix")


def test_whoever_does_not_use_matrix_never_loads_its_library() -> None:
    program = "import sys, bot.cli.init, bot.service; print('nio' in sys.modules, 'aiohttp' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.split() == ["False", "False"]


def test_of_its_library_nothing_is_loaded_but_the_encryption() -> None:
    """Two HTTP stacks, SOCKS proxies and the encryption of files are 5 MiB that nobody uses."""
    program = """
import sys
from bot.platforms.matrix import crypto, following, platform
names = ("nio.client", "nio.http", "nio.crypto.key_export", "h2", "h11", "aiohttp_socks", "aiofiles", "Crypto", "html")
print([name for name in names if name in sys.modules], "nio.crypto.olm_machine" in sys.modules)
import nio.http
print(nio.http.HttpResponse.__module__)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.splitlines() == ["[] True", "nio.http"]
