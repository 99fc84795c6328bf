"""A fault proxy between bot and homeserver: forwards all requests, remembers them, and fails the ones it is told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

Rewrite = Callable[[Any], Any]


@dataclass(slots=True, kw_only=True)
class Fault:
    """What to do with requests whose method and path fit; `times` None means until removed."""

    path: str  # stands somewhere in the path, which is decoded: $ and ! as they are
    method: str | None = None
    times: int | None = 1
    status: int | None = None  # answer this instead of asking the homeserver
    body: bytes | dict[str, Any] = b"<html>502 Bad Gateway</html>"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False  # cut the connection: after the homeserver has accepted it, or before when `status` is set
    rewrite: Rewrite | None = None  # change the JSON that the homeserver answers

    def fits(self, request: web.BaseRequest) -> bool:
        """Whether this fault is for the request."""
        return self.path in request.path and self.method in (None, request.method) and self.times != 0

    def taken(self) -> None:
        """Count one use."""
        if self.times is not None:
            self.times -= 1


@dataclass(slots=True, kw_only=True)
class Seen:
    """One request that came by."""

    method: str
    path: str
    at: float  # of the event loop's clock
    status: int  # 0: the connection was cut


@dataclass(slots=True)
class Proxy:
    """The running proxy."""

    upstream: str
    url: str = ""
    faults: list[Fault] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    session: aiohttp.ClientSession | None = None

    def count(self, path: str, *, method: str | None = None) -> int:
        """How many requests with this in their path came by."""
        return sum(path in seen.path and method in (None, seen.method) for seen in self.seen)

    async def until(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        """Wait until the requests seen make the condition true."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(condition)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Forward one request, or do to it what the first fitting fault says."""
        fault = next((fault for fault in self.faults if fault.fits(request)), None)
        if fault:
            fault.taken()
        seen = Seen(method=request.method, path=request.path, at=asyncio.get_running_loop().time(), status=0)
        self.seen.append(seen)
        try:
            return await self._answer(request, fault, seen)
        finally:
            async with self.changed:
                self.changed.notify_all()

    async def _answer(self, request: web.BaseRequest, fault: Fault | None, seen: Seen) -> web.StreamResponse:
        if fault and fault.status is not None:
            if fault.cut:
                return _cut(request)
            seen.status = fault.status
            if isinstance(fault.body, dict):
                return web.json_response(fault.body, status=fault.status, headers=fault.headers)
            return web.Response(body=fault.body, status=fault.status, headers=fault.headers, content_type="text/html")
        assert self.session is not None
        headers = {key: value for key, value in request.headers.items() if key in ("Authorization", "Content-Type")}
        try:
            async with self.session.request(
                request.method, self.upstream + request.raw_path, data=await request.read(), headers=headers
            ) as answer:
                body, status, kind = await answer.read(), answer.status, answer.content_type
        except aiohttp.ClientError:
            return _cut(request)
        if fault and fault.cut:
            return _cut(request)
        if fault and fault.rewrite:
            body = json.dumps(fault.rewrite(json.loads(body))).encode()
        seen.status = status
        return web.Response(body=body, status=status, content_type=kind)


def _cut(request: web.BaseRequest) -> web.Response:
    if request.transport is not None:  # the client may have hung up before
        request.transport.abort()
    return web.Response()


@asynccontextmanager
async def proxied(upstream: str) -> AsyncIterator[Proxy]:
    """A proxy before this homeserver, on a port of its own."""
    proxy = Proxy(upstream)
    runner = web.ServerRunner(web.Server(proxy.handle, access_log=None), handle_signals=False, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        proxy.url = f"http://{host}:{port}"
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90)) as proxy.session:
            yield proxy
    finally:
        await runner.cleanup()
