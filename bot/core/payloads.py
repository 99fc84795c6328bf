"""Notices as they wait in the outbox: JSON that names things; a platform renders it when it sends it."""

from __future__ import annotations

import json
from dataclasses import asdict

from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.mail import Place, Post

_MARK = "notice"
_RANKS = {NoticeKind.CORRECTION: 1, NoticeKind.NEWS: 2, NoticeKind.DIGEST: 2}


def payload_of(notice: Notice) -> str:
    """The payload of an outbox job."""
    data = asdict(notice)
    del data["not_before"]  # the post's own
    return json.dumps({_MARK: data}, separators=(",", ":"), ensure_ascii=True)


def post_of(notice: Notice) -> Post:
    """The post that is put into the outbox: answers and cards go first, corrections before news."""
    return Post(
        place=notice.place,
        key=notice.key,
        payload=payload_of(notice),
        rank=_RANKS.get(notice.kind, 0),
        not_before=notice.not_before,
    )


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
