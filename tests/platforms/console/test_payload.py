"""What the console prints: the standard answers to the letter, harmless and readable everywhere."""

from __future__ import annotations

import json
import re

from bot.commands.reply import (
    Block,
    Choice,
    Choices,
    Excerpt,
    FactCard,
    FactList,
    Fields,
    Outcome,
    Particulars,
    Reply,
    Text,
)
from bot.core.model.fact import Kind
from bot.platforms.console.payload import json_of, rendered, text_of
from bot.platforms.console.wrap import columns

ANSI = re.compile(r"\x1b\[[0-9;]*m")
CARD = FactCard(
    number=17,
    revision=2,
    lead="",
    text="We have planted at least 300 trees",
    quoted=True,
    byline="— Ada Muster, Mayor of Testwick",
    lines=("Published 2 May 2026; the day it was said is not given", "Exact words as printed, in English · #17"),
    url="https://gazette.example/trees",
    particulars=Particulars(
        kind=Kind.DIRECT,
        quoted_spans=(),
        speaker="Ada Muster",
        said=None,
        published="2026-05-02",
        source="Trees for Testwick",
    ),
)


def reply(*blocks: Block, outcome: Outcome = Outcome.FOUND) -> Reply:
    return Reply(blocks=blocks, outcome=outcome)


def a_card(**changes: object) -> FactCard:
    values = {name: getattr(CARD, name) for name in CARD.__dataclass_fields__}
    return FactCard(**values | changes)


def test_an_answer_is_quote_speaker_day_check_and_link() -> None:
    offers = Choices(
        (
            Choice(label="Context", line="context 17", short="context"),
            Choice(label="More (2)", line="more 2 trees", short="more"),
        )
    )
    assert text_of(reply(Text("Showing: trees"), CARD, offers)) == (
        "Showing: trees\n"
        '"We have planted at least 300 trees"\n'
        "— Ada Muster, Mayor of Testwick\n"
        "Published 2 May 2026; the day it was said is not given\n"
        "Exact words as printed, in English · #17\n"
        "https://gazette.example/trees\n"
        "[Context] [More (2)]"
    )


def test_words_that_are_not_exact_stand_behind_a_bar_on_every_line() -> None:
    card = a_card(quoted=False, lead="Ada Muster (the article's summary, not the exact words):", byline="")
    lines = text_of(reply(card), width=24).split("\n")
    barred = [line for line in lines if line.startswith("▎")]
    assert barred == ["▎We have planted at", "▎least 300 trees"]
    assert '"' not in "\n".join(lines)


def test_colour_changes_nothing_but_colour() -> None:
    whole = reply(
        Text("A [b]paragraph[/b] :smile:"),
        CARD,
        FactList(title="A list", items=((1, "one"),)),
        Fields(title="Fields", rows=(("Name", "value"),)),
        Excerpt(title="Place", before="before ", text="words", after=" after"),
        Choices((Choice(label="Evidence", line="evidence 17", short="evidence"),)),
    )
    for width in (None, 30, 80):
        coloured = text_of(whole, width=width, colour=True)
        assert "\x1b[" in coloured
        assert ANSI.sub("", coloured) == text_of(whole, width=width)


def test_every_line_fits() -> None:
    whole = reply(
        a_card(text="북한군 파병 규모는 만 천 명 이상이다 " * 5, url=None),
        Fields(title="Fields", rows=(("A rather long name", "a value of many words " * 5),)),
        Excerpt(title="Place", before="before " * 9, text="words", after=" after" * 9),
        Choices(tuple(Choice(label=f"Button {n}", line=f"button {n}", short=f"button {n}") for n in range(9))),
    )
    assert max(columns(line) for line in text_of(whole, width=40).split("\n")) <= 40


def test_a_link_is_never_broken_in_two() -> None:
    url = "https://gazette.example/a/very/long/path/that/does/not/fit"
    assert url in text_of(reply(a_card(url=url)), width=30).split("\n")


def test_a_list_is_not_said_twice() -> None:
    listed = FactList(title="On record:", items=((17, "300 trees"), (4, "Shrubs")))
    assert text_of(reply(listed)) == "On record:\n#17 300 trees\n#4 Shrubs"
    assert json.loads(json_of(reply(listed)))["choices"] == [
        {"label": "#17 300 trees", "line": "fact #17"},
        {"label": "#4 Shrubs", "line": "fact #4"},
    ]


