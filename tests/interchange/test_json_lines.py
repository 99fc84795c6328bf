"""JSON Lines carry the same records, one a line."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.model.change import Records
from bot.core.records import read_records
from bot.interchange import json_lines
from bot.interchange.json_lines import read, write
from tests import strategies
from tests.builders import some_records


def wrong(content: bytes) -> list[tuple[int, str]]:
    return [(fault.line, fault.wrong) for fault in read(io.BytesIO(content)).faults]


@settings(max_examples=40)
@given(strategies.records)
def test_records_come_back_as_they_were(records: Records) -> None:
    content = "".join(write(records)).encode()

    tree = read(io.BytesIO(content))

    assert tree.faults == []
    assert read_records(tree.data) == records


def test_each_record_knows_its_line() -> None:
    content = "\n".join(write(some_records())).encode()  # an empty line after each record

    assert read(io.BytesIO(content)).lines["facts[0]"] == 9


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b'{"section": "facts", "id": "a", "id": "b"}', "the key 'id' stands twice"),
        (b'{"section": "facts", "x": {"id": 1, "id": 2}}', "the key 'id' stands twice"),
        (b'{"section": "facts", "number": NaN}', "NaN is no number that can be kept"),
        (b'{"section": "facts", "number": -Infinity}', "-Infinity is no number that can be kept"),
        (b'{"section": "facts", "number": ' + b"9" * 5000 + b"}", "99999999999999999999… is too large a number"),
        (b'{"section": "fact"}', "\"section\": 'fact' is not known; did you mean 'facts'?"),
        (b'{"section": ["facts"]}', '"section": a list is not known'),
        (b'{"id": "a"}', 'the key "section" is missing; write one of sources'),
        (b"[1]", "a list is no record"),
        (b'"facts"', "'facts' is no record"),
        (b"\xff", "not UTF-8"),
        (b'{"section": "facts"', "not readable as JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b"{" * 10, "not readable as JSON"),
        (b"\0", "not readable as JSON"),
    ],
    ids=range(15),
)
def test_a_wrong_line_is_named(line: bytes, what: str) -> None:
    ((number, found),) = wrong(b"\n" + line + b"\n")

    assert number == 2
    assert found.startswith(what)


def test_all_wrong_lines_are_told_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MOST_FAULTS", 3)

    assert [line for line, _ in wrong(b"x\n" * 9)] == [1, 2, 3, 4]


def test_an_endless_line_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LONGEST_LINE", 100)

    assert wrong(b'{"section": "facts", "text": "' + b"x" * 1000 + b'"}') == [(1, "given up here: a line is too long")]


@given(st.binary(max_size=80) | st.text(alphabet='{}[]":,0123eE.-+tfnul\\u \n\ud800', max_size=60).map(
    lambda text: text.encode("utf-8", "surrogatepass")))  # fmt: skip
def test_any_bytes_give_data_or_faults(content: bytes) -> None:
    tree = read(io.BytesIO(content))

    assert isinstance(tree.data, dict)
    assert all(fault.wrong and fault.instead for fault in tree.faults)
