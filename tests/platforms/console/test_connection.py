"""A conversation: typed lines, replies to the last answer, and every way to end it."""

from __future__ import annotations

import io
import logging
import os
import pty
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.commands import table_of
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request
from bot.commands.services import House
from bot.commands.table import Command
from bot.core.model.finding import Finding, Listed, NearbyTopic, NothingFound, Suggestion, WhichOne
from bot.platforms.console.completing import completed, suggesting
from bot.platforms.console.connection import ConsolePlatform, ask, for_one_shot
from bot.platforms.console.payload import EXIT_CODES, text_of
from bot.platforms.console.prompt import completer, reader
from bot.platforms.console.screen import Screen, locale_of, screen_of
from tests.builders import CountingIds, StoppedClock
from tests.commands.shelf import Finder, a_checked_dossier, a_shelf, found

DULL = a_checked_dossier()
SECOND = a_checked_dossier(number=4, slug="second", text="And shrubs")
ROOT = Path(__file__).parents[3]


class Typed:
    """A person who types these lines, then Ctrl-D; an exception is what the keyboard raises."""

    def __init__(self, *lines: str | BaseException) -> None:
        self._lines: Iterator[str | BaseException] = iter(lines)

    def __call__(self, _: str) -> str:
        line = next(self._lines, EOFError())
        if isinstance(line, BaseException):
            raise line
        return line


def a_console(
    *lines: str | BaseException,
    finding: Finding | None = None,
    locale: str = "en",
    terminal: bool = False,
    table: Iterable[Command] | None = None,
) -> tuple[ConsolePlatform, io.StringIO]:
    out = io.StringIO()
    rows = table_of(finder=Finder(finding or found(DULL, 4)), facts=a_shelf(DULL, SECOND), house=House(version="1"))
    console = ConsolePlatform(
        table=tuple(table or rows),
        read=Typed(*lines),
        screen=Screen(out=out, terminal=terminal, colour=False),
        clock=StoppedClock(),
        ids=CountingIds(),
        locale=locale,
        version="1.2.3",
    )
    return console, out


async def conversation(*lines: str | BaseException, **changes: object) -> str:
    console, out = a_console(*lines, **changes)  # type: ignore[arg-type]
    await console.serve()
    return out.getvalue()


async def test_a_plain_line_is_a_question() -> None:
    assert '"We have planted at least 300 trees"' in await conversation("trees")


@pytest.mark.parametrize("line", ["evidence", "/evidence", "Evidence", "EVIDENCE", "evidence 17", "evidence #17"])
async def test_a_button_can_be_typed_after_the_answer(line: str) -> None:
    assert "Evidence for #17" in await conversation("trees", line)


async def test_a_button_can_be_typed_in_the_language_of_the_answer() -> None:
    said = await conversation("дерева", "Докази", "історія", locale="uk")
    assert "Докази щодо #17" in said
    assert "Історія #17" in said


async def test_details_belong_to_the_answer_before_them() -> None:
    said = await conversation("trees", "evidence", "history", "context")
    assert "Evidence for #17" in said
    assert "History of #17" in said
    assert "#17 in its place" in said


async def test_more_turns_the_pages_and_details_follow() -> None:
    said = await conversation("trees", "more", "evidence", "back")
    assert '"And shrubs"' in said
    assert "Evidence for #4" in said
    assert said.count('"We have planted at least 300 trees"') == 2


async def test_a_number_picks_from_a_choice() -> None:
    which = WhichOne(options=(Listed(number=4, label="Shrubs"), Listed(number=17, label="Trees")), confidence=0.5)
    said = await conversation("plants", "17", finding=which)
    assert "Which one?\n#4 Shrubs\n#17 Trees\n\nTo see one, type its number.\n" in said
    assert '"We have planted at least 300 trees"' in said


async def test_a_topic_opens_after_silence() -> None:
    nothing = NothingFound(nearby=(NearbyTopic(id="testwick-trees", label="Trees in Testwick"),), complete=True)
    said = await conversation("japan trees", "open topic", "#17", finding=nothing)
    assert 'Nothing on record for "japan trees".' in said
    assert "Trees in Testwick:\n#17 At least 300 trees planted, Muster" in said
    assert '"We have planted at least 300 trees"' in said


@pytest.mark.parametrize("line", ["evidence", "history", "context", "more", "/evidence"])
async def test_a_detail_without_an_answer_says_to_ask_first(line: str) -> None:
    assert f'no answer yet that "{line}" could belong to' in await conversation(line)


async def test_silence_ends_what_was_being_talked_about() -> None:
    console, _ = a_console()
    await console.answer("trees")
    await console.answer("#999")
    assert "no answer yet" in await console.answer("evidence")


@pytest.mark.parametrize("end", ["quit", "QUIT", "exit", EOFError()])
async def test_it_ends_when_asked_to(end: str | BaseException) -> None:
    assert "300 trees" not in await conversation(end, "trees")


