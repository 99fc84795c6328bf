"""From a form under way to what readers would see of it: everything that commands ask of the core about forms."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.arguments import echo
from bot.commands.services import Office
from bot.core.desk.forming import Made, Setting, Troubles, compose
from bot.core.desk.port import DeskReading
from bot.core.desk.quoted import quotations
from bot.core.desk.typed import Trouble, is_nothing, slug
from bot.core.links import canonical
from bot.core.model.desk import Form
from bot.core.model.fact import Dossier, Fact, Revision
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.core.verbatim import fingerprint
from bot.wording import Wording

__all__ = [
    "Made",
    "Troubles",
    "compared",
    "dossier_of",
    "known_source",
    "made",
    "passages",
    "quotations",
    "sentences",
    "setting",
    "slug_of",
]

_FACTS, _ALIKE = 200, 20  # that are looked at: facts of a source, sources with one link


async def known_source(view: DeskReading, link: str) -> Source | None:
    """The source with this link that readers see already; what waits or was rejected decides nothing for others."""
    return None if is_nothing(link) else await view.source_at(canonical(link))


async def setting(
    view: DeskReading,
    source: Source | None,
    office: Office,
    *,
    revision: Revision | None = None,
    unseen: tuple[Source, ...] = (),
) -> Setting:
    """What a form is read against; `revision` is of the fact that it is about."""
    texts: tuple[str, ...] = ()
    if source is not None:
        whole = await view.text_of(source.id)
        texts = ((whole,) if whole is not None else ()) + await passages(view, source.id, revision)
    return Setting(
        vocabulary=await view.vocabulary(),
        source=source,
        unseen=unseen,
        texts=texts,
        now=office.clock.now(),
        checker=office.checker,
    )


async def passages(view: DeskReading, source: str, revision: Revision | None = None) -> tuple[str, ...]:
    """The pieces of a source with which this revision or published facts were compared, those of this one first.

    What else was pasted for it may have been rejected, and proves nothing.
    """
    pasted = [(fingerprint(each), each) for each in await view.passages_of(source)]
    facts = [each.fact for each in await view.facts_of(source, limit=_FACTS)] if pasted else []
    shown = {sha for each in facts if each.workflow is Workflow.PUBLISHED for sha in compared(each.revision, source)}
    own = compared(revision, source) if revision is not None else set()
    first = [each for sha, each in pasted if sha in own]
    return (*first, *(each for sha, each in pasted if sha in shown - own))


def compared(revision: Revision, source: str) -> set[str]:
    """Hashes of the texts of a source with which the revision was compared."""
    cited = (citation for citation in revision.citations if citation.source == source)
    return {check.text_sha256 for citation in cited for check in citation.checks}


async def made(view: DeskReading, form: Form, number: int, office: Office) -> Made:
    """What the form comes to. Raises Troubles."""
    source = await known_source(view, form.link)
    link = "" if source is not None or is_nothing(form.link) else canonical(form.link)
    unseen = await view.unseen_at(link, limit=_ALIKE) if link else ()
    against = await setting(view, source, office, unseen=unseen)
    return compose(form, against, number)


async def dossier_of(view: DeskReading, found: Made, number: int, office: Office) -> Dossier:
    """The fact that it would be."""
    revision = found.revision
    vocabulary = await view.vocabulary()
    named = {revision.addressee, *revision.about, *(hop.actor for hop in revision.chain)}
    named |= {revision.speaker.entity} if revision.speaker else set()
    return Dossier(
        fact=Fact(
            number=number,
            slug=slug_of(found, number),
            workflow=Workflow.PENDING,
            revision=revision,
            publication=None,
            created_at=office.clock.now(),
        ),
        sources={found.source.id: found.source},
        entities={each.id: each for each in vocabulary.entities if each.id in named},
        topics={each.id: each for each in vocabulary.topics if each.id in revision.topics},
        series={},
    )


def slug_of(found: Made, number: int) -> str:
    """The fact's name in files: whoever speaks and what the label leads with; its number makes it the only one."""
    speaker = found.revision.speaker
    parts = (speaker.name_in_source.split()[-1] if speaker else "", found.revision.label)
    return (
        slug(f"{' '.join(parts)}"[:60], 60).removesuffix("-") + f"-{number}"
        if any(map(slug, parts))
        else f"fact-{number}"
    )


def sentences(troubles: Iterable[Trouble], words: Wording) -> list[str]:
    """What is wrong with the fields, a sentence each."""
    said = []
    for each in troubles:
        data = {name: echo(value) for name, value in each.data.items()}
        label = words.say(f"form.{each.name}")
        said.append(words.say(f"trouble.{each.wrong}", field=label, **data))
    return said
