"""Files become records, or one list of everything that is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.model.fact import Act, Kind
from bot.core.model.review import Attribution, Workflow
from bot.interchange import layout
from bot.interchange.json_lines import write
from bot.interchange.loading import load
from tests.builders import a_record, some_records

SMALLEST = """\
schema: 1
sources:
  - id: 2026-05-02-gazette-trees
    publisher: null
    title: "Trees for Testwick"
    published: "2026-05-02"
    url: null
    language: en
facts:
  - id: muster-300-trees-2026-05
    label: "Trees, at least 300 planted, Muster, May 2026"
    kind: direct
    text: "We have planted at least 300 trees"
    speaker: {name: "Ada Muster", role: "Mayor of Testwick"}
"""


def put(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_yaml", ".yaml").replace("_jsonl", ".jsonl")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def told(*paths: Path) -> list[str]:
    folder = f"{paths[0] if paths[0].is_dir() else paths[0].parent}/"
    return [str(notice).replace(folder, "") for notice in load(paths).notices]


def test_the_smallest_fact_takes_the_rest_from_its_source(tmp_path: Path) -> None:
    loaded = load([put(tmp_path, a_yaml=SMALLEST)])

    assert loaded.notices == ()
    (record,) = loaded.records.facts
    revision = record.revision
    assert (record.number, record.workflow, revision.number) == (None, Workflow.PENDING, 1)
    assert (revision.language, revision.attribution) == ("en", Attribution.ATTRIBUTED)
    assert [(hop.act, hop.name) for hop in revision.chain] == [(Act.SAID, "Ada Muster"), (Act.QUOTED, "")]
    assert str(revision.said.not_after) == "2026-05-02"
    assert revision.said.on is None
    assert [citation.source for citation in revision.citations] == ["2026-05-02-gazette-trees"]
    assert len(revision.content_hash) == 64


@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        (Kind.DIRECT, [Act.SAID, Act.QUOTED]),
        (Kind.MIXED, [Act.SAID, Act.QUOTED]),
        (Kind.INDIRECT, [Act.SAID, Act.PARAPHRASED]),
        (Kind.OUTLET, [Act.REPORTED]),
        (Kind.CAPTION, [Act.CAPTIONED]),
    ],
)
def test_the_shortest_chain_fits_the_kind(tmp_path: Path, kind: Kind, acts: list[Act]) -> None:
    text = SMALLEST.replace("kind: direct", f"kind: {kind}").replace("publisher: null", 'publisher: "The Gazette"')

    (record,) = load([put(tmp_path, a_yaml=text)]).records.facts

    assert [hop.act for hop in record.revision.chain] == acts
    assert record.revision.chain[-1].name == "The Gazette"


def test_a_source_may_stand_in_another_file(tmp_path: Path) -> None:
    sources, _, facts = SMALLEST.partition("facts:")
    facts = "facts:" + facts + "    source: 2026-05-02-gazette-trees\n"

    loaded = load([put(tmp_path, a_yaml=facts, b_yaml=sources)])

    assert loaded.ok
    assert loaded.records.facts[0].revision.language == "en"


def test_all_errors_of_all_files_are_told_together(tmp_path: Path) -> None:
    put(
        tmp_path,
        a_yaml=SMALLEST.replace("kind: direct", "kind: dirct").replace("label:", "labl:"),
        b_yaml="topics:\n  - {id: trees, label: Trees}\n  - {id: Trees}\n",
        sub__c_yaml="facts: [\n",
        d_jsonl='{"section": "topics", "id": "park"}\n{"section": "facts", "id": "x", "id": "y"}\n',
        e_yaml="fcts: []\nschema: 2\nsources: {}\n",
        f_yaml="just words",
    )

    lines = told(tmp_path)

    for line in (
        "a.yaml:10: fact muster-300-trees-2026-05: 'label' is missing: write label:",
        "a.yaml:11: fact muster-300-trees-2026-05: unknown key 'labl': did you mean 'label'?",
        "a.yaml:12: fact muster-300-trees-2026-05: kind: 'dirct' is not known here: did you mean 'direct'?",
        "b.yaml:3: topic Trees: id: 'Trees' is no id: write small letters a-z and digits, with single hyphens between",
        "b.yaml:3: topic Trees: 'label' is missing: write label:",
        "d.jsonl:2: the key 'id' stands twice: correct this line",
        "e.yaml:1: unknown section 'fcts': did you mean 'facts'?",
        "e.yaml:2: schema 2 is not known: this program reads schema 1",
        "e.yaml:3: 'sources' is no list: begin each record with a hyphen",
        "f.yaml:1: 'just words' is no file of records: write sections: sources, entities, topics, series, facts",
    ):
        assert line in lines
    assert any(line.startswith("sub/c.yaml:2: not readable as YAML") for line in lines)


def test_what_is_wrong_with_yaml_does_not_hide_what_is_wrong_with_records(tmp_path: Path) -> None:
    text = SMALLEST.replace('title: "Trees for Testwick"', "title: *trees").replace("kind: direct", "kind: dirct")

    assert told(put(tmp_path, a_yaml=text)) == [
        "a.yaml:5: the alias '*trees': write the value out",
        "a.yaml:12: fact muster-300-trees-2026-05: kind: 'dirct' is not known here: did you mean 'direct'?",
    ]


def test_yaml_and_json_lines_mean_the_same(tmp_path: Path) -> None:
    records = layout.in_order(some_records(a_record(number=1)))
    for path, content in layout.files(records).items():
        target = tmp_path / "yaml" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (tmp_path / "all.jsonl").write_text("".join(write(records)), encoding="utf-8")

    assert layout.in_order(load([tmp_path / "yaml"]).records) == load([tmp_path / "all.jsonl"]).records


def test_folders_are_searched_and_what_is_no_record_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, x__y__a_yaml=SMALLEST, **{"README.md": "# words", "x/README.yaml": "no records", ".git/b.yaml": "["})
    (tmp_path / "notes.txt").write_text("words")

    assert len(load([tmp_path]).records.facts) == 1
    assert load([tmp_path, tmp_path / "x", tmp_path / "x/y/a.yaml"]).ok, "a file named twice is read once"


def test_another_ending_is_not_passed_over_silently(tmp_path: Path) -> None:
    put(tmp_path, **{"a.yml": SMALLEST})

    assert told(tmp_path) == ["a.yml: the ending .yml is not read: rename it to .yaml"]


def test_links_in_circles_fifos_and_missing_paths_do_no_harm(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=SMALLEST)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "round.yaml").symlink_to(tmp_path / "round.yaml")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.yaml")

    lines = told(tmp_path)

    assert len(load([tmp_path / "loop" / "loop" / "a.yaml"]).records.facts) == 1
    assert len(lines) == 3
    assert any(line.startswith("round.yaml: cannot be read") for line in lines)
    assert any(line.startswith("pipe.yaml: no file of the kinds") for line in lines)
    for path in (tmp_path / "missing", tmp_path / "round.yaml", tmp_path / "pipe.yaml", Path("a\0b")):
        assert not load([path]).ok


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, a_yaml=SMALLEST)

    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert told(tmp_path) == ["a.yaml: cannot be read (Permission denied): check the path and who may read it"]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("a,b")

    assert told(path) == ["facts.csv: no file of the kinds that are read here: name files that end in .yaml or .jsonl"]


def test_a_name_that_breaks_lines_is_shown_on_one(tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[2Jb.yaml"
    path.write_text("[")

    assert all(notice.isprintable() for notice in map(str, load([path]).notices))


damage = st.sampled_from(
    ["", "x", "null", "[]", "{}", "[1]", '{a: "b"}', "'", "&", "*a", "0", "true", '"\\0"', "- -", "?"]
)


@settings(max_examples=150)
@given(st.integers(0, len(SMALLEST)), st.integers(0, 12), damage)
def test_a_damaged_file_gives_records_or_notices(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, instead: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.yaml"
    path.write_text(SMALLEST[:start] + instead + SMALLEST[start + length :], encoding="utf-8")

    loaded = load([path])

    assert loaded.notices or loaded.records.facts or "facts" not in path.read_text(encoding="utf-8") or instead
    assert all(notice.wrong and notice.instead for notice in loaded.notices)
