"""Each invariant of a fact: one that keeps it is silent, one that breaks it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.core.dates import parse
from bot.core.model.change import FactRecord, Records
from bot.core.model.fact import Act, Hop, Kind, Said, Speaker, Venue
from bot.core.model.quantity import Comparator
from bot.core.model.review import Attribution
from bot.core.model.source import CheckResult, Obtained, Snapshot, Supports
from bot.core.rules import Code, examine
from tests.builders import a_source, some_entities, some_topics
from tests.core.rules.good import (
    AIDE,
    CHECK,
    CITATION,
    GAZETTE,
    MUSTER,
    QUANTITY,
    SELECTOR,
    SNAPSHOT,
    TEXT,
    a_caption,
    a_good_record,
    a_mixed_record,
    found,
)

OTHER = TEXT.replace("300", "900")
SINGLE = replace(SELECTOR, exact="We' and 'trees", prefix="She said: '", suffix="' now", end=SELECTOR.start + 14)


def test_a_good_record_is_silent() -> None:
    assert found() == {}


def test_one_source_is_remarked_and_two_are_not() -> None:
    second = replace(CITATION, source="herald-2026-05-03")
    sources = (a_source(snapshot=SNAPSHOT), a_source(id="herald-2026-05-03", snapshot=SNAPSHOT))
    one = examine(Records(sources=sources, entities=some_entities(), topics=some_topics(), facts=(a_good_record(),)))
    both = replace(
        Records(sources=sources, entities=some_entities(), topics=some_topics()),
        facts=(a_good_record(citations=(CITATION, second)),),
    )

    assert [remark.code for remark in one] == [Code.SINGLE_SOURCE]
    assert not any(remark.error for remark in one)
    assert examine(both) == ()


@pytest.mark.parametrize("record", [a_mixed_record(), a_caption(), a_good_record(number=5)])
def test_other_kinds_are_silent_too(record: FactRecord) -> None:
    assert found(record) == {}


BROKEN: list[tuple[Callable[[], FactRecord], Code, str]] = [
    # 1: the words stand in the source, exactly there, and somebody looked
    (lambda: a_good_record(text=" " + TEXT), Code.UNTRIMMED_TEXT, ".text"),
    (lambda: a_good_record(text=TEXT + "\u00a0"), Code.UNTRIMMED_TEXT, ".text"),
    (lambda: a_good_record(text="We have planted 300 trees"), Code.SELECTOR_OTHER_WORDS, ".citations[0].selector"),
    (
        lambda: a_good_record(citations=(replace(CITATION, selector=replace(SELECTOR, end=12)),)),
        Code.SELECTOR_POSITION,
        ".citations[0].selector",
    ),
    (
        lambda: a_good_record(citations=(replace(CITATION, selector=replace(SELECTOR, prefix="x" * 32 + '"')),)),
        Code.SELECTOR_CONTEXT,
        ".citations[0].selector",
    ),
    (
        lambda: a_good_record(
            citations=(replace(CITATION, checks=(CHECK, replace(CHECK, result=CheckResult.NOT_FOUND))),)
        ),
        Code.NOT_FOUND,
        ".citations[0].checks",
    ),
    (lambda: a_good_record(citations=(replace(CITATION, checks=()),)), Code.UNCHECKED, ".citations[0]"),
    (
        lambda: a_good_record(
            citations=(replace(CITATION, checks=(replace(CHECK, result=CheckResult.UNVERIFIABLE),)),)
        ),
        Code.UNCHECKED,
        ".citations[0]",
    ),
    (
        lambda: a_good_record(
            kind=Kind.INDIRECT,
            text="planted at least 3",
            quantities=(),
            citations=(replace(CITATION, selector=replace(SELECTOR, exact="planted at least 3", suffix="00", end=29)),),
        ),
        Code.CUT_WORD,
        ".citations[0].selector",
    ),
    # a check is bound to the words, the place and the text that were compared
    (lambda: a_good_record(citations=(replace(CITATION, selector=None),)), Code.CHECK_WITHOUT_PLACE,
     ".citations[0].checks[0]"),
    (lambda: a_good_record(citations=(replace(CITATION, checks=(replace(CHECK, text_sha256="1" * 64),)),)),
     Code.CHECK_OF_OTHER_TEXT, ".citations[0].checks[0]"),
    (lambda: a_good_record(citations=(replace(CITATION, checks=(replace(CHECK, passage_sha256="1" * 64),)),)),
     Code.CHECK_OF_OTHER_WORDS, ".citations[0].checks[0]"),
    (lambda: a_good_record(citations=(replace(CITATION, checks=(replace(CHECK, passage_sha256=""),)),)),
     Code.UNCHECKED, ".citations[0]"),
    (lambda: a_good_record(text=OTHER, citations=(replace(CITATION, selector=replace(SELECTOR, exact=OTHER)),)),
     Code.CHECK_OF_OTHER_WORDS, ".citations[0].checks[0]"),
    (lambda: a_good_record(citations=(replace(CITATION, selector=replace(SELECTOR, prefix='He said: "')),)),
     Code.CHECK_OF_OTHER_WORDS, ".citations[0].checks[0]"),
    # every text is one line, and not too long
    (lambda: a_good_record(text=TEXT + "\n— Somebody Else"), Code.LINE_BREAK, ".text"),
    (lambda: a_good_record(speaker=Speaker(entity="ada-muster", name_in_source="A\u2028B")), Code.LINE_BREAK,
     ".speaker.name"),
    (lambda: a_good_record(notes=("one", "two\nthree")), Code.LINE_BREAK, ".notes[1]"),
    (lambda: a_good_record(text="word " * 400 + "x"), Code.TEXT_LONG, ".text"),
    # 3: direct speech stands between quotation marks
    (
        lambda: a_good_record(citations=(replace(CITATION, selector=replace(SELECTOR, prefix="She said: ")),)),
        Code.NOT_QUOTED,
        ".citations[0].selector",
    ),
    (
        lambda: a_good_record(citations=(replace(CITATION, selector=replace(SELECTOR, suffix=" this year")),)),
        Code.NOT_QUOTED,
        ".citations[0].selector",
    ),
    (lambda: a_good_record(text='We plant" but not "trees'), Code.NOT_ONE_QUOTATION, ".text"),
    (lambda: a_good_record(text="We' and 'trees", citations=(replace(CITATION, selector=SINGLE),)),
     Code.NOT_ONE_QUOTATION, ".text"),
    (lambda: a_mixed_record(text='A "green" and a "lung"', quoted_spans=('green" and a "lung',)),
     Code.NOT_ONE_QUOTATION, ".quoted_spans[0]"),
    # 4: fragments are quoted in the text
    (lambda: a_mixed_record(quoted_spans=()), Code.SPANS_MISSING, ".quoted_spans"),
    (lambda: a_mixed_record(quoted_spans=("red lung",)), Code.SPAN_NOT_QUOTED, ".quoted_spans[0]"),
    (lambda: a_mixed_record(quoted_spans=("green lung", "the park")), Code.SPAN_NOT_QUOTED, ".quoted_spans[1]"),
    (lambda: a_good_record(quoted_spans=("300 trees",)), Code.SPANS_NOT_ALLOWED, ".quoted_spans"),
    # 6: nobody quotes the future, and the day lies within its bounds
    (lambda: a_good_record(said=Said(not_after=date(2026, 5, 3))), Code.FUTURE_QUOTE, ".said.not_after"),
    (lambda: a_good_record(said=Said(not_before=date(2026, 5, 3))), Code.FUTURE_QUOTE, ".said.not_before"),
    (lambda: a_good_record(said=Said(on=parse("2026-05-03"), stated=True)), Code.FUTURE_QUOTE, ".said.date"),
    (
        lambda: a_good_record(said=Said(not_before=date(2026, 5, 2), not_after=date(2026, 5, 1))),
        Code.BOUNDS_REVERSED,
        ".said",
    ),
    (
        lambda: a_good_record(said=Said(on=parse("2026-04-30"), not_before=date(2026, 5, 1), stated=True)),
        Code.DATE_OUT_OF_BOUNDS,
        ".said.date",
    ),
    (lambda: a_good_record(said=Said(on=parse("2026-05-01?"), basis=" ")), Code.BASIS_MISSING, ".said"),
    # 8: where nobody speaks, nobody "said"
    (lambda: a_good_record(speaker=None), Code.SPEAKER_MISSING, ""),
    (lambda: a_caption(speaker=Speaker(entity="ada-muster", name_in_source="M")), Code.SPEAKER_NOT_ALLOWED, ".speaker"),
    # 9: the chain leads from the mouth to the outlet, and hearsay is called so
    (lambda: a_good_record(chain=(MUSTER,)), Code.CHAIN_SHORT, ".chain"),
    (lambda: a_good_record(chain=(replace(MUSTER, actor="bo-beispiel"), GAZETTE)), Code.CHAIN_START, ".chain[0]"),
    (lambda: a_good_record(chain=(replace(MUSTER, act=Act.RELAYED), GAZETTE)), Code.CHAIN_START, ".chain[0]"),
    (lambda: a_good_record(chain=(MUSTER, replace(GAZETTE, name="The Herald"))), Code.CHAIN_END, ".chain[1]"),
    (
        lambda: a_good_record(chain=(MUSTER, Hop(act=Act.QUOTED, actor="bo-beispiel"), GAZETTE)),
        Code.HEARSAY,
        ".attribution",
    ),
    (lambda: a_good_record(chain=(MUSTER, Hop(act=Act.RELAYED), GAZETTE)), Code.HEARSAY, ".attribution"),
    (lambda: a_good_record(attribution=Attribution.SECOND_HAND), Code.NOT_HEARSAY, ".attribution"),
    # 15: quantities
    (lambda: a_good_record(quantities=(replace(QUANTITY, value="many"),)), Code.BAD_VALUE, ".quantities[0].value"),
    (lambda: a_good_record(quantities=(replace(QUANTITY, value="NaN"),)), Code.BAD_VALUE, ".quantities[0].value"),
    (
        lambda: a_good_record(quantities=(replace(QUANTITY, surface="at least 301 trees"),)),
        Code.SURFACE_NOT_IN_TEXT,
        ".quantities[0].surface",
    ),
    (
        lambda: a_good_record(quantities=(replace(QUANTITY, surface="300 trees"),)),
        Code.COMPARATOR,
        ".quantities[0].comparator",
    ),
    (
        lambda: a_good_record(quantities=(replace(QUANTITY, comparator=Comparator.MORE_THAN),)),
        Code.COMPARATOR,
        ".quantities[0].comparator",
    ),
    (lambda: a_good_record(quantities=(replace(QUANTITY, value="9999"),)), Code.VALUE_NOT_IN_SURFACE,
     ".quantities[0].value"),
    (lambda: a_good_record(quantities=(replace(QUANTITY, comparator=Comparator.EQUAL, surface="300 trees"),)),
     Code.HEDGE_OUTSIDE, ".quantities[0].surface"),
    # 16: a source, and what it refers to
    (lambda: a_good_record(citations=()), Code.NO_SOURCE, ".citations"),
    (lambda: a_good_record(citations=(replace(CITATION, supports=Supports.DATE),)), Code.NO_SOURCE, ".citations"),
    (
        lambda: a_good_record(citations=(replace(CITATION, source="gazette-2026-05-03"),)),
        Code.UNKNOWN_ID,
        ".citations[0].source",
    ),
    (lambda: a_good_record(topics=("testwick-tree",)), Code.UNKNOWN_ID, ".topics[0]"),
    (lambda: a_good_record(about=("testwick", "nowhere")), Code.UNKNOWN_ID, ".about[1]"),
    (lambda: a_good_record(addressee="nobody"), Code.UNKNOWN_ID, ".addressee"),
    (lambda: a_good_record(restates="nothing"), Code.UNKNOWN_ID, ".restates"),
    (lambda: a_good_record(restates="muster-300-trees"), Code.RESTATES_ITSELF, ".restates"),
    (lambda: a_good_record(chain=(MUSTER, Hop(act=Act.TRANSLATED, actor="x"), GAZETTE)), Code.UNKNOWN_ID,
     ".chain[1].actor"),
    (lambda: a_good_record(quantities=(replace(QUANTITY, origin="x"),)), Code.UNKNOWN_ID, ".quantities[0].from"),
    (lambda: a_good_record(quantities=(replace(QUANTITY, series="x"),)), Code.UNKNOWN_ID, ".quantities[0].series"),
    # remarks that do not forbid
    (lambda: a_good_record(label="At least 300 " + "x" * 90), Code.LABEL_LONG, ".label"),
    (lambda: a_good_record(label="300 trees planted, Muster"), Code.HEDGE_LOST, ".label"),
    (lambda: a_good_record(label="300 trees, Muster", quantities=()), Code.HEDGE_LOST, ".label"),
    (lambda: a_good_record(venue=Venue(text="in the park", conflict="a caption says: at home")), Code.VENUE_CONFLICT,
     ".venue.conflict"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "code", "path"), BROKEN, ids=lambda value: str(value) if value else None)
def test_a_broken_rule_is_found_where_it_is_broken(record: Callable[[], FactRecord], code: Code, path: str) -> None:
    assert found(record()).get(code) == path


WARNED = {
    Code.SPEAKER_MISSING,
    Code.UNCHECKED,
    Code.CHECK_OF_OTHER_WORDS,
    Code.NOT_HEARSAY,
    Code.LABEL_LONG,
    Code.HEDGE_LOST,
    Code.VENUE_CONFLICT,
}


@pytest.mark.parametrize(("record", "code", "_path"), BROKEN, ids=lambda value: str(value) if value else None)
def test_errors_forbid_and_warnings_do_not(record: Callable[[], FactRecord], code: Code, _path: str) -> None:
    sources = (a_source(snapshot=SNAPSHOT),)
    records = Records(sources=sources, entities=(*some_entities(), AIDE), topics=some_topics(), facts=(record(),))

    forbidden = {remark.code for remark in examine(records) if remark.error}

    assert (code in forbidden) is (code not in WARNED)


@pytest.mark.parametrize(
    "record",
    [
        a_good_record(said=Said(on=parse("2026-05"), not_after=date(2026, 5, 2), stated=True)),  # may lie before
        a_good_record(said=Said(not_after=date(2026, 5, 2))),
        a_good_record(chain=(MUSTER, Hop(act=Act.INTERVIEWED, name="Radio Testwick"), GAZETTE)),
        a_good_record(
            chain=(MUSTER, Hop(act=Act.RELAYED, actor="bo-beispiel"), GAZETTE), attribution=Attribution.SECOND_HAND
        ),
        a_good_record(
            chain=(MUSTER, Hop(act=Act.RELAYED, actor="bo-beispiel"), GAZETTE), attribution=Attribution.VERIFIED
        ),
        a_good_record(label="Trees planted, Muster"),  # no number, no hedge
        a_good_record(citations=(replace(CITATION, checks=(replace(CHECK, result=CheckResult.NORMALISED),)),)),
        a_good_record(
            speaker=Speaker(entity=None, name_in_source="A. M."),
            chain=(Hop(act=Act.SAID, name="A. M.", stated=True), GAZETTE),
        ),
    ],
    ids=range(8),
)
def test_what_only_looks_broken_is_silent(record: FactRecord) -> None:
    assert found(record) == {}


def test_a_newer_check_counts_more_than_an_older_one() -> None:
    old = replace(CHECK, result=CheckResult.NOT_FOUND, on=date(2026, 11, 1))

    assert found(a_good_record(citations=(replace(CITATION, checks=(CHECK, old)),))) == {}


def test_the_publisher_alone_is_a_chain_where_nobody_speaks() -> None:
    assert found(a_caption(chain=(replace(GAZETTE, act=Act.CAPTIONED),))) == {}
    assert Code.CHAIN_SHORT in found(a_caption(chain=()))


def test_words_beyond_the_end_of_the_text_are_found() -> None:
    snapshot = Snapshot(
        sha256="0" * 64, normalised_sha256="0" * 64, normalisation=1, codepoints=40, obtained=Obtained.FILE_IMPORT
    )

    assert Code.SELECTOR_POSITION in found(sources=(a_source(snapshot=snapshot),))
