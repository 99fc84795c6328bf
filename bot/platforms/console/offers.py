"""What a conversation offers next, so that "evidence" alone belongs to the answer before it."""

from __future__ import annotations

from bot.commands.dispatch import parse
from bot.commands.reply import Choices, Outcome, Reply
from bot.commands.rows import PARAMETERS
from bot.wording import Wording

_DETAILS = ("context", "evidence", "history")


class Offers:
    """The choices of the answers so far; a new fact or list begins anew, details add to what is there."""

    def __init__(self, words: Wording) -> None:
        self._details = {_bare(words.say(f"button.{command}")): command for command in _DETAILS}
        self._lines: dict[str, str] = {}  # what can be typed -> command line
        self._number: int | None = None  # the fact that is being talked about

    def remember(self, reply: Reply) -> None:
        """Take in what a reply offers."""
        if reply.outcome is Outcome.REFUSED:
            return
        if reply.outcome is not Outcome.INFO:
            self._lines = {}
            self._number = None
        if reply.shown:
            self._number = reply.shown[-1][0]
        for block in reply.blocks:
            if isinstance(block, Choices):
                for item in block.items:
                    self._lines[item.short or item.line] = item.line
                    self._lines[_bare(item.label)] = item.line
                    self._number = self._number or _numbered(item.line)

    def completed(self, line: str) -> str | None:
        """The full command line; None for a command that needs an answer before it, when there is none."""
        typed = _bare(line)
        if typed in self._lines:
            return self._lines[typed]
        line = self._details.get(typed, line)
        command, arguments = parse(line)
        wanted = PARAMETERS.get(command, ())
        if arguments or not any(parameter.number for parameter in wanted):
            return None if command == "more" and not arguments else line
        return None if self._number is None else f"{command} {self._number}"


def _bare(text: str) -> str:
    """A label or a typed line without mark, count and case: "More (2)" is "more"."""
    return text.strip().lstrip("/!").partition(" (")[0].casefold()


def _numbered(line: str) -> int | None:
    _, arguments = parse(line)
    number = arguments.get("number", "")
    return int(number) if number.isdigit() else None
