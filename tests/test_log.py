"""The log never shows a secret, and a record is one line whatever stands in it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import log
from bot.secret import Secret

TOKEN = "MTE5OTk5OTk5OTk5OTk5OTk5OQ.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789ABCD"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root, bot = logging.getLogger(), logging.getLogger("bot")
    before = (root.handlers[:], root.level, bot.level)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.excepthook", None)
        patch.setattr("threading.excepthook", None)
        patch.setattr("logging.raiseExceptions", True)
        stream = io.StringIO()
        log.start("debug", [Secret(TOKEN)], stream)
        yield stream
        logging.captureWarnings(False)
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        bot.setLevel(before[2])


def test_a_secret_in_a_message_an_argument_and_an_exception_is_masked(stream: io.StringIO) -> None:
    logger = logging.getLogger("bot.test")
    try:
        raise ValueError(f"Authorization: Bot {TOKEN}")
    except ValueError:
        logger.exception("refused: %s", {"token": TOKEN})

    written = stream.getvalue()
    assert TOKEN not in written
    assert "ValueError: Authorization: Bot •••" in written


def test_a_secret_in_a_url_and_in_base64_is_masked(stream: io.StringIO) -> None:
    log.start("info", [Secret("pass/word+secret")], stream)
    logging.getLogger("bot").info("https://host/?t=pass%2Fword%2Bsecret and cGFzcy93b3JkK3NlY3JldA==")

    assert stream.getvalue().count(log.MASK) == 2


def test_a_record_is_one_line(stream: io.StringIO) -> None:
    """Somebody's text cannot fake a second record."""
    logging.getLogger("bot").warning("first\n2026-01-01T00:00:00Z INFO bot: faked\r\nend")

    assert stream.getvalue().count("\n") == 1
    assert "first\\n2026-01-01" in stream.getvalue()


def test_libraries_stay_quiet_where_we_are_asked_for_details(stream: io.StringIO) -> None:
    logging.getLogger("bot.app").debug("ours")
    for name in ("discord.http", "discord.gateway", "aiohttp.client", "aiosqlite", "asyncio"):
        logging.getLogger(name).debug("headers of %s", name)

    assert stream.getvalue().splitlines()[0].endswith("DEBUG bot.app: ours")
    assert "headers" not in stream.getvalue()


def test_a_short_secret_does_not_blank_innocent_text(stream: io.StringIO) -> None:
    log.start("info", [Secret("e"), Secret("")], stream)
    logging.getLogger("bot").info("everything here")

    assert "everything here" in stream.getvalue()


def test_a_short_command_logs_errors_into_a_file_only_when_there_is_one(stream: io.StringIO, tmp_path: Path) -> None:
    log.start_in_file(tmp_path / "data" / "errors.log", [Secret(TOKEN)])
    logging.getLogger("bot").warning("no error")
    assert not (tmp_path / "data").exists()

    logging.getLogger("bot").error("with %s", TOKEN)
    assert (tmp_path / "data" / "errors.log").read_text(encoding="utf-8").endswith("ERROR bot: with •••\n")
    assert stream.getvalue() == ""


def test_an_error_that_the_file_cannot_take_goes_to_stderr(
    stream: io.StringIO, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    log.start_in_file(tmp_path / "file" / "errors.log", [])
    logging.getLogger("bot").error("still seen")

    assert "still seen" in capsys.readouterr().err
