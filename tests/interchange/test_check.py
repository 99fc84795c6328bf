"""What somebody sees who checks files before an import."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.core.model.change import Records
from bot.core.normalisation import normalise
from bot.core.rules import Code, Remark
from bot.core.rules.remark import WARNINGS
from bot.interchange.check import Inspection, inspect
from bot.interchange.export import export
from bot.interchange.phrases import PHRASES, phrase
from tests import strategies
from tests.builders import some_entities, some_records
from tests.interchange.test_loading import SMALLEST, put

ARTICLE = (
    'Trees for Testwick. "We have planted at least 300 trees," the mayor said on Friday, and nobody objected.\n' * 3
)


def check(*paths: Path, texts: Path | None = None, canonical: bool = False) -> Inspection:
    return inspect(paths, texts=texts, canonical=canonical, on=date(2026, 11, 23), checker="a test")


def test_a_good_file_is_counted_and_its_weak_points_told(tmp_path: Path) -> None:
    result = check(put(tmp_path, a_yaml=SMALLEST))

    assert result.ok
    assert [line.removeprefix(f"{tmp_path}/") for line in result.lines()] == [
        "a.yaml:7: warning: source 2026-05-02-gazette-trees: url: no link on file: "
        "add url: when it is known; answers say that it is missing",
        "a.yaml:10: warning: fact muster-300-trees-2026-05: citations: only one source: "
        "a second, independent one makes it stronger",
        "a.yaml:10: warning: fact muster-300-trees-2026-05: citations[0]: not compared with the source's text: "
        "import with --texts; answers say that it was not checked",
        "1 fact, 1 source, 0 entities, 0 topics, 0 series; 3 warnings.",
    ]


def test_with_its_text_a_fact_is_compared_and_the_text_handed_on(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", **{"2026-05-02-gazette-trees.txt": ARTICLE})

    result = check(put(tmp_path / "facts", a_yaml=SMALLEST), texts=texts)

    assert result.ok
    assert not any("not compared" in line for line in result.lines())
    assert result.texts == {"2026-05-02-gazette-trees": ARTICLE}
    assert result.records.facts[0].revision.citations[0].checks


def test_a_fact_whose_words_are_not_in_its_text_is_refused(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", **{"2026-05-02-gazette-trees.txt": ARTICLE.replace("300", "30")})

    result = check(put(tmp_path / "facts", a_yaml=SMALLEST), texts=texts)

    assert not result.ok
    assert result.lines()[-1] == "1 error; nothing was imported."
    (line,) = (line for line in result.lines() if "do not stand" in line)
    assert line.endswith("these words do not stand in the source: copy them exactly from the source's text")


def test_rules_are_told_with_file_line_and_fact(tmp_path: Path) -> None:
    text = SMALLEST.replace("kind: direct", "kind: mixed") + "    topics: [tres]\n    about: [testwick]\n"
    topics = "topics:\n  - {id: trees, label: Trees}\n"

    lines = check(put(tmp_path, a_yaml=text, b_yaml=topics)).lines()

    about = f"{tmp_path}/a.yaml:%d: fact muster-300-trees-2026-05: %s"
    assert about % (15, "topics[0]: no topic 'tres' is on file: did you mean 'trees'?") in lines
    assert about % (16, "about[0]: no entity 'testwick' is on file: correct the id, or add the entity") in lines
    assert any(line.startswith(about % (10, "quoted_spans: a mixed text without")) for line in lines)


def test_ids_are_not_called_unknown_while_a_file_cannot_be_read(tmp_path: Path) -> None:
    text = SMALLEST + "    topics: [trees]\n"

    lines = check(put(tmp_path, a_yaml=text, b_yaml="topics: [\n")).lines()

    assert not any("no topic" in line for line in lines)


README = Path(__file__).parents[2] / "facts" / "README.md"
FORGED = """    citations:
      - source: 2026-05-02-gazette-trees
        checks:
          - {result: exact, day: "2026-05-02", checker: "onrecord 0.1.0", text_sha256: "HASH"}
