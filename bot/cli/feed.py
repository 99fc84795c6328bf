"""`onrecord feed`: what was published, corrected and withdrawn, as an Atom feed for any static web server."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

import bot
from bot import app
from bot.cli.ask import locale_for
from bot.cli.exits import Exit, Failed
from bot.cli.faults import database_faults
from bot.cli.situation import configured, log_errors
from bot.cli.terminal import say
from bot.commands.corrections import Turn, headline, shown_now, turns, why
from bot.commands.reply import FactCard, Outcome, Reply
from bot.config import Config
from bot.core.desk.port import DeskReading
from bot.interchange.atom import Entry, Feed, atom
from bot.platforms.console.payload import text_of
from bot.platforms.neutral import one_line
from bot.wording import Wording, wording

NAME = "feed.xml"


def feed(options: argparse.Namespace) -> int:
    """Write DIR/feed.xml; a file that says the same already is left alone."""
    config = configured(options)
    log_errors(config)
    with database_faults(config):
        written = asyncio.run(_document(config, options.limit, options.url))
    target: Path = options.folder / NAME
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        changed = _put(target, written)
    except OSError as error:
        raise Failed(Exit.NO_OUTPUT, f"{target}: {error.strerror or error}") from error
    say(f"{target}: {'written' if changed else 'unchanged'}")
    return Exit.OK


async def _document(config: Config, limit: int, url: str | None) -> bytes:
    words = wording(locale_for(config))
    async with app.asking(config) as room, room.store.reading() as view:
        found = (await turns(view, limit=10 * limit))[:limit]
        entries = [await _entry(turn, view, words) for turn in found]
        name = await _name(view)
    return atom(
        Feed(
            name=name,
            title=words.say("feed.title"),
            entries=entries,
            language=words.language,
            author=config.contact or words.say("feed.author"),
            address=f"{url.rstrip('/')}/{NAME}" if url else None,
            generator=f"onrecord {bot.__version__}",
        )
    )


async def _name(view: DeskReading) -> str:
    """What the feed is known by for ever: the first fact, whose number is never given away again."""
    for dossier in await view.dossiers((1,)):
        return f"feed of {dossier.fact.slug} {dossier.fact.created_at.isoformat()}"
    return "feed of nothing"


async def _entry(turn: Turn, view: DeskReading, words: Wording) -> Entry:
    blocks = await shown_now(turn, view, words)
    card = next((block for block in blocks if isinstance(block, FactCard)), None)
    return Entry(
        name=f"{turn.dossier.fact.slug} {turn.entry.verb} {turn.entry.at.isoformat()}",
        title=one_line(headline(turn, words)),
        published=turn.entry.at,
        updated=max(each.at for each in turn.history),  # the text says how the fact stands now
        text=text_of(Reply(blocks=blocks, outcome=Outcome.FOUND)),
        summary=one_line(why(turn, words)),
        link=card.url if card else None,
    )


def _put(target: Path, content: bytes) -> bool:
    """Replace the file as a whole; whether that was needed."""
    if target.is_file() and target.read_bytes() == content:
        return False
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(content)
    beside.chmod(0o644)
    beside.replace(target)
    return True
