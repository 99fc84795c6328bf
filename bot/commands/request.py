"""What somebody asked, free of any platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.model.mail import InstallType, Place


class Right(StrEnum):
    """What a caller may do."""

    READ = "read"
    SUGGEST = "suggest"  # in the places that are served: suggest facts, report what is wrong
    EDIT = "edit"
    MANAGE = "manage"  # the channel or room itself, as the platform says at this moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: known for the length of the request, never stored with a look-up."""

    account: str  # the platform's id
    rights: frozenset[Right] = frozenset({Right.READ})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One command with its arguments, as every platform hands it in."""

    command: str  # name of a row of the command table
    arguments: Mapping[str, str] = field(default_factory=dict)
    caller: Caller
    place: Place
    locale: str = "en"  # BCP 47 of the asker
    event: str  # the platform's id of this event
    install: InstallType = InstallType.MEMBER
    asked_by_other: bool = False  # a click on an answer that somebody else asked for
    may_post: bool = False  # the bot may post here by itself
    pictures: bool = False  # one can be sent here
    mark: str = ""  # what typed commands begin with, where people type them: "!" in a room
