"""`onrecord init`: a few questions, two files, one connection, and the first /fact answered."""

from __future__ import annotations

import argparse
import asyncio
import base64
import binascii
import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app
from bot import config as configuration
from bot.cli import matrix
from bot.cli.ask import answered
from bot.cli.exits import Exit, Failed
from bot.cli.faults import database_faults
from bot.cli.matrix import Account
from bot.cli.questions import ask, one_of, yes_or_no
from bot.cli.setting_up import LEFT_OUT, write
from bot.cli.setting_up import configuration as text_with
from bot.cli.situation import SYSTEM, configured, log_errors, named_file, usual_places
from bot.cli.terminal import say, tell
from bot.config import Config
from bot.platforms.base import SignInRefused
from bot.secret import Secret, token_flaw
from bot.settings import ConfigError
from bot.store.sqlite.files import locked

if TYPE_CHECKING:
    from bot.platforms.matrix.session import Session

TOKEN_FILE = "discord_token"  # noqa: S105 -- the name of a file, the one that deploy/onrecord.service reads
STATE = Path("/var/lib/onrecord")  # systemd's state directory for the unit in deploy/


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """What was decided. Without a token and a Matrix account the bot answers on this console only."""

    token: Secret | None
    matrix: Account | None
    rooms: tuple[str, ...]
    invites: tuple[str, ...]
    guilds: tuple[str, ...]
    public: bool
    editors: int
    examples: bool


def init(options: argparse.Namespace) -> int:
    """Set the bot up."""
    target = named_file(options.config, os.environ) or _usual_target()
    if target.exists() and not options.force:
        question = f"{target} exists. Replace it? The old one is kept"
        if not ask(question, yes_or_no, flag="--force", usual="no"):
            return Exit.OK
    _nobody_works_there(target)
    answers = _answers(options)
    if answers.token is not None:
        _connected(answers.token, offline=options.offline)
    session = matrix.signed_in(options, answers.matrix) if answers.matrix and not options.offline else None
    _written(target, answers)
    config = configured(argparse.Namespace(config=target))
    if session is not None:
        say(f"Signed in to Matrix as {session.user}, kept in {matrix.keep(config, session)} (readable by you alone).")
    log_errors(config)
    with database_faults(config):
        asyncio.run(_filled(config, examples=answers.examples))
        _first_fact(config, examples=answers.examples)
    if session is not None:
        _own_identity(session, config)
    _next_steps(target, answers)
    return Exit.OK


def _own_identity(session: Session, config: Config) -> None:
    """Raises Failed when the bot could not run with this account."""
    from bot.platforms.matrix.connection import MatrixFault  # noqa: PLC0415 -- only those who use Matrix wait for it

    try:
        asyncio.run(matrix.refuse_foreign(session, config))
    except SignInRefused as refusal:
        raise Failed(Exit.CONFIG, f"{refusal}. Until then the bot does not run") from None
    except MatrixFault as fault:
        tell(f"The account's identity could not be looked at ({fault}). `onrecord check --online` does that.")


def _usual_target() -> Path:
    """In a checkout beside the example, for root where the systemd unit looks, else with one's own settings."""
    here, personal, system = usual_places(os.environ)
    if Path("config.example.yaml").is_file() and Path("bot").is_dir():
        return here
    return system if os.geteuid() == 0 else personal


def _nobody_works_there(target: Path) -> None:
    """A running bot keeps its configuration. Raises Failed before anything is asked or written."""
    usual = configuration.load(None, os.environ, Path.cwd()).data_dir
    folders = {target.absolute().parent / (_data_dir(target, os.environ) or usual)}
    with suppress(ConfigError):  # what cannot be read is replaced
        if target.exists():
            folders.add(configuration.load(target, os.environ, Path.cwd()).data_dir)
    for folder in folders:
        if folder.is_dir():
            with database_faults(None), locked(folder):
                pass


def _answers(options: argparse.Namespace) -> _Answers:
    platform = options.platform or ask(
        "Where shall the bot answer: discord, matrix, or none (this console only)?",
        one_of("discord", "matrix", "none"),
        flag="--platform",
        usual="discord",
    )
    token, guilds, public = None, tuple(options.guild or ()), bool(options.public)
    if platform == "discord":
        token = _token(options.token_file)
        for guild in guilds:
            _ids(guild)
        if not guilds and not public:
            guilds = ask("Ids of the servers to answer in, with commas (Developer Mode, Copy ID)", _ids, flag="--guild")
    account, rooms, invites = _matrix(options) if platform == "matrix" else (None, (), ())
    editors = options.editors or int(
        ask("How many people check a fact before it is shown: 1 or 2?", one_of("1", "2"), flag="--editors", usual="2")
    )
    examples = options.example_facts
    if examples is None:
        examples = ask("Load the example facts?", yes_or_no, flag="--example-facts", usual="yes")
    return _Answers(
        token=token,
        matrix=account,
        rooms=rooms,
        invites=invites,
        guilds=guilds,
        public=public,
        editors=editors,
        examples=examples,
    )


