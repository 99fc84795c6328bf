"""The command line: `onrecord` and `python -m bot`. Every expected error is one clear line and a fitting exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.cli.exits import Exit, Failed
from bot.cli.parser import code_of, parsed
from bot.cli.situation import unexpected
from bot.cli.terminal import as_utf8, tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: onrecord health >&-
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 -- to the end
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        as_utf8(stream)
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _output_goes_nowhere()  # the reader went away: `onrecord … | head`
        return 128 + signal.SIGPIPE
    except OSError as error:  # `_run` lets only those of the output through
        _output_goes_nowhere()
        tell(f"onrecord: the output cannot be written: {error.strerror or error}")
        return Exit.NO_OUTPUT
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return code


def _output_goes_nowhere() -> None:
    """Python flushes stdout once more at exit, and would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Sequence[str]) -> int:
    options = parsed(arguments)
    try:
        return code_of(options.command)(options)
    except Failed as failure:
        for line in failure.lines:
            tell(f"onrecord: {line}")
        return failure.code
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except OSError as error:
        if _output_fails():
            raise
        return _unexpected(error, options.command)
    except Exception as error:  # noqa: BLE001 -- the adapter's last net: a person gets an id, the log the rest
        return _unexpected(error, options.command)


def _output_fails() -> bool:
    """What could not be written still waits, and cannot be written now."""
    try:
        sys.stdout.flush()
    except OSError:
        return True
    return False


def _unexpected(error: Exception, command: str) -> int:
    tell(f"onrecord: {unexpected(error, command)}")
    return Exit.INTERNAL
