"""A fact's life in rooms: suggested, reviewed by somebody else, followed, corrected where it was shown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.core.model.change import Hide
from bot.core.model.desk import By, Terms
from bot.platforms import sender
from tests.homeserver.client import Client, Event, quoted
from tests.journeys.matrix.house import House, body_of, joined, room_with

BY = By(platform="matrix", account="@di:example.org", editor=True)

PASSAGE = (
    "The minister spoke in Testwick on Friday. “We have repaired at least 40 bridges since the flood,” Minister "
    "Ivan Muster told reporters. “Nobody was hurt.”"
)


def new_body(event: Event) -> str:
    """What a message reads after an edit."""
    content: Any = event["content"]
    return str(content.get("m.new_content", {}).get("body", ""))


async def said(person: Client, room: str, house: House, *words: str) -> Event:
    """Something of the bot's in a room that has these words, edits too."""

    def fits(event: Event) -> bool:
        text = body_of(event) + new_body(event)
        return event["room_id"] == room and event["sender"] == house.user and all(word in text for word in words)

    return await person.until(fits)


async def ask(person: Client, room: str, line: str) -> str:
    return body_of(await person.answer(await person.send(room, line)))


async def suggest(person: Client, room: str) -> int:
    """Everything that it takes, typed."""
    found = await ask(person, room, f"!suggest https://gazette.example/bridges {PASSAGE}")
    assert "Found 2 quotations" in found
    number = int(re.findall(r"#(\d+)", found)[0])
    await ask(person, room, f"!{number} words 1")
    for line in ("title 40 bridges", "publisher The Testwick Gazette", "published 2 May 2026", "speaker Ivan Muster"):
        preview = await ask(person, room, f"!{number} {line}")
    assert '"We have repaired at least 40 bridges since the flood"' in preview
    assert f"#{number} waits" in await ask(person, room, f"!{number} ok")
    return number


async def test_from_a_suggestion_to_a_correction(house: House, ada: Client, bob: Client) -> None:
    async with house.running():
        room = await room_with(bob, house, ada, encrypted=True)
        review = await room_with(ada, house)
    house.reviewing(review)
    async with house.running(review_room=review):
        number = await suggest(bob, room)
        card = await said(ada, review, house, "The words stand in the passage")
    async with house.running(review_room=review):  # a card outlives the process
        refusal = await bob.answer(await bob.send(room, f"!{number} approve"))
        assert "is for moderators" in body_of(refusal)
        approved = await ada.answer(await ada.reply(review, card["event_id"], "!approve"))
        assert f"Published as #{number}" in body_of(approved)
        settled = await ada.edited(card["event_id"])
        assert "Published by" in new_body(settled)
        await said(bob, room, house, f"#{number}", "ublished")
        answer = await bob.answer(await bob.send(room, "!fact repaired bridges"))
        assert "We have repaired at least 40 bridges" in body_of(answer)

        assert "From now on" in await ask(ada, review, "!follow everything")
        hidden = await ada.answer(await ada.send(review, f"!{number} hide contested"))
        assert "is for moderators" not in body_of(hidden)
        changed = await bob.edited(answer["event_id"])
        assert "Under review since" in new_body(changed)
        assert "40 bridges since the flood" not in new_body(changed)
        await said(ada, review, house, "Under review since", f"#{number}")
        await said(ada, review, house, f"#{number} is hidden", "Messages changed: 1")
        assert await house.store.lease("matrix", limit=9, ttl=1) == ()


async def test_a_card_waits_until_the_bot_has_been_let_into_the_review_room(
    house: House, ada: Client, bob: Client
) -> None:
    async with house.running():
        room = await room_with(bob, house)
    review = await ada.create()
    house.reviewing(review)
    async with house.running(review_room=review):
        await suggest(bob, room)
        await ada.invite(review, house.user)
        await said(ada, review, house, "The words stand in the passage")


async def test_what_a_room_follows_is_decided_by_who_moderates_it(house: House, ada: Client, bob: Client) -> None:
    async with house.running(editors=frozenset({bob.user})):
        room = await room_with(ada, house, bob)
        assert "Whoever manages" in await ask(bob, room, "!follow everything")
        assert "once a day" in await ask(ada, room, "!follow --daily everything")
        assert "everything: once a day" in await ask(ada, room, "!follow")
        assert "no longer" in await ask(ada, room, "!follow --stop everything")


async def test_what_a_room_follows_is_posted_where_it_goes_on(house: House, ada: Client) -> None:
    async with house.running():
        old = await room_with(ada, house, room_version="10")
        assert "From now on" in await ask(ada, old, "!follow everything")
        upgraded = await ada.call("POST", f"/rooms/{quoted(old)}/upgrade", {"new_version": "11"})
        new = upgraded["replacement_room"]
        await ada.invite(new, house.user)
        await joined(ada, new, house.user)
        assert "everything: one by one" in await ask(ada, new, "!follow")
        await house.store.apply(Hide(by=BY, terms=Terms(), number=1, reason="contested"), key="hide", expect={})
        await said(ada, new, house, "Under review since", "#1")


async def test_what_waited_for_a_room_is_posted_where_it_went_on_meanwhile(
    house: House, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "AGAIN", (1.0, 2.0))  # seconds: the old room takes nothing any more
    async with house.running():
        old = await room_with(ada, house, preset="public_chat", room_version="10")
        assert "From now on" in await ask(ada, old, "!follow everything")
    upgraded = await ada.call("POST", f"/rooms/{quoted(old)}/upgrade", {"new_version": "11"})
    for number in (1, 2):
        change = Hide(by=BY, terms=Terms(), number=number, reason="contested")
        await house.store.apply(change, key=f"hide {number}", expect={})
    async with house.running():
        for number in (1, 2):
            await said(ada, upgraded["replacement_room"], house, "Under review since", f"#{number}")


async def test_an_answer_that_was_deleted_is_not_corrected(house: House, ada: Client) -> None:
    async with house.running():
        review = await room_with(ada, house)
    house.reviewing(review)
    async with house.running(review_room=review):
        room = await room_with(ada, house)
        gone, stays = [await ada.answer(await ada.send(room, "!fact #1")) for _ in range(2)]
        await ada.redact(room, gone["event_id"])
        assert "Evidence for #1" in await ask(ada, room, "!evidence 1")  # the redaction is behind us
        await ada.send(review, "!1 hide contested")
        await ada.edited(stays["event_id"])
        await said(ada, review, house, "#1 is hidden", "Messages changed: 1")
