"""`python -m bot.pictures.chart`: a chart as JSON on stdin, a PNG on stdout.

A step holds until the next statement. An arrow says that the number is a bound, a hollow mark that the day is not
certain, a bar how far it may lie. The ground is light and opaque, so that dark and light clients show the same.
"""

from __future__ import annotations

import json
import os
import sys
import textwrap
import unicodedata
import warnings
from datetime import date
from typing import Any

WIDTH, HEIGHT, ROW, DPI = 8.0, 4.0, 0.24, 120  # inches, and dots an inch
INK, SOFT, LINE, GROUND = "#1f2430", "#5b6475", "#2b5fa8", "#fbfbf8"
BOUNDS = {">=": 1, ">": 1, "<=": -1, "<": -1}
NAMED, TAGGED = 10, 40  # statements that are listed below, and that have their numbers beside the marks
LONGEST = 200  # characters of a line of the list
DOT = DPI / 72  # pixels of a point, in which letters and distances are measured
MARK, TAG, BESIDE, EDGE = (
    8.0,
    9.0,
    5.0,
    8.0,
)  # pixels around a mark's middle; points: of a tag, beside a mark, at the edge
FONTS = ["DejaVu Sans", "Noto Sans CJK KR", "Noto Sans CJK SC", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew"]

_HIDDEN = ("Cc", "Cf", "Co", "Cs")  # controls, formats, private and half signs

Json = dict[str, Any]
Box = tuple[float, float, float, float]  # left, bottom, right, top; pixels


def drawn(chart: Json) -> bytes:
    """The PNG of one chart."""
    import io  # noqa: PLC0415 -- in the child alone

    import matplotlib as mpl  # noqa: PLC0415 -- an optional library

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 -- after the way of drawing is chosen
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 -- the same

    mpl.rcParams["text.parse_math"] = False  # "$" is a dollar
    mpl.rcParams["font.family"] = [name for name in FONTS if name in set(fontManager.get_font_names())]

    points = chart["points"]
    listed = ROW * min(len(points), NAMED)
    figure, (axes, below) = plt.subplots(
        2,
        figsize=(WIDTH, HEIGHT + listed),
        dpi=DPI,
        facecolor=GROUND,
        height_ratios=(HEIGHT, listed),
        layout="constrained",
    )
    axes.set_facecolor(GROUND)
    spans = [(date.fromisoformat(each["earliest"]), date.fromisoformat(each["latest"])) for each in points]
    days = [first + (last - first) / 2 for first, last in spans]
    values = [float(each["value"]) for each in points]
    _steps(axes, points, days, values)
    _marks(axes, points, spans, days, values)
    lines = _list(below, points, chart["rest"])
    _frame(figure, axes, chart, spans, values)
    figure.canvas.draw()  # where everything comes to stand is known from here on
    for line in lines:
        _fit(line, figure)
    if len(points) <= TAGGED:
        _tags(axes, points, days, values)
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor=GROUND)
    return out.getvalue()


def _steps(axes: Any, points: list[Json], days: list[date], values: list[float]) -> None:
    """A value holds until the next statement; what is a bound alone is dotted."""
    for place in range(len(points) - 1):
        here, there = (days[place], values[place]), (days[place + 1], values[place + 1])
        style = ":" if points[place]["comparator"] in BOUNDS else "-"
        axes.plot([here[0], there[0]], [here[1], here[1]], style, color=LINE, linewidth=2, zorder=2)
        axes.plot([there[0], there[0]], [here[1], there[1]], "-", color=LINE, linewidth=1, alpha=0.5, zorder=2)


def _marks(
    axes: Any, points: list[Json], spans: list[tuple[date, date]], days: list[date], values: list[float]
) -> None:
    reach = (max(values) - min(0.0, *values) or 1.0) * 0.09
    for point, (first, last), day, value in zip(points, spans, days, values, strict=True):
        if first != last:
            axes.hlines(value, first, last, color=LINE, linewidth=6, alpha=0.35, zorder=1)
        face = GROUND if point["uncertain"] or first != last else LINE
        axes.plot(
            [day], [value], "o", markersize=8, markerfacecolor=face, markeredgecolor=LINE, markeredgewidth=2, zorder=4
        )
        if way := BOUNDS.get(point["comparator"], 0):
            head = {"arrowstyle": "-|>", "color": LINE, "linewidth": 2, "shrinkA": 4, "shrinkB": 0}
            axes.annotate("", xy=(day, value + way * reach), xytext=(day, value), arrowprops=head, zorder=3)


