"""The real command line in a process of its own, in a folder and an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "MTE5OTk5OTk5OTk5OTk5OTk5OQ.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789ABCD"
GUILD = "420000000000000001"


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class OnRecord:
    """A machine on which somebody types `onrecord …`."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def variables(self) -> dict[str, str]:
        usual = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "ONRECORD_DATA_DIR": str(self.data),
            "LANG": "C.UTF-8",
        }
        return {name: value for name, value in (usual | self.environment).items() if value}

    def __call__(self, *arguments: str | Path, given: str | bytes = "") -> Done:
        """Run one command to its end; `given` stands on its standard input."""
        ended = subprocess.run(
            self.line(*arguments),
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            cwd=self.home,
            env=self.variables,
            timeout=60,
            check=False,
        )
        return Done(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def line(self, *arguments: str | Path) -> list[str]:
        # discord.py imports audioop, which newer Pythons lack and this one warns about.
        warnings = ("-W", "error", "-W", "ignore::DeprecationWarning:discord.player")
        return [sys.executable, *warnings, "-m", "bot", *map(str, arguments)]

    def config(self, text: str) -> Path:
        path = self.home / "config.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def damage(self) -> None:
        """Overwrite pages in the middle of the database, as a bad disk would."""
        database = self.data / "onrecord.db"
        content = bytearray(database.read_bytes())
        content[8192:60_000] = b"x" * (60_000 - 8192)
        database.write_bytes(content)
