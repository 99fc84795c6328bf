"""The matrix section of the configuration: read strictly, with what to write instead of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from bot.core.records.problem import shown, wrong
from bot.core.records.shape import Field, Shape
from bot.core.records.values import FLAG, Codec, count, list_of, matching, maybe
from bot.platforms.matrix.session import FOLDER, kept_token
from bot.platforms.matrix.settings import POWER, ROOM_ID, USER_ID, MatrixSettings, RoomSettings
from bot.secret import Place, Secret, SecretUnreadable, exposed, find
from bot.settings import SPOKEN, ConfigError, flag, listed, number

TOKEN, PASSWORD = "ONRECORD_MATRIX_TOKEN", "ONRECORD_MATRIX_PASSWORD"
_SERVER = re.compile(r"[A-Za-z0-9.:\[\]-]+")

#: As `config.VARIABLES`.
VARIABLES: Mapping[str, Callable[[str], object]] = {
    "matrix.homeserver": str,
    "matrix.user": str,
    "matrix.rooms": listed,
    "matrix.prefix": str,
    "matrix.invites": listed,
    "matrix.public": flag,
    "matrix.review_power": number,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRoom:
    """A room that is served."""

    room: str  # id or alias
    prefix: str | None = None  # None: as everywhere
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The bot on Matrix."""

    homeserver: str = ""
    user: str = ""
    rooms: tuple[MatrixRoom, ...] = ()
    prefix: str = "!"
    invites: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    review_room: str | None = None
    review_power: int = POWER
    public: bool = False
    token_file: Path | None = None
    password_file: Path | None = None
    token: Secret | None = None  # filled in by `with_secrets`, like the next two
    password: Secret | None = None
    kept: Secret | None = None  # the token that `onrecord matrix login` keeps, for the log's mask

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """All values that must never be printed."""
        return tuple(secret for secret in (self.token, self.password, self.kept) if secret)

    def settings(self, language: str) -> MatrixSettings:
        """As the platform takes them; `language` is that of answers where a room says nothing else."""
        usual = RoomSettings(prefix=self.prefix, language=language)
        return MatrixSettings(
            homeserver=self.homeserver,
            user=self.user,
            rooms={
                each.room: RoomSettings(prefix=each.prefix or self.prefix, language=each.language or language)
                for each in self.rooms
            },
            elsewhere=usual,
            invites=frozenset(self.invites),
            ignored=frozenset(self.ignored),
            editors=frozenset(self.editors),
            review_room=self.review_room,
            review_power=self.review_power,
            public=self.public,
        )


def _homeserver(data: object, path: str) -> str:
    if data == "":
        return ""
    text = data.rstrip("/") if isinstance(data, str) else ""
    try:
        parts = urlsplit(text)
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        good = parts.scheme == "https" or (parts.scheme == "http" and local)
        good = good and bool(parts.hostname) and not (parts.username or parts.query or parts.fragment)
    except ValueError:
        good = False
    if not good:
        raise wrong(path, f"{shown(data)} is no homeserver", "write its address: https://matrix.example.org")
    return text


def _prefix(data: object, path: str) -> str:
    if not isinstance(data, str) or not 1 <= len(data) <= 8 or re.search(r"[\s\w]\Z|\s", data):
        raise wrong(
            path, f"{shown(data)} is no prefix", 'write one to eight signs, such as "!" (not a letter at the end)'
        )
    return data


def _room(data: object, path: str) -> MatrixRoom:
    return MatrixRoom(room=_ROOM.read(data, path)) if isinstance(data, str) else _ROOM_SHAPE.read(data, path)


def _file(data: object, path: str) -> Path:
    if not isinstance(data, str) or not data.strip() or "\0" in data or data.startswith(("syt_", "mct_")):
        raise wrong(
            path, "this is no file", "write the secret alone into a file (chmod 600), and that file's name here"
        )
    return Path(data).expanduser()


