"""Articles are found by their hash, and facts whose words are not in them are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.matching import counts
from bot.core.model.change import FactRecord, Records
from bot.core.model.fact import Kind
from bot.core.model.source import CheckResult, Citation, Source
from bot.core.normalisation import normalise
from bot.core.records import content_hash
from bot.core.rules import Code
from bot.core.verbatim import fingerprint, passage_hash
from bot.interchange.texts import load_texts, snapshot_of, with_checks
from tests.builders import a_record, a_source, some_records

ARTICLE = "Trees for Testwick\n\n“We have planted at least 300\u00a0trees,” the mayor said. Nobody counted them.\n"
DAY = date(2026, 11, 23)


def checked(record: FactRecord, source: Source | None = None) -> tuple[FactRecord, dict[Code, str], Source]:
    records = Records(sources=(source or a_source(),), facts=(record,))
    texts = {"gazette-2026-05-02": ARTICLE}
    after, remarks = with_checks(records, texts, on=DAY, checker="a test")
    return after.facts[0], {remark.code: remark.path for remark in remarks}, after.sources[0]


def test_place_hash_and_check_are_written_down() -> None:
    record, wrong, source = checked(a_record())

    (citation,) = record.revision.citations
    assert wrong == {}
    assert citation.selector is not None
    assert citation.selector.exact == "We have planted at least 300 trees"
    assert (citation.selector.start, citation.selector.prefix[-1], citation.selector.suffix[:2]) == (21, '"', ',"')
    (check,) = citation.checks
    assert (check.result, check.on, check.checker) == (CheckResult.NORMALISED, date(2026, 11, 23), "a test")
    assert source.snapshot == snapshot_of(ARTICLE)
    assert check.text_sha256 == snapshot_of(ARTICLE).normalised_sha256
    assert record.revision.content_hash == content_hash(record.revision)


def test_checking_again_changes_nothing() -> None:
    once, _, source = checked(a_record())

    again, remarks = with_checks(
        Records(sources=(source,), facts=(once,)), {source.id: ARTICLE}, on=date(2027, 1, 1), checker="another"
    )

    assert again == Records(sources=(source,), facts=(once,))
    assert remarks == ()


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (Kind.DIRECT, "We have planted at least 3000 trees", Code.NOT_FOUND),
        (Kind.DIRECT, "we have planted at least 300 trees", Code.NOT_FOUND),
        (Kind.DIRECT, "Nobody counted them", Code.NOT_QUOTED),
        (Kind.DIRECT, "planted at least 300 trees", Code.NOT_QUOTED),
        (Kind.INDIRECT, "Nobody counted the", Code.CUT_WORD),
    ],
)
def test_words_that_are_not_there_as_they_should_be_are_refused(kind: Kind, text: str, code: Code) -> None:
    _, wrong, _ = checked(a_record(kind=kind, text=text))

    assert code in wrong


def test_a_paraphrase_needs_no_quotation_marks() -> None:
    assert checked(a_record(kind=Kind.INDIRECT, text="Nobody counted them"))[1] == {}


def test_a_selector_of_another_place_is_refused() -> None:
    record, _, _ = checked(a_record())
    data = record.revision.citations[0]
    assert data.selector is not None
    moved = Citation(
        source=data.source,
        selector=type(data.selector)(exact=data.selector.exact, prefix="x", suffix="y", start=5, end=39),
    )

    assert checked(a_record(citations=(moved,)))[1] == {Code.SELECTOR_POSITION: ".citations[0].selector"}


def test_a_fact_whose_source_has_no_text_stays_as_it_is() -> None:
    record = a_record(citations=(Citation(source="another"),))

    assert checked(record)[0].revision.citations == record.revision.citations


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_a_text_is_found_by_its_hash_whatever_its_file_is_called(tmp_path: Path) -> None:
    source = a_source(snapshot=snapshot_of(ARTICLE))

    texts = load_texts(put(tmp_path, "downloaded (1).txt", ARTICLE), [source])

    assert texts.by_source == {source.id: ARTICLE}
    assert texts.notices == ()
    assert source.snapshot is not None
    assert source.snapshot.sha256 == fingerprint(ARTICLE)


def test_a_source_without_snapshot_takes_the_text_that_bears_its_name(tmp_path: Path) -> None:
    texts = load_texts(put(tmp_path, "gazette-2026-05-02.txt", ARTICLE), [a_source()])

    assert texts.by_source == {"gazette-2026-05-02": ARTICLE}


@pytest.mark.parametrize(
    ("name", "content", "wrong", "error"),
    [
        ("gazette-2026-05-02.txt", ARTICLE + " ", "another text than the snapshot", True),
        ("gazette-2026-05-02.txt", b"\xff\xfe", "not UTF-8", True),
        ("herald.txt", "Other words", "no source has this text", False),
    ],
)
def test_a_text_that_is_not_the_snapshot_is_not_taken(
    tmp_path: Path, name: str, content: str | bytes, wrong: str, error: bool
) -> None:
    texts = load_texts(put(tmp_path, name, content), [a_source(snapshot=snapshot_of(ARTICLE))])

    assert texts.by_source == {}
    assert [(notice.wrong.startswith(wrong), notice.error) for notice in texts.notices] == [(True, error)]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    texts = load_texts(tmp_path / "nowhere", some_records().sources)

    assert "cannot be read" in texts.notices[0].wrong


KEPT = {"gazette-2026-05-02": normalise(ARTICLE).text}


def with_kept(record: FactRecord, source: Source) -> tuple[FactRecord, dict[Code, str]]:
    records = Records(sources=(source,), facts=(record,))
    after, remarks = with_checks(records, {}, kept=KEPT, on=date(2027, 1, 1), checker="another")
    return after.facts[0], {remark.code: remark.path for remark in remarks}


def test_a_check_is_bound_to_the_place_that_was_compared() -> None:
    record, _, source = checked(a_record())
    (citation,) = record.revision.citations
    (check,) = citation.checks

    assert citation.selector is not None
    assert check.passage_sha256 == passage_hash(citation.selector)
    assert counts(check, citation, record.revision.text, source)


def test_words_that_were_changed_are_compared_with_the_kept_text() -> None:
    record, _, source = checked(a_record())
    place = record.revision.citations[0]
    assert place.selector is not None
    words = "We have planted at least 900 trees"
    edited = a_record(text=words, citations=(replace(place, selector=replace(place.selector, exact=words)),))

    assert with_kept(edited, source)[1] == {Code.NOT_FOUND: ".citations[0]"}


def test_a_check_that_holds_is_not_repeated_with_the_kept_text() -> None:
    record, _, source = checked(a_record(text="We have planted at least 300\u00a0trees"))
    assert record.revision.citations[0].checks[0].result is CheckResult.EXACT

    assert with_kept(record, source) == (record, {})


def test_a_new_fact_is_compared_with_the_kept_text_and_never_called_exact() -> None:
    record, wrong = with_kept(a_record(), a_source(snapshot=snapshot_of(ARTICLE)))

    assert wrong == {}
    assert [check.result for check in record.revision.citations[0].checks] == [CheckResult.NORMALISED]


def test_a_void_check_is_replaced_where_a_text_is_there() -> None:
    record, _, source = checked(a_record())
    citation = record.revision.citations[0]
    forged = replace(citation.checks[0], passage_sha256="f" * 64, checker="somebody")

    after, _, _ = checked(a_record(citations=(replace(citation, checks=(forged,)),)), source)
    assert [check.checker for check in after.revision.citations[0].checks] == ["a test"]


def test_what_a_snapshot_says_of_a_text_is_made_anew() -> None:
    old = replace(snapshot_of(ARTICLE), normalised_sha256="0" * 64, normalisation=1, codepoints=1)

    assert checked(a_record(), a_source(snapshot=old))[2].snapshot == snapshot_of(ARTICLE)


def test_words_across_a_line_end_are_found() -> None:
    wrapped = ARTICLE.replace("planted at", "planted\nat")
    records = Records(sources=(a_source(),), facts=(a_record(),))

    _, remarks = with_checks(records, {"gazette-2026-05-02": wrapped}, on=DAY, checker="a test")
    assert remarks == ()


def test_narrators_words_between_two_quotations_are_refused() -> None:
    article = 'The mayor said "I support the plan" but did not deny that he "took bribes" from Bob.'
    text = 'I support the plan" but did not deny that he "took bribes'
    records = Records(sources=(a_source(),), facts=(a_record(text=text),))

    _, remarks = with_checks(records, {"gazette-2026-05-02": article}, on=DAY, checker="a test")
    assert [remark.code for remark in remarks] == [Code.NOT_QUOTED]
