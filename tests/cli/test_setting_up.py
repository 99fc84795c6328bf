"""`onrecord init` and `check`: from nothing to a bot that could run."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from bot.cli.init import STATE, TOKEN_FILE, _data_dir
from bot.cli.situation import SYSTEM
from bot.store.sqlite.files import locked
from tests.cli.onrecord import GUILD, ROOT, TOKEN, OnRecord


@pytest.fixture
def setting_up(onrecord: OnRecord) -> OnRecord:
    onrecord.environment["ONRECORD_CONFIG"] = str(onrecord.home / "etc" / "config.yaml")
    (onrecord.home / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    return onrecord


FLAGS = ("--platform", "discord", "--token-file", "token", "--guild", GUILD, "--editors", "1", "--offline")


def test_init_with_flags_ends_with_the_first_fact(setting_up: OnRecord) -> None:
    done = setting_up("init", *FLAGS, "--example-facts")

    assert done.code == 0, done.err
    assert "at least 3.5 million artillery rounds" in done.out
    assert "First /fact answered." in done.out
    assert "client_id=1199999999999999999&scope=bot+applications.commands&permissions=0" in done.out
    assert TOKEN not in done.out + done.err
    token = setting_up.home / "etc" / "discord_token"
    assert token.read_text(encoding="utf-8") == f"{TOKEN}\n"
    assert token.stat().st_mode & 0o777 == 0o600
    written = (setting_up.home / "etc" / "config.yaml").read_text(encoding="utf-8")
    assert f"guilds: [{GUILD}]" in written
    assert "editors: 1" in written
    assert TOKEN not in written
    assert written.count("#") > 20, "the comments stay"


def test_what_init_wrote_passes_the_check(setting_up: OnRecord) -> None:
    setting_up("init", *FLAGS, "--example-facts")
    done = setting_up("check", "--json")

    found = json.loads(done.out)
    assert done.code == 0
    assert found["ok"] is True
    assert {row["about"] for row in found["findings"]} >= {"configuration", "token", "database", "disk", "clock"}
    assert TOKEN not in done.out


def test_init_without_examples_leaves_an_empty_record(setting_up: OnRecord) -> None:
    done = setting_up("init", *FLAGS, "--no-example-facts")

    assert done.code == 0
    assert "First /fact answered: there are no facts yet" in done.out


def test_init_keeps_what_was_there(setting_up: OnRecord) -> None:
    setting_up("init", *FLAGS, "--no-example-facts")
    refused = setting_up("init", *FLAGS, "--no-example-facts")
    assert refused.code == 2
    assert "--force" in refused.err

    assert setting_up("init", *FLAGS, "--no-example-facts", "--force").code == 0
    assert (setting_up.home / "etc" / "config.yaml.before").exists()


def test_init_leaves_a_running_bot_its_configuration(setting_up: OnRecord) -> None:
    setting_up("init", *FLAGS, "--no-example-facts")
    folder = setting_up.home / "etc"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with locked(setting_up.data):
        refused = setting_up("init", *FLAGS, "--editors", "2", "--no-example-facts", "--force")

    assert refused.code == 69
    assert "stop it first" in refused.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("flags", "hint"),
    [
        (("--platform", "discord"), "--token-file"),
        (("--platform", "discord", "--token-file", "token"), "--guild"),
        (("--platform", "none"), "--editors"),
        ((), "--platform"),
    ],
)
def test_init_says_which_flag_is_missing_where_nobody_can_be_asked(
    setting_up: OnRecord, flags: tuple[str, ...], hint: str
) -> None:
    done = setting_up("init", "--offline", *flags)

    assert done.code == 2
    assert hint in done.err
    assert not (setting_up.home / "etc").exists()


@pytest.mark.parametrize("token", ["", "your-token-here", "Bot abc"])
def test_init_refuses_a_token_that_cannot_be_meant(setting_up: OnRecord, token: str) -> None:
    (setting_up.home / "token").write_text(token, encoding="utf-8")
    done = setting_up("init", *FLAGS, "--example-facts")

    assert done.code == 78
    assert "token" in done.err
    assert not (setting_up.home / "etc").exists()


def test_init_asks_a_person(setting_up: OnRecord) -> None:
    """At a terminal: wrong answers are asked again, the token does not show."""
    answers = ["discrod", "discord", TOKEN, "12", GUILD, "", "yes"]
    shown = at_a_terminal(setting_up, ["init", "--offline"], answers)

    assert "Please type one of" in shown
    assert "17 to 20 digits" in shown
    assert TOKEN not in shown
    assert "First /fact answered." in shown
    assert "editors: 2" in (setting_up.home / "etc" / "config.yaml").read_text(encoding="utf-8")


def at_a_terminal(machine: OnRecord, arguments: list[str], answers: list[str]) -> str:
    """Type the answers, each when its question stands there; all that the terminal showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        machine.line(*arguments),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=machine.home,
        env=machine.variables,
        start_new_session=True,
    )
    os.close(theirs)
    shown, waiting, seen = "", list(answers), 0
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other side has closed the terminal
            break
        if not part:
            break
        shown += part.decode(errors="replace")
        if waiting and shown[seen:].endswith(": "):
            seen = len(shown)
            os.write(ours, f"{waiting.pop(0)}\n".encode())
    os.close(ours)
    assert process.wait(30) == 0, shown
    return shown


