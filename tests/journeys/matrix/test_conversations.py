"""Asking, asking further, asking otherwise, taking back: what people do with an answer."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from typing import Any

import pytest
from Crypto.Cipher import AES

from bot.commands.chart import Chart
from bot.commands.rows import table_of
from bot.commands.services import Charts
from bot.commands.services import House as About
from bot.core.lookup import Lookup
from bot.platforms.matrix import following
from bot.system import SystemClock
from tests.homeserver.client import Client, quoted, relation, replies_to
from tests.homeserver.proxy import Fault, Proxy
from tests.homeserver.synapse import Synapse
from tests.journeys.matrix.house import QUOTE, House, body_of, room_with, silence
from tests.platforms.discord.test_pictures import import_of_a_series
from tests.seeded import analysis


async def test_a_question_in_a_plain_room(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        answer = await ada.answer(await ada.send(room, "!fact dprk ammunition"))

    content = answer["content"]
    assert content["msgtype"] == "m.notice"
    assert content["m.mentions"] == {}
    assert set(content["m.relates_to"]) == {"m.in_reply_to"}
    lines = content["body"].split("\n")
    assert QUOTE in lines[0]
    assert lines[1].startswith("— Volodymyr Zelenskyi, President of Ukraine")
    assert lines[2] == "Published 16 Nov 2024; the day it was said is not given"
    assert lines[-1] == "Reply here: !context, !evidence, !more"
    assert content["formatted_body"].startswith('<blockquote>"As for North Korea')


async def test_a_question_in_an_encrypted_room(house: House, ada: Client) -> None:
    """The client heeds no device that its owner has not signed, and finds the bot's signed."""
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        answer = await ada.answer(await ada.send(room, "!fact dprk ammunition"))

    assert answer["encrypted"]
    assert QUOTE in body_of(answer)
    assert ada.refused[house.user] == {}


@pytest.mark.parametrize(
    "question",
    [
        "/fact dprk ammunition",
        "!FACT dprk ammunition",
        "  !fact dprk ammunition  ",
        "!fact\tdprk ammunition",
        "!fact #1",
    ],
)
async def test_other_ways_to_ask(question: str, house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        answer = await ada.answer(await ada.send(room, question))

    assert QUOTE in body_of(answer)


async def test_a_mention_is_a_question(house: House, ada: Client) -> None:
    local = house.user[1:].partition(":")[0]
    pill = f'<a href="https://matrix.to/#/{house.user}">The Recorder</a> dprk ammunition'
    meant = {"m.mentions": {"user_ids": [house.user]}}
    async with house.running():
        room = await room_with(ada, house)
        for body, html in (
            (f"{house.user}: dprk ammunition", None),
            (f"@{local} dprk ammunition", None),
            ("The Recorder dprk ammunition", pill),
            (f"[The Recorder](https://matrix.to/#/{house.user}) dprk ammunition", None),
        ):
            twin = {"format": "org.matrix.custom.html", "formatted_body": html} if html else {}
            answer = await ada.answer(await ada.send(room, body, **meant | twin))
            assert QUOTE in body_of(answer), body
        not_meant = await ada.send(room, f"{house.user}: dprk ammunition", **{"m.mentions": {}})
        in_passing = await ada.send(room, f"ask {house.user} about dprk ammunition", **meant)
        await silence(ada, room, not_meant, in_passing)


async def test_a_bot_that_is_renamed_while_it_runs_is_known_by_its_new_name(
    house: House, proxy: Proxy, ada: Client, synapse: Synapse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "RENAMED", 0.05)
    path, mentions = f"/_matrix/client/v3/profile/{quoted(house.user)}/displayname", {"user_ids": [house.user]}
    async with house.running():
        room = await room_with(ada, house)
        await asyncio.to_thread(synapse.call, "PUT", path, {"displayname": "Keeper of Records"}, house.account.token)
        before = proxy.count("/displayname")
        await proxy.until(lambda: proxy.count("/displayname") > before + 1)
        asked = await ada.send(room, "Keeper of Records: dprk ammunition", **{"m.mentions": mentions})
        assert QUOTE in body_of(await ada.answer(asked))


async def test_an_older_app_mentions_by_a_link_alone(house: House, ada: Client) -> None:
    """Without `m.mentions` a pill is a mention; a name that somebody typed is none."""
    pill = f'<a href="https://matrix.to/#/{house.user}">The Recorder</a> dprk ammunition'
    async with house.running():
        room = await room_with(ada, house)
        twin = {"format": "org.matrix.custom.html", "formatted_body": pill}
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "The Recorder dprk ammunition", **twin)))
        await silence(ada, room, await ada.send(room, "The Recorder dprk ammunition"))


