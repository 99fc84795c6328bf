"""What people need not write: filled in from the source of a fact before the fact is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.model.fact import Kind
from bot.core.model.source import Source

_LAST_ACT = {
    Kind.DIRECT: "quoted",
    Kind.MIXED: "quoted",
    Kind.INDIRECT: "paraphrased",
    Kind.OUTLET: "reported",
    Kind.CAPTION: "captioned",
}
BASIS = "Not later than the publication of the source."


def filled(fact: Any, sources: Mapping[str, Source], in_this_file: Sequence[str]) -> Any:
    """The fact's data with everything that follows from its source.

    `source: some-id` stands for `citations: [{source: some-id}]`; without either, the only source of the file
    counts. A source that is not known stands in with nothing: that it is unknown is found by the rules.
    Language, attribution, the bound of the day and the shortest chain (speaker, outlet) follow from it.
    """
    if not isinstance(fact, dict):
        return fact
    data = dict(fact)
    named = data.pop("source", in_this_file[0] if len(in_this_file) == 1 else None)
    if named is not None:
        data.setdefault("citations", [{"source": named}])
    first = _first_source(data)
    source = sources.get(first or "") or (stand_in(first) if first else None)
    data.setdefault("attribution", "attributed")
    if source is None:
        data.setdefault("said", {})
        return data
    data.setdefault("language", source.language)
    last = source.published.latest.isoformat() if source.published else None
    data.setdefault("said", {"not_after": last, "basis": BASIS} if last else {})
    if "chain" not in data:
        given = data.get("kind")
        kind = Kind(given) if given in list(Kind) else Kind.DIRECT  # another kind is wrong by itself
        data["chain"] = _chain(kind, data.get("speaker"), source)
    return data


def stand_in(source: str) -> Source:
    """For a source that could not be read: its facts are not to blame for what they would have taken from it."""
    return Source(id=source, publisher=None, title=source, published=None, url=None, language="und")


def _first_source(data: dict[str, Any]) -> str | None:
    citations = data.get("citations")
    first = citations[0] if isinstance(citations, list) and citations else None
    named = first.get("source") if isinstance(first, dict) else None
    return named if isinstance(named, str) else None


def _chain(kind: Kind, speaker: Any, source: Source) -> list[dict[str, Any]]:
    outlet: dict[str, Any] = {"act": _LAST_ACT[kind], "stated": True}
    if source.publisher is not None:
        outlet["name"] = source.publisher
    if kind in (Kind.OUTLET, Kind.CAPTION):
        return [outlet]
    mouth: dict[str, Any] = {"act": "said", "stated": True}
    if isinstance(speaker, dict):
        mouth |= {"actor": speaker["entity"]} if speaker.get("entity") else {"name": speaker.get("name")}
    return [mouth, outlet]
