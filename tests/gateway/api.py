"""The REST side of the fake Discord: each body checked, each request recorded, errors on demand."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.gateway.buckets import Buckets
from tests.gateway.channels import Refusal
from tests.gateway.people import APPLICATION, BOT, CHANNEL
from tests.gateway.schema import problems
from tests.gateway.world import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request that arrived."""

    method: str
    path: str
    body: Any


@dataclass(slots=True, kw_only=True)
class Fault:
    """What happens to the next requests whose "METHOD /path" matches."""

    pattern: str
    times: int
    status: int = 0
    body: Json = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0  # waits so long, then goes on
    hang_up: bool = False  # cuts the connection instead of answering
    done: bool = False  # the request takes effect first: only its answer is lost


class Api:
    """Answers like https://discord.com/api/v10."""

    def __init__(self, world: World, token: str, *, checked: bool) -> None:
        self.seen: list[Seen] = []
        self.problems: list[str] = []
        self.files: list[bytes] = []  # that came along with messages, in order
        self._world, self._token, self._checked = world, token, checked
        self._faults: list[Fault] = []
        self.buckets = Buckets()

    # -- faults

    def fail(self, pattern: str, status: int, *, times: int = 1, body: Json | None = None) -> None:
        """Answer the next requests that match "METHOD /path" with an error."""
        self._faults.append(Fault(pattern=pattern, times=times, status=status, body=body or {"message": "", "code": 0}))

    def limit(self, pattern: str, retry_after: float, *, times: int = 1) -> None:
        """429 as Discord itself sends it: with the header that tells it from a proxy's ban."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
        headers = {"Via": "1.1 google", "Retry-After": str(retry_after)}
        self._faults.append(Fault(pattern=pattern, times=times, status=429, body=body, headers=headers))

    def slow(self, pattern: str, seconds: float, *, times: int = 1) -> None:
        """Let matching requests wait."""
        self._faults.append(Fault(pattern=pattern, times=times, seconds=seconds))

    def hang_up(self, pattern: str, *, times: int = 1, done: bool = False) -> None:
        """Cut the connection of matching requests; with `done`, after they took effect."""
        self._faults.append(Fault(pattern=pattern, times=times, hang_up=True, done=done))

    def count(self, pattern: str) -> int:
        """How many requests matched so far."""
        return sum(1 for seen in self.seen if re.search(pattern, f"{seen.method} {seen.path}"))

    # -- requests

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The web handler of every request."""
        path = "/" + request.match_info["path"].lstrip("/")
        if request.content_type == "multipart/form-data":
            form = await request.post()
            body = json.loads(str(form["payload_json"]))
            self.files += [part.file.read() for part in form.values() if isinstance(part, web.FileField)]
        else:
            text = await request.text()
            body = json.loads(text) if text else None
        self.seen.append(Seen(method=request.method, path=path, body=body))
        fault = self._fault(f"{request.method} {path}")
        if fault is not None:
            await asyncio.sleep(fault.seconds)
            if fault.status:
                return _json(fault.body, fault.status, fault.headers)
            if fault.hang_up and not fault.done:
                return self._cut(request)
        headers, wait = self.buckets.take(request.method, path)
        if wait:
            limited = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
            return _json(limited, 429, headers)
        try:
            found = self._answer(request, path, body)
        except Refusal as refusal:
            told = {"code": refusal.code, "message": refusal.message}
            return _json(told | ({"retry_after": 30.0} if refusal.status == 429 else {}), refusal.status, headers)
        if fault is not None and fault.hang_up:
            return self._cut(request)
        return web.Response(status=204, headers=headers) if found is None else _json(found, headers=headers)

    def _fault(self, asked: str) -> Fault | None:
        fault = next((fault for fault in self._faults if re.search(fault.pattern, asked)), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)
        return fault

    @staticmethod
    def _cut(request: web.Request) -> web.Response:
        if isinstance(request.transport, asyncio.Transport):
            request.transport.abort()
        return web.Response()

    def _answer(self, request: web.Request, path: str, body: Any) -> Any:  # noqa: PLR0911 -- a table of routes
        if self._checked and (wrong := problems(request.method, path, body)):
            self.problems += [f"{request.method} {path}: {line}" for line in wrong]
            raise Refusal(400, 50035, f"Invalid Form Body: {wrong[0]}")
        parts = path.strip("/").split("/")
        if (
            parts[0] not in ("interactions", "webhooks")
            and request.headers.get("Authorization") != f"Bot {self._token}"
        ):
            raise Refusal(401, 0, "401: Unauthorized")
        match (request.method, *parts):
            case ("GET", "users", "@me"):
                return {"id": BOT, "username": "onrecord", "bot": True, "discriminator": "0000", "avatar": None}
            case ("GET", "oauth2", "applications", "@me") | ("GET", "applications", "@me"):
                return _APPLICATION
            case ("GET", "gateway") | ("GET", "gateway", "bot"):
                return {"url": "unused", "shards": 1}
            case ("GET", "channels", channel) if channel == CHANNEL:
                return {"id": channel, "type": 0, "name": "general"}
            case ("PUT" | "GET" as method, "applications", _, *rest, "commands"):
                return self._commands(method, rest[1] if rest else "global", body)
            case ("POST", "interactions", number, token, "callback"):
                return self._callback(number, token, body)
            case ("POST", "webhooks", _, token):
                return self._world.follow_up(token, body)
            case ("PATCH", "webhooks", _, token, "messages", "@original"):
                return self._world.edit_original(token, body)
            case ("DELETE", "webhooks", _, token, "messages", "@original"):
                return self._world.delete_original(token)
        return self._posted(request.method, parts, body)

    def _posted(self, method: str, parts: list[str], body: Any) -> Any:
        """What a bot posts by itself."""
        channels = self._world.channels
        match (method, *parts):
            case ("POST", "users", "@me", "channels"):
                return channels.open(body["recipient_id"])
            case ("POST", "channels", channel, "messages"):
                return channels.post(channel, body)
            case ("PATCH", "channels", channel, "messages", message):
                return channels.edit(channel, message, body)
            case ("DELETE", "channels", channel, "messages", message):
                return channels.delete(channel, message)
        raise Refusal(404, 0, f"404: Not Found: {method} /{'/'.join(parts)}")

    def _commands(self, method: str, scope: str, body: Any) -> Any:
        if method == "PUT":
            self._world.commands[scope] = [command | {"id": self._world.new_id()} for command in body]
        return self._world.commands.get(scope, [])

    def _callback(self, number: str, token: str, body: Json) -> Json:
        message = self._world.acknowledge(number, token, body)
        answer: Json = {"interaction": {"id": number, "type": self._world.asks[token].kind}}
        if message is not None:
            answer["interaction"]["response_message_id"] = message["id"]
            answer["resource"] = {"type": body["type"], "message": message}
        return answer


_APPLICATION: Json = {
    "id": APPLICATION,
    "name": "On the Record",
    "icon": None,
    "description": "",
    "bot_public": False,
    "bot_require_code_grant": False,
    "owner": {"id": "440000000000000009", "username": "owner", "discriminator": "0", "avatar": None},
    "team": None,
    "verify_key": "0" * 64,
    "flags": 0,
}


def _json(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """JSON under exactly the content type that discord.py looks for: with a charset it would take it for text."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json", **(headers or {})})