async def test_a_command_without_its_words_is_told_how_it_is_typed_here(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        assert "Example: !fact dprk ammunition" in body_of(await ada.answer(await ada.send(room, "!fact")))
        assert "Example: !evidence 17" in body_of(await ada.answer(await ada.send(room, "!evidence x")))
        assert "!fact dprk ammunition — " in body_of(await ada.answer(await ada.send(room, "!help")))


@pytest.mark.parametrize("encrypted", [False, True])
async def test_more_is_known_from_the_question_and_from_nothing_that_is_kept(
    *, encrypted: bool, house: House, ada: Client
) -> None:
    query = "dPRK aMMunition"
    async with house.running():
        room = await room_with(ada, house, encrypted=encrypted)
        asked = await ada.send(room, "!fact japan ammunition")
        first = await ada.answer(asked)
        await ada.edit(room, asked, f"!fact {query}")
        await ada.edited(first["event_id"])
    assert query not in repr(vars(house.store))
    async with house.running():
        second = await ada.answer(await ada.reply(room, first["event_id"], "!more"))
        assert f'2 of 2 for "{query}"' in body_of(second)
        assert QUOTE in body_of(await ada.answer(await ada.reply(room, second["event_id"], "!back")))
    assert query not in repr(vars(house.store))


async def test_more_of_a_question_that_is_gone(house: House, proxy: Proxy, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        asked = await ada.send(room, "!fact dprk ammunition")
        first = await ada.answer(asked)
        gone = Fault(path=f"/event/{asked}", status=404, body={"errcode": "M_NOT_FOUND"}, times=None)
        proxy.faults.append(gone)
        told = await ada.answer(await ada.reply(room, first["event_id"], "!more"))
        assert "ask again" in body_of(told)
        assert "Evidence for #1" in body_of(await ada.answer(await ada.reply(room, first["event_id"], "!evidence")))


async def test_replies_to_an_answer_need_no_number(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        first = await ada.answer(await ada.send(room, "!fact dprk ammunition"))
        replies = {
            word: body_of(await ada.answer(await ada.reply(room, first["event_id"], f"!{word}")))
            for word in ("context", "evidence", "history", "more")
        }
        by_number = body_of(await ada.answer(await ada.send(room, "!evidence #1")))

    assert QUOTE in replies["context"]
    assert replies["evidence"].startswith("Evidence for #1")
    assert "#1" in replies["history"]
    assert '2 of 2 for "dprk ammunition"' in replies["more"]
    assert by_number == replies["evidence"]


async def test_a_reply_with_old_fallback_is_read_without_it(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        first = await ada.answer(await ada.send(room, "!fact dprk ammunition"))
        body = f"> <{house.user}> !fact japan ammunition\n> more\n\n!evidence"
        answer = await ada.answer(await ada.reply(room, first["event_id"], body))

    assert body_of(answer).startswith("Evidence for #1")


async def test_a_thread_is_answered_in_the_thread(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        root = await ada.send(room, "About those rounds:")
        threaded = {"rel_type": "m.thread", "event_id": root, "is_falling_back": True}
        asked = await ada.send(
            room, "!fact dprk ammunition", **{"m.relates_to": threaded | {"m.in_reply_to": {"event_id": root}}}
        )
        answer = await ada.answer(asked)

    assert relation(answer) == ("m.thread", root)
    assert answer["content"]["m.relates_to"]["is_falling_back"] is False  # it is meant as a reply


async def test_an_edited_question_edits_its_answer(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        asked = await ada.send(room, "!fact japan ammunition")
        answer = await ada.answer(asked)
        await ada.edit(room, asked, "!fact dprk ammunition")
        edit = await ada.edited(answer["event_id"])
        further = await ada.answer(await ada.reply(room, answer["event_id"], "!evidence"))

    assert "Nothing on record" in body_of(answer)
    assert QUOTE in edit["content"]["m.new_content"]["body"]
    assert edit["content"]["m.new_content"]["m.mentions"] == {}
    assert body_of(further).startswith("Evidence for #1")


async def test_a_typo_that_is_mended_is_answered(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        asked = await ada.send(room, "1fact dprk ammunition")
        await ada.edit(room, asked, "!fact dprk ammunition")
        answer = await ada.answer(asked)
        assert QUOTE in body_of(answer)
        await ada.edit(room, asked, "!fact japan ammunition")
        edit = await ada.edited(answer["event_id"])
        assert "Nothing on record" in edit["content"]["m.new_content"]["body"]
        await ada.redact(room, asked)
        await ada.until(lambda event: event["content"].get("redacts") == answer["event_id"])


async def test_what_an_edit_cannot_change_holds_for_the_answer_too(house: House, ada: Client) -> None:
    """The thread in which it was asked, and the answer that it replies to."""
    async with house.running():
        room = await room_with(ada, house)
        first = await ada.answer(await ada.send(room, "!fact dprk ammunition"))
        root = await ada.send(room, "About those rounds:")
        threaded = {"m.relates_to": {"rel_type": "m.thread", "event_id": root}}
        in_thread = await ada.send(room, "!fackt dprk ammunition", **threaded)
        await ada.edit(room, in_thread, "!fact dprk ammunition")
        assert relation(await ada.answer(in_thread)) == ("m.thread", root)
        in_reply = await ada.reply(room, first["event_id"], "!evidense")
        await ada.edit(room, in_reply, "!evidence")
        assert body_of(await ada.answer(in_reply)).startswith("Evidence for #1")


async def test_a_question_edited_into_small_talk_and_back_is_answered_anew(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        asked = await ada.send(room, "!fact dprk ammunition")
        first = await ada.answer(asked)
        await ada.edit(room, asked, "never mind")
        await ada.until(lambda event: event["content"].get("redacts") == first["event_id"])
        await ada.edit(room, asked, "!fact dprk ammunition")
        second = await ada.until(
            lambda event: replies_to(event) == asked and event["event_id"] != first["event_id"] and body_of(event) != ""
        )
        assert QUOTE in body_of(second)
        assert relation(second) == (None, None)
        await ada.redact(room, asked)
        await ada.until(lambda event: event["content"].get("redacts") == second["event_id"])


async def test_an_edit_by_somebody_else_is_no_edit(house: House, ada: Client, bob: Client) -> None:
    async with house.running():
        room = await room_with(ada, house, bob)
        asked = await ada.send(room, "!fact japan ammunition")
        answer = await ada.answer(asked)
        await bob.edit(room, asked, "!fact dprk ammunition")
        await silence(ada, room)

    assert [event for event in ada.events if relation(event) == ("m.replace", answer["event_id"])] == []


async def test_a_question_edited_into_small_talk_loses_its_answer(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        asked = await ada.send(room, "!fact dprk ammunition")
        answer = await ada.answer(asked)
        await ada.edit(room, asked, "never mind")
        await ada.until(lambda event: event["type"] == "m.room.redaction" and event["sender"] == house.user)

    assert (await ada.call("GET", f"/rooms/{room}/event/{answer['event_id']}"))["content"] == {}


@pytest.mark.parametrize("encrypted", [False, True])
async def test_a_question_taken_back_takes_its_answer_along(*, encrypted: bool, house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house, encrypted=encrypted)
        asked = await ada.send(room, "!fact japan ammunition")
        answer = await ada.answer(asked)
        await ada.edit(room, asked, "!fact dprk ammunition")
        edit = await ada.edited(answer["event_id"])
        await ada.redact(room, asked)
        gone = {answer["event_id"], edit["event_id"]}
        while gone:
            event = await ada.until(
                lambda event: event["type"] == "m.room.redaction" and event["content"].get("redacts") in gone
            )
            gone.discard(event["content"]["redacts"])


async def test_what_is_no_question_is_met_with_silence(house: House, ada: Client, bob: Client) -> None:
    async with house.running(ignored=frozenset({bob.user})):
        room = await room_with(ada, house, bob)
        said = [
            await ada.send(room, "!fact dprk ammunition", msgtype="m.notice"),
            await ada.send(room, "!fact dprk ammunition", msgtype="m.emote"),
            await bob.send(room, "!fact dprk ammunition"),
            await ada.send(room, "the fact is: dprk ammunition"),
            await ada.send(room, "!roll 2d6"),
            await ada.send(room, "!"),
            await ada.send(room, "!more"),
            await ada.send(room, "! fact dprk ammunition"),
            await ada.event(room, "m.sticker", {"body": "!fact dprk ammunition", "url": "mxc://x/y", "info": {}}),
        ]
        other = await ada.send(room, "12")
        said.append(await ada.reply(room, other, "!context"))
        said.append(await ada.reply(room, other, "1"))
        await ada.event(
            room, "m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": other, "key": "👍"}}
        )
        await silence(ada, room, other, *said)


async def test_in_company_a_private_answer_comes_in_a_room_of_ones_own(house: House, ada: Client, bob: Client) -> None:
    async with house.running(invites=frozenset({ada.user})):
        alone = await room_with(ada, house, encrypted=True)
        company = await room_with(ada, house, bob)
        assert QUOTE in body_of(await ada.answer(await ada.send(alone, "!fact --private dprk ammunition")))
        told = body_of(await bob.answer(await bob.send(company, "!fact --private dprk ammunition")))
        assert "only you can read" in told
        assert QUOTE not in told
        (own,) = await invitations(bob, 1)
        await bob.join(own)
        answer = await bob.until(lambda event: event["room_id"] == own and QUOTE in body_of(event))
        assert own in bob.encrypted
        assert "Nothing is kept about you" in body_of(await bob.answer(await bob.send(own, "!mydata")))
        evidence = await bob.answer(await bob.reply(own, answer["event_id"], "!evidence"))
        assert body_of(evidence).startswith("Evidence for #")
    async with house.running():  # the room is the same after a restart
        await bob.answer(await bob.send(company, "!mydata"))
        await bob.until(lambda event: event["room_id"] == own and "Nothing is kept" in body_of(event))
        assert bob.invites == [own]
        await bob.leave(own)
        await bob.answer(await bob.send(company, "!mydata"))
        assert len(await invitations(bob, 2)) == 2


async def test_a_question_edited_into_a_private_one_loses_its_public_answer(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        asked = await ada.send(room, "!fact #5")
        first = await ada.answer(asked)
        await ada.edit(room, asked, "!fact --private dprk ammunition")
        await ada.until(lambda event: event["content"].get("redacts") == first["event_id"])
        second = await ada.until(lambda event: replies_to(event) == asked and "only you can read" in body_of(event))
        (own,) = await invitations(ada, 1)
        await ada.join(own)
        await ada.until(lambda event: event["room_id"] == own and QUOTE in body_of(event))
        await ada.edit(room, asked, "!fact dprk ammunition")
        edit = await ada.edited(second["event_id"])

    assert QUOTE in edit["content"]["m.new_content"]["body"]
    assert (await ada.call("GET", f"/rooms/{room}/event/{first['event_id']}"))["content"] == {}


@pytest.mark.parametrize("options", [{}, {"encrypted": True, "preset": "public_chat"}])
async def test_two_are_not_alone_in_a_room_that_others_can_read(
    house: House, ada: Client, options: dict[str, Any]
) -> None:
    async with house.running():
        room = await room_with(ada, house, **options)
        said = body_of(await ada.answer(await ada.send(room, "!fact --private dprk ammunition")))
        assert "only you can read" in said
        assert QUOTE not in said
        (own,) = await invitations(ada, 1)
        await ada.join(own)
        await ada.until(lambda event: event["room_id"] == own and QUOTE in body_of(event))
        assert QUOTE in body_of(await ada.answer(await ada.send(own, "!fact --private dprk ammunition")))
        assert len(ada.invites) == 1


@pytest.mark.parametrize("encrypted", [False, True])
async def test_a_line_over_time_comes_with_a_picture(house: House, ada: Client, encrypted: bool) -> None:
    png = bytes(range(256)) * 5

    async def draw(_: Chart) -> tuple[bytes, tuple[int, int]]:
        return png, (960, 600)

    await house.store.apply(import_of_a_series(), key="series", expect={})
    charts = Charts(draw=draw, clock=SystemClock())
    finder = Lookup(house.store, analysis())
    house.table = table_of(finder=finder, facts=house.store, house=About(version="0"), charts=charts)
    async with house.running():
        room = await room_with(ada, house, encrypted=encrypted)
        question = await ada.send(room, "!timeline trees planted")
        answer = await ada.answer(question)
        assert "at least 500" in body_of(answer)
        picture = await ada.until(lambda event: event["content"].get("msgtype") == "m.image")
    content = picture["content"]
    assert content["body"].startswith("Step chart: Trees planted")
    assert content["filename"] == "timeline.png"
    assert content["info"] == {"mimetype": "image/png", "size": len(png), "w": 960, "h": 600}
    assert replies_to(picture) == question
    found = await ada.download(content["file"]["url"] if encrypted else content["url"])
    assert (unsealed(found, content["file"]) if encrypted else found) == png


def unsealed(data: bytes, file: Mapping[str, Any]) -> bytes:
    """The bytes of an EncryptedFile. Source: Matrix specification, "Sending encrypted attachments"."""

    def decoded(text: str) -> bytes:
        return base64.urlsafe_b64decode(text.replace("+", "-").replace("/", "_") + "=" * (-len(text) % 4))

    assert decoded(file["hashes"]["sha256"]) == hashlib.sha256(data).digest()
    counter = decoded(file["iv"])
    cipher = AES.new(decoded(file["key"]["k"]), AES.MODE_CTR, nonce=counter[:8], initial_value=counter[8:])
    return bytes(cipher.decrypt(data))


async def invitations(person: Client, count: int) -> list[str]:
    """The rooms that somebody has been invited to."""
    async with asyncio.timeout(20):
        while len(person.invites) < count:
            await person.sync(wait=1)
    return person.invites


async def test_each_room_has_its_prefix_and_language(house: House, ada: Client) -> None:
    from bot.platforms.matrix.settings import RoomSettings  # noqa: PLC0415 -- beside its only use

    room = await ada.create(house.user)
    async with house.running(invites=frozenset(), rooms={room: RoomSettings(prefix="?", language="uk")}):
        answer = await ada.answer(await ada.send(room, "?fact dprk ammunition"))
        assert "?context" in body_of(answer)
        assert "Опубліковано" in body_of(answer)
        usual = await ada.send(room, "!fact dprk ammunition")
        later = await ada.send(room, "?fact #1")
        await ada.answer(later)

    assert [event for event in ada.events if replies_to(event) == usual] == []
