"""Notices as they wait in the outbox: JSON that names things; a platform renders it when it sends it."""

from __future__ import annotations

import json
from dataclasses import asdict

from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.mail import Place

_MARK = "notice"


def payload_of(notice: Notice) -> str:
    """The payload of an outbox job."""
    return json.dumps({_MARK: asdict(notice)}, separators=(",", ":"), ensure_ascii=True)


def notice_of(payload: str) -> Notice | None:
    """The inverse; None for a payload that is a platform's own. Raises ValueError where it cannot be read."""
    data = json.loads(payload)
    found = data.get(_MARK) if isinstance(data, dict) else None
    if found is None:
        return None
    try:
        return Notice(**found | {"kind": NoticeKind(found["kind"]), "place": Place(**found["place"])})
    except (TypeError, KeyError) as error:
        raise ValueError(f"no notice of this bot: {error}") from error
