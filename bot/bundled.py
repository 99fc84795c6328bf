"""Where the files lie that come with the program: in a wheel inside the package, in a checkout at its top."""

from __future__ import annotations

from pathlib import Path


def bundled(name: str) -> Path:
    """The path of "facts" or "config.example.yaml". Raises FileNotFoundError where neither place has it."""
    from importlib.resources import files  # noqa: PLC0415 -- 0.2 MB that a running bot does without

    package = Path(str(files("bot")))
    for place in (package / "bundled" / name, package.parent / name):
        if place.exists():
            return place
    raise FileNotFoundError(f"{name} is missing beside {package}: the installation is not complete")
