"""The figures of the part dev stay above fixed bars, and plain full-text search shows that the set is not easy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from bot import app
from bot.core.model.change import Records
from bot.core.model.review import Workflow
from bot.evaluation import report
from bot.evaluation.figures import figures
from bot.evaluation.measure import guessed, measured, searched
from bot.evaluation.queries import Labelled, read
from bot.evaluation.reliability import reliability
from bot.interchange.loading import load
from bot.store.sqlite.plain import plain_search

ROOT = Path(__file__).parents[2]

RIGHT_FIRST = 0.95  # hit@1 at least
WRONG = 0.015  # of the unanswerable at most, "Which one?" included
CALIBRATED = 0.03  # expected calibration error at most
TELLING = 0.97  # AUROC of the confidence at least
EASY = 0.70  # hit@1 of plain search above which the set would say nothing


@pytest.fixture(scope="module")
def records() -> Records:
    return load([ROOT / "evaluation" / "facts", ROOT / "facts"]).records


@pytest.fixture(scope="module")
def queries(records: Records) -> Sequence[Labelled]:
    content = (ROOT / "evaluation" / "queries.yaml").read_bytes()
    found, notices = read(content, "queries.yaml", {record.slug for record in records.facts})
    assert notices == ()
    return [query for query in found if query.part == "dev"]


async def test_the_right_words_come_first_and_wrong_ones_hardly_ever(
    records: Records, queries: Sequence[Labelled], tmp_path: Path
) -> None:
    async with app.trying(records, tmp_path) as room:
        async with room.facts.reading() as view:
            slugs = {record.number or 0: record.slug for record in (await view.records()).facts}
        results = await measured(queries, room.lookup, slugs)
        sure = reliability(await guessed(queries, room.lookup, slugs))
    found = figures(results)
    told = partial("\n".join, report.misses(results))

    assert found.incomplete == 0
    assert found.hit_1 is not None
    assert found.hit_1 >= RIGHT_FIRST, told()
    assert found.wrong is not None
    assert found.wrong <= WRONG, told()
    assert sure.error <= CALIBRATED
    assert sure.auroc is not None
    assert sure.auroc >= TELLING


def test_the_set_is_not_easy(records: Records, queries: Sequence[Labelled]) -> None:
    rows = [
        (each.slug, each.revision.text, each.revision.label)
        for each in records.facts
        if each.revision.answerable and each.workflow is Workflow.PUBLISHED
    ]
    with plain_search(rows) as search:
        found = figures(searched(queries, search))

    assert found.hit_1 is not None
    assert 0.3 < found.hit_1 < EASY
