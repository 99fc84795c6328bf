"""Context, evidence, history, more, topics, messages and about: everything behind the first answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.commands.corrections import label
from bot.commands.reply import Excerpt, FactList, Fields, Link, Outcome
from bot.commands.services import House
from bot.core.dates import parse
from bot.core.model.fact import Act, Hop, Kind, Said, Venue
from bot.core.model.finding import Listed, NothingFound, WhichOne
from bot.core.model.mail import Visibility
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from bot.core.model.review import Attribution, Checking, Publication, Withdrawal, WithdrawalReason, Workflow
from bot.core.model.source import CheckResult, Obtained, Snapshot
from bot.wording import wording
from tests.builders import NOON, a_revision, a_source
from tests.commands.shelf import (
    TEXT,
    Finder,
    a_checked_dossier,
    a_shelf,
    card,
    choices,
    found,
    matched,
    only,
    past,
    say,
    texts,
)

DULL = a_checked_dossier()
KEPT = {"gazette-2026-05-02": TEXT}


async def test_context_shows_the_sentences_around_the_words() -> None:
    reply = await say("context 17", a_shelf(DULL, texts=KEPT))
    excerpt = only(reply, Excerpt)
    assert excerpt.before == 'The mayor spoke at noon. People listened. "'
    assert excerpt.text == "We have planted at least 300 trees"
    assert excerpt.after == '," she said. Nobody objected.'
    assert excerpt.before + excerpt.text + excerpt.after in TEXT
    assert reply.visibility is Visibility.PRIVATE


async def test_context_without_the_text_shows_what_the_selector_kept_and_says_so() -> None:
    reply = await say("context 17", a_shelf(DULL))
    excerpt = only(reply, Excerpt)
    assert (excerpt.before, excerpt.after) == ('… listened. "', '," she said. …')
    assert texts(reply)[0].startswith("Matched when filed; the text is not kept here.")


async def test_context_never_shows_other_words_than_those_on_file() -> None:
    reply = await say("context 17", a_shelf(DULL, texts={"gazette-2026-05-02": "x" + TEXT}))
    assert only(reply, Excerpt).text == "We have planted at least 300 trees"
    assert texts(reply) == ["The kept text no longer has these words in this place."]


async def test_context_without_a_place_says_that_there_is_none() -> None:
    reply = await say("context 17", a_shelf(a_checked_dossier(citations=(matched(selector=None),)), texts=KEPT))
    assert texts(reply) == ["The text around these words is not kept here."]


def rows(reply: object) -> dict[str, list[Any]]:
    """The rows of a reply's fields, by name."""
    gathered: dict[str, list[Any]] = {}
    for name, value in only(reply, Fields).rows:  # type: ignore[arg-type]
        gathered.setdefault(name, []).append(value)
    return gathered


async def test_evidence_tells_everything_that_is_known() -> None:
    dossier = a_checked_dossier(
        said=Said(on=parse("2026-05-01?"), not_after=parse("2026-05-02").latest, basis="a caption"),
        venue=Venue(text="town hall", stated=True, conflict="a caption says market place"),
        addressee="testwick",
        chain=(
            Hop(act=Act.SAID, actor="ada-muster", stated=True),
            Hop(act=Act.RELAYED, role="clerk"),
            Hop(act=Act.QUOTED, name="The Testwick Gazette", stated=True),
        ),
        quantities=(
            Quantity(
                comparator=Comparator.AT_LEAST,
                value="300",
                unit="tree",
                surface="at least 300 trees",
                series="trees-planted",
            ),
        ),
        series=(ClaimSeries(id="trees-planted", label="Trees planted", unit="tree", scope="all"),),
        restates="earlier-fact",
        notes=("a note",),
        publication=Publication(checking=Checking.FILE_IMPORT, by="the Test Desk", at=NOON),
        sources=(
            a_source(
                credits=("Photo: Bo",),
                notes=("a source note",),
                snapshot=Snapshot(
                    sha256="b" * 64,
                    normalised_sha256="a" * 64,
                    normalisation=1,
                    codepoints=160,
                    obtained=Obtained.FILE_IMPORT,
                    archive_urls=("https://archive.example/1",),
                ),
            ),
        ),
    )
    known = rows(await say("evidence 17", a_shelf(dossier)))
    assert known["Chain, step 1"] == ["Ada Muster: said it"]
    assert known["Chain, step 2"] == [
        "somebody the article does not name (clerk): passed it on (not stated by the source)"
    ]
    assert known["Chain, step 3"] == ["The Testwick Gazette: quoted it"]
    assert known["Day"] == ["probably 1 May 2026, not stated by the source"]
    assert known["Bounds"] == ["not after 2 May 2026"]
    assert known["Rests on"] == ["a caption"]
    assert (known["Where"], known["Speaks against it"]) == (["town hall"], ["a caption says market place"])
    assert known["Said to"] == ["Testwick"]
    assert known["Number"] == ["at least 300 trees; part of: Trees planted"]
    assert known["Repeats"] == ["the claim of earlier-fact"]
    assert "https://" not in known["Source 1"][0]
    assert known["Link"] == [Link("https://gazette.example/trees")]
    assert known["Place"][0].startswith("characters 43 to 77 of the text")
    assert known["Matched"] == [f"found, character by character, 3 May 2026, by onrecord 0.1; text sha256 {'a' * 64}"]
    assert known["Text here"] == ["matched when filed; the text is not kept here"]
    assert known["Text seen"] == [f"imported from a file, day not known; 160 characters; sha256 {'b' * 64}"]
    assert known["Archived at"] == [Link("https://archive.example/1")]
    assert known["Credits"] == ["Photo: Bo"]
    assert known["About the source"] == ["a source note"]
    assert known["Note"] == ["a note"]
    assert known["Published here"] == ["23 Nov 2026, 12:00 UTC, imported from files by the Test Desk"]
    assert known["Revision"] == [f"1; content sha256 {'0' * 64}"]


