"""The files in deploy/ call commands that exist and keep what they promise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.parser import parsed
from bot.interchange import strict_yaml
from bot.service import LAST_MOMENT

ROOT = Path(__file__).resolve().parents[1]
UNIT = (ROOT / "deploy" / "onrecord.service").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = strict_yaml.read((ROOT / "deploy" / "compose.yaml").read_bytes())


def set_in_unit(name: str) -> str:
    (value,) = re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)
    return str(value)


def seconds(text: str) -> float:
    return float(text.removesuffix("s"))


def test_the_unit_starts_a_command_that_exists() -> None:
    program, *arguments = set_in_unit("ExecStart").split()

    assert program.endswith("/onrecord")
    assert parsed(arguments).command == "run"
    assert parsed(arguments).config == Path("/etc/onrecord/config.yaml")


def test_the_unit_knows_what_the_program_does() -> None:
    """It says READY, ends in time, and 78 is never tried again."""
    assert set_in_unit("Type") == "notify"
    assert set_in_unit("RestartPreventExitStatus") == "78"
    assert seconds(set_in_unit("TimeoutStopSec")) > LAST_MOMENT
    assert seconds(set_in_unit("WatchdogSec")) >= 30
    assert re.search(r"^LoadCredential=discord_token:", UNIT, re.MULTILINE)


def test_the_container_starts_and_asks_commands_that_exist() -> None:
    service = COMPOSE.data["services"]["bot"]
    (command,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)

    assert COMPOSE.faults == []
    assert service["command"] == strict_yaml.read(command.encode()).data
    assert parsed(service["command"]).hold
    assert service["healthcheck"]["test"] == ["CMD", "onrecord", "health"]
    assert parsed(service["healthcheck"]["test"][2:]).command == "health"
    assert 'CMD ["onrecord", "health"]' in DOCKERFILE


def test_the_container_is_locked_up() -> None:
    service = COMPOSE.data["services"]["bot"]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert f"USER {service['user']}" in DOCKERFILE
    assert seconds(service["stop_grace_period"]) > LAST_MOMENT
    assert service["volumes"] == ["data:/data"]
    assert "data" in COMPOSE.data["volumes"]


def test_everything_that_the_image_needs_is_sent_to_its_build() -> None:
    let_in = re.findall(r"^!(\S+?)/?$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    copied = [
        word.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
        for word in line.split()
    ]

    assert sorted(copied) == sorted(let_in)
    assert all((ROOT / name).exists() for name in copied)


def test_the_unit_is_hardened() -> None:
    """Its exposure level, from 0 to 10, is at most 1.5. Only the build machine must have the tool."""
    if not shutil.which("systemd-analyze"):
        assert os.environ.get("CI") != "true", "systemd-analyze is missing"
        pytest.skip("systemd-analyze is not on this machine")
    path = ROOT / "deploy" / "onrecord.service"
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(path)],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout.decode()[-200:]
