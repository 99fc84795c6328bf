"""From an interaction to its answer: who is served, what was asked, how long to wait, what is said when it fails."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.commands import dispatch
from bot.commands.arguments import flag, told
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Caller, Request
from bot.commands.table import Command
from bot.core.model.finding import Suggestion
from bot.core.model.mail import Delivery, MessageRef, Visibility
from bot.core.ports import Clock, Mail
from bot.platforms.discord import slash
from bot.platforms.discord.components import carried, kept_key, too_long
from bot.platforms.discord.exchange import AnsweredAlready, Exchange, TooLate, Wire
from bot.platforms.discord.incoming import Incoming, Kind, Unreadable, read
from bot.platforms.discord.modal import modal
from bot.platforms.discord.payload import EPHEMERAL, lines_of, messages, sentence, with_button
from bot.platforms.discord.rights import Editors, may_post, rights
from bot.wording import wording

_log = logging.getLogger(__name__)

_AT_ONCE = 8  # questions that are looked up at the same time; more would only share the same readers and core

Json = dict[str, Any]
Suggest = Callable[[str], Awaitable[Sequence[Suggestion]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds. Discord wants a sign within 3 s; what is typed meanwhile makes late completions worthless."""

    answer: float = 1.5  # an answer that takes longer is announced
    form: float = 2.4  # a form can only be the first answer
    completions: float = 2.0
    most: float = 60.0  # an answer that takes longer is given up


