"""What a conversation offers next, so that "evidence" alone belongs to the answer before it."""

from __future__ import annotations

from bot.commands.dispatch import parse
from bot.commands.reply import FactList, Outcome, Reply
from bot.commands.rows import PARAMETERS
from bot.wording import Wording

_DETAILS = ("context", "evidence", "history")
_TURNING = ("more", "back", "go_on", "topic")  # buttons that mean nothing without an answer that has them
_COUNT = {"count": "", "page": "", "pages": ""}  # what the labels of some buttons count


class Offers:
    """The choices of the answers so far; a new fact or list begins anew, details add to what is there."""

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._details = {_bare(words.say(f"button.{command}")): command for command in _DETAILS}
        self._turning = {"more", "back", "next", *(_bare(words.say(f"button.{name}", **_COUNT)) for name in _TURNING)}
        self._lines: dict[str, str] = {}  # what can be typed -> command line
        self._labels: dict[str, None] = {}  # the same as it stands on the screen, in order
        self._number: int | None = None  # the fact that is being talked about
        self._answered = False

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on the screen to be typed: "More" without its count, a fact of a list as "#17"."""
        return tuple(self._labels)

    def remember(self, reply: Reply) -> None:
        """Take in what a reply offers."""
        if reply.outcome in (Outcome.REFUSED, Outcome.FAILED):
            return
        self._answered = True
        if reply.outcome is not Outcome.INFO:
            self._lines, self._labels = {}, {}
            self._number = None
        if reply.shown:
            self._number = reply.shown[-1][0]
        picks = {pick.line for block in reply.blocks if isinstance(block, FactList) for pick in block.picks}
        for item in reply.choices:
            self._lines[item.short or item.line] = item.line
            self._lines[_bare(item.label)] = item.line
            self._labels[f"#{item.short}" if item.line in picks else item.label.partition(" (")[0]] = None
            self._number = self._number or _numbered(item.line)

    def completed(self, line: str) -> str | None:
        """The full command line; None for what needs an answer before it that offers this: see `missing`."""
        typed = _bare(line)
        if typed in self._lines:
            return self._lines[typed]
        if typed in self._turning:
            return None
        line = self._details.get(typed, line)
        command, arguments = parse(line)
        wanted = PARAMETERS.get(command, ())
        if arguments or not any(parameter.number for parameter in wanted):
            return line
        return None if self._number is None else f"{command} {self._number}"

    def missing(self, line: str) -> str:
        """Why a line belongs to nothing, and what can be typed instead."""
        if not self._answered or _bare(line) not in self._turning:
            return self._words.say("console.no_answer_yet", line=line)
        if not self._labels:
            return self._words.say("console.offers_nothing", line=line)
        return self._words.say("console.not_offered", line=line, offered=", ".join(self._labels))


def _bare(text: str) -> str:
    """A label or a typed line without mark, count and case: "More (2)" is "more"."""
    return text.strip().lstrip("/!").partition(" (")[0].casefold()


def _numbered(line: str) -> int | None:
    _, arguments = parse(line)
    number = arguments.get("number", "")
    return int(number) if number.isdigit() else None
