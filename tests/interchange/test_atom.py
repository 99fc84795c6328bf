"""The feed: what RFC 4287 asks for, the same bytes for the same entries, and nothing that breaks a reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from bot.interchange.atom import NAMESPACE, Entry, Feed, atom, urn

AT = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
ENTRY = Entry(
    name="muster-300-trees published",
    title="New on record: #1 300 trees",
    published=AT,
    updated=AT,
    text='"We have planted"\n— Ada <Muster> & co',
    summary="why",
    link="https://gazette.example/?a=1&b=2",
)
FEED = Feed(name="first", title="On the Record", entries=(ENTRY,), language="en", author="Ada")


def read(feed: Feed) -> ET.Element:
    return ET.fromstring(atom(feed))


def text(element: ET.Element, name: str) -> str | None:
    return element.findtext(f"{{{NAMESPACE}}}{name}")


def test_a_feed_has_what_readers_need() -> None:
    root = read(FEED)
    assert root.tag == f"{{{NAMESPACE}}}feed"
    assert (text(root, "title"), text(root, "updated")) == ("On the Record", "2026-11-23T12:00:00Z")
    assert text(root, "id") == urn("first")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", urn("first"))
    (entry,) = root.iter(f"{{{NAMESPACE}}}entry")
    assert (text(entry, "content"), text(entry, "summary")) == (ENTRY.text, "why")
    (link,) = entry.iter(f"{{{NAMESPACE}}}link")
    assert dict(link.attrib) == {"rel": "via", "href": ENTRY.link}


def test_with_an_address_the_feed_names_itself() -> None:
    root = read(replace(FEED, address="https://example.org/feed.xml"))
    assert text(root, "id") == "https://example.org/feed.xml"
    (link,) = (each for each in root if each.tag.endswith("link"))
    assert link.attrib["rel"] == "self"


def test_the_same_is_the_same_and_the_newest_counts() -> None:
    later = replace(ENTRY, name="b", updated=(AT + timedelta(days=1)).astimezone(timezone(timedelta(hours=2))))
    feed = replace(FEED, entries=(later, ENTRY))
    assert atom(feed) == atom(feed)
    assert text(read(feed), "updated") == "2026-11-24T12:00:00Z"
    assert text(read(replace(FEED, entries=())), "updated") == "1970-01-01T00:00:00Z"


@given(st.text())
def test_whatever_people_write_is_xml(words: str) -> None:
    root = read(
        replace(FEED, title=words, entries=(replace(ENTRY, title=words, text=words, summary=words, link=words),))
    )
    assert len(list(root.iter(f"{{{NAMESPACE}}}entry"))) == 1
