"""From a form to a source and a revision, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.core.desk import typed
from bot.core.desk.languages import language_of
from bot.core.desk.typed import Trouble, Unread, Wrong, is_nothing
from bot.core.links import host_of
from bot.core.model.desk import Form
from bot.core.model.fact import Act, Hop, Kind, Revision, Said, Speaker, Venue
from bot.core.model.names import Entity
from bot.core.model.review import Attribution
from bot.core.model.source import Check, CheckResult, Citation, Obtained, Snapshot, Source
from bot.core.normalisation import VERSION, normalise
from bot.core.ports import Vocabulary
from bot.core.quotation import in_quotation_marks
from bot.core.rules.words import LONGEST_LABEL, SPOKEN
from bot.core.verbatim import compare, fingerprint, occurrences, passage_hash

_LABEL = 60  # characters of the words that a label made of them has
_SAYS = ("title", "publisher", "author", "published")
ACTS = {
    Kind.DIRECT: Act.QUOTED,
    Kind.MIXED: Act.QUOTED,
    Kind.INDIRECT: Act.PARAPHRASED,
    Kind.OUTLET: Act.REPORTED,
    Kind.CAPTION: Act.CAPTIONED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a form is read against."""

    vocabulary: Vocabulary
    source: Source | None = None  # on file already, and seen by readers
    unseen: tuple[Source, ...] = ()  # on file with the same link, which waits or was rejected with its facts
    texts: tuple[str, ...] = ()  # of it: the whole one, then pieces, normalised
    now: datetime
    checker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a form comes to."""

    revision: Revision
    source: Source
    passage: str
    unused: tuple[str, ...] = ()  # fields that were typed, of a source that readers see otherwise already


class Troubles(Exception):  # noqa: N818 -- reads as what happened
    """Fields that cannot be read."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__(", ".join(f"{each.name}: {each.wrong}" for each in self.troubles))


@dataclass(slots=True)
class Reader:
    """Reads fields and gathers what is wrong with them, so that all is told at once."""

    form: Form
    troubles: list[Trouble] = field(default_factory=list)

    def read(self, name: str, meaning: Callable[[str], Any], otherwise: Any = None) -> Any:
        try:
            return meaning(getattr(self.form, name))
        except Unread as error:
            self.troubles.append(Trouble(name, error.wrong, {"given": error.given} if error.given else {}))
            return otherwise

    def needed(self, name: str) -> str:
        """On one line. In words, "none" may be what somebody said."""
        text = (one_line if name == "words" else given)(getattr(self.form, name))
        if not text:
            self.troubles.append(Trouble(name, Wrong.MISSING))
        return text


def compose(form: Form, setting: Setting, number: int) -> Made:
    """The first revision of a fact and its source. Raises Troubles."""
    reader = Reader(form)
    today = setting.now.date()
    if not form.link.strip():
        reader.troubles.append(Trouble("link", Wrong.MISSING))
    words = reader.needed("words")
    if not form.passage.strip() and not setting.texts and not form.unverified.strip():
        reader.troubles.append(Trouble("passage", Wrong.MISSING))
    said = reader.read("said", lambda text: typed.day(text, today))
    published = reader.read("published", lambda text: typed.day(text, today))
    kind = reader.read("kind", typed.kind)
    language = reader.read("language", typed.language, "")
    topics = reader.read("topics", lambda text: typed.listed(text, setting.vocabulary.topics), ())
    about = reader.read("about", lambda text: typed.listed(text, setting.vocabulary.entities), ())
    if reader.troubles:
        raise Troubles(reader.troubles)
    passage = normalise(form.passage).text
    kind = kind or _kind(words, form, (passage, *setting.texts))
    fresh = _source(form, published, language, number, words)
    source = setting.source or _unseen(fresh, setting.unseen)
    unused = _unused(form, fresh, source)
    if passage:
        source = seen(source, form.passage, setting.now)
    speaker = speaker_of(form, setting.vocabulary)
    relayed = given(form.relayed)
    revision = Revision(
        number=1,
        kind=kind,
        text=words,
        quoted_spans=spans(words) if kind is Kind.MIXED else (),
        language=language or language_of(words, form.passage),
        speaker=speaker,
        said=Said(on=said, stated=said is not None),
        venue=Venue(text=given(form.venue), stated=bool(given(form.venue))),
        label=given(form.label)[:LONGEST_LABEL] or _label(words, speaker),
        topics=topics,
        about=about,
        chain=chain_of(kind, speaker, relayed, source.publisher),
        citations=(citation(source, words, (form.passage, *setting.texts), setting),),
        attribution=Attribution.SECOND_HAND if relayed else Attribution.ATTRIBUTED,
        unverified=given(form.unverified),
        notes=(given(form.note),) if given(form.note) else (),
    )
    return Made(revision=revision, source=source, passage=form.passage, unused=unused)


def form_of(revision: Revision, source: Source | None) -> Form:
    """The form that would say what the fact says, as far as a form can."""
    relayed = next((hop for hop in revision.chain[1:-1] if hop.act is Act.RELAYED), None)
    return Form(
        link=(source.url or "none") if source else "",
        title=source.title if source else "",
        publisher=(source.publisher or "") if source else "",
        author=(source.author or "") if source else "",
        published=str(source.published) if source and source.published else "",
        language=revision.language,
        words=revision.text,
        kind=revision.kind.value,
        speaker=revision.speaker.name_in_source if revision.speaker else "",
        role=revision.speaker.role_in_source if revision.speaker else "",
        said=str(revision.said.on) if revision.said.on else "",
        venue=revision.venue.text,
        relayed=(relayed.name or relayed.actor or "") if relayed else "",
        label=revision.label,
        topics=", ".join(revision.topics),
        about=", ".join(revision.about),
        unverified=revision.unverified,
        note="; ".join(revision.notes),
    )


