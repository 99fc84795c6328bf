"""The matrix section: what it means, and what is said about what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config, load, ready_to_run, with_secrets
from bot.platforms.matrix.session import Session, keep
from bot.settings import ConfigError

SECTION = 'matrix:\n  homeserver: "https://matrix.example.org/"\n  user: "@onrecord:example.org"\n'


def loaded(folder: Path, text: str, **environment: str) -> Config:
    path = folder / "config.yaml"
    path.write_text(f"data_dir: {folder}/data\n{text}", encoding="utf-8")
    return load(path, environment, folder)


def test_a_whole_section(tmp_path: Path) -> None:
    text = (
        SECTION + '  rooms: ["#news:example.org", {room: "!abc", prefix: "?", language: uk}]\n'
        '  invites: ["@ada:example.org", "example.org"]\n  ignore: ["@other:example.org"]\n  prefix: "."\n'
    )
    config = loaded(tmp_path, text)
    assert config.matrix
    settings = config.matrix.settings("en")

    assert settings.homeserver == "https://matrix.example.org"
    assert settings.rooms["#news:example.org"].prefix == "."
    assert (settings.rooms["!abc"].prefix, settings.rooms["!abc"].language) == ("?", "uk")
    assert settings.invites == {"@ada:example.org", "example.org"}
    assert settings.ignored == {"@other:example.org"}
    assert ready_to_run(config) == ()


def test_variables_decide_too(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        "",
        ONRECORD_MATRIX_HOMESERVER="http://localhost:8008",
        ONRECORD_MATRIX_USER="@onrecord:x",
        ONRECORD_MATRIX_INVITES="x, @ada:y",
    )
    assert config.matrix
    assert config.matrix.invites == ("x", "@ada:y")
    assert config.warnings == ()


def test_an_empty_section_is_no_platform(tmp_path: Path) -> None:
    assert loaded(tmp_path, 'matrix:\n  homeserver: ""\n  user: ""\n').matrix is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('matrix:\n  homserver: "x"\n', "homserver"),
        ('matrix:\n  homeserver: "matrix.example.org"\n', "https://matrix.example.org"),
        ('matrix:\n  homeserver: "http://example.org"\n', "https://matrix.example.org"),
        ('matrix:\n  homeserver: "https://u:p@example.org"\n', "https://matrix.example.org"),
        ('matrix:\n  homeserver: "https://[x"\n', "https://matrix.example.org"),
        ('matrix:\n  homeserver: "https://example.org"\n', "write both"),
        (SECTION + '  rooms: ["news"]\n', "no Matrix room"),
        (SECTION + '  rooms: [{prefix: "!"}]\n', "room"),
        (SECTION + '  prefix: "a"\n', "no prefix"),
        (SECTION + '  prefix: ""\n', "no prefix"),
        (SECTION + '  invites: ["not a server!"]\n', "user or server"),
        (SECTION + '  editors: ["ada"]\n', "no Matrix user"),
        (SECTION + '  token: "syt_x"\n', "onrecord matrix login"),
        (SECTION + '  password: "x"\n', "onrecord matrix login"),
        (SECTION + '  token_file: "syt_secret"\n', "this is no file"),
        (SECTION + "  review_power: 0\n", "review_power"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_write(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        loaded(tmp_path, text)
    assert said in str(error.value)
    assert "syt_" not in str(error.value)


def test_somebody_must_be_signed_in(tmp_path: Path) -> None:
    config = loaded(tmp_path, SECTION)
    with pytest.raises(ConfigError, match="onrecord matrix login"):
        with_secrets(config, {})
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="empty"):
        with_secrets(config, {"ONRECORD_MATRIX_TOKEN_FILE": str(tmp_path / "empty")})


def test_every_way_to_sign_in_is_masked_in_the_log(tmp_path: Path) -> None:
    config = loaded(tmp_path, SECTION)
    keep(tmp_path / "data" / "matrix", Session(homeserver="https://x", user="@o:x", device="D", token="syt_kept"))
    found = with_secrets(config, {"ONRECORD_MATRIX_TOKEN": "syt_given", "ONRECORD_MATRIX_PASSWORD": "long password"})

    assert [secret.reveal() for secret in found.secrets] == ["syt_given", "long password", "syt_kept"]
    assert "syt_" not in repr(found)


def test_a_bot_that_would_answer_nobody_is_not_run(tmp_path: Path) -> None:
    assert "nobody would be answered" in ready_to_run(loaded(tmp_path, SECTION))[0]
