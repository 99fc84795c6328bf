"""All commands and options in one table; each command's code is imported only when it is called."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import bot

_EPILOG = """\
exit codes: 0 done or found · 1 nothing found, or not healthy · 2 wrong usage · 65 wrong data in a file ·
66 a file cannot be read · 69 the bot is running · 70 unexpected error (with an id) ·
73 a file cannot be written · 75 busy or too slow, try again ·
78 the configuration, the token or the database needs a person"""

Adds = Callable[[argparse.ArgumentParser], None]


def _nothing(parser: argparse.ArgumentParser) -> None:
    del parser


def _fact(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help="what it is about: names, a topic, a number, a year")
    parser.add_argument("--json", action="store_true", help="the answer as one JSON object")
    parser.add_argument("--explain", action="store_true", help="how the question was read and why that is the answer")
    parser.add_argument("--private", action="store_true", help="accepted for the sake of habit: here all is private")


def _timeline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="WHAT", help="a topic, a series of claims, or the number of a fact")
    parser.add_argument(
        "--picture", type=Path, metavar="FILE.png", help="also draw it (pip install 'onrecord[pictures]')"
    )
    parser.add_argument("--json", action="store_true", help="the answer as one JSON object")


def _desk(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "line",
        nargs=argparse.REMAINDER,
        metavar="LINE",
        help="one command, such as: queue · open 41 · add LINK · 17 withdraw misquoted (usually: a conversation)",
    )


def _lookup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jsonl", action="store_true", required=True, help='lines {"id","q"} in, one line out for each'
    )
    parser.add_argument(
        "--limit", type=_from_1_to(100), default=5, metavar="N", help="facts a line (1 to 100, usually 5)"
    )
    parser.add_argument(
        "--no-refusal", action="store_true", help="the nearest facts even where nothing explains the query"
    )
    parser.add_argument("--message", action="store_true", help="q is a chat message: find what it speaks of")
    parser.add_argument("--db", type=Path, metavar="PATH", help="read this database instead of the configured one")


def _eval(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("queries", type=Path, metavar="QUERIES.yaml", help="labelled queries")
    parser.add_argument(
        "--facts",
        type=Path,
        nargs="+",
        metavar="PATH",
        help="files or folders of facts (usually the folder facts beside the queries, and the example facts)",
    )
    parser.add_argument(
        "--part", choices=("dev", "held-out", "all"), default="dev", help="which of the queries (usually dev)"
    )
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")
    parser.add_argument("--misses", action="store_true", help="also name what went wrong, the part set aside excepted")


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--platform", choices=("discord", "matrix", "none"), help="where the bot answers")
    _signing_in(parser)
    parser.add_argument("--room", action="append", metavar="ID", help="a Matrix room to serve; may be repeated")
    parser.add_argument("--invite", action="append", metavar="WHO", help="a Matrix user or server that may invite")
    parser.add_argument("--guild", action="append", metavar="ID", help="a server to answer in; may be repeated")
    parser.add_argument("--public", action="store_true", default=None, help="look-ups for every server and user")
    parser.add_argument("--editors", type=int, choices=(1, 2), help="how many people check a fact")
    parser.add_argument("--example-facts", action=argparse.BooleanOptionalAction, help="load the example facts")
    parser.add_argument("--offline", action="store_true", help="do not connect to try the token")
    parser.add_argument("--force", action="store_true", help="replace an existing configuration (the old one is kept)")


def _signing_in(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--token-file", type=Path, metavar="FILE", help="read the bot's token from this file (- for stdin)"
    )
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="Matrix: read the password from this file (- for stdin)"
    )
    parser.add_argument("--homeserver", metavar="URL", help="Matrix: the address of the homeserver")
    parser.add_argument("--user", metavar="ID", help="Matrix: the bot's own account, @name:example.org")


def _matrix(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("login",), help="sign in by password (used once) or access token")
    _signing_in(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--online", action="store_true", help="also sign in once")
    parser.add_argument("--json", action="store_true", help="the findings as JSON")


def _run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hold",
        action="store_true",
        help="wait instead of ending with 78 (for containers that are restarted for ever)",
    )


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders: YAML or JSON Lines")
    parser.add_argument("--publish-as", metavar="NAME", help="publish at once; the answers name who answers for that")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; say whether the files are right and canonical"
    )
    parser.add_argument("--write", action="store_true", help="with --check: bring folders into canonical form")
    parser.add_argument(
        "--texts", type=Path, metavar="DIR", help="full texts of sources, SOURCE-ID.txt, for checking the words"
    )


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="a new folder, or one with an earlier export: its files are replaced"
    )


def _feed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=_folder, metavar="DIR", help="a folder of a web server; feed.xml is put there")
    parser.add_argument("--url", type=_web, metavar="URL", help="the address of that folder on the web")
    parser.add_argument(
        "--limit", type=_from_1_to(1000), default=50, metavar="N", help="entries, the newest (1 to 1000, usually 50)"
    )


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR", help="instead of the configured folder")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup")


def _audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("verify",), help="follow the chain of hashes from its beginning")
    parser.add_argument(
        "--head", type=_head, metavar="SEQ:HASH", help="also compare it with a head that was kept elsewhere"
    )


#: name, what it is for, its options, and the module and function behind it.
COMMANDS: tuple[tuple[str, str, Adds, str], ...] = (
    ("fact", "ask for a sourced fact", _fact, "bot.cli.ask:fact"),
    ("timeline", "what was claimed of a number over time", _timeline, "bot.cli.ask:timeline"),
    ("console", "a conversation with the bot", _nothing, "bot.cli.ask:console"),
    ("desk", "suggest, review and correct facts", _desk, "bot.cli.desk:desk"),
    ("lookup", "many questions at once, as JSON lines", _lookup, "bot.cli.lookup:lookup"),
    ("eval", "how well labelled queries are answered", _eval, "bot.cli.evaluate:evaluate"),
    ("init", "set the bot up, with a few questions", _init, "bot.cli.init:init"),
    ("matrix", "sign the bot in to its Matrix homeserver", _matrix, "bot.cli.matrix:matrix"),
    ("check", "configuration, token, database, disk: is all well?", _check, "bot.cli.check:check"),
    ("run", "answer on the configured platforms", _run, "bot.cli.serve:run"),
    ("health", "whether the running bot is well (exit code 0 or 1)", _nothing, "bot.cli.serve:health"),
    ("import", "bring facts in from files", _import, "bot.cli.files:import_"),
    ("export", "write all facts as files", _export, "bot.cli.files:export"),
    ("feed", "write an Atom feed of what was published, corrected, withdrawn", _feed, "bot.cli.feed:feed"),
    ("backup", "copy and verify the database, also while the bot runs", _backup, "bot.cli.copies:backup"),
    ("restore", "put a backup in the place of the database", _restore, "bot.cli.copies:restore"),
    ("audit", "check that no record of a change was altered", _audit, "bot.cli.copies:audit"),
)


def parser() -> argparse.ArgumentParser:
    """The whole command line; a wrong one ends the process with code 2 and says how it is written."""
    whole = argparse.ArgumentParser(
        prog="onrecord",
        description="On the Record: the words that were said, who said them, when, and where that can be checked.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"onrecord {bot.__version__}")
    whole.add_argument("--config", type=Path, metavar="FILE", help="the configuration (usually found by itself)")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, purpose, adds, _ in COMMANDS:
        sentence = f"{purpose[0].upper()}{purpose[1:]}."
        own = commands.add_parser(name, help=purpose, description=sentence, allow_abbrev=False)
        own.add_argument("--config", type=Path, metavar="FILE", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        adds(own)
    return whole


def code_of(command: str) -> Callable[[argparse.Namespace], int]:
    """The function behind a command."""
    (place,) = (place for name, _, _, place in COMMANDS if name == command)
    module, _, function = place.partition(":")
    found: Callable[[argparse.Namespace], int] = getattr(import_module(module), function)
    return found


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """One command line, read."""
    return parser().parse_args(arguments)


def _head(text: str) -> tuple[int, str]:
    seq, _, digest = text.partition(":")
    if not seq.isascii() or not seq.isdecimal() or not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise argparse.ArgumentTypeError(f"{text!r} is no head: a number, a colon and 64 hexadecimal digits")
    return int(seq[:18]), digest


def _web(text: str) -> str:
    if not re.fullmatch(r"https?://[\w.-]+(:\d+)?(/[^\s?#]*)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address of a folder, such as https://example.org/record")
    return text


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("name a folder; . is the one you are in")
    return Path(text)


def _from_1_to(largest: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= largest:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to {largest}")
        return int(text)

    return number
