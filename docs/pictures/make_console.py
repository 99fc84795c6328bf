"""Draw docs/pictures/answer.svg: a real conversation with the facts of this repository. Same facts, same bytes.

Run from the top of the repository: python -m docs.pictures.make_console
"""

from __future__ import annotations

import asyncio
import functools
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.terminal_theme import TerminalTheme

from bot.app import EXAMPLES_BY, inspected
from bot.commands import table_of
from bot.commands.services import House
from bot.core.lookup import Lookup
from bot.core.model.change import FileImport
from bot.core.search.index import document
from bot.core.search.terms import Analysis
from bot.platforms.console.colour import picture
from bot.platforms.console.connection import reply_to
from bot.platforms.console.layout import Line, Piece, Style, layout
from bot.stemming import Stemmer
from bot.store.sqlite import opened
from bot.system import OrderedIds

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "pictures" / "answer.svg"
ASKED = ("dprk ammunition", "#2", "japan ammunition")
COLUMNS = 104
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

_COLOURS = [
    *((30, 33, 39), (224, 108, 117), (152, 195, 121), (229, 192, 123)),
    *((97, 175, 239), (198, 120, 221), (86, 182, 194), (214, 218, 226)),
]
THEME = TerminalTheme((30, 33, 39), (214, 218, 226), _COLOURS, [(139, 146, 160), *_COLOURS[1:7], (255, 255, 255)])
# Only fonts that the reader has: a picture in a README must not ask other servers for anything.
SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>A conversation with On the Record on a terminal</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class _Noon:
    def now(self) -> datetime:
        return NOON


async def conversation() -> list[Line]:
    """The questions and their answers, from a fresh SQLite database."""
    analysis, ids, clock = Analysis(Stemmer()), OrderedIds(), _Noon()
    index = functools.partial(document, analysis=analysis)
    found = inspected((ROOT / "facts",), today=NOON.date())
    if not found.ok:
        raise SystemExit("\n".join(found.lines()))
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder) / "onrecord.db", index=index, clock=clock, ids=ids) as store:
            change = FileImport(records=found.records, publish_as=EXAMPLES_BY, texts=found.texts)
            await store.apply(change, key="picture", expect={})
            table = table_of(finder=Lookup(store, analysis), facts=store, house=House(version=""))
            for asked in ASKED:
                reply = await reply_to(asked, table=table, ids=ids, locale="en")
                lines += [(Piece("> ", Style.DETAIL), Piece(asked)), *layout(reply, width=COLUMNS), ()]
    return lines[:-1]


def drawn(lines: list[Line]) -> str:
    """The picture as SVG."""
    svg = picture(lines, title="onrecord console", width=COLUMNS, theme=THEME, svg=SVG)
    return "\n".join(line.rstrip() for line in svg.split("\n") if line.strip()) + "\n"


if __name__ == "__main__":
    TARGET.write_text(drawn(asyncio.run(conversation())), encoding="utf-8")
