"""What waits in the outbox for Matrix, as JSON: an answer, its edit, its redaction, or a word of ours. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.core.model.mail import Place, Post
from bot.platforms.matrix.asking import Shown

PLATFORM = "matrix"
PARTS = 64  # parts that an answer may have at most

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One job of the outbox."""

    kind: Literal["send", "edit", "redact"]
    room: str
    key: str  # the job's own key, and what its transaction ids are made of
    of: str = ""  # edit and redact: the event of the command whose answer it is about
    contents: tuple[Json, ...] = ()  # send: one; edit: the parts of the answer as it reads from now on
    picture: str = ""  # send: a PNG in base64, which the content describes and which is uploaded first
    thread: str | None = None
    lines: Mapping[str, str] = field(default_factory=dict)  # as `Shown` has them
    question: str = ""  # as `Shown` has it
    facts: tuple[int, ...] = ()  # numbers of the facts that it shows
    shown: tuple[tuple[int, int], ...] = ()  # (fact number, revision), where corrections are to follow
    locale: str = "en"
    at: int = 0  # milliseconds since 1970, of the question

    def post(self) -> Post:
        """As the store takes it."""
        payload = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        return Post(place=Place(platform=PLATFORM, id=self.room), key=self.key, payload=payload)


def letter_of(payload: str) -> Letter:
    """What `Letter.post` wrote. Raises ValueError for anything else."""
    try:
        found = json.loads(payload)
        shown = tuple((number, revision) for number, revision in found.pop("shown"))
        lists = {"contents": tuple(found.pop("contents")), "facts": tuple(found.pop("facts"))}
        return Letter(**found | lists | {"shown": shown})
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"no letter of this bot: {error}") from error


def answer_keys(event: str) -> Sequence[str]:
    """The keys under which the parts of the answer to an event are queued."""
    return [f"{event}/{part}" for part in range(PARTS)]


def transaction(key: str) -> str:
    """The transaction id of a request: the same for the same job, in this run and in any later one."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def kept_of(letter: Letter) -> str:
    """What stays of a letter once it is sent: no word of it, and none of the question."""
    if not letter.lines and not letter.facts:
        return ""
    kept = {"lines": dict(letter.lines), "question": letter.question, "facts": letter.facts}
    return json.dumps(kept, separators=(",", ":"))


def shown_by(kept: str) -> Shown:
    """What a sent answer offered, from what `kept_of` kept."""
    found = json.loads(kept) if kept else {}
    return Shown(lines=found.get("lines", {}), question=found.get("question", ""), facts=tuple(found.get("facts", ())))
