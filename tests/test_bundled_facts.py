"""The facts that the project brings along, word for word against the article they are taken from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.model.change import FactRecord
from bot.core.model.fact import Act, Kind
from bot.core.model.review import Attribution
from bot.core.model.source import CheckResult
from bot.core.normalisation import normalise
from bot.core.verbatim import compare, fingerprint
from bot.interchange.check import inspect
from bot.interchange.export import check_canonical
from bot.interchange.loading import load

FOLDER = Path(__file__).parent.parent / "facts"
ARTICLE = (Path(__file__).parent / "data" / "dprk-ammunition-2024-11-16.txt").read_bytes().decode()
RECORDS = load([FOLDER]).records
FACTS = {record.slug: record for record in RECORDS.facts}
ROUNDS = FACTS["zelenskyi-dprk-3-5m-rounds-2024-11"]
XI = FACTS["xi-no-escalation-political-solution-2024-11"]

each_fact = pytest.mark.parametrize("record", RECORDS.facts, ids=lambda record: record.slug)


def test_they_may_be_imported_and_are_in_canonical_form(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_bytes(ARTICLE.encode())

    result = inspect([FOLDER], texts=tmp_path, canonical=True, on=date(2026, 11, 23), checker="a test")

    assert [str(notice) for notice in result.notices if notice.error] == []
    assert result.records == RECORDS, "checking them again finds nothing new to write down"
    assert set(result.texts) == {source.id for source in RECORDS.sources}
    assert check_canonical(FOLDER) == ()


@each_fact
def test_the_words_stand_in_the_article_where_the_citation_says(record: FactRecord) -> None:
    revision = record.revision
    (citation,) = revision.citations
    assert citation.selector is not None
    start, end = citation.selector.start, citation.selector.end

    assert ARTICLE[start:end] == revision.text
    assert ARTICLE[max(0, start - 32) : start] == citation.selector.prefix
    assert ARTICLE[end : end + 32] == citation.selector.suffix
    assert compare(normalise(ARTICLE), revision.text, citation.selector).quoted or revision.kind is not Kind.DIRECT
    (check,) = citation.checks
    assert (check.result, check.on) == (CheckResult.EXACT, date(2026, 11, 23))
    assert check.text_sha256 == fingerprint(normalise(ARTICLE).text)


@each_fact
def test_names_and_roles_are_spelled_as_in_the_article(record: FactRecord) -> None:
    speaker = record.revision.speaker
    if speaker is not None:
        assert speaker.name_in_source in ARTICLE
        assert speaker.role_in_source in ARTICLE
    for hop in record.revision.chain:
        assert hop.name in ARTICLE
        assert hop.role in ARTICLE
    assert record.revision.venue.text in ARTICLE


@each_fact
def test_no_day_is_given_that_the_article_does_not_give(record: FactRecord) -> None:
    said = record.revision.said

    assert str(said.not_after) <= "2024-11-16"
    if record.revision.speaker is not None:
        assert said.on is None
        assert not said.stated
    assert said.basis


def test_facts_are_numbered_from_one_and_the_rounds_come_first() -> None:
    assert [record.number for record in RECORDS.facts] == list(range(1, len(RECORDS.facts) + 1))
    assert ROUNDS.number == 1


def test_neither_publisher_nor_link_nor_agency_is_invented() -> None:
    (source,) = RECORDS.sources

    assert (source.publisher, source.url, source.author) == (None, None, None)
    assert "yonhap" not in "".join(path.read_text().casefold() for path in FOLDER.rglob("*.yaml"))
    assert all(entity.wikidata is None for entity in RECORDS.entities)


def test_every_passage_in_quotation_marks_is_covered() -> None:
    """Eight passages stand between quotation marks in the article."""
    direct = [record.revision.text for record in RECORDS.facts if record.revision.kind is Kind.DIRECT]
    spans = [span for record in RECORDS.facts for span in record.revision.quoted_spans]
    quoted = [passage.rstrip(",.") for passage in ARTICLE.split('"')[1::2]]

    assert sorted(direct + spans) == sorted(quoted)


def test_the_quote_about_the_rounds_keeps_its_hedge_and_its_doubt() -> None:
    revision = ROUNDS.revision

    assert revision.label == "Rounds, at least 3.5 million, Zelenskyi, Nov 2024"
    assert revision.quantities[0].surface == "at least 3.5 million artillery rounds"
    assert "another interview, with Suspilne TV" in revision.said.basis
    assert "Suspilne TV" in revision.venue.conflict
    assert [hop.act for hop in revision.chain] == [Act.SAID, Act.INTERVIEWED, Act.QUOTED]
    assert FACTS["outlet-lead-3-5m-rounds-2024-11"].revision.restates == ROUNDS.slug
    assert not FACTS["outlet-lead-3-5m-rounds-2024-11"].revision.answerable


def test_what_xi_said_is_second_hand_and_the_agency_has_no_name() -> None:
    revision = XI.revision

    assert revision.attribution is Attribution.SECOND_HAND
    assert [hop.actor for hop in revision.chain] == ["xi-jinping", "kim-tae-hyo", "unnamed-agency", "unnamed-outlet"]
    assert revision.quoted_spans == ("political solution",)
    others = [record for record in RECORDS.facts if record.slug != XI.slug]
    assert all(record.revision.attribution is Attribution.ATTRIBUTED for record in others)


def test_labels_lead_with_the_thing_and_fit() -> None:
    labels = [record.revision.label for record in RECORDS.facts]

    assert all(len(label) <= 100 for label in labels)
    assert len(set(labels)) == len(labels)
    assert not any(label.startswith(("Zelenskyi", "Xi", "Yun", "Caption", "The outlet")) for label in labels)


def test_the_article_itself_is_not_published() -> None:
    """Neighbouring sentences that no fact repeats appear nowhere."""
    published = "".join(path.read_text() for path in FOLDER.rglob("*") if path.is_file())

    assert "Reactions of North and South Korea\n\nSouth Korean President" not in published
    assert "shared in an interview with Ukrainian Radio that" not in published