def _tags(axes: Any, points: list[Json], days: list[date], values: list[float]) -> None:
    """Numbers beside the marks, clear of marks, arrows and each other; those without room are left out."""
    from matplotlib.dates import date2num  # noqa: PLC0415 -- an optional library

    number: Any = date2num  # without annotations
    places = [tuple(each) for each in axes.transData.transform([*zip(map(number, days), values, strict=True)])]
    taken = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in places]
    for (x, y), point in zip(places, points, strict=True):
        way = BOUNDS.get(point["comparator"], 0)
        if way:
            low, high = sorted((y, y + way * 5 * MARK))
            taken.append((x - MARK / 2, low, x + MARK / 2, high))
    for (x, y), day, value, point in zip(places, days, values, points, strict=True):
        wide, high = 0.7 * TAG * len(point["tag"]), TAG
        spots = [(dx, dy) for dy in (BESIDE, -BESIDE - high) for dx in (BESIDE, -BESIDE - wide)]
        for dx, dy in spots:
            box = (x + dx * DOT, y + dy * DOT, x + (dx + wide) * DOT, y + (dy + high) * DOT)
            if not any(_meet(box, other) for other in taken):  # the widths are estimates, on the wide side
                taken.append(box)
                offset = {"xytext": (dx, dy), "textcoords": "offset points", "va": "bottom", "ha": "left"}
                axes.annotate(point["tag"], (day, value), fontsize=TAG, color=INK, zorder=5, **offset)
                break


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _fit(line: Any, figure: Any) -> None:
    """Shorten a line until it ends before the edge."""
    room = figure.bbox.x1 - EDGE * DOT
    text = line.get_text()
    while len(text) > 1 and line.get_window_extent().x1 > room:
        text = text[: max(1, int(len(text) * 0.95) - 1)]
        line.set_text(f"{text.rstrip()}…")


def _list(axes: Any, points: list[Json], rest: str) -> list[Any]:
    """What was said, in order; of very many, the last."""
    axes.axis("off")
    lines = [point["label"] for point in points]
    if len(lines) > NAMED:
        lines = [rest, *lines[1 - NAMED :]]
    texts = []
    for place, line in enumerate(lines):
        text = axes.text(0, 1 - (place + 0.5) / len(lines), _cut(line, LONGEST), fontsize=9, color=INK, va="center")
        text.set_in_layout(False)  # however long a name is, the plot keeps its room
        texts.append(text)
    return texts


def _frame(figure: Any, axes: Any, chart: Json, spans: list[tuple[date, date]], values: list[float]) -> None:
    import matplotlib.dates as calendar  # noqa: PLC0415 -- an optional library
    from matplotlib.ticker import FuncFormatter  # noqa: PLC0415 -- the same

    number: Any = calendar.date2num  # without annotations
    first, last = min(number(span[0]) for span in spans), max(number(span[1]) for span in spans)
    margin = max((last - first) * 0.06, 2.0)  # days; less would be parted into hours
    axes.set_xlim(first - margin, last + margin)
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * 0.22
    axes.set_ylim(low - (room if low < 0 else room * 0.35), high + room)
    by_day: Any = calendar  # without annotations
    locator = by_day.AutoDateLocator(minticks=3, maxticks=7)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(by_day.ConciseDateFormatter(locator))
    axes.yaxis.set_major_formatter(
        FuncFormatter(
            lambda value, _: f"{value:,.10f}".rstrip("0").rstrip(".").replace(",", "\N{NARROW NO-BREAK SPACE}")
        )
    )
    axes.grid(axis="y", color="#d9dbe0", linewidth=0.8)
    for name, spine in axes.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_color("#9aa1ad")
    axes.tick_params(colors=SOFT, labelsize=9)
    title = textwrap.fill(_cut(chart["title"], 130), 66)
    figure.suptitle(title, x=0.02, ha="left", fontsize=12.5, fontweight="bold", color=INK)
    axes.set_title(textwrap.fill(_cut(chart["subtitle"], 190), 100), loc="left", fontsize=9.5, color=SOFT)
    figure.supxlabel(textwrap.fill(_cut(chart["note"], 230), 118), x=0.02, ha="left", fontsize=8, color=SOFT)


def _cut(text: str, longest: int) -> str:
    """On one line, without signs that hide or turn what is read, and not longer."""
    plain = " ".join("".join(sign for sign in text if unicodedata.category(sign) not in _HIDDEN).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def main() -> None:
    """Draw what comes in; the bot itself comes first for the processor."""
    os.nice(10)
    warnings.simplefilter("ignore")  # a sign that no font here has is a box in the picture; the text has it
    chart = json.load(sys.stdin)
    sys.stdout.buffer.write(drawn(chart))


if __name__ == "__main__":
    main()