def test_long_buttons_have_a_line_each() -> None:
    long = Choices((Choice(label=f"1 {'x' * 40}", line="fact #1"), Choice(label="2 short", line="fact #2")))
    assert text_of(reply(long)) == f"[1 {'x' * 40}]\n[2 short]"


def test_buttons_are_labels_that_can_be_typed() -> None:
    offers = Choices(
        (
            Choice(label="Докази", line="evidence 17", short="evidence"),
            Choice(label="1 300 trees", line="fact #17", short="1"),
            Choice(label="Open topic: Trees", line="topic trees"),
        )
    )
    assert text_of(reply(offers)) == "[Докази] [1 300 trees] [Open topic: Trees]"


def test_the_words_of_an_excerpt_are_set_apart_in_their_place() -> None:
    excerpt = Excerpt(title="Place", before="He stood up. ", text="We have planted trees", after=" And sat down.")
    assert text_of(reply(excerpt), width=20) == ("Place\n▎He stood up. We\n▎have planted trees\n▎And sat down.")
    assert "\x1b[1mhave planted trees" in text_of(reply(excerpt), width=20, colour=True)


def test_nothing_in_a_fact_moves_the_cursor_hides_or_reorders() -> None:
    hostile = "a\x1b[2Jb\x9b31mc\u202ed\u200be\x07f\rg\x00h\ud800i\u2028j"
    fact = a_card(text=hostile, byline=hostile, lead=hostile, lines=(hostile,), url="https://x\x1b[0m")
    whole = reply(
        fact,
        Text(hostile),
        FactList(title=hostile, items=((1, hostile),)),
        Fields(title=hostile, rows=((hostile, hostile),)),
        Excerpt(title=hostile, before=hostile, text=hostile, after=hostile),
        Choices((Choice(label=hostile, line=hostile, short=hostile),)),
    )
    for width in (None, 20):
        text = text_of(whole, width=width)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\u2028\ud800-\udfff]", text)
        text.encode()
    assert not re.search("\x1b(?!\\[[0-9;]*m)", text_of(whole, colour=True))


def test_a_name_cannot_forge_a_line() -> None:
    forged = "x\nExact words as printed, in English · 9 sources · #1"
    card = a_card(byline=forged, lines=(forged,), lead=forged)
    for line in text_of(reply(card)).split("\n"):
        assert not line.startswith("Exact words")


def test_a_quote_has_one_line_of_its_own() -> None:
    assert '"first second"' in text_of(reply(a_card(text="first\nsecond")))


def test_json_has_the_values_and_what_people_read() -> None:
    offers = Choices((Choice(label="Evidence", line="evidence 17", short="evidence"),))
    whole = json.loads(json_of(reply(CARD, offers)))
    assert set(whole) == {"outcome", "facts", "choices", "rendered"}
    assert whole["outcome"] == "found"
    assert whole["choices"] == [{"label": "Evidence", "line": "evidence 17"}]
    assert whole["facts"] == [
        {
            "number": 17,
            "revision": 2,
            "kind": "direct",
            "text": "We have planted at least 300 trees",
            "quoted_spans": [],
            "speaker": "Ada Muster",
            "said": None,
            "published": "2026-05-02",
            "source": "Trees for Testwick",
            "url": "https://gazette.example/trees",
            "unverified": None,
            "rendered": rendered(CARD),
        }
    ]
    assert whole["rendered"] == rendered(CARD)


def test_json_keeps_the_text_as_it_is_stored_and_upsets_no_terminal() -> None:
    line = json_of(reply(a_card(text="북한 \u202e\x1b[2J\x9b", particulars=None)))
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["facts"][0]["text"] == "북한 \u202e\x1b[2J\x9b"


def test_json_of_silence() -> None:
    silent = json.loads(json_of(reply(Text("Nothing on record."), outcome=Outcome.NOTHING)))
    assert silent == {"outcome": "nothing", "facts": [], "choices": [], "rendered": "Nothing on record."}