def _matrix(options: argparse.Namespace) -> tuple[Account, tuple[str, ...], tuple[str, ...]]:
    """The account, and where and by whom it is let in."""
    account = matrix.account_of(options, None)
    rooms, invites = tuple(options.room or ()), tuple(options.invite or ())
    try:
        matrix.rooms(",".join(rooms))
        matrix.inviters(",".join(invites))
    except ValueError as error:
        raise Failed(Exit.CONFIG, str(error)) from None
    if not rooms and not invites and not options.public:
        rooms = ask("Rooms to serve, ids or aliases with commas (Enter: none)", matrix.rooms, flag="--room")
        server = account.user.partition(":")[2]
        invites = ask("Users or servers that may invite the bot", matrix.inviters, flag="--invite", usual=server)
    return account, rooms, invites


def _ids(typed: str) -> tuple[str, ...]:
    found = tuple(part for part in re.split(r"[,\s]+", typed) if part)
    if not found or not all(re.fullmatch(r"[0-9]{17,20}", part, re.ASCII) for part in found):
        raise ValueError("An id has 17 to 20 digits.")
    return found


def _token(file: Path | None) -> Secret:
    """From the file that was named, from the environment, or typed without being shown."""
    if file is None and "ONRECORD_DISCORD_TOKEN" not in os.environ:
        return ask("Bot token (it is not shown)", _usable, flag="--token-file", hidden=True)
    try:
        if file is None:
            return _usable(os.environ["ONRECORD_DISCORD_TOKEN"])
        return _usable(sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Failed(Exit.NO_INPUT, f"the token cannot be read: {error}") from None
    except ValueError as error:
        raise Failed(Exit.CONFIG, str(error)) from None


def _usable(text: str) -> Secret:
    secret = Secret(text.strip())
    if flaw := token_flaw(secret):
        raise ValueError(f"This token {flaw}")
    return secret


def _connected(token: Secret, *, offline: bool) -> None:
    """Sign in once and print the invitation. Raises Failed when the token is refused."""
    from bot.platforms.discord import sign_in  # noqa: PLC0415 -- only those who use Discord wait for its library

    application: int | None = _application(token)
    if not offline:
        try:
            found = asyncio.run(sign_in.identity(token.reveal()))
        except SignInRefused as refusal:
            raise Failed(Exit.CONFIG, f"{refusal}. Nothing was written") from None
        except sign_in.NotReached as error:
            tell(f"Discord could not be reached, so the token was not tried ({error}). `onrecord check --online` does.")
        else:
            application = found.application
            say(f"Signed in to Discord as {found.name}.")
    if application is not None:
        say("Invite the bot with this link (it asks for no rights in channels, slash commands need none):")
        say(f"  {sign_in.invitation(application)}")


def _application(token: Secret) -> int | None:
    """The application's id, which is the first part of a bot token."""
    first = token.reveal().split(".", maxsplit=1)[0]
    try:
        text = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return int(text) if text.isdecimal() else None


def _written(target: Path, answers: _Answers) -> None:
    values: dict[str, str | None] = {"editors": str(answers.editors), "data_dir": _written_path(target)}
    if answers.token is not None:
        write(target.with_name(TOKEN_FILE), f"{answers.token.reveal()}\n", mode=0o600, replace=True)
        values |= {
            "discord.guilds": f"[{', '.join(answers.guilds)}]",
            "discord.public": "true" if answers.public else "false",
            "discord.token_file": TOKEN_FILE,
        }
    if answers.matrix is not None:
        values |= {
            "matrix.homeserver": json.dumps(answers.matrix.homeserver),
            "matrix.user": json.dumps(answers.matrix.user),
            "matrix.rooms": json.dumps(answers.rooms),
            "matrix.invites": json.dumps(answers.invites),
            "matrix.public": "true" if answers.public else "false",
        }
    unused = (("discord",) if answers.token is None else ()) + (("matrix",) if answers.matrix is None else ())
    text = text_with(values, without=unused)
    kept = write(target, text, mode=0o644, replace=True)
    say(f"Written: {target}" + (f" (the old one: {kept})" if kept else ""))
    if answers.token is not None:
        say(f"Written: {target.with_name(TOKEN_FILE)} (readable by you alone)")


def _written_path(target: Path) -> str | None:
    folder = _data_dir(target, os.environ)
    return json.dumps(str(folder)) if folder else LEFT_OUT


def _data_dir(target: Path, environment: Mapping[str, str]) -> Path | None:
    """The data directory that stands in the configuration; None where the usual one will do."""
    if environment.get("ONRECORD_DATA_DIR"):
        return None  # whoever sets it sets it for the bot, too
    if target == SYSTEM:
        return STATE
    return Path(".data") if not target.is_absolute() else None


async def _filled(config: Config, *, examples: bool) -> None:
    """Make the database, with the example facts if wanted."""
    async with app.writing(config) as room:
        if examples:
            applied = await app.import_examples(room)
            say(f"{len(applied.created) + len(applied.unchanged)} example facts are on record.")


def _first_fact(config: Config, *, examples: bool) -> None:
    say()
    say("/fact dprk ammunition")
    code = asyncio.run(answered(config, "dprk ammunition"))
    say()
    if code == Exit.OK:
        say("First /fact answered.")
    elif not examples:
        say("First /fact answered: there are no facts yet. `onrecord import PATH --publish-as NAME` brings some in.")
    else:
        raise Failed(Exit.INTERNAL, "the example facts were loaded, and yet the first /fact found nothing")


def _next_steps(target: Path, answers: _Answers) -> None:
    if answers.token is None and answers.matrix is None:
        say("Next: onrecord console")
    elif target == SYSTEM:
        say("Next: invite the bot, then: systemctl enable --now onrecord")
    else:
        say(f"Next: invite the bot, then: onrecord --config {target} run")