async def test_evidence_says_whether_the_text_is_kept() -> None:
    assert rows(await say("evidence 17", a_shelf(DULL, texts=KEPT)))["Text here"] == ["kept privately, for checking"]
    unmatched = a_checked_dossier(citations=(matched(CheckResult.UNVERIFIABLE),))
    assert rows(await say("evidence 17", a_shelf(unmatched)))["Text here"] == ["not kept here"]
    unchecked = a_checked_dossier(citations=(matched(checks=(), selector=None),))
    assert rows(await say("evidence 17", a_shelf(unchecked)))["Matched"] == ["never compared with a text"]


async def test_history_lists_every_revision_with_who_and_why() -> None:
    words = "We have planted 301 trees"
    new = a_checked_dossier(revision=a_revision(number=2, text=words, citations=(matched(words=words),)))
    lines = (past(DULL, "imported"), past(DULL, "published"), past(new, "revised", reason="a typo", by=""))
    known = only(await say("history 17", a_shelf(new, history={17: lines})), Fields)
    assert known.title == "History of #17"
    assert [value for _, value in known.rows] == [
        'imported by Test Desk\nDirect quote: "We have planted at least 300 trees"',
        "published here by Test Desk\nThe words are unchanged.",
        'revised\nReason: a typo\nDirect quote: "We have planted 301 trees"',
    ]
    assert known.rows[2][0] == "Revision 2, 23 Nov 2026, 12:00 UTC"


async def test_history_puts_no_quotation_marks_around_words_that_nobody_compared() -> None:
    bare = a_checked_dossier(citations=(matched(checks=()),))
    known = only(await say("history 17", a_shelf(bare, history={17: (past(bare, "published"),)})), Fields)
    assert known.rows[0][1].endswith(
        "\nDirect quote, not compared with a text that has these words: We have planted at least 300 trees"
    )


async def test_evidence_says_which_checks_count() -> None:
    forged = matched(checks=(replace(matched().checks[0], passage_sha256="f" * 64),))
    known = rows(await say("evidence 17", a_shelf(a_checked_dossier(citations=(forged,)))))
    assert known["Matched"][0].startswith("does not count, made for other words, another place or another text (found")
    assert known["Text here"] == ["not kept here"]
    here = rows(await say("evidence 17", a_shelf(DULL, texts=KEPT)))
    assert here["Matched"][0] == "found in the text that is kept here"
    moved = rows(await say("evidence 17", a_shelf(DULL, texts={"gazette-2026-05-02": "x" + TEXT})))
    assert moved["Matched"][0] == "the text that is kept here does not have these words in this place"


@pytest.mark.parametrize("kind", [Kind.OUTLET, Kind.CAPTION])
async def test_where_nobody_is_quoted_no_source_names_a_speaker(kind: Kind) -> None:
    known = rows(await say("evidence 17", a_shelf(a_checked_dossier(kind=kind, speaker=None))))
    assert (known["Speaker"], known["Attribution"]) == (["nobody is quoted"], ["the source's own words"])


