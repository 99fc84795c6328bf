"""What the person who runs the bot decides: a strict YAML file, overruled by ONRECORD_* variables and their *_FILE."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path

from bot import config_matrix
from bot.config_matrix import Matrix
from bot.core.model.desk import Terms
from bot.core.model.mail import Place
from bot.core.records.problem import RecordError, shown, wrong
from bot.core.records.shape import Field, Shape
from bot.core.records.values import FLAG, TEXT, Codec, count, list_of, maybe
from bot.log import LEVELS
from bot.secret import Place as SecretPlace
from bot.secret import Secret, SecretUnreadable, exposed, find, token_flaw
from bot.settings import SPOKEN, ConfigError, flag, layers, listed, number, unknown_variables, variable_of

DISCORD_TOKEN = "discord_token"  # noqa: S105 -- the name of a credential, not its value


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """Copies of the database, made while the bot runs."""

    nightly: bool = True
    at: str = "03:30"  # time of day, HH:MM, in the machine's time zone
    keep: int = 14  # newest copies that stay
    directory: Path | None = None  # None: `backups` in the data directory


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is posted to followers, and how long messages are known that a correction changes."""

    hourly: int = 10  # posts in one place within an hour; what is more waits
    digest_at: str = "08:00"  # UTC, HH:MM: when daily lists are posted
    corrected_for: int = 30  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordEditor:
    """Who may edit from Discord: one user, or everybody with a role in one guild."""

    user: int | None = None
    guild: int | None = None
    role: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discord:
    """The bot on Discord."""

    guilds: tuple[int, ...] = ()  # ids of the servers that are served
    public: bool = False  # look-ups for every server and user, too
    editors: tuple[DiscordEditor, ...] = ()
    review_channel: int | None = None  # where review cards, alerts and the bot's own accounts are posted
    token_file: Path | None = None
    token: Secret | None = None  # filled in by `with_secrets`


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that can be decided; every value is final."""

    data_dir: Path
    language: str = "en"  # BCP 47, where the asker's own is not known
    contact: str = ""  # how readers reach the team, shown by /about
    editors: int = 2  # people who check a fact before it is shown: 1 or 2
    log_level: str = "info"
    backup: Backup = Backup()
    news: News = News()
    discord: Discord | None = None
    matrix: Matrix | None = None
    file: Path | None = None  # where it was read from
    warnings: tuple[str, ...] = ()  # what works but should be mended
    unusable: Mapping[str, str] = field(default_factory=dict)  # platform -> why nobody can sign in there

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """All values that must never be printed."""
        discord = (self.discord.token,) if self.discord and self.discord.token else ()
        return discord + (self.matrix.secrets if self.matrix else ())

    @property
    def terms(self) -> Terms:
        """What is decided about the desk. A Matrix room may stand there by its alias, as it was written."""
        channel, room = self.discord and self.discord.review_channel, self.matrix and self.matrix.review_room
        review = (
            Place(platform="discord", id=str(channel)) if channel else None,
            Place(platform="matrix", id=room) if room else None,
        )
        return Terms(
            editors=self.editors,
            review=tuple(place for place in review if place),
            hourly=self.news.hourly,
            digest_at=time.fromisoformat(self.news.digest_at),
        )

    @property
    def backups(self) -> Path:
        """Where copies go unless a command names another folder."""
        return self.backup.directory or self.data_dir / "backups"


def _snowflake(data: object, path: str) -> int:
    """A Discord id; people write it with and without quotation marks."""
    text = str(data) if isinstance(data, int | str) and not isinstance(data, bool) else ""
    if not re.fullmatch(r"[0-9]{17,20}", text, re.ASCII):
        raise wrong(path, f"{shown(data)} is no Discord id", "write its 17 to 20 digits (Developer Mode, Copy ID)")
    return int(text)


def _time_of_day(data: object, path: str) -> str:
    if not isinstance(data, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", data, re.ASCII):
        raise wrong(path, f"{shown(data)} is no time of day", 'write it in quotation marks: "03:30"')
    return data


def _path(data: object, path: str) -> Path:
    if not isinstance(data, str) or not data.strip() or "\0" in data:
        raise wrong(path, f"{shown(data)} is no path", "write a folder or file, in quotation marks if it has spaces")
    return Path(data).expanduser()


def _token_file(data: object, path: str) -> Path:
    if isinstance(data, str) and token_flaw(Secret(data)) is None:
        raise wrong(
            path, "the token itself stands here", "write it alone into a file (chmod 600), and that file's name here"
        )
    return _path(data, path)


def _discord(data: object, path: str) -> Discord:
    if isinstance(data, dict) and "token" in data:
        raise wrong(
            f"{path}.token", "no token in this file", "write it alone into a file (chmod 600): token_file: NAME"
        )
    return _DISCORD.read(data, path)


def _word(*words: str) -> Codec[str]:
    def read(data: object, path: str) -> str:
        if data not in words:
            raise wrong(path, f"{shown(data)} is not known here", f"write one of {', '.join(words)}")
        return str(data)

    return Codec(str, read)


def _one_or_two(data: object, path: str) -> int:
    if isinstance(data, bool) or data not in (1, 2):
        raise wrong(path, f"{shown(data)} is neither 1 nor 2", "write how many people check a fact: 1 or 2")
    return 1 if data == 1 else 2


def _editor(data: object, path: str) -> DiscordEditor:
    editor = _EDITOR.read(data, path)
    if (editor.user is None) == (editor.guild is None and editor.role is None):
        raise wrong(path, "not clear who is meant", "write either user: ID, or guild: ID and role: ID")
    if editor.user is None and (editor.guild is None or editor.role is None):
        raise wrong(path, "a role counts in one guild only", "write both guild: ID and role: ID")
    return editor


_ID = Codec(str, _snowflake)
_PATH = Codec(str, _path)
_EDITOR = Shape(DiscordEditor, (Field("user", maybe(_ID)), Field("guild", maybe(_ID)), Field("role", maybe(_ID))))
_BACKUP = Shape(
    Backup,
    (
        Field("nightly", FLAG),
        Field("at", Codec(str, _time_of_day)),
        Field("keep", count(1)),
        Field("directory", maybe(_PATH)),
    ),
)
_NEWS = Shape(
    News,
    (
        Field("hourly", count(1)),
        Field("digest_at", Codec(str, _time_of_day)),
        Field("corrected_for", count(1)),
    ),
)
_DISCORD = Shape(
    Discord,
    (
        Field("guilds", list_of(_ID)),
        Field("public", FLAG),
        Field("editors", list_of(Codec(_EDITOR.write, _editor))),
        Field("review_channel", maybe(_ID)),
        Field("token_file", maybe(Codec(str, _token_file))),
    ),
)
_CONFIG = Shape(
    Config,
    (
        Field("data_dir", _PATH),
        Field("language", SPOKEN),
        Field("contact", TEXT),
        Field("editors", Codec(int, _one_or_two)),
        Field("log_level", _word(*LEVELS)),
        Field("backup", _BACKUP.codec),
        Field("news", _NEWS.codec),
        Field("discord", maybe(Codec(_DISCORD.write, _discord))),
        Field("matrix", maybe(config_matrix.SECTION)),
    ),
)
KEYS = _CONFIG.keys

#: Settings that a variable can decide, and how it is read: ONRECORD_ and the path in capitals, the same with _FILE.
VARIABLES: Mapping[str, Callable[[str], object]] = {
    "data_dir": str,
    "language": str,
    "contact": str,
    "editors": number,
    "log_level": str,
    "backup.nightly": flag,
    "backup.at": str,
    "backup.keep": number,
    "backup.directory": str,
    "news.hourly": number,
    "news.digest_at": str,
    "news.corrected_for": number,
    "discord.guilds": listed,
    "discord.public": flag,
    "discord.review_channel": str,
    **config_matrix.VARIABLES,
}
_TOKEN = "ONRECORD_DISCORD_TOKEN"  # noqa: S105 -- the name of a variable, not its value
_KNOWN = frozenset(
    {"ONRECORD_CONFIG", "ONRECORD_DISCORD_API", _TOKEN, f"{_TOKEN}_FILE"}
    | {name + ending for name in (config_matrix.TOKEN, config_matrix.PASSWORD) for ending in ("", "_FILE")}
    | {variable_of(path) + ending for path in VARIABLES for ending in ("", "_FILE")}
)


def load(file: Path | None, environment: Mapping[str, str], home: Path) -> Config:
    """The configuration without its secrets. `home` is the folder that relative paths of variables start from.

    Raises ConfigError with a line for each wrong place.
    """
    merged = layers(file, environment, VARIABLES)
    merged.data.setdefault("data_dir", str(_usual_data_dir(environment)))
    if _TOKEN in environment or f"{_TOKEN}_FILE" in environment:
        merged.data.setdefault("discord", {})
    try:
        config = _CONFIG.read(merged.data, "")
    except RecordError as error:
        raise ConfigError(*(merged.said(problem) for problem in error.problems)) from None
    base = file.absolute().parent if file else home
    backup, discord = config.backup, config.discord
    if backup.directory:
        start = home if merged.overruled("backup.directory") else base
        backup = replace(backup, directory=start / backup.directory)
    if discord and discord.token_file:
        discord = replace(discord, token_file=base / discord.token_file)
    return replace(
        config,
        data_dir=(home if merged.overruled("data_dir") else base) / config.data_dir,
        backup=backup,
        discord=discord,
        matrix=config_matrix.placed(config.matrix, base),
        file=file,
        warnings=unknown_variables(environment, _KNOWN),
    )


def _usual_data_dir(environment: Mapping[str, str]) -> Path:
    if state := environment.get("STATE_DIRECTORY"):
        return Path(state.split(":", maxsplit=1)[0])  # systemd separates several directories with colons
    share = environment.get("XDG_DATA_HOME") or ""
    return (Path(share) if Path(share).is_absolute() else Path("~/.local/share").expanduser()) / "onrecord"


def with_secrets(config: Config, environment: Mapping[str, str]) -> Config:
    """The same with the tokens, for those who sign in.

    A platform whose token is missing, or cannot be meant, is `unusable`; the other one goes on without it. Raises
    ConfigError when no platform is left.
    """
    unusable: dict[str, str] = {}
    for name, fill in (("discord", _with_discord), ("matrix", _with_matrix)):
        try:
            config = fill(config, environment)
        except ConfigError as error:
            unusable[name] = "; ".join(error.lines)
    wanted = [name for name, section in (("discord", config.discord), ("matrix", config.matrix)) if section is not None]
    if unusable and len(unusable) == len(wanted):
        raise ConfigError(*unusable.values())
    return replace(config, unusable=unusable)


def _with_matrix(config: Config, environment: Mapping[str, str]) -> Config:
    if config.matrix is None:
        return config
    matrix, warnings = config_matrix.with_secrets(config.matrix, config.data_dir, environment)
    return replace(config, matrix=matrix, warnings=config.warnings + warnings)


def _with_discord(config: Config, environment: Mapping[str, str]) -> Config:
    if config.discord is None:
        return config
    place = SecretPlace(file=config.discord.token_file, variable=_TOKEN, credential=DISCORD_TOKEN)
    try:
        found = find(place, environment)
    except SecretUnreadable as error:
        raise ConfigError(f"discord: the token cannot be read: {error}") from None
    if found is None:
        raise ConfigError(
            "discord: no token. Run: onrecord init, or set ONRECORD_DISCORD_TOKEN or ONRECORD_DISCORD_TOKEN_FILE"
        )
    if flaw := token_flaw(found.secret):
        raise ConfigError(f"discord: the token in {found.origin} {flaw}")
    warning = exposed(found.file) if found.file else None
    return replace(
        config,
        discord=replace(config.discord, token=found.secret),
        warnings=config.warnings + ((warning,) if warning else ()),
    )


def ready_to_run(config: Config) -> tuple[str, ...]:
    """What is still missing before the bot can answer anybody, a line each."""
    if config.discord is None and config.matrix is None:
        return ("No platform is configured. Run: onrecord init, or write a discord: or matrix: section",)
    missing: tuple[str, ...] = ()
    if config.discord is not None and not config.discord.guilds and not config.discord.public:
        missing = ("discord: no guild is listed and public is false, so nobody would be answered: write guilds: [ID]",)
    return missing + (config_matrix.ready_to_run(config.matrix) if config.matrix else ())
