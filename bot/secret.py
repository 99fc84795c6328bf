"""Passwords and tokens: values that never print, where they come from, and whether they can be meant at all."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

_LONGEST = 4096  # bytes of a secret file; a larger file is something else
_PLACEHOLDERS = (
    "changeme",
    "change-me",
    "your-token",
    "your_token",
    "yourtoken",
    "token-here",
    "tokenhere",
    "xxxx",
    "…",
)
# A Discord bot token has three parts of base64url: the application's id, a time and a keyed hash.
_DISCORD_TOKEN = re.compile(r"[A-Za-z0-9_-]{18,40}\.[A-Za-z0-9_-]{5,8}\.[A-Za-z0-9_-]{25,80}")


class Secret:
    """A value that shows itself only when asked by name; printing, formatting and pickling show nothing."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value: for the library that signs in, and for the log's mask."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(•••)"

    def __str__(self) -> str:
        return "•••"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.reveal() == self._value

    def __hash__(self) -> int:
        return hash(("secret", self._value))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not copied into files")


class SecretUnreadable(Exception):  # noqa: N818 -- reads as what happened
    """A place that should hold a secret cannot be read; says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a secret is looked for: each later place outranks the earlier ones."""

    file: Path | None  # as the configuration names it
    variable: str  # ONRECORD_DISCORD_TOKEN; the same with _FILE names a file
    credential: str  # name of a systemd credential


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A secret and where it was."""

    secret: Secret
    origin: str  # for people: "ONRECORD_DISCORD_TOKEN", "/etc/onrecord/discord.token"
    file: Path | None


def find(place: Place, environment: Mapping[str, str]) -> Found | None:
    """The secret from the highest-ranking place that has one; None when no place is set.

    Raises SecretUnreadable for a place that is set and cannot be read.
    """
    if folder := environment.get("CREDENTIALS_DIRECTORY"):
        path = Path(folder) / place.credential
        if path.exists():
            return _from_file(path)
    if named := environment.get(f"{place.variable}_FILE"):
        return _from_file(Path(named).expanduser())
    if place.variable in environment:
        return Found(secret=Secret(environment[place.variable].strip()), origin=place.variable, file=None)
    if place.file is not None:
        return _from_file(place.file)
    return None


def _from_file(path: Path) -> Found:
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LONGEST + 1)
    except OSError as error:
        raise SecretUnreadable(f"{path}: {error.strerror or error}") from None
    if len(raw) > _LONGEST:
        raise SecretUnreadable(f"{path}: larger than {_LONGEST} bytes, so it is not a token")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SecretUnreadable(f"{path}: not a text file") from None
    return Found(secret=Secret(text.strip()), origin=str(path), file=path)


def exposed(path: Path) -> str | None:
    """What is wrong with the permissions of a secret file; None when only its owner (and group root) can read it."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return None  # reading it reports that better
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        return f"{path}: every user of this machine can read the token. Run: chmod 600 {path}"
    if mode & stat.S_IWGRP:
        return f"{path}: the group may change the token. Run: chmod 600 {path}"
    return None


def token_flaw(secret: Secret) -> str | None:
    """Why this cannot be a Discord bot token, in words and without the value; None when it has the right shape."""
    value = secret.reveal()
    flaw = None
    if _DISCORD_TOKEN.fullmatch(value) and len(set(value)) > 8:  # fewer different characters: "xxxx.xxxx.xxxx"
        return None
    if not value:
        flaw = "is empty"
    elif any(mark in value.lower() for mark in _PLACEHOLDERS) or value[0] in "<[{":
        flaw = "is still the placeholder"
    elif value.lower().startswith(("bot ", "bearer ")):
        flaw = f"begins with {value.split()[0]!r}: keep the token alone"
    elif value[0] in "\"'":
        flaw = "stands in quotation marks: keep the token alone"
    elif re.search(r"\s", value):
        flaw = "has white space inside: one token, nothing else"
    elif value.isdecimal():
        flaw = "is a number: that is an application id, not the token"
    elif "." not in value:
        flaw = "has no dots: that looks like a client secret or public key, not like a bot token"
    else:
        flaw = "does not look like a bot token (three parts with dots between): was it cut while copying?"
    return flaw
