"""`onrecord matrix login`: sign the bot in to its homeserver once; the session is kept for its owner alone."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app
from bot.cli.exits import Exit, Failed
from bot.cli.questions import ask, one_of
from bot.cli.situation import configured
from bot.cli.terminal import say
from bot.config import Config
from bot.config_matrix import PASSWORD, SECTION, TOKEN
from bot.core.records.problem import RecordError
from bot.platforms.base import SignInRefused
from bot.secret import Place, Secret, SecretUnreadable, find

if TYPE_CHECKING:
    from bot.platforms.matrix.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where the bot signs in and as whom."""

    homeserver: str
    user: str


def matrix(options: argparse.Namespace) -> int:
    """The only thing to do so far is to sign in."""
    config = configured(options)
    account = account_of(options, config)
    session = signed_in(options, account)
    former = _former(config, session)
    path = keep(config, session)
    say(f"Signed in as {session.user} with device {session.device}. Kept in {path}, readable by you alone.")
    if former is not None:
        _sign_out(former)
    if config.matrix is None or (config.matrix.homeserver, config.matrix.user) != (account.homeserver, account.user):
        say("Write this into the configuration:")
        say(f'  matrix:\n    homeserver: "{account.homeserver}"\n    user: "{account.user}"')
    return Exit.OK


def _former(config: Config, session: Session) -> Session | None:
    """The session that was kept so far, where it is another one of the same account."""
    from bot.platforms.matrix import session as sessions  # noqa: PLC0415 -- only those who use Matrix wait for it

    with suppress(SignInRefused):
        kept = sessions.load(config.data_dir / sessions.FOLDER)
        if kept and (kept.homeserver, kept.user) == (session.homeserver, session.user):
            return kept if kept.device != session.device else None
    return None


def _sign_out(former: Session) -> None:
    """A device that nobody uses any more should not stay trusted."""
    from bot.platforms.matrix import account as signing_in  # noqa: PLC0415 -- as above

    if asyncio.run(signing_in.sign_out(former)):
        say(f"The former device {former.device} is signed out.")
    else:
        say(f"The former device {former.device} could not be signed out: remove it in the account's settings.")


def account_of(options: argparse.Namespace, config: Config | None) -> Account:
    """From the options, the configuration or the person. Raises Failed."""
    section = config.matrix if config else None
    homeserver = options.homeserver or (section.homeserver if section else None)
    user = options.user or (section.user if section else None)
    homeserver = homeserver or ask("Address of the homeserver (https://…)", _homeserver, flag="--homeserver")
    user = user or ask("The bot's own account (@name:example.org)", _user, flag="--user")
    try:
        return Account(homeserver=_homeserver(homeserver), user=_user(user))
    except ValueError as error:
        raise Failed(Exit.CONFIG, str(error)) from None


def signed_in(options: argparse.Namespace, account: Account) -> Session:
    """A session, by a password that is used once or by an access token. Raises Failed."""
    from bot.platforms.matrix import account as signing_in  # noqa: PLC0415 -- only those who use Matrix wait for it
    from bot.platforms.matrix.connection import MatrixFault, SignedOut  # noqa: PLC0415 -- the same

    token = None if options.password_file else _given(options.token_file, TOKEN, "matrix_token")
    password = None if token else _given(options.password_file, PASSWORD, "matrix_password")
    if token is None and password is None:
        way = ask(
            "Sign in with password or token?", one_of("password", "token"), flag="--password-file", usual="password"
        )
        secret = ask(f"The bot's {way} (it is not shown)", _filled, flag=f"--{way}-file", hidden=True)
        token, password = (secret, None) if way == "token" else (None, secret)
    try:
        if token is not None:
            session = asyncio.run(signing_in.recognised(account.homeserver, token.reveal()))
        else:
            secret = password or Secret("")
            session = asyncio.run(signing_in.sign_in(account.homeserver, account.user, secret.reveal()))
    except SignInRefused as refusal:
        raise Failed(Exit.CONFIG, f"{refusal}. Nothing was written") from None
    except SignedOut:
        raise Failed(
            Exit.CONFIG, f"{account.homeserver} does not know this access token. Nothing was written"
        ) from None
    except MatrixFault as fault:
        raise Failed(Exit.TRY_AGAIN, f"{account.homeserver}: {fault}. Nothing was written") from None
    if session.user != account.user:
        raise Failed(Exit.CONFIG, f"this token belongs to {session.user}, not to {account.user}. Nothing was written")
    return session


def keep(config: Config, session: Session) -> Path:
    """Write the session into the data directory. Raises Failed."""
    from bot.platforms.matrix import session as sessions  # noqa: PLC0415 -- as above

    folder = config.data_dir / sessions.FOLDER
    try:
        sessions.keep(folder, session)
    except OSError as error:
        raise Failed(Exit.NO_OUTPUT, f"{folder}: {error.strerror or error}") from None
    return folder / sessions.FILE


async def refuse_foreign(session: Session, config: Config) -> None:
    """Raises SignInRefused when the account has an identity that this bot has not made, else only MatrixFault."""
    from bot.platforms.matrix.connection import Homeserver  # noqa: PLC0415 -- as above
    from bot.platforms.matrix.outbox import PLATFORM  # noqa: PLC0415 -- the same
    from bot.platforms.matrix.signing import FOREIGN, NOTE, foreign  # noqa: PLC0415 -- the same

    seeds = None
    if app.database(config).exists():
        async with app.reading(app.database(config), config) as room:
            seeds = await room.store.note(PLATFORM, NOTE)
    async with Homeserver(session.homeserver, token=session.token) as server:
        if await foreign(server, session.user, seeds):
            raise SignInRefused(FOREIGN.format(user=session.user))


def _given(file: Path | None, variable: str, credential: str) -> Secret | None:
    """A secret from a named file (- is stdin) or the environment."""
    if file is not None and str(file) == "-":
        return _filled(sys.stdin.readline())
    try:
        found = find(Place(file=file, variable=variable, credential=credential), {} if file else os.environ)
    except SecretUnreadable as error:
        raise Failed(Exit.NO_INPUT, str(error)) from None
    return found.secret if found else None


def _filled(typed: str) -> Secret:
    if not typed.strip():
        raise ValueError("It is empty.")
    return Secret(typed.strip())


def _homeserver(typed: str) -> str:
    return _read("homeserver", typed)


def _user(typed: str) -> str:
    return _read("user", typed)


def rooms(typed: str) -> tuple[str, ...]:
    """Ids or aliases with commas. Raises ValueError."""
    return _several("rooms", typed)


def inviters(typed: str) -> tuple[str, ...]:
    """Users or servers with commas. Raises ValueError."""
    return _several("invites", typed)


def _several(key: str, typed: str) -> tuple[str, ...]:
    found = tuple(part for part in re.split(r"[,\s]+", typed) if part)
    _read(key, list(found))
    return found


def _read(key: str, value: object) -> str:
    """A value as the configuration would read it. Raises ValueError."""
    try:
        section = SECTION.read({key: value}, "matrix")
    except RecordError as error:
        raise ValueError("; ".join(f"{problem.wrong}: {problem.instead}" for problem in error.problems)) from None
    return str(getattr(section, key))