@dataclass(slots=True, kw_only=True)
class Answering:
    """Answers interactions, whatever carried them here."""

    table: Sequence[Command]
    suggest: Suggest
    mail: Mail
    clock: Clock
    editors: Editors
    guilds: Collection[int] = ()
    public: bool = False
    patience: Patience = Patience()
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    records: set[asyncio.Task[None]] = field(default_factory=set)  # under way

    async def take(self, payload: Mapping[str, Any], wire: Wire) -> None:
        """Answer one interaction. Raises nothing but cancellation: whatever fails is logged and told with an id."""
        try:
            incoming = read(payload)
        except Unreadable as error:
            _log.warning("an interaction could not be read: %s", error)
            return
        exchange = Exchange(incoming, wire)
        try:
            await self._answer(incoming, exchange)
        except (TooLate, AnsweredAlready) as error:
            _log.warning("interaction %s could not be answered: %s", incoming.id, error)
        except Exception:  # noqa: BLE001 -- the adapter is the last who can tell the person; everything is logged
            await self._apologise(incoming, exchange)

    async def _answer(self, incoming: Incoming, exchange: Exchange) -> None:
        words = wording(incoming.locale)
        if incoming.kind is Kind.AUTOCOMPLETE:
            await exchange.complete(await self._completions(incoming))
        elif not self._serves(incoming):
            await exchange.show((sentence(words.say("error.place")),))
        elif (found := await self._request(incoming)) is None:
            clicked = incoming.kind in (Kind.COMPONENT, Kind.MODAL)
            gone = "error.expired" if clicked else "error.command_gone"
            await exchange.show((sentence(words.say(gone)),))
        else:
            await self._run(*found, incoming, exchange)

    def _serves(self, incoming: Incoming) -> bool:
        """Listed guilds, and the buttons of what the bot itself wrote to somebody."""
        guild = incoming.place.guild
        if guild is None and incoming.kind in (Kind.COMPONENT, Kind.MODAL):
            return True
        return self.public or (guild is not None and guild.isdecimal() and int(guild) in self.guilds)

    async def _request(self, incoming: Incoming) -> tuple[Command, Request] | None:
        """The row and the request; None for a button or a command that we do not have (any more)."""
        if incoming.kind in (Kind.COMPONENT, Kind.MODAL):
            called = await self._clicked(incoming.sent, incoming.values)
        else:
            called = slash.called(self.table, incoming.name, incoming.type, incoming.options, incoming.text)
        if called is None:
            return None
        request = Request(
            command=called.command.name,
            arguments=called.arguments,
            caller=Caller(
                account=incoming.account, rights=rights(incoming.raw, self.editors, self.guilds, direct=not self.public)
            ),
            place=incoming.place,
            locale=incoming.locale,
            event=incoming.id,
            install=incoming.install,
            asked_by_other=incoming.kind is Kind.COMPONENT and not incoming.own,
            may_post=may_post(incoming.raw),
            pictures=True,
        )
        return called.command, request

    async def _clicked(self, sent: str, values: Mapping[str, str]) -> slash.Called | None:
        """The row behind a button or a form, and its arguments with what was filled in."""
        key = kept_key(sent)
        line = sent if key is None else await self.mail.kept_line(key)
        name, _, _ = (line or "").partition(" ")
        row = next((row for row in self.table if row.name == name), None)
        if line is None or row is None:
            return None
        return slash.Called(command=row, arguments={**dispatch.parse(f"/{line}")[1], **values})

    async def _run(self, row: Command, request: Request, incoming: Incoming, exchange: Exchange) -> None:
        """Answer at once where possible, else announce the answer to those who will see it."""
        page = row.pages and incoming.kind is Kind.COMPONENT and incoming.own
        running = asyncio.ensure_future(self._in_turn(request))
        try:
            if not await _done(running, self.patience.form if row.form else self.patience.answer):
                await exchange.defer(private=_is_private(row, request), update=page)
            if await _done(running, self.patience.most):
                reply = running.result()
            else:
                _log.warning("interaction %s: no answer to %s in %s s", request.event, row.name, self.patience.most)
                reply = told(wording(request.locale).say("error.slow"), Outcome.INCOMPLETE)
        finally:
            running.cancel()
        if row.private or (reply.replaces and request.asked_by_other):
            reply = replace(reply, visibility=Visibility.PRIVATE)
        form = reply.form
        if form is not None and not exchange.may_open:
            reply = with_button(reply, form, wording(request.locale))
        kept = {line: await self.mail.keep_line(line) for line in too_long(lines_of(reply))}
        if form is not None and exchange.may_open:
            await exchange.open(modal(form, carried(form.line, kept)))
            return
        bodies = messages(reply, kept)
        update = page and reply.replaces and len(bodies) == 1
        sent = await exchange.show(bodies, update=update, picture=reply.picture.png if reply.picture else None)
        self._remember(sent, reply, request, update=update)

    async def _in_turn(self, request: Request) -> Reply:
        """First come, first served: in a burst, all at once would make everybody wait for the last."""
        async with self.turns:
            return await dispatch.answer(self.table, request)

    def _remember(self, sent: Sequence[Json], reply: Reply, request: Request, *, update: bool) -> None:
        """Note in the background which message shows which revisions; of what one person sees, only that it was one."""
        known = [message for message in sent if "id" in message]
        if not known or not (reply.shown or update):
            return
        first, *more = known
        private = bool(int(first.get("flags") or 0) & EPHEMERAL)
        delivery = Delivery(
            ref=MessageRef(
                place=replace(request.place, id=str(first.get("channel_id") or request.place.id)),
                message=str(first["id"]),
            ),
            shown=reply.shown,
            locale=request.locale,
            install=request.install,
            visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
            at=self.clock.now(),
            more=tuple(str(message["id"]) for message in more),
        )
        task = asyncio.create_task(self._record(delivery))
        self.records.add(task)
        task.add_done_callback(self.records.discard)

    async def _record(self, delivery: Delivery) -> None:
        try:
            await self.mail.record(delivery)
        except Exception:  # noqa: BLE001 -- the answer stands; that a correction may miss it belongs in the log
            _log.exception("message %s could not be put on record", delivery.ref.message)

    async def _completions(self, incoming: Incoming) -> list[Json]:
        called = slash.called(self.table, incoming.name, incoming.type, incoming.options, "")
        if called is None or not self._serves(incoming):
            return []
        try:
            async with asyncio.timeout(self.patience.completions):
                found = await self.suggest(incoming.focused)
        except TimeoutError:
            return []
        except Exception:  # noqa: BLE001 -- Discord has no place for an error below a half-typed question
            _log.exception("no completions")
            return []
        return slash.choices(suggestion.text for suggestion in found)

    async def _apologise(self, incoming: Incoming, exchange: Exchange) -> None:
        """Log the error under an id and tell the person that id, never the error's text."""
        error_id = secrets.token_hex(4)
        _log.exception("error %s, interaction %s", error_id, incoming.id)
        if incoming.kind is Kind.AUTOCOMPLETE:
            return
        try:
            await exchange.show((sentence(wording(incoming.locale).say("error.unexpected", id=error_id)),))
        except Exception as error:  # noqa: BLE001 -- nobody can be told; the log has the id already
            _log.warning("error %s could not be told: %s", error_id, error)


async def _done(running: asyncio.Future[Reply], seconds: float) -> bool:
    done, _ = await asyncio.wait((running,), timeout=seconds)
    return bool(done)


def _is_private(row: Command, request: Request) -> bool:
    """Whom a slow answer is announced to, before it is known."""
    return row.private or request.asked_by_other or flag(request, "private")
