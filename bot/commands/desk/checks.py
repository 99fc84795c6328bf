"""The checks on a card: what is worth knowing before approving, a short line each."""

from __future__ import annotations

import re

from bot.commands.arguments import echo
from bot.commands.desk.flaws import flaw
from bot.commands.desk.making import passages
from bot.core.desk.port import DeskReading
from bot.core.desk.weighing import OF_SPEAKER, Finding, Looked, remarks_on, weighed
from bot.core.links import host_of
from bot.core.model.fact import Dossier
from bot.core.model.review import Workflow
from bot.core.normalisation import normalise
from bot.core.rules.remark import Code, evidence_of_words
from bot.core.search.plan import AllOf, AnyOf, Term
from bot.core.search.terms import fold
from bot.wording import Wording

_HOSTS, _FACTS, _ALIKE = 2_000, 200, 40  # that a new one is compared with
_HALF = 3  # of the rarest words are looked for together
#: Remarks of the rules that the checks say in their own way, or that every suggestion has.
_SAID = frozenset({Code.UNCHECKED, Code.CHECK_OF_OTHER_WORDS, Code.UNVERIFIED, Code.SPEAKER_MISSING, Code.HEDGE_LOST})


async def checks(view: DeskReading, dossier: Dossier, words: Wording, passage: str = "") -> tuple[str, ...]:
    """The lines of all checks; `passage` is one that is not on file yet."""
    found = weighed(dossier, await looked_up(view, dossier, passage))
    warnings = [each for each in remarks_on(dossier) if not each.error and each.code not in _SAID]
    lines = [_line(each, words) for each in found]
    lines += [words.say("check.rule", flaw=flaw(each, words)) for each in warnings]
    return tuple(dict.fromkeys(lines))


async def of_speaker(view: DeskReading, dossier: Dossier, words: Wording, passage: str = "") -> tuple[str, ...]:
    """Those that say as whom the speaker is filed."""
    found = weighed(dossier, await looked_up(view, dossier, passage))
    return tuple(_line(each, words) for each in found if each.weight in OF_SPEAKER)


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
    seen = await view.source(source.id) if trusted else None  # as they see it; what is proposed may be another link
    host, publisher = host_of(source.url or ""), (source.publisher or "").casefold()
    known_host = host is None or (seen is not None and host_of(seen.url or "") == host)
    known_host = known_host or await view.known_host(host or "", besides=source.id)
    known_publisher = not publisher or (seen is not None and (seen.publisher or "").casefold() == publisher)
    known_publisher = known_publisher or await view.known_publisher(publisher, besides=source.id)
    alike = await view.dossiers(await _alike(view, dossier))
    return Looked(
        texts=texts + await passages(view, source.id, dossier.fact.revision),
        known_host=known_host,
        known_publisher=known_publisher,
        hosts=() if known_host else await view.hosts(limit=_HOSTS),
        publishers=() if known_publisher else await view.publishers(limit=_HOSTS),
        others=(*others, *(each for each in alike if each.fact.number not in {other.fact.number for other in others})),
    )


async def _alike(view: DeskReading, dossier: Dossier) -> list[int]:
    """Published facts of any source that share the rarest words; one exchanged word leaves one half of these."""
    distinct = {fold(word) for word in re.findall(r"\w{3,}", dossier.fact.revision.text)}
    known = (await view.frequencies(sorted(distinct))).of
    rarest = sorted(known, key=lambda word: (known[word], word))[: 2 * _HALF]
    halves = [tuple(map(Term, half)) for half in (rarest[:_HALF], rarest[_HALF:]) if half]
    if not halves:
        return []
    found = await view.candidates(AnyOf(tuple(map(AllOf, halves))), limit=_ALIKE)
    return [row.document.fact for row in found.rows]


def _line(finding: Finding, words: Wording) -> str:
    data = {name: echo(value) for name, value in finding.data.items()}
    return words.say(f"check.{finding.weight}", **data)
