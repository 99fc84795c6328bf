"""Plain full-text search without any knowledge of ours: the floor that finding is measured against."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

_WORD = re.compile(r"\w+")


class PlainSearch:
    """FTS5 with its usual tokenizer and ranking over rows of text. Made by `plain_search`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __call__(self, query: str, limit: int = 10) -> list[str]:
        """Keys of the best rows: words joined by OR, ordered by bm25; of equals the first one."""
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(query))
        if not words:
            return []
        rows = self._connection.execute(
            "SELECT key FROM plain JOIN plain_key ON plain_key.id = plain.rowid "
            "WHERE plain MATCH ? ORDER BY plain.rank LIMIT ?",
            (words, limit),
        )
        return [key for (key,) in rows]


@contextmanager
def plain_search(rows: Iterable[Sequence[str]], path: Path | None = None) -> Iterator[PlainSearch]:
    """Index rows of (key, text, label), in memory or in a new file, until the block ends."""
    with closing(sqlite3.connect(path or ":memory:", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE plain_key (id INTEGER PRIMARY KEY, key TEXT NOT NULL)")
        connection.execute("CREATE VIRTUAL TABLE plain USING fts5 (text, label, content = '', tokenize = 'unicode61')")
        for number, (key, text, label) in enumerate(rows, 1):
            connection.execute("INSERT INTO plain_key (id, key) VALUES (?, ?)", (number, key))
            connection.execute("INSERT INTO plain (rowid, text, label) VALUES (?, ?, ?)", (number, text, label))
        connection.execute("COMMIT")
        yield PlainSearch(connection)
