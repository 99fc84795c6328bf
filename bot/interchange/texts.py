"""Full texts of sources, kept beside the records: found by their hash, and the facts compared with them."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from bot.core.matching import newest
from bot.core.model.change import FactRecord, Records
from bot.core.model.fact import Kind
from bot.core.model.source import Check, CheckResult, Citation, Obtained, Snapshot, Source, Supports
from bot.core.normalisation import VERSION, Normalised, normalise
from bot.core.records import content_hash
from bot.core.rules.remark import Code, Found, Remark
from bot.core.verbatim import Comparison, compare, fingerprint, occurrences, passage_hash
from bot.interchange.files import collect, shown_path
from bot.interchange.notice import Notice

SUFFIX = ".txt"
LARGEST_TEXT = 5_000_000  # bytes
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Texts:
    """Source id -> text as obtained, and what was wrong with the files."""

    by_source: Mapping[str, str]
    notices: tuple[Notice, ...]


def load_texts(folder: str | os.PathLike[str], sources: Iterable[Source]) -> Texts:
    """Read `<source-id>.txt` files. Never raises.

    A text belongs to the source whose snapshot has its SHA-256, whatever the file is called. A file that is named
    after a source without a snapshot is that source's text; one with another hash than the snapshot is an error.
    """
    by_hash = {source.snapshot.sha256: source for source in sources if source.snapshot}
    by_id = {source.id: source for source in sources}
    found, notices = collect([folder], (SUFFIX,))
    texts: dict[str, str] = {}
    for path in found:
        content, problem = _content(path)
        if content is None:
            notices.append(_notice(path, *problem))
            continue
        text = content.decode("utf-8")
        source = by_hash.get(fingerprint(text)) or by_id.get(path.stem)
        if source is None:
            notices.append(_notice(path, "no source has this text", f"name it <source-id>{SUFFIX}", error=False))
        elif source.snapshot is not None and source.snapshot.sha256 != fingerprint(text):
            wrong = f"another text than the snapshot of {source.id} (SHA-256 differs)"
            notices.append(_notice(path, wrong, "use the text as it was obtained, byte for byte"))
        else:
            texts[source.id] = text
    return Texts(texts, tuple(notices))


def with_checks(
    records: Records, texts: Mapping[str, str], *, kept: Mapping[str, str] = NOTHING, on: date, checker: str
) -> tuple[Records, tuple[Remark, ...]]:
    """Compare every fact with the texts that are given or kept, and note the result in its citations.

    `texts` are as obtained, `kept` as the store has them: normalised. Snapshots and selectors that are missing are
    filled in, what a snapshot says of a text is made anew; a check that holds is not repeated, one of other words,
    of another place or text is replaced. Returns the records and, for facts whose words are not there as they should
    be, errors.
    """
    known = {name: normalise(text) for name, text in {**kept, **texts}.items()}
    sources = tuple(_seen(source, texts.get(source.id)) for source in records.sources)
    remarks: list[Remark] = []
    facts = []
    for index, record in enumerate(records.facts):
        changed, found = _checked(record, known, texts, on, checker)
        facts.append(changed)
        remarks += [Remark.of(item, "facts", index, record.slug) for item in found]
    return replace(records, sources=sources, facts=tuple(facts)), tuple(remarks)


def _seen(source: Source, text: str | None) -> Source:
    if text is None:
        return source
    fresh = snapshot_of(text)
    if source.snapshot is None:
        return replace(source, snapshot=fresh)
    seen = replace(
        source.snapshot,
        normalised_sha256=fresh.normalised_sha256,
        normalisation=fresh.normalisation,
        codepoints=fresh.codepoints,
    )
    return replace(source, snapshot=seen)


def snapshot_of(text: str) -> Snapshot:
    """The snapshot of a text from a file."""
    normalised = normalise(text).text
    return Snapshot(
        sha256=fingerprint(text),
        normalised_sha256=fingerprint(normalised),
        normalisation=VERSION,
        codepoints=len(normalised),
        obtained=Obtained.FILE_IMPORT,
    )


def _checked(
    record: FactRecord, known: Mapping[str, Normalised], as_obtained: Container[str], on: date, checker: str
) -> tuple[FactRecord, list[Found]]:
    found: list[Found] = []
    citations = []
    for place, citation in enumerate(record.revision.citations):
        text = known.get(citation.source)
        words = citation.selector.exact if citation.selector else record.revision.text
        if text is None or (citation.supports is not Supports.TEXT and citation.selector is None):
            citations.append(citation)
            continue
        if citation.supports is Supports.TEXT:
            words = record.revision.text
        result = compare(text, words, citation.selector, as_printed=citation.source in as_obtained)
        path = f".citations[{place}]"
        found += _judge(record, citation, result, path)
        citations.append(_noted(citation, text, words, result, on, checker))
    revision = replace(record.revision, citations=tuple(citations))
    return replace(record, revision=replace(revision, content_hash=content_hash(revision))), found


def _judge(record: FactRecord, citation: Citation, result: Comparison, path: str) -> Iterator[Found]:
    if not result.result.found:
        yield Found(Code.NOT_FOUND, path)
        return
    selector = citation.selector
    if selector is not None and (result.start, result.end) != (selector.start, selector.end):
        case = {"start": str(result.start), "end": str(result.end), "length": str(result.end - result.start)}
        yield Found(Code.SELECTOR_POSITION, f"{path}.selector", case)
    if citation.supports is Supports.TEXT:
        if record.revision.kind is Kind.DIRECT and not result.quoted:
            yield Found(Code.NOT_QUOTED, path)
        if not result.whole:
            yield Found(Code.CUT_WORD, path)


def _noted(citation: Citation, text: Normalised, words: str, result: Comparison, on: date, checker: str) -> Citation:
    check = Check(result=result.result, on=on, checker=checker, text_sha256=fingerprint(text.text))
    if not check.result.found:
        return replace(citation, checks=(*citation.checks, check))
    selector = next(item for item in occurrences(text, words) if item.start == result.start)
    check = replace(check, passage_sha256=passage_hash(selector))
    holding = tuple(
        old
        for old in citation.checks
        if not old.result.found or (old.text_sha256, old.passage_sha256) == (check.text_sha256, check.passage_sha256)
    )
    return replace(citation, selector=selector, checks=holding if _repeats(holding, check) else (*holding, check))


def _repeats(checks: tuple[Check, ...], check: Check) -> bool:
    """The newest of these says as much as this one."""
    last = newest(checks)
    return last is not None and last.result.found and check.result in (last.result, CheckResult.NORMALISED)


def _content(path: Path) -> tuple[bytes | None, tuple[str, str]]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_TEXT + 1)
        content.decode("utf-8")
    except OSError as error:
        return None, (f"cannot be read ({error.strerror})", "check who may read it")
    except UnicodeDecodeError:
        return None, ("not UTF-8", "save the text as UTF-8")
    if len(content) > LARGEST_TEXT:
        return None, (f"larger than {LARGEST_TEXT:,} bytes", "keep the article's text only")
    return content, ("", "")


def _notice(path: Path, wrong: str, instead: str, *, error: bool = True) -> Notice:
    return Notice(file=shown_path(path), line=None, about="", wrong=wrong, instead=instead, error=error)
