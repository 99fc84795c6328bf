"""A link that readers can trust, and no more of a source than a quotation needs."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.core.hosts import is_public
from bot.core.model.source import Source
from bot.core.rules.remark import Code, Found, Known

MOST_OF_SOURCE = 25  # percent of its characters
_WEB_PORTS, _FREE_PORTS = (80, 443), 1024  # the ports below belong to other services

SHORTENERS = frozenset(
    [
        "bit.ly", "buff.ly", "cutt.ly", "dlvr.it", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly",
        "s.id", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "trib.al", "v.gd", "clck.ru", "vk.cc",
    ]
)  # fmt: skip


def link_is_good(source: Source, known: Known) -> Iterator[Found]:
    """http or https, a host that everybody can reach, no account in it, no service that hides where it leads."""
    if source.url is None:
        yield Found(Code.URL_MISSING, ".url")
    else:
        yield from _judge(source.url, ".url")
    for place, url in enumerate(source.snapshot.archive_urls if source.snapshot else ()):
        yield from _judge(url, f".snapshot.archive_urls[{place}]")


def _judge(url: str, path: str) -> Iterator[Found]:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip(".").removeprefix("www."), parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    broken = any(character.isspace() or not character.isprintable() for character in url) or "\\" in url
    if parts.scheme not in ("http", "https") or not host or broken:
        yield Found(Code.URL_BAD, path, {"given": url})
        return
    if "@" in parts.netloc:
        yield Found(Code.URL_CREDENTIALS, path)
    if not is_public(host) or (port is not None and port < _FREE_PORTS and port not in _WEB_PORTS):
        yield Found(Code.URL_PRIVATE, path, {"given": parts.netloc.rpartition("@")[2]})
    if host in SHORTENERS:
        yield Found(Code.URL_SHORTENER, path, {"given": host})
    if not host.isascii() or any(label.startswith("xn--") for label in host.split(".")):
        yield Found(Code.URL_FOREIGN_LETTERS, path, {"given": host})


def little_is_taken(source: Source, known: Known) -> Iterator[Found]:
    """All texts of a source together stay a small part of it."""
    whole = source.snapshot.codepoints if source.snapshot else 0
    percent = 100 * known.taken.get(source.id, 0) // whole if whole else 0
    if percent > MOST_OF_SOURCE:
        yield Found(Code.MUCH_OF_SOURCE, "", {"percent": str(percent), "limit": str(MOST_OF_SOURCE)})
