"""`onrecord fact`, `console` and `lookup` as people and programs use them."""

from __future__ import annotations

import json
import subprocess

import pytest

from bot.cli.explain import SHAPES
from bot.core.search.refusal import Shape
from tests.cli.onrecord import OnRecord

WORDS = "at least 3.5 million artillery rounds"


def test_the_first_question_is_answered_in_an_empty_home(onrecord: OnRecord) -> None:
    done = onrecord("fact", "dprk", "ammunition")

    assert (done.code, done.err) == (0, "")
    assert WORDS in done.out
    assert "— Volodymyr Zelenskyi, President of Ukraine" in done.out
    assert "Published 16 Nov 2024; the day it was said is not given" in done.out
    assert "(publisher and link not on file)" in done.out
    assert "Imported from files by the On the Record project (example facts)" in done.out
    assert onrecord.data.stat().st_mode & 0o077 == 0


def test_nothing_on_record_has_an_exit_code_of_its_own(stocked: OnRecord) -> None:
    done = stocked("fact", "japan", "ammunition")

    assert (done.code, done.err) == (1, "")
    assert 'Nothing on record for "japan ammunition".' in done.out


def test_an_answer_is_explained_step_by_step(stocked: OnRecord) -> None:
    done = stocked("fact", "--explain", "dprk", "amunition")

    assert (done.code, done.err) == (0, "")
    assert "A slip was mended: North Korean ammunition for Russia" in done.out
    assert "explains every part" in done.out
    assert done.out.rstrip().splitlines()[-1].startswith("Answer: #")
    assert WORDS not in done.out


def test_every_shape_of_a_question_is_explained(stocked: OnRecord) -> None:
    assert set(SHAPES) == set(Shape)
    assert "Read as nothing but numbers and dates" in stocked("fact", "--explain", "3500000").out


def test_a_silence_is_explained_too(stocked: OnRecord) -> None:
    done = stocked("fact", "--explain", "japan", "ammunition")

    assert 'nothing in it explains "japan"' in done.out
    assert "Nothing on record; nearby: North Korean ammunition for Russia" in done.out


def test_json_is_one_object_on_one_line(stocked: OnRecord) -> None:
    done = stocked("fact", "--json", "dprk ammunition")

    answer = json.loads(done.out)
    assert done.out.count("\n") == 1
    assert answer["outcome"] == "found"
    assert WORDS in answer["facts"][0]["text"]
    assert json.loads(stocked("fact", "--json", "asdf").out)["outcome"] == "nothing"


@pytest.mark.parametrize("words", ['"', "NEAR(", "dprk*", "🙂", "AND OR NOT", "\u202e", "-- -x", "a" * 250, "'; DROP"])
def test_any_words_are_an_ordinary_question(stocked: OnRecord, words: str) -> None:
    done = stocked("fact", "--", words)

    assert done.code in (0, 1)
    assert done.err == ""
    assert done.out.strip()


def test_bytes_that_are_no_text_are_an_ordinary_question(stocked: OnRecord) -> None:
    ended = subprocess.run(
        [*map(str.encode, stocked.line("fact", "--private")), b"\xff\xfe dprk"],
        capture_output=True,
        env=stocked.variables,
        cwd=stocked.home,
        check=False,
        timeout=60,
    )
    assert ended.returncode in (0, 1)
    assert ended.stderr == b""


def test_a_question_needs_words(onrecord: OnRecord) -> None:
    assert onrecord("fact").code == 2
    assert onrecord("fact", " ").code == 2
    assert onrecord("facts").code == 2
    assert onrecord().code == 2


def test_an_output_that_cannot_be_written_is_told(stocked: OnRecord) -> None:
    for arguments in (("fact", "dprk ammunition"), ("fact", "--json", "dprk ammunition"), ("audit", "verify")):
        with open("/dev/full", "wb") as full:  # noqa: PTH123 -- a device
            ended = subprocess.run(
                stocked.line(*arguments),
                stdout=full,
                stderr=subprocess.PIPE,
                env=stocked.variables,
                cwd=stocked.home,
                check=False,
                timeout=60,
            )
        assert ended.returncode == 73
        assert ended.stderr == b"onrecord: the output cannot be written: No space left on device\n"


def test_without_an_output_the_exit_code_still_tells(stocked: OnRecord) -> None:
    for words, code in (("dprk ammunition", 0), ("asdf", 1)):
        closed = ["sh", "-c", 'exec "$@" >&- 2>&-', "sh", *stocked.line("fact", words)]
        ended = subprocess.run(closed, env=stocked.variables, cwd=stocked.home, check=False, timeout=60)
        assert ended.returncode == code


