"""The bot's session on a homeserver: device and token, in a file that only its owner can read."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.platforms.base import SignInRefused

FOLDER = "matrix"  # in the data directory: the session and the keys
FILE = "session.json"


class KeysLost(SignInRefused):
    """The server knows other keys for this device than the data directory has: only a new device helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in. The token is a secret: it is never printed."""

    homeserver: str
    user: str
    device: str
    token: str = field(repr=False)


def load(folder: Path) -> Session | None:
    """The kept session; None when there is none. Raises SignInRefused when the file is damaged."""
    try:
        found: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Session(**found)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise SignInRefused(
            f"{folder / FILE} cannot be read ({type(error).__name__}). Run: onrecord matrix login"
        ) from error


def keep(folder: Path, session: Session) -> None:
    """Write the session in one step, readable by its owner alone. Raises OSError.

    Written by root, it belongs to whom the data directory belongs to: the bot seldom runs as root.
    """
    for each in (folder.parent, folder):
        each.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = folder / f".{FILE}.new"
    written.unlink(missing_ok=True)
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(asdict(session), stream)
        stream.flush()
        os.fsync(stream.fileno())
    if os.geteuid() == 0:
        owner = folder.parent.stat()
        for path in (folder, written):
            os.chown(path, owner.st_uid, owner.st_gid)
    written.replace(folder / FILE)


def kept_token(folder: Path) -> str | None:
    """The token alone, for the log's mask; None when there is none that can be read."""
    with suppress(SignInRefused):
        session = load(folder)
        return session.token if session else None
    return None
