"""Web addresses as keys: two that lead to the same document are equal."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "yclid", "ref_src")


def canonical(url: str) -> str:
    """The address with its host in small letters, without fragment, tracking parameters and a slash at the end.

    http counts as https. An address that cannot be read is its own key.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    if parts.scheme not in ("http", "https") or not host:
        return url.strip()
    query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0])])
    return urlunsplit(("https", host + port, parts.path.rstrip("/"), query, ""))


def host_of(url: str) -> str | None:
    """The host in small letters, without "www."; None where there is none."""
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _tracks(parameter: str) -> bool:
    return parameter.lower().startswith(_TRACKING)
