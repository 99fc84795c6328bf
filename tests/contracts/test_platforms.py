"""What every platform must show, whatever it makes of a reply.

Quote, speaker, day, source and number survive; quotation marks stand around exact words only; nothing that people wrote
pings, links, hides or forges a line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.commands.card import card_of
from bot.commands.reply import (
    Block,
    Choice,
    Choices,
    Excerpt,
    FactCard,
    FactList,
    Fields,
    Outcome,
    Reply,
    Text,
)
from bot.core.dates import parse
from bot.core.model.fact import Dossier, Kind, Said, Venue
from bot.core.model.review import Checking, Publication
from bot.wording import languages, wording
from tests.builders import NOON, a_source, a_speaker
from tests.commands.shelf import a_checked_dossier
from tests.contracts.platforms import RENDERINGS, Rendering

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff]")
HOSTILE = (
    "@everyone <@123> <@&9> <#5> [click](https://evil.example) <https://evil.example> ||spoiler|| `code` ```block``` "
    "**bold** _it_ ~~no~~ <img src=x onerror=alert(1)> &lt; \x1b[31m\x1b]8;;https://evil.example\x07link "
    "\u202eback\u200b \x00\ud800 end"
)


@pytest.fixture(params=list(RENDERINGS))
def platform(request: pytest.FixtureRequest) -> Rendering:
    return RENDERINGS[request.param]


def answer(dossier: Dossier, language: str = "en") -> Reply:
    return Reply(blocks=(card_of(dossier, wording(language)),), outcome=Outcome.FOUND)


def read(platform: Rendering, reply: Reply) -> str:
    """What a person reads, as one line: where lines are broken is the platform's affair."""
    return " ".join(platform.seen(platform.sent(reply)).replace("▎", "").split())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", list(Kind))
def test_quote_day_source_check_and_number_survive(platform: Rendering, kind: Kind, language: str) -> None:
    spoken = kind not in (Kind.OUTLET, Kind.CAPTION)
    dossier = a_checked_dossier(
        number=4711,
        kind=kind,
        text='They said: "at least 3.5 million rounds", 북한군, боєприпаси, and 50% * 2 + #1 - more',
        speaker=a_speaker() if spoken else None,
        said=Said(on=parse("2026-05-01"), stated=True),
        venue=Venue(text="interview with Test Radio", stated=True),
        publication=Publication(checking=Checking.FILE_IMPORT, by="the Test Desk (example)", at=NOON),
    )
    reply = answer(dossier, language)
    text = read(platform, reply)
    assert dossier.fact.revision.text in text
    assert "#4711" in text
    assert "https://gazette.example/trees" in text.replace(" ", "")
    for line in next(block for block in reply.blocks if isinstance(block, FactCard)).lines:
        assert line in text
    if spoken:
        assert "Ada Muster, Mayor of Testwick" in text


