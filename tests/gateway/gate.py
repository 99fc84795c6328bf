"""The gateway side of the fake Discord: sessions, sequence numbers, compression, and what can go wrong there."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Coroutine
from typing import Any

from aiohttp import WSMsgType, web

from tests.gateway.people import APPLICATION, BOT

Json = dict[str, Any]
_HEARTBEAT = 41_250  # ms
_ROUND_TRIP = 0.05  # s; an acknowledgement faster than any real one makes discord.py warn of a delay


class _Socket:
    """One connection with its compression."""

    def __init__(self, ws: web.WebSocketResponse, transport: asyncio.Transport | None, *, compressed: bool) -> None:
        self.ws, self.transport = ws, transport
        self._pack = zlib.compressobj() if compressed else None
        self._order = asyncio.Lock()

    async def send(self, data: Json) -> None:
        text = json.dumps(data)
        async with self._order:
            if self.ws.closed:
                return
            if self._pack is None:
                await self.ws.send_str(text)
            else:
                await self.ws.send_bytes(self._pack.compress(text.encode()) + self._pack.flush(zlib.Z_SYNC_FLUSH))

    def cut(self) -> None:
        if self.transport is not None:
            self.transport.abort()


class Gate:
    """One bot's gateway."""

    def __init__(self, token: str, guilds: tuple[str, ...]) -> None:
        self.url = ""  # where resumes are to go
        self.online = asyncio.Event()  # a bot has identified itself or resumed
        self.connections = 0  # asked for, also those refused
        self.identified = 0
        self.resumed = 0
        self.identify: Json = {}  # the newest IDENTIFY
        self.closed_with: int | None = None  # the bot's close code
        self._token, self._guilds = token, guilds
        self._refused: list[int] = []
        self._forgets = False
        self._socket: _Socket | None = None
        self._session = ""
        self._sequence = 0
        self._events: list[Json] = []  # of this session, for a resume
        self._work: set[asyncio.Task[None]] = set()

    # -- faults

    def refuse(self, *statuses: int) -> None:
        """Refuse the next connections with these HTTP statuses; 0 accepts one and drops it at once."""
        self._refused += statuses

    def forget_sessions(self) -> None:
        """Answer the next resume with an invalid session."""
        self._forgets = True

    async def drop(self) -> None:
        """Cut the connection without a word."""
        self._leaving().cut()

    async def close(self, code: int) -> None:
        """Close the connection with a code."""
        await self._leaving().ws.close(code=code)

    async def op(self, op: int, data: Any = None) -> None:
        """Send an operation after which the bot must come back: 7 reconnect, 9 invalid session (data: resumable)."""
        if op == 9 and not data:
            self._session = ""
        await self._leaving().send({"op": op, "d": data, "s": None, "t": None})

    async def garbage(self) -> None:
        """Send a frame that makes no sense."""
        await self._leaving().ws.send_bytes(b"\x00garbage\x00\x00\xff\xff")

    def stop(self) -> None:
        """Cut what is still open."""
        if self._socket is not None:
            self._socket.cut()
        for task in self._work:
            task.cancel()

    def _leaving(self) -> _Socket:
        assert self._socket is not None, "no bot is connected"
        self.online.clear()
        return self._socket

    # -- events

    def dispatch(self, event: str, data: Json) -> None:
        """Send an event; while nobody listens it is kept for a resume."""
        self._sequence += 1
        packet = {"op": 0, "t": event, "s": self._sequence, "d": data}
        self._events.append(packet)
        if len(self._events) > 2000:
            del self._events[:1000]
        if self._socket is not None and self.online.is_set():
            self._do(self._socket.send(packet))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The web handler of a connection."""
        self.connections += 1
        status = self._refused.pop(0) if self._refused else None
        if status:
            return web.Response(status=status)
        ws = web.WebSocketResponse(max_msg_size=0)
        await ws.prepare(request)
        transport = request.transport if isinstance(request.transport, asyncio.Transport) else None
        socket = _Socket(ws, transport, compressed=request.query.get("compress") == "zlib-stream")
        if status == 0:
            socket.cut()
            return ws
        self._socket = socket
        await socket.send({"op": 10, "d": {"heartbeat_interval": _HEARTBEAT}, "s": None, "t": None})
        async for message in ws:
            if message.type is WSMsgType.TEXT:
                await self._received(socket, json.loads(message.data))
        if self._socket is socket:
            self._socket, self.closed_with = None, ws.close_code
            self.online.clear()
        return ws

    async def _received(self, socket: _Socket, packet: Json) -> None:
        match packet["op"]:
            case 1:
                self._do(self._acknowledge(socket))
            case 2:
                await self._identified(socket, packet["d"])
            case 6:
                await self._resuming(socket, packet["d"])

    @staticmethod
    async def _acknowledge(socket: _Socket) -> None:
        await asyncio.sleep(_ROUND_TRIP)
        await socket.send({"op": 11, "d": None, "s": None, "t": None})

    async def _identified(self, socket: _Socket, data: Json) -> None:
        if data["token"] != self._token:
            await socket.ws.close(code=4004, message=b"Authentication failed.")
            return
        self.identified += 1
        self.identify = data
        self._session, self._sequence, self._events = f"session-{self.identified}", 1, []
        ready = {
            "v": 10,
            "user": {"id": BOT, "username": "onrecord", "bot": True, "discriminator": "0000", "avatar": None},
            "guilds": [{"id": guild, "unavailable": True} for guild in self._guilds],
            "session_id": self._session,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "application": {"id": APPLICATION, "flags": 0},
        }
        await socket.send({"op": 0, "t": "READY", "s": 1, "d": ready})
        self.online.set()

    async def _resuming(self, socket: _Socket, data: Json) -> None:
        if self._forgets or data["session_id"] != self._session or data["token"] != self._token:
            self._forgets = False
            await socket.send({"op": 9, "d": False, "s": None, "t": None})
            return
        self.resumed += 1
        for event in [event for event in self._events if event["s"] > (data["seq"] or 0)]:
            await socket.send(event)
        self._sequence += 1
        await socket.send({"op": 0, "t": "RESUMED", "s": self._sequence, "d": {}})
        self.online.set()
