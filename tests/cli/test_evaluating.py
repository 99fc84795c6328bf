"""`onrecord eval` as people and the build machine use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.onrecord import OnRecord

SET = """\
- {id: a-1, q: "dprk ammunition", language: en, kind: alias, expect: [zelenskyi-3-5m-rounds-2024-11], part: dev}
- {id: a-2, q: "japan ammunition", language: en, kind: near-miss-country, expect: null, part: dev}
- {id: a-3, q: "xi jinping tensions", language: en, kind: keyword, expect: [SLUG], part: held-out}
"""


@pytest.fixture
def queries(onrecord: OnRecord) -> Path:
    shown = onrecord("lookup", "--jsonl", given='{"id": 1, "q": "dprk ammunition"}\n')
    slug = json.loads(shown.out)["facts"][0]["id"]
    path = onrecord.home / "queries.yaml"
    path.write_text(SET.replace("zelenskyi-3-5m-rounds-2024-11", slug).replace("SLUG", slug), encoding="utf-8")
    return path


def test_a_table_with_the_floor_beside_it(onrecord: OnRecord, queries: Path) -> None:
    before = (onrecord.data / "onrecord.db").stat().st_mtime_ns
    done = onrecord("eval", queries)

    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("2 queries (part dev) over ")
    assert lines[2].split()[:4] == ["all", "1", "1.000", "1.000"]
    assert lines[3].split()[:2] == ["plain", "FTS5"]
    assert (onrecord.data / "onrecord.db").stat().st_mtime_ns == before


def test_json_has_every_group(onrecord: OnRecord, queries: Path) -> None:
    figures = json.loads(onrecord("eval", queries, "--json", "--part", "all").out)

    assert figures["part"] == "all"
    assert figures["onrecord"]["all"]["answerable"] == 2
    assert set(figures["onrecord"]) == {
        "all", "language en", "kind alias", "kind near-miss-country", "kind keyword",
    }  # fmt: skip
    assert figures["plain_fts5"].keys() == figures["onrecord"].keys()


def test_misses_are_told_but_not_of_the_part_set_aside(onrecord: OnRecord, queries: Path) -> None:
    queries.write_text(queries.read_text("utf-8").replace('"dprk ammunition"', '"japan weather"'), encoding="utf-8")
    done = onrecord("eval", queries, "--part", "all", "--misses")

    assert "a-1 [en, alias] 'japan weather': expected " in done.err
    assert "a-3" not in done.err


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (None, 66, "cannot be read (No such file or directory)"),
        ("- {id: a}", 65, "queries.yaml:1: query a: q is missing"),
        ("- [", 65, "not readable as YAML"),
        (SET.replace("zelenskyi-3-5m-rounds-2024-11", "nobody"), 65, "no fact 'nobody' is among the facts"),
        ("- {id: a, q: b, language: en, kind: c, expect: null, part: held-out}", 65, "no query of part dev"),
    ],
)
def test_a_bad_file_is_one_clear_line(onrecord: OnRecord, text: str | None, code: int, says: str) -> None:
    path = onrecord.home / "queries.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    done = onrecord("eval", path)

    assert done.code == code
    assert done.out == ""
    assert says in done.err
    assert "Traceback" not in done.err


def test_facts_that_are_wrong_are_told(onrecord: OnRecord, queries: Path) -> None:
    bad = onrecord.home / "bad.yaml"
    bad.write_text("facts:\n  - {id: x}\n", encoding="utf-8")

    assert onrecord("eval", queries, "--facts", bad).code == 65
    assert onrecord("eval", queries, "--facts", onrecord.home / "nowhere").code == 65
