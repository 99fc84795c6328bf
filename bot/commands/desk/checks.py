"""The checks on a card: what is worth knowing before approving, a short line each."""

from __future__ import annotations

from bot.commands.arguments import echo
from bot.commands.desk.flaws import flaw
from bot.core.desk.port import DeskReading
from bot.core.desk.weighing import Finding, Looked, remarks_on, weighed
from bot.core.links import host_of
from bot.core.model.fact import Dossier
from bot.core.model.review import Workflow
from bot.core.normalisation import normalise
from bot.core.rules.remark import Code, evidence_of_words
from bot.wording import Wording

_HOSTS, _FACTS = 2_000, 200  # that a new one is compared with
#: Remarks of the rules that the checks say in their own way, or that every suggestion has.
_SAID = frozenset({Code.UNCHECKED, Code.CHECK_OF_OTHER_WORDS, Code.UNVERIFIED, Code.SPEAKER_MISSING, Code.HEDGE_LOST})


async def checks(view: DeskReading, dossier: Dossier, words: Wording, passage: str = "") -> tuple[str, ...]:
    """The lines of all checks; `passage` is one that is not on file yet."""
    found = weighed(dossier, await looked_up(view, dossier, passage))
    warnings = [each for each in remarks_on(dossier) if not each.error and each.code not in _SAID]
    lines = [_line(each, words) for each in found]
    lines += [words.say("check.rule", flaw=flaw(each, words)) for each in warnings]
    return tuple(dict.fromkeys(lines))


async def looked_up(view: DeskReading, dossier: Dossier, passage: str = "") -> Looked:
    """What the checks need to know of the rest of the record."""
    citation = evidence_of_words(dossier.fact.revision.citations)
    source = dossier.sources.get(citation.source) if citation else None
    if source is None:
        return Looked()
    whole = await view.text_of(source.id)
    texts = ((normalise(passage).text,) if passage.strip() else ()) + ((whole,) if whole is not None else ())
    others = await view.facts_of(source.id, limit=_FACTS)
    trusted = any(other.fact.workflow is Workflow.PUBLISHED for other in others)  # readers see this source already
    host = host_of(source.url) if source.url else None
    known_host = host is None or trusted or await view.known_host(host, besides=source.id)
    known_publisher = source.publisher is None or trusted
    return Looked(
        texts=texts + await view.passages_of(source.id),
        known_host=known_host,
        known_publisher=known_publisher or await view.known_publisher(source.publisher or "", besides=source.id),
        hosts=() if known_host else await view.hosts(limit=_HOSTS),
        others=others,
    )


def _line(finding: Finding, words: Wording) -> str:
    data = {name: echo(value) for name, value in finding.data.items()}
    return words.say(f"check.{finding.weight}", **data)
