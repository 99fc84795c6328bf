"""Secrets do not print, come from the highest-ranking place, and are recognised when they cannot be meant."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from bot.secret import Place, Secret, SecretUnreadable, exposed, find, token_flaw

TOKEN = "MTE5OTk5OTk5OTk5OTk5OTk5OQ.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789ABCD"


def a_place(file: Path | None = None) -> Place:
    return Place(file=file, variable="ONRECORD_DISCORD_TOKEN", credential="discord_token")


def test_a_secret_shows_itself_to_nobody() -> None:
    secret = Secret(TOKEN)

    assert TOKEN not in f"{secret} {secret!r} {secret!s} {[secret]} {secret:>200} {vars} %s" % secret
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)


def test_each_place_outranks_the_ones_before(tmp_path: Path) -> None:
    for name in ("file", "named", "discord_token"):
        (tmp_path / name).write_text(f"from {name}\n", encoding="utf-8")
    place = a_place(tmp_path / "file")
    environment: dict[str, str] = {}

    def origin() -> str:
        found = find(place, environment)
        assert found
        return found.secret.reveal()

    assert origin() == "from file"
    environment["ONRECORD_DISCORD_TOKEN"] = "from variable"
    assert origin() == "from variable"
    environment["ONRECORD_DISCORD_TOKEN_FILE"] = str(tmp_path / "named")
    assert origin() == "from named"
    environment["CREDENTIALS_DIRECTORY"] = str(tmp_path)
    assert origin() == "from discord_token"


def test_a_credentials_directory_without_ours_does_not_hide_the_others(tmp_path: Path) -> None:
    found = find(a_place(), {"CREDENTIALS_DIRECTORY": str(tmp_path), "ONRECORD_DISCORD_TOKEN": "x"})
    assert found
    assert found.origin == "ONRECORD_DISCORD_TOKEN"


def test_nothing_set_is_nothing_found() -> None:
    assert find(a_place(), {}) is None


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 5000])
def test_a_file_that_is_no_token_is_refused_without_its_content(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "token").write_bytes(content)
    with pytest.raises(SecretUnreadable) as error:
        find(a_place(tmp_path / "token"), {})
    assert "xxxx" not in str(error.value)
    assert "token" in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretUnreadable, match="gone: No such file"):
        find(a_place(tmp_path / "gone"), {})


@pytest.mark.parametrize(
    ("mode", "fine"), [(0o600, True), (0o400, True), (0o440, True), (0o644, False), (0o604, False), (0o660, False)]
)
def test_a_file_that_others_can_read_is_told(tmp_path: Path, mode: int, fine: bool) -> None:
    path = tmp_path / "token"
    path.write_text(TOKEN, encoding="utf-8")
    path.chmod(mode)

    assert (exposed(path) is None) is fine


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("", "empty"),
        ("your-token-here", "placeholder"),
        ("<token>", "placeholder"),
        ("changeme", "placeholder"),
        ("xxxxxxxxxxxxxxxxxxxxxxxx.xxxxxx.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "placeholder"),
        (f"Bot {TOKEN}", "alone"),
        (f'"{TOKEN}"', "quotation marks"),
        (f"{TOKEN} {TOKEN}", "white space"),
        ("119999999999999999", "application id"),
        ("abcdefghijklmnopqrstuvwxyz012345", "client secret"),
        (TOKEN[:40], "cut"),
        (TOKEN + "é", "cut"),
    ],
)
def test_a_token_that_cannot_be_meant_is_told_without_being_shown(value: str, hint: str) -> None:
    flaw = token_flaw(Secret(value))

    assert flaw
    assert hint in flaw
    assert len(value) < 8 or value not in flaw


def test_a_token_of_the_right_shape_passes() -> None:
    assert token_flaw(Secret(TOKEN)) is None
