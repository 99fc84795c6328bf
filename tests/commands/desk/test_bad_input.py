"""What people type wrong, by accident or on purpose: a clear reply, nothing typed is lost, the state is as before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.reply import Outcome
from bot.core.model.change import Approve
from bot.core.model.desk import Draft
from bot.core.model.review import Workflow
from bot.interchange.layout import files
from bot.interchange.loading import load
from tests.builders import NOON
from tests.commands.desk.clerk import Clerk
from tests.contracts.stores.desk import ADA, BO, MIA, PASSAGE, TERMS, names, published, the_fact

LINK = "https://gazette.example/trees"


async def a_form(desk: Clerk, link: str = LINK, passage: str = PASSAGE) -> int:
    await names(desk.store)
    await desk.say(f"!suggest {link} {passage}", MIA)
    number = max(each.number for each in await drafts(desk))
    await desk.say(f"words {number} 1", MIA)
    return number


async def drafts(desk: Clerk) -> tuple[Draft, ...]:
    async with desk.store.reading() as view:
        me = await view.person(MIA)
        return await view.drafts(me.id) if me else ()


@pytest.mark.parametrize(
    "line",
    ["ok {0}", "words {0} 1", "confirm {0}", "source {0}", "drop {0}", "{0} said 2024", "open {0}", "another {0}"],
)
async def test_the_form_of_somebody_else_is_nobodys(line: str) -> None:
    desk = Clerk()
    number = await a_form(desk)
    reply = await desk.reply(line.format(number), BO)
    assert reply.outcome is Outcome.REFUSED
    assert [each.number for each in await drafts(desk)] == [number]


async def test_a_form_that_has_expired_says_so_and_how_to_begin_again() -> None:
    desk = Clerk()
    number = await a_form(desk)
    desk.clock.time = NOON + timedelta(days=31)
    await desk.store.forget(NOON + timedelta(days=1))
    said = await desk.say(f"{number} ok", MIA)
    assert said.startswith(f"You have no form #{number} (any more)")
    assert "suggest" in said


async def test_a_quote_of_six_thousand_characters_is_kept_and_refused() -> None:
    desk = Clerk()
    long = "word " * 1200
    number = await a_form(desk, passage=f'"{long.strip()}," she said.')
    await desk.say(f"words {number} {long}", MIA)
    said = await desk.say(f"{number} ok", MIA)
    assert "The words have 5,999 characters: quote at most 2,000" in said
    assert f"[Edit words #{number}]" in said
    (kept,) = await drafts(desk)
    assert kept.form.words == long.strip()


async def test_a_passage_that_nobody_reads_is_refused_with_what_to_paste() -> None:
    desk = Clerk()
    said = await desk.say("!suggest", MIA, given={"link": LINK, "passage": "x" * 20_001})
    assert said == "That is too long: 20001 characters, at most 20000."
    number = await a_form(desk)
    said = await desk.say(f"source {number}", MIA, given={"passage": "x" * 20_001})
    assert said.startswith("Passage: 20001 characters are too many; at most 20000. Paste only the paragraph")
    (kept,) = await drafts(desk)
    assert kept.form.passage == PASSAGE


@pytest.mark.parametrize("field", ["link", "words"])
async def test_what_is_empty_and_needed_is_asked_for_by_name(field: str) -> None:
    desk = Clerk()
    number = await a_form(desk)
    line = "source" if field == "link" else "confirm"
    said = await desk.say(f"{line} {number}", MIA, given={field: "  "})
    if field == "words":
        assert "which words?" in said
    else:
        assert "Link: please fill it in." in said
    assert (await desk.reply(f"{number} ok", MIA)).outcome is Outcome.REFUSED


async def test_an_empty_form_is_no_suggestion() -> None:
    desk = Clerk()
    given = {"link": "", "passage": "", "title": "", "publisher": "", "published": ""}
    assert "Now paste the passage" in await desk.say("!suggest", MIA, given=given)
    assert len(await drafts(desk)) == 1


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("yesterday", "“yesterday” is no day. Write 2024-11-16"),
        ("last Friday", "“last Friday” is no day."),
        ("2030-01-01", "“2030-01-01” has not come yet."),
        ("11/12/2024", "“11/12/2024” can be read in two ways."),
        ("2024-02-30", "“2024-02-30” is no day."),
    ],
)
async def test_a_day_is_never_guessed(said: str, reply: str) -> None:
    desk = Clerk()
    number = await a_form(desk)
    assert reply in await desk.say(f"{number} said {said}", MIA)
    (kept,) = await drafts(desk)
    assert kept.form.said == said
    assert reply in await desk.say(f"{number} ok", MIA)
    form = (await desk.reply(f"confirm {number}", MIA)).form
    assert form is not None
    assert next(each.value for each in form.fields if each.name == "said") == said


async def test_a_day_after_publication_is_told_before_it_is_sent() -> None:
    desk = Clerk()
    number = await a_form(desk)
    await desk.say(f"{number} published 2024-11-16", MIA)
    said = await desk.say(f"{number} said 2024-11-20", MIA)
    assert "2024-11-20 is after the day of publication (2024-11-16)" in said


@pytest.mark.parametrize(
    ("link", "reply"),
    [
        ("https://user:secret@gazette.example/x", "The link holds a user name or password"),
        ("https://bit.ly/3abc", "bit.ly hides where the link leads"),
        ("javascript:alert(1)", "is no web address"),
        ("http://", "is no web address"),
        ("gazette.example/x", "is no web address"),
    ],
)
async def test_a_link_that_cannot_be_trusted_is_refused_and_kept_for_mending(link: str, reply: str) -> None:
    desk = Clerk()
    await names(desk.store)
    await desk.say("!suggest", MIA, given={"link": link, "passage": PASSAGE})
    said = await desk.say("words 1 1", MIA)
    said = await desk.say("1 ok", MIA)
    assert reply in said
    assert "[Edit source #1]" in said
    (kept,) = await drafts(desk)
    assert kept.form.link == link
    assert "not sent yet" in await desk.say(f"1 link {LINK}", MIA)


async def test_a_publisher_that_looks_like_another_is_pointed_out_to_whoever_approves() -> None:
    desk = Clerk()
    await published(desk.store)
    number = await a_form(desk, "https://gazete.example/trees")
    await desk.say(f"{number} publisher The Testwick Gazete", MIA)
    await desk.say(f"{number} speaker Ada Muster", MIA)
    preview = await desk.say(f"open {number}", MIA)
    assert "⚠ gazete.example is new and looks like gazette.example, which is on file." in preview
    assert (
        "⚠ The publisher The Testwick Gazete is new and looks like the testwick gazette, which is on file." in preview
    )


async def test_what_looks_like_yaml_is_text_and_comes_back_from_files_as_it_was(tmp_path: Path) -> None:
    desk = Clerk()
    number = await a_form(desk)
    wild = "&anchor *alias !!python/object: {a: [b, c]} # | > - ? ' \\ % @"
    for field in ("label", "note", "title", "publisher", "role", "venue"):
        await desk.say(f"{number} {field} {wild}", MIA)
    await desk.say(f"{number} speaker &x *y", MIA)
    assert "Sent" in await desk.say(f"{number} ok", MIA)
    await desk.do(Approve(by=ADA, terms=TERMS, number=number))
    async with desk.store.reading() as view:
        written = await view.records()
    for name, content in files(written).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    loaded = load([tmp_path])
    assert loaded.ok, loaded.notices
    for records in (written, loaded.records):
        (record,) = records.facts
        assert (record.revision.label, record.revision.notes) == (wild, (wild,))
        assert [each.title for each in records.sources] == [wild]


async def test_a_correction_that_is_refused_opens_again_as_it_was_typed() -> None:
    desk = Clerk()
    number = await published(desk.store)
    given = {"said": "yesterday", "venue": "town hall", "relayed": "", "reason": "I was there"}
    said = await desk.say(f"fix {number} day", BO, given=given)
    assert said.startswith(
        f"Nothing was changed on #{number}; what you typed is kept.\nSaid on: “yesterday” is no day."
    )
    form = (await desk.reply(f"fix {number} day", BO)).form
    assert form is not None
    assert {each.name: each.value for each in form.fields[:2]} == {"said": "yesterday", "venue": "town hall"}
    assert "A correction of yours could not be made" in await desk.say(f"open {number}", BO)
    fact = await the_fact(desk.store, number)
    assert (fact.workflow, fact.revision.number) == (Workflow.PUBLISHED, 1)
    done = await desk.say(f"fix {number} day", BO, given=given | {"said": "2026-05-01"})
    assert "Proposed" in done
    assert "could not be made" not in await desk.say(f"open {number}", BO)


async def test_so_many_forms_and_no_more() -> None:
    desk = Clerk()
    for _ in range(20):
        await desk.say(f"!suggest {LINK} {PASSAGE}", MIA)
    assert "You have 20 forms under way." in await desk.say(f"!suggest {LINK} {PASSAGE}", MIA)
    assert len(await drafts(desk)) == 20


async def test_the_same_message_read_twice_is_one_form() -> None:
    desk = Clerk()
    first = await desk.say(f"!suggest {LINK} {PASSAGE}", MIA, event="once")
    assert await desk.say(f"!suggest {LINK} {PASSAGE}", MIA, event="once") == first
    assert len(await drafts(desk)) == 1


async def test_words_that_stand_nowhere_are_shown_with_a_reason_only() -> None:
    desk = Clerk()
    number = await a_form(desk)
    await desk.say(f"{number} words We never planted a tree", MIA)
    await desk.say(f"{number} kind indirect", MIA)
    await desk.say(f"{number} speaker Ada Muster", MIA)
    assert "⚠ The words do not stand in any text at hand." in await desk.say(f"open {number}", MIA)
    await desk.say(f"{number} ok", MIA)
    refused = await desk.say(f"{number} approve", BO)
    assert "do not stand in the text at hand" in refused
    assert f"{number} unverified" in refused
    await desk.say(f"{number} unverified heard on the radio", BO)
    assert "To be shown unverified: heard on the radio" in await desk.say(f"open {number}", BO)
    assert "Published" in await desk.say(f"{number} approve", BO)


async def test_an_article_quoted_twice_is_pointed_out() -> None:
    desk = Clerk()
    number = await published(desk.store)
    twin = await a_form(desk)
    await desk.say(f"{twin} speaker Ada Muster", MIA)
    assert f"⚠ The same words are on file: #{number}" in await desk.say(f"open {twin}", MIA)


@pytest.mark.parametrize("chosen", ["9", "2", "0", "1 2", "1, 2", "99999999"])
async def test_a_number_that_is_no_quotation_never_becomes_the_words(chosen: str) -> None:
    desk = Clerk()
    await names(desk.store)
    await desk.say(f"!suggest {LINK} {PASSAGE}", MIA)
    reply = await desk.reply(f"words 1 {chosen}", MIA)
    assert reply.outcome is Outcome.REFUSED
    assert "Found 1 quotation" in str(reply)
    (draft,) = await drafts(desk)
    assert draft.form.words == ""


async def test_a_quotation_that_is_too_long_is_told() -> None:
    desk = Clerk()
    await names(desk.store)
    long = "so we planted trees and " * 100 + "rested"
    said = await desk.say(f'!suggest {LINK} The mayor\'s words: "{long}," she said.', MIA)
    assert f"has {len(long)} characters, and 2000 are the most" in said
    assert "Found 0" not in said
    assert "Found 0 quotations" in await desk.say(f"!suggest {LINK} The mayor's words were {long}.", MIA)
