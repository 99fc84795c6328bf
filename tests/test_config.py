"""The configuration speaks to the person who edits it, and its layers rank as documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.bundled import bundled
from bot.config import KEYS, VARIABLES, Config, DiscordEditor, load, ready_to_run, with_secrets
from bot.settings import ConfigError, top_level_keys, variable_of

TOKEN = "MTE5OTk5OTk5OTk5OTk5OTk5OQ.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789ABCD"
GUILD = 123456789012345678


def written(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, text: str, **environment: str) -> Config:
    return load(written(folder, text), environment, folder)


def refused(folder: Path, text: str, **environment: str) -> str:
    with pytest.raises(ConfigError) as error:
        with_secrets(loaded(folder, text, **environment), environment)
    return str(error.value)


def test_the_example_is_read_and_says_what_holds_anyway(tmp_path: Path) -> None:
    """Apart from the data directory and the empty Discord section, the example states the defaults."""
    example = load(bundled("config.example.yaml"), {}, tmp_path)
    bare = load(None, {"ONRECORD_DISCORD_TOKEN": "x"}, tmp_path)

    assert example.warnings == ()
    assert example.discord == bare.discord
    assert example.backup == bare.backup
    assert (example.language, example.editors, example.log_level) == (bare.language, bare.editors, bare.log_level)


def test_each_key_of_the_example_has_a_comment_and_each_known_key_is_in_it() -> None:
    lines = bundled("config.example.yaml").read_text(encoding="utf-8").splitlines()
    keys = [number for number, line in enumerate(lines) if re.match(r"\s*\w+:", line)]

    assert [lines[number] for number in keys if not lines[number - 1].lstrip().startswith("#")] == []
    assert [key for key in KEYS if key not in {lines[number].split(":")[0] for number in keys}] == []
    for path in VARIABLES:
        assert any(lines[number].strip().startswith(path.rpartition(".")[2] + ":") for number in keys), path


def test_each_layer_outranks_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "contact").write_text("from a named file\n", encoding="utf-8")

    def contact(text: str, **environment: str) -> str:
        return loaded(tmp_path, text, **environment).contact

    assert contact("") == ""
    assert contact("contact: from the file") == "from the file"
    assert contact("contact: from the file", ONRECORD_CONTACT="from a variable") == "from a variable"
    assert (
        contact("", ONRECORD_CONTACT="from a variable", ONRECORD_CONTACT_FILE=str(tmp_path / "contact"))
        == "from a named file"
    )


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("data_dir", "/srv/record", Path("/srv/record")),
        ("language", "uk", "uk"),
        ("editors", "1", 1),
        ("log_level", "debug", "debug"),
        ("backup.nightly", "false", False),
        ("backup.at", "04:15", "04:15"),
        ("backup.keep", "3", 3),
        ("backup.directory", "/mnt/copies", Path("/mnt/copies")),
        ("discord.guilds", f"{GUILD}, {GUILD + 1}", (GUILD, GUILD + 1)),
        ("discord.public", "true", True),
        ("discord.review_channel", f"{GUILD}", GUILD),
    ],
)
def test_a_variable_decides_each_of_these(tmp_path: Path, path: str, text: str, expected: object) -> None:
    value: object = loaded(tmp_path, "", **{variable_of(path): text})
    for name in path.split("."):
        value = getattr(value, name)
    assert value == expected


@pytest.mark.parametrize(
    ("text", "line", "hints"),
    [
        ("langauge: en", 1, ["'langauge'", "did you mean 'language'"]),
        ("\nbackup:\n  kep: 3", 3, ["backup", "did you mean 'keep'"]),
        ("language: en\nlanguage: uk", 2, ["twice", "line 1"]),
        ("backup: {keep: 0}", 1, ["backup.keep"]),
        ("backup: {at: 25:00}", 1, ["time of day"]),
        ("editors: 3", 1, ["1 or 2"]),
        ("editors: true", 1, ["1 or 2"]),
        ("log_level: loud", 1, ["debug, info, warning, error"]),
        ("language: english please", 1, ["BCP 47"]),
        ("language: fr", 1, ["'fr' is not spoken here", "en, uk"]),
        ("data_dir: 7", 1, ["path"]),
        ('data_dir: ""', 1, ["path"]),
        ("discord:\n  guilds: [12]", 2, ["discord.guilds[0]", "17 to 20 digits"]),
        (f"discord:\n  guilds: {GUILD}", 2, ["list"]),
        ("discord:\n  public: yes", 2, ["true or false"]),
        ("discord:\n  review_channel: general", 2, ["review_channel", "17 to 20 digits"]),
        (f"discord:\n  editors:\n    - {{guild: {GUILD}}}", 3, ["both guild: ID and role: ID"]),
        (f"discord:\n  editors:\n    - {{role: {GUILD}}}", 3, ["both guild: ID and role: ID"]),
        (f"discord:\n  editors:\n    - {{user: {GUILD}, role: {GUILD}}}", 3, ["either user"]),
        ("discord:\n  editors:\n    - {}", 3, ["either user"]),
        (f"discord:\n  token: {TOKEN}", 2, ["no token in this file"]),
        (f"discord:\n  token_file: {TOKEN}", 2, ["the token itself"]),
        ("- a list", 1, ["no mapping"]),
        ("a: &x b", 1, ["anchor"]),
        ("a: b: c", 1, ["YAML"]),
        ("\tcontact: x", 1, ["YAML"]),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_advice(
    tmp_path: Path, text: str, line: int, hints: list[str]
) -> None:
    message = refused(tmp_path, text)

    assert f"{tmp_path / 'config.yaml'}:{line}: " in message
    assert [hint for hint in hints if hint not in message] == []
    assert TOKEN not in message


def test_all_wrong_places_are_said_at_once(tmp_path: Path) -> None:
    assert len(refused(tmp_path, "a: 1\neditors: 5\nbackup: {keep: x}").splitlines()) == 3


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, "editors: 2", ONRECORD_EDITORS="three").startswith("ONRECORD_EDITORS: ")
    assert "ONRECORD_CONTACT_FILE" in refused(tmp_path, "", ONRECORD_CONTACT_FILE=str(tmp_path / "gone"))


def test_a_variable_that_nobody_reads_is_a_warning(tmp_path: Path) -> None:
    """Kubernetes sets ONRECORD_PORT for a service of that name: no reason to stop."""
    warnings = loaded(tmp_path, "", ONRECORD_DATA_DIRR="/x", ONRECORD_PORT="tcp://10.0.0.1:80").warnings

    assert "did you mean ONRECORD_DATA_DIR?" in warnings[0]
    assert "ONRECORD_PORT" in warnings[1]


def test_a_file_that_is_missing_or_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.yaml: No such file"):
        load(tmp_path / "gone.yaml", {}, tmp_path)
    assert "larger" in refused(tmp_path, "#" * 100_000)


def test_relative_paths_start_from_the_file_and_those_of_variables_from_here(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    file = written(tmp_path / "etc", "data_dir: data\nbackup: {directory: copies}\ndiscord: {token_file: t}")

    config = load(file, {}, tmp_path)
    assert config.data_dir == tmp_path / "etc" / "data"
    assert config.backups == tmp_path / "etc" / "copies"
    assert config.discord
    assert config.discord.token_file == tmp_path / "etc" / "t"

    config = load(file, {"ONRECORD_DATA_DIR": "data", "ONRECORD_BACKUP_DIRECTORY": "copies"}, tmp_path)
    assert (config.data_dir, config.backups) == (tmp_path / "data", tmp_path / "copies")


def test_the_data_directory_where_nobody_says_one(tmp_path: Path) -> None:
    def data_dir(**environment: str) -> Path:
        return load(None, environment, tmp_path).data_dir

    assert data_dir(STATE_DIRECTORY="/var/lib/onrecord:/var/lib/other") == Path("/var/lib/onrecord")
    assert data_dir(XDG_DATA_HOME="/home/ada/data") == Path("/home/ada/data/onrecord")
    assert data_dir(XDG_DATA_HOME="relative") == Path("~/.local/share/onrecord").expanduser()
    assert load(None, {"STATE_DIRECTORY": "/s", "ONRECORD_DATA_DIR": "/d"}, tmp_path).data_dir == Path("/d")


def test_editors_are_users_or_roles_in_their_guild(tmp_path: Path) -> None:
    text = f"discord:\n  editors:\n    - user: {GUILD}\n    - guild: '{GUILD}'\n      role: {GUILD + 1}\n"
    config = loaded(tmp_path, text)

    assert config.discord
    assert config.discord.editors == (DiscordEditor(user=GUILD), DiscordEditor(guild=GUILD, role=GUILD + 1))


def test_the_token_is_read_only_where_it_is_asked_for(tmp_path: Path) -> None:
    """Somebody who may not read the token may still ask for facts."""
    config = loaded(tmp_path, "discord: {token_file: unreadable}")

    assert config.secrets == ()
    with pytest.raises(ConfigError, match="unreadable"):
        with_secrets(config, {})


def test_a_token_never_shows_in_the_configuration(tmp_path: Path) -> None:
    environment = {"ONRECORD_DISCORD_TOKEN": TOKEN}
    config = with_secrets(load(None, environment, tmp_path), environment)

    assert config.secrets[0].reveal() == TOKEN
    assert TOKEN not in f"{config!r} {config}"


def test_a_token_that_cannot_be_meant_is_told_before_any_login(tmp_path: Path) -> None:
    message = refused(tmp_path, "discord: {}", ONRECORD_DISCORD_TOKEN="your-token-here")

    assert "ONRECORD_DISCORD_TOKEN is still the placeholder" in message
    assert "no token" in refused(tmp_path, "discord: {}")


def test_a_token_file_that_others_can_read_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "t").write_text(TOKEN, encoding="utf-8")
    (tmp_path / "t").chmod(0o644)
    config = with_secrets(loaded(tmp_path, "discord: {token_file: t}"), {})

    assert f"chmod 600 {tmp_path / 't'}" in config.warnings[0]


def test_a_bot_that_would_answer_nobody_is_told(tmp_path: Path) -> None:
    assert "No platform" in ready_to_run(loaded(tmp_path, ""))[0]
    assert "nobody would be answered" in ready_to_run(loaded(tmp_path, "discord: {}"))[0]
    assert ready_to_run(loaded(tmp_path, f"discord: {{guilds: [{GUILD}]}}")) == ()
    assert ready_to_run(loaded(tmp_path, "discord: {public: true}")) == ()


def test_the_top_level_keys_of_any_file_can_be_seen(tmp_path: Path) -> None:
    assert top_level_keys(written(tmp_path, "a: 1\nb: {c: 2}")) == {"a", "b"}
    assert top_level_keys(written(tmp_path, "- 1")) == frozenset()
    assert top_level_keys(written(tmp_path, "a: [")) == frozenset()
