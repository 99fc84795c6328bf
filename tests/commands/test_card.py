"""An answer shows the words as what they are: exact, a summary, second-hand, nobody's, or none at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.commands.card import blocks_of, card_of
from bot.commands.reply import FactCard, Text
from bot.core.dates import parse
from bot.core.model.fact import Act, Hop, Kind, Said, Speaker, Venue
from bot.core.model.names import Entity, EntityType, Name
from bot.core.model.review import Attribution, Checking, Publication, Workflow
from bot.core.model.source import CheckResult, Independence, Obtained, Snapshot
from bot.wording import wording
from tests.builders import NOON, a_dossier, a_revision, a_source, a_speaker, some_entities
from tests.commands.shelf import TEXT, a_checked_dossier, matched, past

EN, UK = wording("en"), wording("uk")
KEPT = {"gazette-2026-05-02": TEXT}
SPOKEN = (Kind.DIRECT, Kind.MIXED, Kind.INDIRECT)
OFFICIAL = Hop(act=Act.RELAYED, name="Kim Muster", role="Deputy Mayor", stated=True)


def shown(**changes: Any) -> FactCard:
    return card_of(a_checked_dossier(**changes), EN)


def source(**changes: Any) -> dict[str, Any]:
    return {"sources": (a_source(**changes),)}


def through(*hops: Hop) -> tuple[Hop, ...]:
    return (Hop(act=Act.SAID, actor="ada-muster", stated=True), *hops, Hop(act=Act.QUOTED, name="The Gazette"))


def test_exact_words_stand_in_quotation_marks_with_name_role_and_venue_below() -> None:
    card = shown(venue=Venue(text="interview with Test Radio", stated=True))
    assert (card.lead, card.quoted) == ("", True)
    assert card.byline == "— Ada Muster, Mayor of Testwick, interview with Test Radio"
    assert card.lines == (
        "Published 2 May 2026; the day it was said is not given",
        'Source: "Trees for Testwick", The Testwick Gazette',
        "Exact words as printed, in English · 1 source · #17",
        "Matched when filed; the text is not kept here",
    )
    assert card.url == "https://gazette.example/trees"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.DIRECT])
def test_only_direct_words_get_quotation_marks_from_us(kind: Kind) -> None:
    assert not shown(kind=kind).quoted


def test_a_summary_says_so_before_it_is_read() -> None:
    card = shown(kind=Kind.INDIRECT)
    assert card.lead == "Ada Muster, Mayor of Testwick (the article's summary, not the exact words):"
    assert card.byline == ""
    assert card.lines[2] == "The article's summary, in English · 1 source · #17"


def test_of_mixed_words_only_the_quoted_ones_are_quoted() -> None:
    card = shown(kind=Kind.MIXED, text='She called it a "forest"', quoted_spans=("forest",))
    assert card.text == 'She called it a "forest"'
    assert card.lead.startswith("Ada Muster, Mayor of Testwick (the article's words; quoted only where")
    assert card.lines[2].startswith("The article's words with quoted fragments")


def test_second_hand_words_name_everybody_between() -> None:
    agency = Entity(
        id="agency",
        type=EntityType.ORGANISATION,
        name="an agency the article does not name",
        aliases=(Name(text="агенція, якої стаття не називає", language="uk"),),
        placeholder=True,
    )
    chain = through(OFFICIAL, Hop(act=Act.QUOTED, actor="agency", stated=True))
    dossier = a_checked_dossier(
        chain=chain, attribution=Attribution.SECOND_HAND, entities=(*some_entities(), agency), kind=Kind.MIXED
    )
    assert (
        card_of(dossier, EN).lead
        == "Second-hand: Ada Muster, according to Kim Muster (Deputy Mayor), via an agency the article does not name:"
    )
    assert "агенція, якої стаття не називає" in card_of(dossier, UK).lead


def test_a_relaying_person_makes_words_second_hand_whatever_the_record_says() -> None:
    card = shown(chain=through(OFFICIAL), attribution=Attribution.ATTRIBUTED)
    assert card.lead == "Second-hand: Ada Muster, according to Kim Muster (Deputy Mayor):"
    assert (card.byline, card.quoted) == ("", True)


def test_somebody_unnamed_between_is_said_to_be_unnamed() -> None:
    card = shown(chain=through(Hop(act=Act.RELAYED)))
    assert card.lead == "Second-hand: Ada Muster, according to somebody the article does not name:"
    assert shown(chain=through(), attribution=Attribution.SECOND_HAND).lead == (
        "Second-hand: Ada Muster; who passed the words on is not given:"
    )


def test_an_interviewer_does_not_make_words_second_hand() -> None:
    assert shown(chain=through(Hop(act=Act.INTERVIEWED, name="Test Radio"))).lead == ""


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("words", [EN, UK], ids=["en", "uk"])
def test_where_nobody_is_quoted_nobody_said_it(kind: Kind, words: Any) -> None:
    card = card_of(a_checked_dossier(kind=kind, speaker=None), words)
    everything = " ".join((card.lead, card.byline, *card.lines))
    assert "Ada Muster" not in everything
    assert "None" not in everything
    if kind not in SPOKEN:
        assert "Said" not in everything
        assert card.byline == ""


def test_an_outlets_own_words_are_called_that() -> None:
    card = shown(kind=Kind.OUTLET, speaker=None)
    assert card.lead == "The Testwick Gazette, in its own words, quoting nobody:"
    assert card.lines[0] == "Published 2 May 2026"
    nameless = shown(kind=Kind.OUTLET, speaker=None, **source(publisher=None))
    assert nameless.lead == "The article's own words, quoting nobody:"


def test_a_caption_is_called_a_caption() -> None:
    card = shown(kind=Kind.CAPTION, speaker=None)
    assert card.lead == "Caption of a picture, The Testwick Gazette:"
    assert card.lines[2].startswith("Caption as printed, in English")


def test_a_speaker_who_is_not_on_file_keeps_the_name_of_the_source() -> None:
    card = shown(speaker=Speaker(entity=None, name_in_source="Bo Muster"))
    assert card.byline == "— Bo Muster"
    assert shown(speaker=a_speaker(name_in_source="She")).byline == "— Ada Muster, Mayor of Testwick"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"publisher": None, "url": None}, 'Source: "Trees for Testwick" (publisher and link not on file)'),
        ({"publisher": None}, 'Source: "Trees for Testwick" (publisher not on file)'),
        ({"url": None}, 'Source: "Trees for Testwick", The Testwick Gazette (link not on file)'),
        ({"author": "Bo Muster"}, 'Source: "Trees for Testwick", Bo Muster, The Testwick Gazette'),
        ({"title": ""}, "Source: untitled, The Testwick Gazette"),
    ],
)
def test_what_is_missing_about_the_source_is_said(changes: dict[str, Any], expected: str) -> None:
    assert shown(**source(**changes)).lines[1] == expected


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        ((matched(),), "Exact words as printed, in English · 1 source · #17"),
        ((matched(CheckResult.NORMALISED),), "Exact words as printed, in English · 1 source · #17"),
        (
            (matched(CheckResult.UNVERIFIABLE),),
            "Given as a direct quote, in English · words could not be compared with the source's text · 1 source · #17",
        ),
        (
            (matched(CheckResult.NOT_FOUND),),
            "Given as a direct quote, in English · words not found in the source's text when last compared"
            " · 1 source · #17",
        ),
        (
            (matched(checks=()),),
            "Given as a direct quote, in English · words not compared with the source's text · 1 source · #17",
        ),
        ((matched(), matched(source="other")), "Exact words as printed, in English · 2 sources · #17"),
    ],
)
def test_words_are_called_exact_only_when_they_were_found(citations: Any, expected: str) -> None:
    other = a_source(id="other")
    assert shown(citations=citations, sources=(a_source(), other)).lines[2] == expected


def test_the_newest_check_counts() -> None:
    lost = matched(CheckResult.NOT_FOUND).checks
    assert "not found" in shown(citations=(matched(checks=matched().checks + lost),)).lines[2]
    older = replace(lost[0], on=date(2026, 5, 2))
    assert "Exact words" in shown(citations=(matched(checks=(*matched().checks, older)),)).lines[2]


def test_a_translation_and_a_copy_are_called_that() -> None:
    assert (
        shown(original_language="uk")
        .lines[2]
        .startswith("Exact words as printed, in English, translated from Ukrainian ·")
    )
    assert shown(language="sw").lines[2].startswith("Exact words as printed, in the language sw ·")
    assert "copy on an aggregator's site" in shown(**source(independence=Independence.AGGREGATOR)).lines[2]


def test_a_text_that_an_editor_supplied_is_disclosed() -> None:
    snapshot = Snapshot(
        sha256="a" * 64, normalised_sha256="a" * 64, normalisation=1, codepoints=9, obtained=Obtained.MODERATOR_PASTE
    )
    assert "text pasted by hand, page not fetched" in shown(**source(snapshot=snapshot)).lines[2]


@pytest.mark.parametrize(
    ("checking", "by", "expected"),
    [
        (Checking.TWO_EDITORS, "", ""),
        (Checking.ONE_EDITOR, "Ed", "Checked by one editor"),
        (Checking.FILE_IMPORT, "the Test Desk", "Imported from files by the Test Desk"),
        (Checking.FILE_IMPORT, "", "Imported from files"),
    ],
)
def test_weak_checking_is_disclosed(checking: Checking, by: str, expected: str) -> None:
    dossier = a_checked_dossier(publication=Publication(checking=checking, by=by, at=NOON))
    assert card_of(dossier, EN, kept=KEPT).lines[3:] == ((expected,) if expected else ())
    filed = "matched when filed; the text is not kept here"
    assert card_of(dossier, EN).lines[3:] == (f"{expected} · {filed}" if expected else filed.capitalize(),)


def test_words_that_nobody_compared_get_no_quotation_marks_and_say_so_first() -> None:
    for checks in ((), matched(CheckResult.UNVERIFIABLE).checks, matched(CheckResult.NOT_FOUND).checks):
        banner, card = blocks_of(a_checked_dossier(citations=(matched(checks=checks),)), (), EN)
        assert isinstance(banner, Text)
        assert banner.text.startswith("Not ")
        assert isinstance(card, FactCard)
        assert not card.quoted
        assert card.byline == "— Ada Muster, Mayor of Testwick"


FORGED = {
    "no place": {"citations": (matched(selector=None),)},
    "no snapshot": {"revision": a_revision(citations=(matched(),)), "plain": True},
    "another text": {"citations": (matched(checks=(replace(matched().checks[0], text_sha256="b" * 64),)),)},
    "other words": {"text": "We have planted at least 900 trees", "citations": (matched(),)},
    "words changed with the place": {
        "text": "We have planted at least 900 trees",
        "citations": (matched(words="We have planted at least 900 trees", checks=matched().checks),),
    },
    "no passage": {"citations": (matched(checks=(replace(matched().checks[0], passage_sha256=""),)),)},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=list(FORGED))
def test_a_check_of_something_else_does_not_count(forged: dict[str, Any]) -> None:
    changes = dict(forged)
    dossier = a_dossier(**changes) if changes.pop("plain", False) else a_checked_dossier(**changes)
    card = card_of(dossier, EN)
    assert card.lines[2].startswith("Given as a direct quote, in English · words not compared")
    assert not card.quoted


def test_a_kept_text_decides_whatever_checks_say() -> None:
    bare = a_checked_dossier(citations=(matched(checks=()),))
    assert card_of(bare, EN, kept=KEPT).lines[2].startswith("Exact words as printed")
    altered = {"gazette-2026-05-02": TEXT.replace("300", "900")}
    card = card_of(a_checked_dossier(), EN, kept=altered)
    assert "words not found" in card.lines[2]
    assert not card.quoted
    unquoted = {"gazette-2026-05-02": TEXT.replace('"', " ")}
    assert not card_of(a_checked_dossier(), EN, kept=unquoted).quoted


def test_a_line_break_in_the_words_makes_no_line() -> None:
    card = shown(text="We plant trees\n— Volodymyr Zelenskyi, President")
    assert "\n" not in card.text


def test_a_disputed_quote_has_its_banner_first() -> None:
    banner, card = blocks_of(a_checked_dossier(attribution=Attribution.DISPUTED), (), EN)
    assert isinstance(banner, Text)
    assert banner.text.startswith("Disputed")
    assert isinstance(card, FactCard)


@pytest.mark.parametrize(
    ("changes", "verb", "expected"),
    [
        (
            {"workflow": Workflow.WITHDRAWN},
            "withdrawn",
            "Withdrawn 23 Nov 2026: #17, attributed to Ada Muster. Reason: misquoted. Please remove copies.",
        ),
        ({"workflow": Workflow.HIDDEN}, "hidden", "Under review since 23 Nov 2026: #17. Reason: misquoted. Its words"),
        ({"attribution": Attribution.MISATTRIBUTED}, "published", "Misattributed: #17."),
        ({"attribution": Attribution.FABRICATED}, "published", "Fabricated: #17."),
    ],
)
def test_words_that_are_no_answer_are_not_shown(changes: dict[str, Any], verb: str, expected: str) -> None:
    dossier = a_checked_dossier(**changes)
    for words in (EN, UK):
        (stone,) = blocks_of(dossier, (past(dossier, verb, reason="misquoted"),), words)
        assert isinstance(stone, Text)
        assert dossier.fact.revision.text not in stone.text
    (stone,) = blocks_of(dossier, (past(dossier, verb, reason="misquoted"),), EN)
    assert isinstance(stone, Text)
    assert stone.text.startswith(expected)


def test_a_withdrawal_without_reason_or_day_says_so() -> None:
    (stone,) = blocks_of(a_checked_dossier(workflow=Workflow.WITHDRAWN, speaker=None), (), EN)
    assert stone == Text("Withdrawn on an unknown day: #17. Reason: not given. Please remove copies.")


def test_the_particulars_are_values_for_programs() -> None:
    known = shown(said=Said(on=parse("2026-05?"))).particulars
    assert known is not None
    assert (known.kind, known.speaker, known.said, known.published) == (
        Kind.DIRECT,
        "Ada Muster",
        "2026-05?",
        "2026-05-02",
    )
