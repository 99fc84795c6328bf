"""The rule of the house, read from the imports: platforms → commands → core, each library in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOT = ROOT / "bot"

#: package -> the packages of `bot` that it may import. The composition root (app, cli and their like) may import all.
MAY_IMPORT = {
    "core": {"core"},
    "store": {"store", "core"},
    "interchange": {"interchange", "core"},
    "evaluation": {"evaluation", "interchange", "core"},
    "wording": {"wording", "core"},
    "commands": {"commands", "wording", "core"},
    "platforms": {"platforms", "commands", "wording", "core"},
    "pictures": {"pictures", "commands"},
    "stemming": {"stemming"},
}

#: third-party library -> the one package that knows it.
KNOWN_IN = {
    "aiosqlite": {"store"},
    "yaml": {"interchange"},
    "discord": {"platforms/discord"},
    "aiohttp": {"platforms/discord", "platforms/matrix"},
    "nio": {"platforms/matrix"},
    "vodozemac": {"platforms/matrix"},
    "Crypto": {"platforms/matrix"},
    "rich": {"platforms/console"},
    "Stemmer": {"stemming"},
    "matplotlib": {"pictures"},
}

#: what only adapters may do, and where the adapters are.
NOT_IN_CORE = {
    "sqlite3",
    "socket",
    "asyncio.subprocess",
    "os",
    "pathlib",
    "random",
    "secrets",
    "time",
    "uuid",
    "logging",
}


def _modules() -> list[Path]:
    return sorted(BOT.rglob("*.py"))


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def _package(path: Path) -> str:
    return path.relative_to(BOT).with_suffix("").parts[0]


def _breaches(path: Path) -> list[str]:
    package, where = _package(path), path.relative_to(ROOT)
    found = []
    for name, line in _imports(path):
        parts = name.split(".")
        if parts[0] == "bot" and len(parts) > 1 and package in MAY_IMPORT and parts[1] not in MAY_IMPORT[package]:
            found.append(f"{where}:{line}: {package} must not import bot.{parts[1]}")
        homes = KNOWN_IN.get(parts[0])
        if homes and not any(path.relative_to(BOT).as_posix().startswith(home) for home in homes):
            found.append(f"{where}:{line}: {parts[0]} is known only in {', '.join(sorted(homes))}")
        if package == "core" and (name in NOT_IN_CORE or parts[0] in NOT_IN_CORE):
            found.append(f"{where}:{line}: the core is pure, {name} belongs to an adapter")
    return found


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_layers_hold(path: Path) -> None:
    assert _breaches(path) == []


def test_a_breach_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "bot" / "core" / "wrong.py"
    module.parent.mkdir(parents=True)
    module.write_text("import aiosqlite\nimport time\nfrom bot.commands import reply\n", encoding="utf-8")
    monkeypatch.setitem(globals(), "BOT", tmp_path / "bot")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)

    assert len(_breaches(module)) == 3


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_sql_stands_in_the_store_alone(path: Path) -> None:
    if _package(path) == "store":
        return
    words = ("SELECT ", "INSERT INTO", "DELETE FROM", "PRAGMA ")
    texts = [
        node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
    ]
    assert [text for text in texts if isinstance(text, str) and text.lstrip().startswith(words)] == []


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_opens_with_what_it_is_for(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))
    assert len(source.splitlines()) <= 350, "is there a second subject inside?"