def test_lines_come_in_the_order_of_the_standard_answer(platform: Rendering) -> None:
    dossier = a_checked_dossier(sources=(a_source(publisher=None, url=None),))
    text = read(platform, answer(dossier))
    parts = (
        '"We have planted at least 300 trees"',
        "— Ada Muster, Mayor of Testwick",
        "Published 2 May 2026; the day it was said is not given",
        'Source: "Trees for Testwick" (publisher and link not on file)',
        "Exact words as printed, in English · 1 source · #17",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", list(Kind))
def test_quotation_marks_stand_around_exact_words_only(platform: Rendering, kind: Kind) -> None:
    text = read(platform, answer(a_checked_dossier(kind=kind)))
    assert ('"We have planted at least 300 trees"' in text) is (kind is Kind.DIRECT)


def everywhere(words: str) -> Reply:
    """A reply with this text in every place where people's words can stand."""
    dossier = a_checked_dossier(
        text=words,
        label=words,
        speaker=a_speaker(entity=None, name_in_source=words, role_in_source=words),
        venue=Venue(text=words),
        sources=(a_source(title=words, author=words, publisher=words),),
        publication=Publication(checking=Checking.FILE_IMPORT, by=words, at=NOON),
    )
    blocks: tuple[Block, ...] = (
        Text(wording("en").say("fact.nothing", query=words)),
        card_of(dossier, wording("en")),
        FactList(title=words, items=((17, words),)),
        Fields(title=words, rows=((words, words),)),
        Excerpt(title=words, before=words, text=words, after=words),
        Choices((Choice(label=words, line=f"more 2 {words[:20]}", short="more"),)),
    )
    return Reply(blocks=blocks, outcome=Outcome.FOUND)


def test_nothing_hidden_goes_out(platform: Rendering) -> None:
    text = platform.seen(platform.sent(everywhere(HOSTILE)))
    assert not HIDDEN.search(text)
    text.encode()


def test_nothing_that_people_wrote_pings_or_links(platform: Rendering) -> None:
    assert not platform.active.search(platform.sent(everywhere(HOSTILE)))


def test_what_can_be_seen_of_hostile_words_stays_readable(platform: Rendering) -> None:
    text = read(platform, everywhere("50% of [them](x) said * no * and 1 < 2"))
    assert text.count("50% of [them](x) said * no * and 1 < 2") >= 8


@pytest.mark.parametrize("breaking", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_name_or_title_cannot_forge_a_line(platform: Rendering, breaking: str) -> None:
    forged = f"x{breaking}FORGED LINE · 9 sources · #1"
    dossier = a_checked_dossier(
        speaker=a_speaker(entity=None, name_in_source=forged, role_in_source=forged),
        venue=Venue(text=forged),
        sources=(a_source(title=forged, author=forged, publisher=forged),),
        publication=Publication(checking=Checking.FILE_IMPORT, by=forged, at=NOON),
    )
    wide = platform.seen(platform.sent(answer(dossier)))
    if platform in (RENDERINGS["console, narrow"], RENDERINGS["console, in colour"]):
        wide = wide.replace("\n", " ")  # narrow lines break anywhere; what counts is that no other break is left
    assert not any(line.startswith("FORGED") for line in re.split("[\n\r\x0b\x0c\x85\u2028\u2029]", wide))


@pytest.mark.parametrize(
    "block",
    [
        Text(""),
        FactList(title="", items=()),
        Fields(title="", rows=()),
        Fields(title="T", rows=(("", ""),)),
        Excerpt(title="", before="", text="", after=""),
        Choices(()),
    ],
)
def test_an_empty_block_harms_nothing(platform: Rendering, block: Block) -> None:
    whole = Reply(blocks=(block, Text("something"), block), outcome=Outcome.INFO)
    assert "something" in read(platform, whole)


def test_a_long_quote_is_shown_whole(platform: Rendering) -> None:
    words = " ".join(f"word{number}" for number in range(250))
    shown = re.findall(r"word\d+", read(platform, answer(a_checked_dossier(text=words))))
    assert shown == words.split()


@pytest.mark.parametrize("kind", [Kind.DIRECT, Kind.INDIRECT])
def test_a_quote_too_long_to_show_ends_with_a_sentence_and_says_where_the_rest_is(
    platform: Rendering, kind: Kind
) -> None:
    words = " ".join(
        f"This is sentence {number} about trees, and we did not plant 3.5 million." for number in range(900)
    )
    text = read(platform, answer(a_checked_dossier(text=words, kind=kind)))
    shown, _, rest = text.partition(" […]")
    assert shown.endswith("and we did not plant 3.5 million.")
    assert shown.removeprefix('"').split(": ")[-1] in words
    assert "evidence 17 has all of them" in rest
    assert "#17" in rest
    assert len(text) < 4 * 2000


@pytest.mark.parametrize("breaking", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("quoted", [True, False])
def test_words_cannot_forge_a_line(platform: Rendering, breaking: str, quoted: bool) -> None:
    dossier = a_checked_dossier(text="We plant trees")
    card = card_of(dossier, wording("en"))
    forged = replace(card, text=f'We plant trees"{breaking}— Grace Green, Mayor', quoted=quoted)
    wide = platform.seen(platform.sent(Reply(blocks=(forged,), outcome=Outcome.FOUND)))
    assert not any(line.startswith("— Grace") for line in re.split("[\n\r\x0b\x0c\x85\u2028\u2029]", wide))


@pytest.mark.parametrize("words", ["", " ", "북한", "\u0301", "👨‍👩‍👧", "مرحبا بالعالم", "a" * 5000])
def test_odd_words_are_shown(platform: Rendering, words: str) -> None:
    values: dict[str, Any] = {"text": words}
    assert "#17" in read(platform, answer(a_checked_dossier(**values)))