def test_check_says_what_is_wrong_and_ends_with_78(onrecord: OnRecord) -> None:
    onrecord.config("langauge: en\neditors: 1\n")
    done = onrecord("check")
    assert done.code == 78
    assert "did you mean 'language'" in done.out

    onrecord.config("editors: 1\n")
    assert "No platform is configured" in onrecord("check").out
    assert "posted nowhere" in onrecord("check").out
    onrecord.config("discord: {guilds: [123456789012345678], review_channel: 234567890123456789}\n")
    assert "posted in discord 234567890123456789" in onrecord("check").out


def test_check_sees_a_damaged_database_and_an_open_folder(stocked: OnRecord) -> None:
    stocked.damage()
    stocked.data.chmod(0o755)
    done = stocked("check")

    assert done.code == 78
    assert "Database damaged, untouched" in done.out
    assert f"chmod 700 {stocked.data}" in done.out


def test_a_config_of_another_program_in_this_folder_is_not_ours(stocked: OnRecord) -> None:
    stocked.config("jobs:\n  build: {}\n")
    assert stocked("fact", "dprk ammunition").code == 0

    stocked.config("editors: many\n")
    done = stocked("fact", "dprk ammunition")
    assert done.code == 78
    assert "config.yaml:1: editors" in done.err


def test_a_named_config_must_exist(onrecord: OnRecord) -> None:
    for line in (("--config", "gone.yaml", "check"), ("check", "--config", "gone.yaml")):
        done = onrecord(*line)
        assert done.code == 78
        assert "gone.yaml" in done.out


def test_an_unexpected_error_has_an_id_and_its_traceback_stands_in_the_log(onrecord: OnRecord, tmp_path: Path) -> None:
    """A broken installation: the program's own facts are missing."""
    sitecustomize = tmp_path / "shim" / "sitecustomize.py"
    sitecustomize.parent.mkdir()
    sitecustomize.write_text("import bot.bundled\nbot.bundled.bundled = lambda name: 1 / 0\n", encoding="utf-8")
    onrecord.environment["PYTHONPATH"] = f"{sitecustomize.parent}:{onrecord.variables['PYTHONPATH']}"

    done = onrecord("fact", "dprk")
    assert done.code == 70
    assert "Traceback" not in done.err
    number = done.err.split("unexpected error ")[1][:8]
    log = (onrecord.data / "errors.log").read_text(encoding="utf-8")
    assert number in log
    assert "ZeroDivisionError" in log


def test_the_unit_and_the_readme_agree_with_init_where_its_files_lie() -> None:
    unit = (ROOT / "deploy" / "onrecord.service").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert _data_dir(SYSTEM, {}) == STATE
    assert f"--config {SYSTEM} run" in unit
    assert f"discord_token:{SYSTEM.with_name(TOKEN_FILE)}" in unit
    assert f"onrecord --config {SYSTEM} init" in readme
    assert str(STATE) in readme


def test_what_init_writes_into_a_checkout_is_never_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()

    for name in ("config.yaml", TOKEN_FILE):
        assert {f"/{name}", f"/{name}.before"} <= set(ignored)
    assert {"/data/", ".data/"} <= set(ignored)
