"""An Atom feed, for any static web server. Format: RFC 4287. Pure: entries in, bytes out."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

NAMESPACE = "http://www.w3.org/2005/Atom"
_SPACE = uuid.UUID("6f4c1d5e-0f2b-5c53-9f0e-2a7d6b1c9e10")  # of the names that ids are made of
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2 (Char)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened."""

    name: str  # what its id is made of: the same for the same thing, for ever
    title: str
    published: datetime
    updated: datetime  # when its text last changed
    text: str  # plain, with line breaks
    summary: str = ""
    link: str | None = None  # of the source


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """All that is told."""

    name: str  # what its id is made of, where it has no address
    title: str
    entries: Sequence[Entry]  # the newest first
    language: str
    author: str
    address: str | None = None  # under which the feed itself can be fetched
    generator: str = "onrecord"


def atom(feed: Feed) -> bytes:
    """The document, in UTF-8. The same entries give the same bytes."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    _add(root, "id", feed.address or urn(feed.name))
    _add(root, "title", feed.title)
    newest = max((entry.updated for entry in feed.entries), default=datetime.fromtimestamp(0, tz=UTC))
    _add(root, "updated", _instant(newest))
    _add(SubElement(root, "author"), "name", feed.author)
    _add(root, "generator", feed.generator)
    if feed.address:
        SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.address})
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), entry)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def urn(name: str) -> str:
    """A permanent id of this name. Source: RFC 9562, version 5."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, name)}"


def _entry(element: Element, entry: Entry) -> None:
    _add(element, "id", urn(entry.name))
    _add(element, "title", entry.title)
    _add(element, "published", _instant(entry.published))
    _add(element, "updated", _instant(entry.updated))
    if entry.link:
        SubElement(element, "link", {"rel": "via", "href": _clean(entry.link)})
    if entry.summary:
        _add(element, "summary", entry.summary)
    _add(element, "content", entry.text, type="text")


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = _clean(text)


def _clean(text: str) -> str:
    """Without what no XML document may hold."""
    return _NO_XML.sub("\ufffd", text)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
