"""What is installed is what was declared: the lock files fit pyproject.toml, and the wheel has what it needs."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
MATRIX = PROJECT["project"]["optional-dependencies"]["matrix"]
DEV = PROJECT["dependency-groups"]["dev"]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", RUNTIME),
        ("requirements-matrix.lock", RUNTIME + MATRIX),
        ("requirements-dev.lock", RUNTIME + MATRIX + DEV),
    ],
)
def test_a_lock_file_fits_what_is_declared(lock: str, wanted: list[str]) -> None:
    """`make lock` renews it."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", text, re.MULTILINE)
    }

    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{lock} lacks {name}"
        assert requirement.specifier.contains(pins[name]), f"{lock}: {name}=={pins[name]}, wanted {requirement}"
    assert len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)) <= text.count("--hash=sha256:"), "each with a hash"


def test_the_lock_files_agree_with_each_other() -> None:
    """What is tested is what runs."""

    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==[^ ;\\]+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-matrix.lock") <= pins("requirements-dev.lock")


def test_the_wheel_carries_facts_configuration_and_migrations(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    names = set(zipfile.ZipFile(wheel).namelist())

    for path in [*(ROOT / "facts").rglob("*.yaml"), ROOT / "config.example.yaml"]:
        assert f"bot/bundled/{path.relative_to(ROOT).as_posix()}" in names
    for path in (ROOT / "bot").rglob("*.sql"):
        assert path.relative_to(ROOT).as_posix() in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "facts/"))]