def test_a_reader_that_goes_away_is_no_error(stocked: OnRecord) -> None:
    process = subprocess.Popen(
        stocked.line("fact", "dprk ammunition"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=stocked.variables,
        cwd=stocked.home,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait(30) == 128 + 13


def test_a_database_that_somebody_set_up_gets_no_examples(onrecord: OnRecord) -> None:
    onrecord.environment["ONRECORD_CONFIG"] = str(onrecord.home / "own.yaml")
    assert onrecord("init", "--platform", "none", "--editors", "1", "--no-example-facts").code == 0

    assert onrecord("fact", "dprk ammunition").code == 1


def test_a_conversation_through_a_pipe(stocked: OnRecord) -> None:
    done = stocked("console", given="dprk ammunition\nevidence 1\nquit\n")

    assert (done.code, done.err) == (0, "")
    assert WORDS in done.out
    assert "Note: The headline of the article" in done.out


def test_the_language_is_that_of_the_machine(stocked: OnRecord) -> None:
    stocked.environment["LANG"] = "uk_UA.UTF-8"
    assert "«asdf»" in stocked("fact", "asdf").out


def lines(*questions: object) -> str:
    return "".join(f"{json.dumps(question)}\n" for question in questions)


def test_lookup_answers_line_by_line(stocked: OnRecord) -> None:
    done = stocked(
        "lookup", "--jsonl", given=lines({"id": "a", "q": "dprk ammunition"}, {"id": 7, "q": "japan shells"})
    )

    first, second = map(json.loads, done.out.splitlines())
    assert (done.code, done.err) == (0, "")
    assert first["id"] == "a"
    assert first["found"] is True
    assert 0 < first["confidence"] <= 1
    assert set(first["facts"][0]) == {"id", "number", "kind", "text", "quoted_spans", "speaker", "said", "rendered"}
    assert WORDS in first["facts"][0]["text"]
    assert first["facts"][0]["kind"] == "direct"
    assert first["facts"][0]["text"] in first["facts"][0]["rendered"]
    assert second == {"id": 7, "found": False, "confidence": 0.0, "facts": [], "suggestions": second["suggestions"]}


def test_lookup_goes_on_after_every_bad_line(stocked: OnRecord) -> None:
    bad = (
        b"not json\n{}\n[]\n" + b'{"id": 1}\n{"id": true, "q": "x"}\n{"id": NaN, "q": "x"}\n{"id": "x", "q": 3}\n'
        b"\xff\xfe\n" + b"[" * 50_000 + b"\n" + b'{"id": 9, "q": "' + b"y" * 1_000_001 + b'"}\n'
    )
    good = lines({"id": "last", "q": "dprk ammunition"}).encode()

    done = stocked("lookup", "--jsonl", given=bad + b"\n\n" + good.rstrip())
    rows = list(map(json.loads, done.out.splitlines()))
    assert done.code == 0
    assert [row["line"] for row in rows[:-1]] == list(range(1, 11))
    assert all(row["error"] for row in rows[:-1])
    assert rows[3]["id"] == 1
    assert rows[-1]["found"] is True
    assert "10 of the lines" in done.err


def test_lookup_survives_hostile_questions(stocked: OnRecord) -> None:
    questions = ["\ud800", "\0", '" NEAR( dprk*', "", "dprk " * 30_000, "북한군" * 500, "🙂" * 999, "' OR 1=1 --"]
    done = stocked("lookup", "--jsonl", given=lines(*({"id": number, "q": q} for number, q in enumerate(questions))))

    rows = list(map(json.loads, done.out.splitlines()))
    assert [row["id"] for row in rows] == list(range(len(questions)))
    assert all("error" not in row for row in rows)


def test_lookup_takes_a_limit_and_can_be_told_not_to_refuse(stocked: OnRecord) -> None:
    def found(query: str, *options: str) -> int:
        done = stocked("lookup", "--jsonl", *options, given=lines({"id": 1, "q": query}))
        return len(json.loads(done.out)["facts"])

    assert found("dprk", "--limit", "2") == 2
    assert found("japan ammunition") == 0
    assert found("japan ammunition", "--no-refusal") > 0
    message = "Did you read that North Korea has sent at least 3.5 million artillery rounds to Russia? Unbelievable."
    assert found(message, "--message") > 0
    assert stocked("lookup", "--jsonl", "--limit", "0").code == 2


def test_lookup_reads_the_database_it_is_given(stocked: OnRecord) -> None:
    stocked.config("this is: no configuration of ours\nlanguage: 7\n")
    done = stocked(
        "lookup", "--jsonl", "--db", stocked.data / "onrecord.db", given=lines({"id": 1, "q": "dprk ammunition"})
    )

    assert json.loads(done.out)["found"] is True
    missing = stocked("lookup", "--jsonl", "--db", "gone.db", given="")
    assert missing.code == 66
    assert "gone.db does not exist" in missing.err
    assert not (stocked.home / "gone.db").exists()


def test_a_line_over_time(stocked: OnRecord) -> None:
    done = stocked("timeline", "dprk", "ammunition")

    assert (done.code, done.err) == (0, "")
    assert "published 16 Nov 2024: at least 3,500,000 · Volodymyr Zelenskyi · #1" in done.out
    assert stocked("timeline", "nothing", "like", "that").code == 1
    lonely = stocked("timeline", "1", "--picture", stocked.home / "x.png")
    assert lonely.code == 73
    assert "x.png: not drawn: there are no two statements" in lonely.err
    assert "at least 3,500,000" in lonely.out
    assert not (stocked.home / "x.png").exists()


def test_a_line_over_time_as_a_picture(stocked: OnRecord) -> None:
    series = {"id": "trees", "label": "Trees", "unit": "tree", "scope": "all"}
    facts = stocked.home / "more.yaml"
    lines = [
        "schema: 1",
        "sources:",
        "  - {id: a, publisher: null, title: Trees, published: '2026-05-02', url: null, language: en}",
        "series:",
        f"  - {json.dumps(series)}",
        "facts:",
    ]
    for year in (2024, 2025):
        lines += [
            f"  - id: trees-{year}",
            f"    label: '{year}'",
            "    kind: outlet",
            f"    text: There were {year} trees",
            "    language: en",
            f"    said: {{date: '{year}', stated: true}}",
            "    quantities:",
            f"      - {{comparator: '=', value: '{year}', unit: tree, surface: {year} trees, series: trees}}",
            "    chain:",
            "      - {act: reported, stated: true}",
            "    attribution: attributed",
            "    citations:",
            "      - {source: a}",
        ]
    facts.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = stocked("import", facts, "--publish-as", "Ada")
    assert done.code == 0, done.err
    picture = stocked.home / "trees.png"

    done = stocked("timeline", "trees", "--picture", picture)

    assert done.code == 0, done.err
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert stocked("timeline", "trees", "--picture", stocked.home / "no" / "folder.png").code == 73
