"""YAML says what is written, or where it cannot be read; nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.interchange import strict_yaml
from bot.interchange.strict_yaml import DEEPEST, LARGEST_FILE, MOST_NODES, read


def wrong(text: str | bytes) -> list[tuple[int, str]]:
    content = text if isinstance(text, bytes) else text.encode()
    return [(fault.line, fault.wrong) for fault in read(content).faults]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("~", "~"),
        ("Null", "Null"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("17", 17),
        ("-3", -3),
        ("0", 0),
        ("0123", "0123"),
        ("0x1F", "0x1F"),
        ("0b1", "0b1"),
        ("0o7", "0o7"),
        ("+1", "+1"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("15:30", "15:30"),
        ("3_500_000", "3_500_000"),
        ("9" * 40, "9" * 40),
        ("2024-11-15", "2024-11-15"),
        ("2024-11-15T10:00:00Z", "2024-11-15T10:00:00Z"),
        ("=", "="),
        ('"true"', "true"),
        ("'17'", "17"),
        ('"null"', "null"),
        ('"a\\nb"', "a\nb"),
        ("'it''s'", "it's"),
        ("[]", []),
        ("{}", {}),
    ],
)
def test_a_value_is_what_is_written(written: str, meant: Any) -> None:
    tree = read(f"a: {written}\n".encode())

    assert tree.faults == []
    assert tree.data == {"a": meant}
    assert type(tree.data["a"]) is type(meant)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3", 3, "the key 'a' stands twice (first on line 1)"),
        ("- {x: 1, x: 2}", 1, "the key 'x' stands twice (first on line 1)"),
        ("a: &name 1", 1, "the anchor '&name'"),
        ("a: &name [1]\nb: *name", 2, "the alias '*name'"),
        ("a: {b: 1}\nc:\n  <<: {b: 1}", 3, "the merge key <<"),
        ("a: !!python/name:os.x x", 1, "the tag 'tag:yaml.org,2002:python/name:os.x'"),
        ("a: !!str 1", 1, "the tag 'tag:yaml.org,2002:str'"),
        ("a: !secret x", 1, "the tag '!secret'"),
        ("a: ! x", 1, "the tag '!'"),
        ("!x a: 1", 1, "an anchor or tag before a key"),
        ("a: >\n  x\n  y", 1, "text over several lines, which changes its blanks"),
        ("a: |\n  x", 1, "text over several lines, which changes its blanks"),
        ('a: "x\n  y"', 1, "text over several lines, which changes its blanks"),
        ("a: x\n  y", 1, "text over several lines, which changes its blanks"),
        ("a: 1\nb:\n", 2, "nothing stands here"),
        ("a:\n  -\n", 2, "nothing stands here"),
        ("? [a, b]\n: 1", 1, "a key that is not one word"),
        ("--- {a: 1}\n--- {a: 2}", 2, "a second document"),
        ("%YAML 1.1\n--- {a: 1}", 1, "a % directive"),
        ("a: 1\n\0", 2, "the character U+0000 is not allowed"),
        ("a: \x1b[0m", 1, "the character U+001B is not allowed"),
        (b"a: 1\nb: \xff", 2, "not UTF-8"),
        ("a: 1".encode("utf-16"), 1, "not UTF-8"),
    ],
)
def test_what_is_not_allowed_is_named_with_its_line(text: str | bytes, line: int, what: str) -> None:
    assert (line, what) in wrong(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a:\n\t- b", 2),
        ("a: 1\n b: 2", 2),
        ('a: "x', 1),
        ("a: [1, 2", 1),
        ("a: {b: c", 1),
        ("a: b: c", 1),
        ("a: @b", 1),
        ("a: `b", 1),
        ('a: "\\q"', 1),
        ('a: "\\ud800"', 1),
        ("- a\nb: c", 2),
        ("a: *", 1),
    ],
)
def test_what_is_no_yaml_is_named_with_its_line(text: str, line: int) -> None:
    found = wrong(text)[-1]

    assert found[1].startswith("not readable as YAML")
    assert abs(found[0] - line) <= 1


def test_every_fault_of_a_file_is_told() -> None:
    assert len(wrong("a: &x 1\na: !y 2\nb: *x\nc: >\n  z\n")) == 5


def test_each_place_knows_its_line() -> None:
    tree = read(b'# a comment\nfacts:\n  - id: x\n    said: {date: "2024"}\n  - id: y\n')

    assert tree.lines["facts"] == 2
    assert tree.lines["facts[0].id"] == 3
    assert tree.lines["facts[0].said.date"] == 4
    assert tree.lines["facts[1]"] == 5


def test_an_empty_file_and_one_of_comments_hold_nothing() -> None:
    assert read(b"").data == read(b"# nothing\n").data == {}


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read(b"\xef\xbb\xbfa: 1").data == {"a": 1}


def test_billions_of_laughs_are_refused_at_once() -> None:
    lines = ['a0: &a0 ["ha"]'] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]

    faults = wrong("\n".join(lines))

    assert sum("alias" in what for _, what in faults) == 81


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_bottomless_nesting_is_refused(opening: str) -> None:
    (found,) = wrong(opening * 200_000)

    assert found[1] in (f"nested more than {DEEPEST} deep", "a key that is not one word")


def test_too_large_a_file_is_refused() -> None:
    assert wrong(b"#" * (LARGEST_FILE + 1)) == [(1, "larger than 5,000,000 bytes")]


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "MOST_NODES", 100)

    assert wrong(f"a: [{'1, ' * 101}]") == [(1, "more than 100 values")]
    assert MOST_NODES > 100


def test_the_parser_written_in_python_reads_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML was built without libyaml."""
    text = b'a: [1, "two", {three: null}]\nb: no\nc: &x >\n  y\n'
    quick = read(text)
    monkeypatch.setattr(strict_yaml, "_LOADER", yaml.SafeLoader)

    slow = read(text)

    assert slow.data == quick.data
    assert [(fault.line, fault.wrong) for fault in slow.faults] == [(f.line, f.wrong) for f in quick.faults]
    assert len(quick.faults) == 2


yamlish = st.text(alphabet="ab01:-?[]{}&*!|>'\"%@`#,~. \n\t\r\u0085\ufeff\u2028é😀\0\\", max_size=40)


@given(st.binary(max_size=60) | yamlish.map(lambda text: text.encode()))
def test_any_bytes_give_data_or_faults(content: bytes) -> None:
    tree = read(content)

    assert all(fault.line >= 1 and fault.wrong and fault.instead for fault in tree.faults)
    assert tree.faults or isinstance(tree.data, dict | list | str | int | bool | None)
