"""An answer as the JSON of Discord messages: complete, plain, harmless, and within every limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.reply import Block, Choice, Choices, Excerpt, FactCard, FactList, Fields, Link, Outcome, Reply, Text
from bot.core.model.mail import Visibility
from bot.platforms.discord.payload import messages, sentence
from bot.platforms.discord.split import size
from tests.gateway.schema import problems
from tests.platforms.discord.test_markdown import HOSTILE, active


def a_card(**changes: object) -> FactCard:
    values: dict[str, object] = {
        "number": 17,
        "revision": 1,
        "lead": "",
        "text": "We have planted at least 300 trees",
        "quoted": True,
        "byline": "— Ada Muster, Mayor of Testwick",
        "lines": ("Published 2 May 2026; the day it was said is not given", "Exact words as printed, in English · #17"),
        "url": "https://gazette.example/trees",
    }
    return FactCard(**values | changes)  # type: ignore[arg-type]


def a_reply(*blocks: Block, visibility: Visibility = Visibility.PUBLIC) -> Reply:
    return Reply(blocks=blocks or (a_card(),), outcome=Outcome.FOUND, visibility=visibility)


def content(*blocks: Block) -> str:
    (body,) = messages(a_reply(*blocks))
    return str(body["content"])


def test_exact_words_stand_in_quotation_marks_and_the_whole_answer_is_plain_text() -> None:
    assert content(a_card()).splitlines() == [
        '"We have planted at least 300 trees"',
        "— Ada Muster, Mayor of Testwick",
        "Published 2 May 2026; the day it was said is not given",
        "Exact words as printed, in English · #17",
        "https://gazette.example/trees",
    ]


def test_a_summary_stands_behind_a_bar_and_in_no_quotation_marks() -> None:
    card = a_card(
        quoted=False, byline="", lead="Ada Muster (the article's summary, not the exact words):", text="many trees"
    )

    assert content(card).splitlines()[:3] == [
        "Ada Muster (the article's summary, not the exact words):",
        "> many trees",
        "Published 2 May 2026; the day it was said is not given",
    ]


def test_the_words_of_an_excerpt_are_told_from_those_around_them() -> None:
    shown = content(
        Excerpt(title="#17 in its place", before="He rose.\nShe said: “", text="300 trees", after="” and sat.")
    )

    assert shown == "**#17 in its place**\n> He rose.\n> She said: “**300 trees**” and sat."


def test_words_over_several_lines_are_bold_in_each() -> None:
    shown = content(Excerpt(title="", before="a ", text="b\nc", after=" d"))

    assert shown == "> a **b**\n> **c** d"


def test_named_values_lead_with_their_names() -> None:
    assert content(Fields(title="Evidence", rows=(("Source", "x"), ("Chain", "a\nb")))) == (
        "**Evidence**\n**Source:** x\n**Chain:** a\nb"
    )


def test_the_address_of_a_source_can_be_followed_and_none_in_what_people_wrote() -> None:
    rows = (("Source", "Trees; https://evil.example/x; more"), ("Link", Link("https://gazette.example/a_b")))

    assert content(Fields(title="", rows=rows)).splitlines() == [
        "**Source:** Trees; https\\://evil.example/x; more",
        "**Link:** https://gazette.example/a_b",
    ]


def test_what_is_no_web_address_is_no_link_anywhere() -> None:
    assert content(Fields(title="", rows=(("Link", Link("[x](https://evil.example)")),))) == (
        "**Link:** [x]\\(https\\://evil.example)"
    )


def test_a_list_has_its_labels_in_the_text_and_a_button_for_each_number() -> None:
    facts = FactList(title="Which one?", items=((17, "300 trees, Muster"), (18, "40 oaks, Muster")))

    (body,) = messages(a_reply(facts))

    assert body["content"] == "**Which one?**\n#17 300 trees, Muster\n#18 40 oaks, Muster"
    assert [(part["label"], part["custom_id"]) for part in body["components"][0]["components"]] == [
        ("#17", "fact #17"),
        ("#18", "fact #18"),
    ]


def test_blocks_are_parted_by_an_empty_line() -> None:
    assert content(Text("One."), Choices(()), Text("Two.")) == "One.\n\nTwo."


def test_nobody_is_pinged_and_no_link_unfurls() -> None:
    (body,) = messages(a_reply())

    assert body["allowed_mentions"] == {"parse": []}
    assert body["flags"] == 4
    assert "embeds" not in body


def test_a_private_answer_is_ephemeral() -> None:
    (body,) = messages(a_reply(visibility=Visibility.PRIVATE))

    assert body["flags"] == 4 | 64


def test_a_long_quote_goes_on_in_further_messages_and_the_last_has_the_buttons() -> None:
    words = " ".join(f"Sentence number {number} is about trees." for number in range(180))
    choices = Choices((Choice(label="Context", line="context 17"),))

    bodies = messages(a_reply(Text(words), choices))

    assert len(bodies) == 4
    assert all(size(body["content"]) <= 2000 for body in bodies)
    assert words in " ".join(body["content"].replace("\n", " ") for body in bodies)
    assert all(body["content"].endswith(".") for body in bodies[:-2])
    assert [bool(body["components"]) for body in bodies] == [False] * (len(bodies) - 1) + [True]


def test_no_answer_floods_a_channel() -> None:
    words = "We have planted trees. " * 3000
    choices = Choices((Choice(label="Evidence", line="evidence 17"),))

    for block in (a_card(text=words), a_card(text=words, quoted=False), Text(words)):
        bodies = messages(a_reply(block, choices))

        assert len(bodies) <= 4
        assert "We have planted trees. […]" in bodies[1 if isinstance(block, FactCard) else -1]["content"]
        assert bodies[-1]["components"]


def test_every_piece_of_a_long_summary_stands_behind_the_bar() -> None:
    bodies = messages(a_reply(a_card(quoted=False, lead="", byline="", lines=(), url=None, text="word " * 1000)))

    assert all(line.startswith("> ") for body in bodies for line in body["content"].splitlines())


def test_a_piece_that_begins_like_a_list_is_no_list() -> None:
    text = "a" * 1992 + " - b is a part of the sentence"

    assert [body["content"][:4] for body in messages(a_reply(Text(text)))] == ["aaaa", "\\- b"]


def test_a_button_whose_line_is_too_long_carries_a_key() -> None:
    line = f"more 2 {'x' * 100}"

    (body,) = messages(a_reply(Text("x"), Choices((Choice(label="More (1)", line=line),))), {line: "k" * 40})

    assert body["components"][0]["components"][0]["custom_id"] == "~" + "k" * 40


@pytest.mark.parametrize("count", [1, 5, 6, 10, 11, 25, 26, 60, 200])
def test_any_number_of_choices_is_within_the_limits(count: int) -> None:
    choices = Choices(tuple(Choice(label=f"Number {number}", line=f"fact #{number}") for number in range(count)))

    (body,) = messages(a_reply(Text("x"), choices))

    assert problems("POST", "/interactions/1/t/callback", {"type": 4, "data": body}) == []


def test_a_label_too_long_for_a_button_is_cut_and_stays_in_its_place() -> None:
    label = "Open topic: rounds of ammunition " * 5
    choices = Choices((Choice(label="Back", line="more 1 x"), Choice(label=label, line="topic rounds")))

    (body,) = messages(a_reply(Text("x"), choices))

    (row,) = body["components"]
    assert [button["custom_id"] for button in row["components"]] == ["more 1 x", "topic rounds"]
    assert row["components"][1]["label"].endswith(" topic:…")


def test_a_list_with_long_labels_is_one_list_of_buttons_in_its_own_order() -> None:
    items = tuple((number, "Rounds of ammunition " * (5 if number == 8 else 1)) for number in range(1, 10))

    (body,) = messages(a_reply(FactList(title="Which one?", items=items)))

    labels = [button["label"] for row in body["components"] for button in row["components"]]
    assert labels == [f"#{number}" for number in range(1, 10)]
    assert len(body["content"].splitlines()) == 10


def test_the_same_button_twice_is_shown_once() -> None:
    twice = (Choice(label="Context", line="context 17"), Choice(label="Context again", line="context 17"))

    (body,) = messages(a_reply(Text("x"), Choices(twice)))

    assert [part["label"] for part in body["components"][0]["components"]] == ["Context"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_inert_wherever_people_write(hostile: str) -> None:
    shown = content(
        a_card(lead=hostile, byline=hostile, lines=(hostile,), url=hostile, text=hostile),
        a_card(quoted=False, text=hostile, url=None),
        Text(hostile),
        Fields(title="t", rows=((hostile, hostile),)),
        FactList(title=hostile, items=((1, hostile),)),
    )

    ours = shown.replace("**", "").replace("\n> ", "\n")
    assert active(ours) == []


texts = st.text(st.characters(exclude_categories=()), max_size=3000)


@given(texts, texts, st.booleans())
def test_whatever_people_wrote_discord_takes_it(text: str, other: str, quoted: bool) -> None:
    reply = a_reply(
        a_card(text=text, lead=other, quoted=quoted),
        Excerpt(title=other[:50], before=other, text=text, after=other),
        Choices((Choice(label=other[:90] or "x", line="context 17"),)),
    )

    for body in messages(reply):
        assert problems("POST", "/interactions/1/t/callback", {"type": 4, "data": body}) == []
        assert size(body["content"]) <= 2000


def test_a_sentence_of_ours_is_private_unless_said_otherwise() -> None:
    assert sentence("Too old.")["flags"] == 4 | 64
