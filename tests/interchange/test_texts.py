"""Articles are found by their hash, and facts whose words are not in them are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.model.change import FactRecord, Records
from bot.core.model.fact import Kind
from bot.core.model.source import CheckResult, Citation, Source
from bot.core.records import content_hash
from bot.core.rules import Code
from bot.core.verbatim import fingerprint
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
