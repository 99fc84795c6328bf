"""Puts Synapse into a virtual environment of its own, once: `python -m tests.homeserver.install`."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "synapse.lock"
#: Shared by all checkouts of one machine when set; otherwise beside the checkout's own .venv.
HOME = Path(os.environ.get("ONRECORD_SYNAPSE_VENV") or HERE.parent.parent / ".venv-synapse")
MINUTES = 10


class NoSynapse(Exception):  # noqa: N818 -- reads as what happened
    """Synapse could not be installed; carries pip's last lines."""


def python() -> Path:
    """The interpreter that has Synapse, installed first where it is missing. Takes a minute or two then.

    Raises NoSynapse.
    """
    interpreter, marker = HOME / "bin" / "python", HOME / "installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not marker.exists() or marker.read_text(encoding="utf-8") != wanted:
            _install(interpreter)
            marker.write_text(wanted, encoding="utf-8")
    return interpreter


def _install(interpreter: Path) -> None:
    print(f"Installing Synapse into {HOME} (once; needs the internet) …", file=sys.stderr)  # noqa: T201 -- a script
    if not interpreter.exists():
        venv.create(HOME, with_pip=True)
    pip = [str(interpreter), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", "install"]
    try:
        run = subprocess.run(
            [*pip, "--require-hashes", "--only-binary=:all:", "-r", str(LOCK)],
            capture_output=True,
            text=True,
            timeout=MINUTES * 60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSynapse(str(error)) from error
    if run.returncode:
        raise NoSynapse("\n".join(run.stderr.splitlines()[-5:]))


if __name__ == "__main__":
    python()
