"""The console as a platform: a conversation, or one question. The smallest platform, and the one to copy."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.commands.dispatch import answer, parse
from bot.commands.reply import Block, Choices, FactList, Outcome, Reply, Text
from bot.commands.request import Caller, Request
from bot.commands.table import Command
from bot.core.model.mail import Place
from bot.core.ports import Clock, Ids
from bot.platforms.base import PlatformStatus
from bot.platforms.console.filling import Fill
from bot.platforms.console.offers import Offers
from bot.platforms.console.payload import text_of
from bot.platforms.console.prompt import Read
from bot.platforms.console.screen import Screen
from bot.wording import wording

_log = logging.getLogger(__name__)
_HERE = Place(platform="console", id="console")
READER = Caller(account="console")
_QUIT = ("quit", "exit")
_SEEN = re.compile(r" @\S+")  # what a button says was seen; people who type mean what is there now


class ConsolePlatform:
    """A conversation on a terminal or through a pipe, until "quit", Ctrl-D or the end of the input.

    Waiting for a line blocks the event loop on purpose: there is nobody else to serve, and a line read by another
    thread would leave the terminal in disorder when the program ends.
    """

    name = "console"

    def __init__(  # noqa: PLR0913 -- a console is given everything that it works with
        self,
        *,
        table: Sequence[Command],
        read: Read,
        screen: Screen,
        clock: Clock,
        ids: Ids,
        locale: str = "en",
        version: str = "",
        caller: Caller = READER,
        fill: Fill | None = None,
        welcome: str = "console.welcome",
        commands: Collection[str] = (),  # that a line is, whenever it begins with one
    ) -> None:
        self._table = table
        self._read = read
        self._screen = screen
        self._ids = ids
        self._locale = locale
        self._words = wording(locale)
        self._version = version
        self._caller = caller
        self._fill = fill
        self._welcome = welcome
        self._commands = frozenset(commands)
        self._offers = Offers(self._words)
        self._status = PlatformStatus(connected=True, since=clock.now(), detail="")

    @property
    def status(self) -> PlatformStatus:
        """Always connected."""
        return self._status

    @property
    def offered(self) -> tuple[str, ...]:
        """What the answers on the screen offer to be typed."""
        return self._offers.labels

    async def serve(self) -> None:
        """Converse until the person ends it."""
        say = self._words.say
        if self._screen.terminal:
            self._screen.write(say(self._welcome, version=self._version))
        prompt = say("console.prompt") if self._screen.terminal else ""
        while True:
            try:
                line = self._read(prompt).strip()
            except EOFError:
                break
            except KeyboardInterrupt:
                self._screen.write(f"\n{say('console.interrupted')}")
                continue
            if line.lower() in _QUIT:
                break
            if line:
                self._screen.write(await self.answer(line) + "\n")
        if self._screen.terminal:
            self._screen.write(say("console.bye"))

    async def answer(self, line: str) -> str:
        """What the conversation says to a typed line."""
        full = self._offers.completed(line)
        if full is None:
            return self._offers.missing(line)
        reply = await self.reply(full)
        self._offers.remember(reply)
        if reply.outcome is Outcome.CHOOSE:
            reply = replace(reply, blocks=(*reply.blocks, Text(self._words.say("console.pick"))))
        return self._text(reply)

    async def reply(self, line: str) -> Reply:
        """The reply to a whole line; what it asks for is filled in at once, where somebody can do that."""
        command, arguments = parse(line)
        if line.split(maxsplit=1)[0].lower() in self._commands and command not in self._commands:
            command, arguments = parse(f"/{line}")  # at work nobody asks "alias …" as a question
        reply = await self._reply(command, arguments)
        while reply.form is not None and self._fill is not None:
            form = reply.form
            if above := tuple(block for block in reply.blocks if block is not form):
                self._screen.write(self._text(replace(reply, blocks=above)))
            given = self._fill(form)
            if given is None:
                break
            command, arguments = parse(f"/{form.line}")
            reply = await self._reply(command, arguments | dict(given))
        return reply

    def show(self, reply: Reply) -> None:
        """Write a reply after which no conversation follows, so that it says what to run next."""
        self._screen.write(self._text(for_one_shot(reply, self._locale, desk=True)))

    async def _reply(self, command: str, arguments: Mapping[str, str]) -> Reply:
        return await ask(command, arguments, table=self._table, ids=self._ids, locale=self._locale, caller=self._caller)

    def _text(self, reply: Reply) -> str:
        return text_of(reply, width=self._screen.width, colour=self._screen.colour)


async def reply_to(line: str, *, table: Sequence[Command], ids: Ids, locale: str, caller: Caller = READER) -> Reply:
    """Answer one typed line. An unexpected error is logged under an id, and the reply tells only that id."""
    command, arguments = parse(line)
    return await ask(command, arguments, table=table, ids=ids, locale=locale, caller=caller)


async def ask(
    command: str,
    arguments: Mapping[str, str],
    *,
    table: Sequence[Command],
    ids: Ids,
    locale: str,
    caller: Caller = READER,
) -> Reply:
    """Run one command for whoever sits at the console."""
    event = ids.new()
    request = Request(
        command=command,
        arguments=arguments,
        caller=caller,
        place=_HERE,
        locale=locale,
        event=event,
    )
    try:
        return await answer(table, request)
    except Exception:  # noqa: BLE001 -- the last line of defence: the person is told an id instead of a traceback
        _log.exception("console: error %s", event)
        return Reply(blocks=(Text(wording(locale).say("error.unexpected", id=event)),), outcome=Outcome.FAILED)


def for_one_shot(reply: Reply, locale: str, *, desk: bool = False) -> Reply:
    """A reply after which nothing can be typed: its choices say what to run. `desk`: after `onrecord desk …`."""
    words = wording(locale)
    blocks: list[Block] = [block for block in reply.blocks if not isinstance(block, Choices)]
    listed = [pick.line for block in blocks if isinstance(block, FactList) for pick in block.picks]
    lines = [item.line for block in reply.blocks if isinstance(block, Choices) for item in block.items]
    if listed:
        pick = f"desk {listed[0]}" if desk else f"fact '{listed[0].removeprefix('fact ')}'"
        blocks.append(Text(words.say("console.picks", pick=pick)))
    if lines and desk:
        typed = (_SEEN.sub("", line) for line in lines)
        blocks.append(Text(words.say("console.desk.next", choices=" · ".join(typed))))
    elif lines:
        blocks.append(Text(words.say("console.choices", choices=", ".join(lines))))
    return replace(reply, blocks=tuple(blocks))
