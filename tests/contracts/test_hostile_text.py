"""Whatever people wrote into a record, and wherever it stands in an answer, no platform acts upon it.

The answers are the real ones: every text of the record is hostile, and every command that shows the record is asked.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.commands.reply import Choice, Choices, Excerpt, FactCard, FactList, Fields, Outcome, Reply, Text
from bot.core.model.fact import Act, Hop, Kind, Said, Venue
from bot.core.model.names import Entity, EntityType, Topic
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from bot.core.model.review import Attribution, Checking, Publication, Workflow
from bot.core.model.source import Check, CheckResult, Obtained, Snapshot
from bot.platforms.discord import payload as discord
from bot.platforms.matrix import payload as matrix
from bot.wording import wording
from tests.builders import NOON, a_source, a_speaker
from tests.commands.shelf import a_checked_dossier, a_shelf, found, matched, past, say

HOSTILE = (
    "x @here @everyone <@123> <@&9> <#5> https://evil.example/x; https://evil.example/y [click](https://evil.example) "
    "discord.gg/evil **bold** __under__ ||spoiler|| `code` <img src=x onerror=alert(1)> <a href=https://evil.example>y</a>"
    " https://evil.example"
)
#: What Discord would act upon. A sign behind a backslash is blanked first.
_LIVE = re.compile(r"@everyone|@here|<[@#:/]|\]\(|://evil|discord\.gg|\*\*bold|__|\|\||`")
_ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
_LINKED = re.compile(r"<a\s[^>]*evil|<img|<(?!/?(?:blockquote|br|strong|a)\b)", re.IGNORECASE)


def a_hostile_dossier(**changes: object) -> object:
    """A fact in which every text that people write is hostile."""
    entity = Entity(id="ada-muster", type=EntityType.PERSON, name=HOSTILE)
    place = Entity(id="testwick", type=EntityType.PLACE, name=HOSTILE)
    check = Check(result=CheckResult.EXACT, on=date(2026, 5, 3), checker=HOSTILE, text_sha256="a" * 64)
    values: dict[str, object] = {
        "text": HOSTILE,
        "label": HOSTILE,
        "speaker": a_speaker(name_in_source=HOSTILE, role_in_source=HOSTILE),
        "addressee": "testwick",
        "said": Said(basis=HOSTILE),
        "venue": Venue(text=HOSTILE, conflict=HOSTILE),
        "chain": (
            Hop(act=Act.SAID, actor="ada-muster", stated=True),
            Hop(act=Act.RELAYED, name=HOSTILE, role=HOSTILE),
            Hop(act=Act.QUOTED, name=HOSTILE, stated=True),
        ),
        "quantities": (
            Quantity(comparator=Comparator.AT_LEAST, value="300", unit="tree", surface=HOSTILE, series="trees"),
        ),
        "series": (ClaimSeries(id="trees", label=HOSTILE, unit="tree", scope=HOSTILE),),
        "citations": (matched(checks=(check,)),),
        "restates": HOSTILE,
        "notes": (HOSTILE,),
        "publication": Publication(checking=Checking.FILE_IMPORT, by=HOSTILE, at=NOON),
        "entities": (entity, place),
        "topics_on_file": (Topic(id="testwick-trees", label=HOSTILE),),
        "sources": (
            a_source(
                title=HOSTILE,
                author=HOSTILE,
                publisher=HOSTILE,
                url=HOSTILE,
                credits=(HOSTILE,),
                notes=(HOSTILE,),
                snapshot=Snapshot(
                    sha256="b" * 64,
                    normalised_sha256="a" * 64,
                    normalisation=2,
                    codepoints=160,
                    obtained=Obtained.FILE_IMPORT,
                    archive_urls=(HOSTILE,),
                ),
            ),
        ),
    }
    return a_checked_dossier(**values | changes)


def live_on_discord(reply: Reply) -> list[str]:
    contents = [str(body["content"]) for body in discord.messages(reply)]
    return [match[0] for text in contents for match in _LIVE.finditer(_ESCAPED.sub("\ufffc", text))]


def live_on_matrix(reply: Reply) -> list[str]:
    contents = matrix.messages(reply, wording("en"), "!")
    assert all(content["m.mentions"] == {} for content in contents)
    return [match[0] for content in contents for match in _LINKED.finditer(content["formatted_body"])]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("line", ["#17", "trees", "context 17", "evidence 17", "evidence 17 2", "evidence 17 3",
                                  "history 17", "history 17 2", "topic testwick-trees", "topic https://evil.example",
                                  "/find https://evil.example", "about"])  # fmt: skip
async def test_no_command_lets_a_record_act(line: str, kind: Kind) -> None:
    dossier = a_hostile_dossier(kind=kind)
    history = {17: (past(dossier, "imported", reason=HOSTILE, by=HOSTILE),)}  # type: ignore[arg-type]
    reply = await say(line, a_shelf(dossier, history=history), found(dossier))  # type: ignore[arg-type]

    assert live_on_discord(reply) == []
    assert live_on_matrix(reply) == []


@pytest.mark.parametrize("state", [Workflow.WITHDRAWN, Workflow.HIDDEN, Workflow.PUBLISHED])
@pytest.mark.parametrize("line", ["#17", "history 17"])
async def test_no_tombstone_lets_a_record_act(line: str, state: Workflow) -> None:
    dossier = a_hostile_dossier(workflow=state, attribution=Attribution.FABRICATED)
    history = {17: (past(dossier, state.value, reason=HOSTILE, by=HOSTILE),)}  # type: ignore[arg-type]
    reply = await say(line, a_shelf(dossier, history=history), found(dossier))  # type: ignore[arg-type]

    assert live_on_discord(reply) == []
    assert live_on_matrix(reply) == []


@pytest.mark.parametrize(
    "block",
    [
        Text(HOSTILE),
        FactCard(
            number=17,
            revision=1,
            lead=HOSTILE,
            text=HOSTILE,
            quoted=True,
            byline=HOSTILE,
            lines=(HOSTILE,),
            url=HOSTILE,
        ),
        FactList(title=HOSTILE, items=((17, HOSTILE),)),
        Fields(title=HOSTILE, rows=((HOSTILE, HOSTILE),)),
        Excerpt(title=HOSTILE, before=HOSTILE, text=HOSTILE, after=HOSTILE),
        Choices((Choice(label=HOSTILE, line="more 2 x"), Choice(label=HOSTILE, line="more 3 x", short="more"))),
    ],
    ids=lambda block: type(block).__name__,
)
def test_no_block_lets_a_text_act(block: Text) -> None:
    reply = Reply(blocks=(block,), outcome=Outcome.INFO)

    assert live_on_discord(reply) == []
    assert live_on_matrix(reply) == []