async def test_history_of_a_withdrawn_fact_keeps_the_old_words_below_the_tombstone() -> None:
    dossier = a_checked_dossier(workflow=Workflow.WITHDRAWN)
    store = a_shelf(dossier, history={17: (past(dossier, "published"), past(dossier, "withdrawn", reason="wrong"))})
    reply = await say("history 17", store)
    assert texts(reply)[0].startswith("Withdrawn 23 Nov 2026")
    assert "300 trees" in str(only(reply, Fields))


async def test_history_of_words_that_were_never_said_says_so_first() -> None:
    dossier = a_checked_dossier(attribution=Attribution.FABRICATED)
    reply = await say("history 17", a_shelf(dossier, history={17: (past(dossier, "published"),)}))
    assert texts(reply)[0].startswith("Fabricated: #17")


async def test_history_of_a_fact_under_review_shows_no_words() -> None:
    dossier = a_checked_dossier(workflow=Workflow.HIDDEN)
    reply = await say(
        "history 17", a_shelf(dossier, history={17: (past(dossier, "published"), past(dossier, "hidden"))})
    )
    assert "300 trees" not in str(reply)
    assert "not shown while the fact is under review" in str(only(reply, Fields))


async def test_a_verb_without_a_word_of_ours_is_shown_as_it_is() -> None:
    reply = await say("history 17", a_shelf(DULL, history={17: (past(DULL, "transmogrified"),)}))
    assert only(reply, Fields).rows[0][1].startswith("transmogrified by Test Desk")


SECOND = a_checked_dossier(number=4, slug="second", text="And shrubs")


async def test_more_turns_to_the_next_fact_and_back() -> None:
    store = a_shelf(DULL, SECOND)
    reply = await say("more 2 trees", store, found(DULL, 4))
    assert (card(reply).number, reply.replaces) == (4, True)
    assert texts(reply) == ['2 of 2 for "trees"']
    assert [item.line for item in choices(reply)] == ["context 4", "evidence 4", "more 1 trees"]
    back = await say("more 1 trees", store, found(DULL, 4))
    assert card(back).number == 17
    assert choices(back)[-1].line == "more 2 trees"


async def test_the_pages_of_a_private_answer_are_private() -> None:
    store = a_shelf(DULL, SECOND)
    line = choices(await say("/fact --private trees", store, found(DULL, 4)))[-1].line
    reply = await say(line, store, found(DULL, 4))
    assert (card(reply).number, reply.visibility) == (4, Visibility.PRIVATE)
    assert choices(reply)[-1].line == "more --private 1 trees"


async def test_another_persons_click_gives_a_page_of_their_own() -> None:
    reply = await say("more 2 trees", a_shelf(DULL, SECOND), found(DULL, 4), asked_by_other=True)
    assert (reply.visibility, reply.replaces) == (Visibility.PRIVATE, False)
    assert texts(reply)[0].startswith("Only the person who asked")
    assert card(reply).number == 4


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999", "1.5"])
async def test_a_page_that_is_no_page_is_refused(page: str) -> None:
    reply = await say(f"/more {page} trees", a_shelf(DULL), found(DULL))
    assert reply.outcome is Outcome.REFUSED
    assert "more 2 dprk ammunition" in texts(reply)[0]


async def test_past_the_last_page_is_the_end() -> None:
    reply = await say("more 3 trees", a_shelf(DULL, SECOND), found(DULL, 4))
    assert (reply.outcome, texts(reply)) == (Outcome.NOTHING, ['The list for "trees" ends at 2.'])


async def test_more_of_what_is_gone_meanwhile() -> None:
    assert texts(await say("more 2 trees", a_shelf(DULL), found(DULL, 4))) == ["There is no fact #4."]
    nothing = NothingFound(nearby=(), complete=True)
    assert (await say("more 2 trees", a_shelf(), nothing)).outcome is Outcome.NOTHING
    which = WhichOne(options=(Listed(number=17, label="x"),), confidence=0.1)
    assert (await say("more 2 trees", a_shelf(DULL), which)).outcome is Outcome.CHOOSE