def one_line(text: str) -> str:
    """Without line breaks and blanks at the ends; what is inside stays."""
    return " ".join(text.split())


def given(text: str) -> str:
    """The same, and nothing where somebody wrote that there is none."""
    return "" if is_nothing(text) else one_line(text)


def entity_named(name: str, entities: Iterable[Entity]) -> Entity | None:
    """The one entity of this name; None where there is none or more than one, or the name never stands alone."""
    folded = one_line(name).casefold()
    found = [
        each
        for each in entities
        if folded in {each.name.casefold(), *(alias.text.casefold() for alias in each.aliases)}
        and folded not in {alone.casefold() for alone in each.ambiguous}
    ]
    return found[0] if len(found) == 1 else None


def _kind(words: str, form: Form, texts: Iterable[str]) -> Kind:
    for text in texts:
        known = normalise(text)
        if any(in_quotation_marks(known.text, here.start, here.end) for here in occurrences(known, words)):
            return Kind.DIRECT
    return Kind.INDIRECT if form.speaker.strip() else Kind.OUTLET


def spans(words: str) -> tuple[str, ...]:
    """The fragments in quotation marks inside a text, without a comma or full stop before the closing mark."""
    text = normalise(words).text
    found = re.finditer(r'"([^"]+)"', text)
    return tuple(each[1].rstrip(",.") for each in found if in_quotation_marks(text, each.start(1), each.end(1)))


def _source(form: Form, published: Any, language: str, number: int, words: str) -> Source:
    url = None if is_nothing(form.link) else form.link.strip()
    title = given(form.title)
    start = str(published)[:10] if published else "undated"
    name = typed.slug(title) or typed.slug(host_of(url or "") or "") or "source"
    return Source(
        id=typed.slug(f"{start}-{name}-{number}", 100),
        publisher=given(form.publisher) or None,
        title=title or one_line(form.link) or "untitled",
        author=given(form.author) or None,
        published=published,
        url=url,
        language=language or language_of(form.passage, words),
    )


def _unseen(fresh: Source, unseen: Iterable[Source]) -> Source:
    """The one on file that says of itself what was typed, so that two quotations of one article share it."""
    typed_ = says_of_itself(fresh)
    return next((each for each in unseen if says_of_itself(each) == typed_), fresh)


def says_of_itself(source: Source) -> tuple[object, ...]:
    """What readers would see of a source, beside its link."""
    return tuple(getattr(source, name) for name in _SAYS)


def _unused(form: Form, fresh: Source, source: Source) -> tuple[str, ...]:
    """What was typed of the source, and is not what it says."""
    typed_ = (name for name in _SAYS if given(getattr(form, name)))
    return tuple(name for name in typed_ if getattr(fresh, name) != getattr(source, name))


def seen(source: Source, passage: str, now: datetime) -> Source:
    text = normalise(passage).text
    digest = fingerprint(text)
    if any(each.normalised_sha256 == digest for each in source.seen):
        return source
    piece = Snapshot(
        sha256=fingerprint(passage),
        normalised_sha256=digest,
        normalisation=VERSION,
        codepoints=len(text),
        obtained=Obtained.MODERATOR_PASTE,
        captured_at=now.replace(microsecond=0),
    )
    return replace(source, passages=(*source.passages, piece))


def citation(source: Source, words: str, texts: Iterable[str], setting: Setting) -> Citation:
    """The place of the words in the first text that has them; without one, that they were looked for in vain."""
    first = ""
    for text in texts:
        known = normalise(text)
        if not known.text:
            continue
        first = first or known.text
        found = compare(known, words, None)
        place = next((each for each in occurrences(known, words) if each.start == found.start), None)
        if place is not None and found.result.found:
            return _compared(source, found.result, known.text, setting, place)
    return _compared(source, CheckResult.NOT_FOUND, first, setting, None) if first else Citation(source=source.id)


def _compared(source: Source, result: CheckResult, text: str, setting: Setting, place: Any) -> Citation:
    check = Check(
        result=result,
        on=setting.now.date(),
        checker=setting.checker,
        text_sha256=fingerprint(text),
        passage_sha256=passage_hash(place) if place is not None else "",
    )
    return Citation(source=source.id, selector=place, checks=(check,))


def speaker_of(form: Form, vocabulary: Vocabulary) -> Speaker | None:
    name = given(form.speaker)
    if not name:
        return None
    entity = entity_named(name, vocabulary.entities)
    return Speaker(entity=entity.id if entity else None, name_in_source=name, role_in_source=given(form.role))


def chain_of(kind: Kind, speaker: Speaker | None, relayed: str, publisher: str | None) -> tuple[Hop, ...]:
    last = Hop(act=ACTS[kind], name=publisher or "", stated=True)
    if kind not in SPOKEN:
        return (last,)
    between = (Hop(act=Act.RELAYED, name=relayed, stated=True),) if relayed else ()
    return (_mouth(speaker), *between, last)


def _mouth(speaker: Speaker | None) -> Hop:
    if speaker is None:
        return Hop(act=Act.SAID)
    return Hop(act=Act.SAID, actor=speaker.entity, name="" if speaker.entity else speaker.name_in_source, stated=True)


def _label(words: str, speaker: Speaker | None) -> str:
    short = words if len(words) <= _LABEL else f"{words[:_LABEL].rpartition(' ')[0] or words[:_LABEL]} …"
    return f"{short}, {speaker.name_in_source.split()[-1]}" if speaker else short