async def test_ctrl_c_does_not_end_it_but_says_what_does() -> None:
    said = await conversation(KeyboardInterrupt(), "trees")
    assert 'Type "quit" or press Ctrl-D to end.' in said
    assert "300 trees" in said


async def test_a_pipe_gets_answers_and_nothing_else() -> None:
    said = await conversation("", "  ", "#17")
    assert said.startswith('"We have planted')
    assert "quit" not in said


async def test_a_terminal_is_welcomed() -> None:
    said = await conversation("quit", terminal=True)
    assert said.startswith("On the Record 1.2.3. Type what it is about")
    assert said.endswith("Bye.\n")


async def broken(_: Request) -> Reply:
    raise RuntimeError("the password is 1234")


async def test_an_unexpected_error_is_logged_under_the_id_that_is_told(caplog: pytest.LogCaptureFixture) -> None:
    console, _ = a_console(table=(Command(name="fact", run=broken),))
    with caplog.at_level(logging.ERROR):
        said = await console.answer("trees")
    assert "1234" not in said
    assert CountingIds().new() in said
    assert CountingIds().new() in caplog.text
    assert "the password" in caplog.text


async def test_status_is_connected() -> None:
    console, _ = a_console()
    assert (console.name, console.status.connected) == ("console", True)


async def test_one_shot_says_where_to_go_on() -> None:
    rows = table_of(finder=Finder(found(DULL, 4)), facts=a_shelf(DULL), house=House(version="1"))
    reply = await ask("fact", {"query": "trees"}, table=rows, ids=CountingIds(), locale="en")
    assert EXIT_CODES[reply.outcome] == 0
    text = text_of(for_one_shot(reply, "en"))
    assert "[Context]" not in text
    assert text.endswith('type in "onrecord console": context 17, evidence 17, more 2 trees')


async def test_one_shot_lists_what_to_choose_from_with_numbers() -> None:
    which = WhichOne(options=(Listed(number=4, label="Shrubs"), Listed(number=17, label="Trees")), confidence=0.5)
    rows = table_of(finder=Finder(which), facts=a_shelf(DULL), house=House(version="1"))
    reply = await ask("fact", {"query": "plants"}, table=rows, ids=CountingIds(), locale="en")
    assert text_of(for_one_shot(reply, "en")) == ("Which one?\n#4 Shrubs\n#17 Trees\n\nTo see one: onrecord fact '#4'")


def test_every_outcome_has_an_exit_code() -> None:
    assert set(EXIT_CODES) == set(Outcome)
    assert EXIT_CODES[Outcome.FOUND] == 0
    assert EXIT_CODES[Outcome.NOTHING] == 1
    assert EXIT_CODES[Outcome.INCOMPLETE] not in (0, 1)
    assert EXIT_CODES[Outcome.FAILED] == 70


async def test_an_unexpected_error_is_told_apart_from_a_question_that_cannot_be_answered() -> None:
    reply = await ask("fact", {}, table=(Command(name="fact", run=broken),), ids=CountingIds(), locale="en")
    assert EXIT_CODES[reply.outcome] == 70


def nothing(_: str) -> tuple[str, ...]:
    return ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Con", ["Context"]),
        ("evi", ["Evidence"]),
        ("mor", ["More"]),
        ("/con", ["/Context"]),
        ("qu", ["quit"]),
    ],
)
async def test_the_tab_key_knows_the_words_on_the_screen_and_the_commands(typed: str, found: list[str]) -> None:
    console, _ = a_console()
    await console.answer("trees")
    assert list(completed(typed, console.offered, nothing)) == found


async def test_the_tab_key_knows_the_numbers_of_a_list() -> None:
    which = WhichOne(options=(Listed(number=4, label="Shrubs"), Listed(number=17, label="Trees")), confidence=0.5)
    console, _ = a_console(finding=which)
    await console.answer("plants")
    assert completed("#", console.offered, nothing) == ("#4", "#17")


async def suggest(typed: str) -> tuple[Suggestion, ...]:
    if typed == "broken":
        raise RuntimeError(typed)
    return (Suggestion(text=f"about {typed}"),)


def test_the_tab_key_looks_up_what_is_on_record_while_the_conversation_waits() -> None:
    closed = []

    @asynccontextmanager
    async def opened() -> AsyncIterator[Callable[[str], Awaitable[tuple[Suggestion, ...]]]]:
        yield suggest
        closed.append(True)

    with suggesting(opened) as look_up:
        assert completed("tree", (), look_up) == ("about tree",)
        assert completed("fact Tree", (), look_up) == ("fact about Tree",)
        assert completed("/evid", (), look_up) == ("/evidence",)
    assert closed == [True]
    with suggesting(opened):
        pass
    assert closed == [True]


def test_completions_that_fail_are_none_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Callable[[str], Awaitable[tuple[Suggestion, ...]]]]:
        yield suggest

    with suggesting(opened) as look_up:
        assert look_up("broken") == ()
        assert look_up("trees") == ("about trees",)
    assert "no completions" in caplog.text