@pytest.mark.parametrize("asked", ["testwick-trees", "Trees in Testwick", "TREES in testwick"])
async def test_a_topic_is_a_list_of_labels(asked: str) -> None:
    reply = await say(f"topic {asked}", a_shelf(DULL))
    listed = only(reply, FactList)
    assert (listed.title, listed.items) == ("Trees in Testwick:", ((17, "At least 300 trees planted, Muster"),))
    assert "We have planted" not in str(reply)
    assert [item.line for item in reply.choices] == ["fact #17"]


async def test_a_large_topic_says_how_much_is_left_out() -> None:
    many = [a_checked_dossier(number=number, slug=f"fact-{number}") for number in range(1, 13)]
    reply = await say("topic testwick-trees", a_shelf(*many))
    assert len(only(reply, FactList).items) == 10
    assert texts(reply) == ["… and 2 more"]


async def test_an_empty_or_unknown_topic_says_so() -> None:
    hidden = a_checked_dossier(workflow=Workflow.HIDDEN)
    assert texts(await say("topic testwick-trees", a_shelf(hidden))) == [
        'Nothing on record yet under "Trees in Testwick".'
    ]
    assert texts(await say("topic nonsense", a_shelf(DULL)))[0].startswith('There is no topic "nonsense".')


async def test_a_message_is_answered_with_labels_for_the_asker_only() -> None:
    reply = await say("find They planted 300 trees!", a_shelf(DULL, SECOND), found(DULL, 4))
    assert [number for number, _ in only(reply, FactList).items] == [17, 4]
    assert "We have planted" not in str(reply)
    assert reply.visibility is Visibility.PRIVATE
    assert reply.shown == ()


async def test_a_message_is_looked_up_as_a_message() -> None:
    from bot.commands.find import find  # noqa: PLC0415 -- the command itself, with a finder that remembers
    from bot.commands.request import Caller, Request  # noqa: PLC0415 -- as above
    from bot.core.model.mail import Place  # noqa: PLC0415 -- as above

    finder = Finder()
    request = Request(
        command="find",
        arguments={"text": "hello"},
        caller=Caller(account="a"),
        place=Place(platform="console", id="x"),
        event="1",
    )
    reply = await find(request, finder=finder, facts=a_shelf())
    assert finder.asked == [("hello", True)]
    assert texts(reply) == ["Nothing on record about this message."]
    assert "hello" not in str(reply)


async def test_a_message_search_that_did_not_finish_says_so() -> None:
    reply = await say("find hello", a_shelf(), NothingFound(nearby=(), complete=False))
    assert reply.outcome is Outcome.INCOMPLETE
    assert "Nothing on record" not in texts(reply)[0]


async def test_about_tells_what_is_kept_and_who_to_ask() -> None:
    house = House(version="1.2.3", contact="desk@example.org", editors=1)
    known = rows(await say("help", a_shelf(), house=house))
    assert known["Contact"] == ["desk@example.org"]
    assert known["Version"] == ["1.2.3"]
    assert known["Checking"] == ["One editor checks and publishes here; answers say so."]
    assert "evidence 17" in known["Help"][0]


async def test_about_on_a_platform_with_buttons_names_them() -> None:
    from bot.core.model.mail import Place  # noqa: PLC0415 -- for this one test

    known = rows(await say("about", a_shelf(), place=Place(platform="discord", id="1"), locale="uk"))
    assert "/факт боєприпаси північної кореї" in known["Довідка"][0]
    assert "Докази" in known["Довідка"][0]


@pytest.mark.parametrize("why", [WithdrawalReason.PERSONAL_DATA, WithdrawalReason.LEGAL])
async def test_what_must_not_be_repeated_stands_in_no_history(why: WithdrawalReason) -> None:
    before = a_checked_dossier(venue=Venue(text="home of her mother"))
    dossier = a_checked_dossier(workflow=Workflow.WITHDRAWN, withdrawal=Withdrawal(reason=why, note="not for us"))
    lines = (past(before, "published"), past(dossier, "revised"), past(dossier, "withdrawn", reason="not for us"))
    reply = await say("history 17", a_shelf(dossier, history={17: lines}))
    (row, *_, last) = only(reply, Fields).rows
    assert row[1] == "published here by Test Desk\nWhat it said is not shown any more."
    assert "Reason: not for us" in last[1]
    for said in (str(reply), str(await say("fact #17", a_shelf(dossier))), label(dossier, wording("en"))):
        assert "300 trees" not in said
        assert "Muster" not in said
        assert "mother" not in said
