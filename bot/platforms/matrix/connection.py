"""Requests to a homeserver's client API: JSON in, JSON out, and every failure one of three named errors."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import aiohttp

Json = dict[str, Any]
LONGEST = 64 * 1024 * 1024  # bytes of an answer; a first sync of very many rooms stays far below
LONGEST_WAIT = 300.0  # seconds that a server may ask for; on its word alone no room waits longer
PATIENCE = 30.0  # seconds for a request that does not wait for news
_HALF = re.compile("[\ud800-\udfff]")


class MatrixFault(Exception):  # noqa: N818 -- reads as what happened
    """A request that did not succeed."""


class Unreachable(MatrixFault):
    """No answer, a 5xx, a 429 or something that is no JSON: the same request may succeed later."""

    def __init__(self, why: str, *, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after  # seconds, as the server asked


class Refused(MatrixFault):
    """The homeserver understood and said no."""

    def __init__(self, status: int, code: str, text: str, body: Json) -> None:
        super().__init__(f"{status} {code}: {text}")
        self.status = status
        self.code = code  # M_FORBIDDEN …
        self.body = body


class SignedOut(Refused):
    """The access token is not known (any more). `soft`: signing in again on the same device keeps its keys."""

    @property
    def soft(self) -> bool:
        """Whether the server allows the device to go on."""
        return self.body.get("soft_logout") is True


class Homeserver:
    """One homeserver and the token of one session on it. Use as `async with`."""

    def __init__(self, url: str, *, token: str | None = None) -> None:
        self._url = url.rstrip("/")
        self.token = token
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Homeserver:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=10)
        self._session = aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        query: Mapping[str, str] | None = None,
        patience: float = PATIENCE,
        version: str = "v3",
    ) -> Json:
        """One request below `/_matrix/client/v3`. Raises Unreachable, Refused, SignedOut."""
        found = await self._request(method, f"/{version}{path}", body, query, patience)
        if not isinstance(found, dict):
            raise Unreachable("an answer that is no JSON object")
        return found

    async def call_list(self, method: str, path: str) -> list[Any]:
        """The same for the few requests whose answer is a list."""
        found = await self._request(method, f"/v3{path}", None, None, PATIENCE)
        if not isinstance(found, list):
            raise Unreachable("an answer that is no JSON list")
        return found

    async def upload(self, data: bytes, kind: str) -> str:
        """Where the homeserver keeps these bytes from now on: "mxc://…". Raises Unreachable, Refused, SignedOut."""
        found = await self._sent("POST", "/_matrix/media/v3/upload", data, kind, None, PATIENCE)
        uri = found.get("content_uri") if isinstance(found, dict) else None
        if not isinstance(uri, str):
            raise Unreachable("an answer without a content URI")
        return uri

    async def _request(
        self, method: str, path: str, body: Json | None, query: Mapping[str, str] | None, patience: float
    ) -> Any:
        data = None if body is None else json.dumps(body, separators=(",", ":")).encode()
        return await self._sent(method, f"/_matrix/client{path}", data, "application/json", query, patience)

    async def _sent(
        self, method: str, path: str, data: bytes | None, kind: str, query: Mapping[str, str] | None, patience: float
    ) -> Any:
        if self._session is None:
            raise RuntimeError("the connection is not open")
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        try:
            async with (
                asyncio.timeout(patience),
                self._session.request(
                    method,
                    f"{self._url}{path}",
                    params=query,
                    data=data,
                    headers=headers,
                    allow_redirects=False,
                ) as answer,
            ):
                raw = await _read(answer)
                status, wait = answer.status, answer.headers.get("Retry-After", "")
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}".rstrip(": ")) from error
        return _judged(status, raw, wait)


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    raw = bytearray()
    async for part in answer.content.iter_any():
        raw += part
        if len(raw) > LONGEST:
            raise Unreachable(f"an answer of more than {LONGEST} bytes")
    return bytes(raw)


def _judged(status: int, raw: bytes, wait: str) -> Any:
    """The JSON of a good answer; a named error for any other."""
    found = decoded(raw)
    if status == 200 and found is not None:
        return found
    if not isinstance(found, dict) or status == 429 or status >= 500 or status < 400:
        raise Unreachable(f"HTTP {status}", retry_after=_seconds(found, wait) if status == 429 else None)
    code, text = found.get("errcode"), found.get("error")
    kind = SignedOut if status == 401 and code in ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN") else Refused
    raise kind(status, code if isinstance(code, str) else "M_UNKNOWN", text if isinstance(text, str) else "", found)


def decoded(raw: bytes) -> Any:
    """The JSON in these bytes, None when there is none. Halves of surrogate pairs become U+FFFD."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if rb"\ud" in raw.lower():
        try:
            found = _whole(found)
        except RecursionError:
            return None
    return found


def _whole(value: Any) -> Any:
    match value:
        case str():
            return _HALF.sub("\ufffd", value)
        case list():
            return [_whole(item) for item in value]
        case dict():
            return {_whole(key): _whole(item) for key, item in value.items()}
        case _:
            return value


def _seconds(found: Any, header: str) -> float:
    """How long a 429 asks to wait: `retry_after_ms` in the body, else Retry-After; from 1 s to `LONGEST_WAIT`."""
    asked = found.get("retry_after_ms") if isinstance(found, dict) else None
    if isinstance(asked, int | float) and not isinstance(asked, bool):
        return min(LONGEST_WAIT * 1000, max(1000.0, asked)) / 1000  # in this order NaN counts as the least
    return min(max(float(header), 1.0), LONGEST_WAIT) if header.isascii() and header.isdecimal() else 1.0


def part(value: str) -> str:
    """A piece of a path."""
    return quote(value, safe="")


def room_path(room: str, rest: str = "") -> str:
    """The path of a room."""
    return f"/rooms/{part(room)}{rest}"
