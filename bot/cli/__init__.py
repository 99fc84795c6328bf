"""The command line: `onrecord` and `python -m bot`. Every expected error is one clear line and a fitting exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from bot.cli.exits import Exit, Failed
from bot.cli.parser import code_of, parsed
from bot.cli.situation import unexpected
from bot.cli.terminal import as_utf8, tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        as_utf8(stream)
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away (`onrecord … | head`). Python flushes stdout once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return code


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
    except Exception as error:  # noqa: BLE001 -- the adapter's last net: a person gets an id, the log the rest
        tell(f"onrecord: {unexpected(error, options.command)}")
        return Exit.INTERNAL