""".replace("HASH", "0" * 64)


def test_a_check_without_place_and_snapshot_is_refused(tmp_path: Path) -> None:
    result = check(put(tmp_path, a_yaml=SMALLEST + FORGED))

    assert not result.ok
    assert any("citations[0].checks[0]: a check without the place" in line for line in result.lines())


def test_changed_words_lose_their_check_and_that_is_said(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", **{"2026-05-02-gazette-trees.txt": ARTICLE})
    compared = check(put(tmp_path / "facts", a_yaml=SMALLEST), texts=texts).records
    export(compared, tmp_path / "out")
    (file,) = (tmp_path / "out").rglob("*.yaml")
    file.write_text(file.read_text().replace("300 trees", "900 trees"))

    alone = check(tmp_path / "out")
    assert alone.ok
    assert any("a check of other words or another place; it is left out" in line for line in alone.lines())
    assert any("not compared with the source's text" in line for line in alone.lines())
    assert alone.records.facts[0].revision.citations[0].checks == ()

    kept = {"2026-05-02-gazette-trees": normalise(ARTICLE).text}
    beside = inspect([tmp_path / "out"], kept=kept, on=date(2026, 11, 23), checker="a test")
    assert not beside.ok
    assert any("these words do not stand in the source" in line for line in beside.lines())


def test_a_file_without_checks_keeps_those_on_file(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", **{"2026-05-02-gazette-trees.txt": ARTICLE})
    put(tmp_path / "facts", a_yaml=SMALLEST)
    compared = check(tmp_path / "facts", texts=texts).records

    again = inspect([tmp_path / "facts"], beside=compared, on=date(2026, 11, 24), checker="a test")
    assert again.records == compared
    assert not any("not compared" in line for line in again.lines())


def test_an_unknown_source_is_the_only_thing_that_is_wrong(tmp_path: Path) -> None:
    text = SMALLEST + "    source: 2026-05-02-gazette-tree\n"

    errors = [line for line in check(put(tmp_path, a_yaml=text)).lines() if "warning" not in line]
    (line, _) = errors
    assert "citations[0].source: no source '2026-05-02-gazette-tree' is on file: did you mean" in line


def test_facts_take_what_they_leave_out_from_a_source_on_file(tmp_path: Path) -> None:
    sources, _, facts = SMALLEST.partition("facts:")
    known = check(put(tmp_path / "a", a_yaml=sources)).records
    put(tmp_path / "b", b_yaml=f"schema: 1\nfacts:{facts}    source: 2026-05-02-gazette-trees\n")

    result = inspect([tmp_path / "b"], beside=known, on=date(2026, 11, 23), checker="a test")
    assert result.ok
    assert result.records.facts[0].revision.language == "en"


def test_records_on_file_may_be_referred_to(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=SMALLEST + "    about: [testwick]\n")
    on_file = Records(entities=some_entities())

    assert inspect([tmp_path], beside=on_file, on=date(2026, 11, 23), checker="a test").ok


def test_the_same_id_in_two_files_is_told_at_the_second(tmp_path: Path) -> None:
    lines = check(put(tmp_path, a_yaml=SMALLEST, b_yaml=SMALLEST)).lines()

    assert any(line.startswith(f"{tmp_path}/b.yaml:3: source 2026-05-02") and "already taken" in line for line in lines)
    assert not any(line.startswith(f"{tmp_path}/a.yaml") and "already taken" in line for line in lines)


def test_files_that_an_export_would_write_otherwise_are_fine_and_said_on_request(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=SMALLEST)

    assert not any("canonical" in line for line in check(tmp_path).lines())
    by_hand = check(tmp_path, canonical=True)
    assert by_hand.ok
    assert any("not in canonical form" in line for line in by_hand.lines())
    export(check(tmp_path).records, tmp_path)
    (tmp_path / "a.yaml").unlink()
    assert not any("canonical" in line for line in check(tmp_path, canonical=True).lines())


def test_many_warnings_of_one_kind_are_counted(tmp_path: Path) -> None:
    fact = SMALLEST[SMALLEST.index("  - id: muster") :]
    more = "".join(fact.replace("muster-300", f"muster-{n}").replace('trees"', f'trees {n}"') for n in range(9))

    lines = check(put(tmp_path, a_yaml=SMALLEST + more)).lines()

    assert sum("only one source" in line for line in lines) == 3
    assert any("8 more like fact muster-300-trees-2026-05: only one source" in line for line in lines)


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    assert not check(tmp_path / "missing").ok


@pytest.mark.parametrize("code", Code)
def test_every_finding_is_said_in_words(code: Code) -> None:
    case = dict.fromkeys(
        ("given", "kind", "close", "section", "other", "length", "limit", "start", "end", "published", "publisher",
         "surface", "series", "percent"),
        "§",
    )  # fmt: skip
    remark = Remark(code=code, section="facts", index=0, id="x", path=".text", data=case)

    what, instead = phrase(remark)

    assert code in PHRASES
    assert what.startswith("text: ")
    assert instead
    assert not set("{}") & set(what + instead.replace("{entity: …, name: …}", ""))
    assert remark.error is (code not in WARNINGS)


def test_exported_records_are_judged_like_the_files_they_came_from(tmp_path: Path) -> None:
    export(some_records(), tmp_path)

    assert check(tmp_path, canonical=True).ok


@settings(max_examples=40)
@given(strategies.records, strategies.texts)
def test_any_records_and_text_give_lines_that_can_be_printed(
    tmp_path_factory: pytest.TempPathFactory, records: Records, text: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    export(records, folder / "facts")
    texts = put(folder / "texts", **{f"{source.id}.txt": text for source in records.sources}, **{"x.txt": text})

    result = check(folder / "facts", texts=texts)

    assert result.lines()
    assert all(line.isprintable() for line in result.lines())


def test_what_the_readme_shows_is_what_is_read(tmp_path: Path) -> None:
    """The smallest fact in both forms."""
    blocks = README.read_text(encoding="utf-8").split("```")
    yaml = next(block.removeprefix("yaml\n") for block in blocks if block.startswith("yaml\n"))
    lines = next(block.removeprefix("json\n") for block in blocks if block.startswith("json\n"))
    one = check(put(tmp_path / "one", a_yaml=yaml), canonical=True)
    other = check(put(tmp_path / "other", **{"a.jsonl": lines}))

    assert one.ok
    assert other.ok
    assert other.records == one.records