def _no_secret(data: object, path: str) -> Matrix:
    for name in ("token", "access_token", "password"):
        if isinstance(data, dict) and name in data:
            raise wrong(
                f"{path}.{name}", "no secret in this file", "run `onrecord matrix login`, which keeps it safely"
            )
    return _MATRIX.read(data, path)


_LONGEST = 255  # characters of a user, room or server
_USER = matching(USER_ID, "Matrix user", 'write its id in quotation marks: "@name:example.org"', _LONGEST)
_MAYBE_USER = Codec(str, lambda data, path: "" if data == "" else _USER.read(data, path))
_ROOM = matching(
    ROOM_ID,
    "Matrix room",
    'write its id or alias in quotation marks: "!abc:example.org", "#name:example.org"',
    _LONGEST,
)
_SENDER = matching(
    re.compile(f"{USER_ID.pattern}|{_SERVER.pattern}"),
    "user or server",
    'write "@name:example.org" or "example.org"',
    _LONGEST,
)
_PREFIX = Codec(str, _prefix)
_ROOM_SHAPE = Shape(
    MatrixRoom, (Field("room", _ROOM), Field("prefix", maybe(_PREFIX)), Field("language", maybe(SPOKEN)))
)
_FILE = maybe(Codec(str, _file))
_MATRIX = Shape(
    Matrix,
    (
        Field("homeserver", Codec(str, _homeserver)),
        Field("user", _MAYBE_USER),
        Field("rooms", list_of(Codec(_ROOM_SHAPE.write, _room))),
        Field("prefix", _PREFIX),
        Field("invites", list_of(_SENDER)),
        Field("ignore", list_of(_USER), "ignored"),
        Field("editors", list_of(_USER)),
        Field("review_room", maybe(_ROOM)),
        Field("review_power", count(1)),
        Field("public", FLAG),
        Field("token_file", _FILE),
        Field("password_file", _FILE),
    ),
)
SECTION: Codec[Matrix] = Codec(_MATRIX.write, _no_secret)


def placed(section: Matrix | None, base: Path) -> Matrix | None:
    """With paths from the folder of the file; None for a section that is left empty. Raises ConfigError."""
    if section is None or not (section.homeserver or section.user):
        return None
    if not section.homeserver or not section.user:
        raise ConfigError("matrix: write both homeserver: and user:, or run: onrecord matrix login")
    files = {
        name: base / path for name in ("token_file", "password_file") if (path := getattr(section, name)) is not None
    }
    return replace(section, **files)


def with_secrets(section: Matrix, data_dir: Path, environment: Mapping[str, str]) -> tuple[Matrix, tuple[str, ...]]:
    """The section with what is needed to sign in, and warnings. Raises ConfigError."""
    token, token_warnings = _secret("token", section.token_file, TOKEN, environment)
    password, password_warnings = _secret("password", section.password_file, PASSWORD, environment)
    kept = kept_token(data_dir / FOLDER)
    if not (token or password or kept):
        raise ConfigError(f"matrix: nobody is signed in. Run: onrecord matrix login, or set {TOKEN}_FILE")
    filled = replace(section, token=token, password=password, kept=Secret(kept) if kept else None)
    return filled, token_warnings + password_warnings


def _secret(
    name: str, file: Path | None, variable: str, environment: Mapping[str, str]
) -> tuple[Secret | None, tuple[str, ...]]:
    try:
        found = find(Place(file=file, variable=variable, credential=f"matrix_{name}"), environment)
    except SecretUnreadable as error:
        raise ConfigError(f"matrix: the {name} cannot be read: {error}") from None
    if found is None:
        return None, ()
    if not found.secret.reveal():
        raise ConfigError(f"matrix: the {name} in {found.origin} is empty")
    warning = exposed(found.file) if found.file else None
    return found.secret, (warning,) if warning else ()


def ready_to_run(section: Matrix) -> tuple[str, ...]:
    """What is still missing before anybody is answered."""
    if not section.rooms and not section.invites and not section.public:
        return (
            "matrix: no room is listed, nobody may invite and public is false, so nobody would be answered: "
            'write rooms: ["!id"] or invites: ["example.org"]',
        )
    return ()