def test_a_database_that_cannot_be_opened_leaves_a_conversation_without_completions(
    caplog: pytest.LogCaptureFixture,
) -> None:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Callable[[str], Awaitable[tuple[Suggestion, ...]]]]:
        if not caplog.text:
            raise OSError("gone")
        yield suggest

    with suggesting(opened) as look_up:
        assert look_up("trees") == ()
        assert look_up("trees") == ()
    assert "gone" in caplog.text


def test_what_is_typed_is_not_replaced_by_what_others_share() -> None:
    def complete(_: str) -> tuple[str, ...]:
        return ("Zelenska, wife", "Zelenskyi, president")

    line = completer(complete)
    assert [line("Zel wi", state) for state in range(4)] == ["Zelenska, wife", "Zelenskyi, president", "", None]
    assert [line("zel", state) for state in range(3)] == ["Zelenska, wife", "Zelenskyi, president", None]


async def test_what_the_last_answer_does_not_have_is_told_with_what_it_has() -> None:
    said = await conversation("trees", "more", "More")
    assert said.endswith('The last answer has no "More". It offers: Context, Evidence, Back\n\n')


async def test_a_button_of_another_answer_is_not_searched_for() -> None:
    nearby = NothingFound(nearby=(NearbyTopic(id="testwick-trees", label="Trees in Testwick"),), complete=True)
    said = await conversation("japan trees", "open topic", "Open topic", finding=nearby)
    assert said.endswith('The last answer has no "Open topic". It offers: #17, #4, Over time\n\n')
    assert 'The last answer has no "back".\n' in await conversation("#999", "back")


async def test_the_help_has_every_command_that_can_be_typed() -> None:
    said = await conversation("help")
    for usage in ("fact dprk", "more 2", "find 3.5", "context 17", "evidence 17", "history 17", "topic dprk", "about"):
        assert usage in said


def test_lines_from_a_pipe_come_one_by_one() -> None:
    read = reader(io.StringIO("one\ntwo"), nothing)
    assert (read("> "), read("> ")) == ("one", "two")
    with pytest.raises(EOFError):
        read("> ")


class Terminal(io.StringIO):
    """Says that it is one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "colour"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(environ: dict[str, str], colour: bool) -> None:
    assert screen_of(Terminal(), environ).colour is colour
    assert screen_of(io.StringIO(), environ).colour is False
    assert screen_of(io.StringIO(), environ, colour=True).colour is True


def test_lines_are_wrapped_for_people_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert screen_of(Terminal(), {}).width == 50
    assert screen_of(io.StringIO(), {}).width is None
    monkeypatch.setenv("COLUMNS", "5")
    assert screen_of(Terminal(), {}).width == 20
    monkeypatch.setenv("COLUMNS", "500")
    assert screen_of(Terminal(), {}).width == 110


def test_a_terminal_without_the_characters_gets_escapes_instead_of_an_error() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    screen_of(out, {}).write("▎북한")
    assert raw.getvalue() == b"\\u258e\\ubd81\\ud55c\n"


@pytest.mark.parametrize(
    ("environ", "locale"),
    [
        ({"LANG": "uk_UA.UTF-8"}, "uk_UA.UTF-8"),
        ({"LANG": "uk_UA.UTF-8", "LC_ALL": "C"}, "C"),
        ({"LC_ALL": "", "LC_MESSAGES": "uk"}, "uk"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_environment(environ: dict[str, str], locale: str) -> None:
    assert locale_of(environ) == locale


WAITING = """
    import asyncio, sys
    from bot.platforms.console.prompt import reader

    async def main() -> None:
        read = reader(sys.stdin, lambda typed: [each for each in ("alpha", "beta") if each.startswith(typed)])
        try:
            read("ready> ")
        except KeyboardInterrupt:
            print("interrupted", flush=True)
        print("line:" + read("again> "), flush=True)

    asyncio.run(main())
"""


def test_ctrl_c_and_tab_work_on_a_real_terminal() -> None:
    """Under asyncio.run, whose own handler for Ctrl-C would wait for a task that cannot run."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WAITING)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        start_new_session=True,
        env={**os.environ, "TERM": "dumb", "PYTHONPATH": str(ROOT)},
    )
    os.close(theirs)
    try:
        read_until(ours, b"ready> ")
        process.send_signal(signal.SIGINT)
        read_until(ours, b"again> ", lambda: process.send_signal(signal.SIGINT))
        os.write(ours, b"al\t\n")
        assert b"line:alpha" in read_until(ours, b"line:alpha")
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def read_until(terminal: int, wanted: bytes, again: Callable[[], None] = lambda: None) -> bytes:
    """What the terminal shows up to these bytes.

    `again` is called after each second of silence: a signal that comes just before a process begins to wait is seen by
    it at the next one only.
    """
    shown = b""
    for _ in range(20):
        while select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 1024)
            if wanted in shown:
                return shown
        again()
    raise AssertionError(f"{wanted!r} never came: {shown!r}")
