"""What the documents point to is there: files, commands, targets of make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli.parser import COMMANDS
from bot.commands.desk.rows import FIELDS, ROWS

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "facts").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page: Path) -> None:
    named = set(re.findall(r"(?<![@/.\w-])onrecord (?:--config \S+ )?([a-z]+)", page.read_text(encoding="utf-8")))
    assert named <= {name for name, *_ in COMMANDS}


def test_the_readme_opens_with_targets_that_make_knows() -> None:
    opening = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[1]
    targets = set(re.findall(r"^make ([a-z]+)", opening, re.MULTILINE))
    assert targets == {"fact", "test"}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs/matrix.md").read_text(encoding="utf-8")
    assert [name for name, *_ in COMMANDS if not re.search(rf"onrecord {name}\b", readme)] == []


def test_everything_that_can_be_typed_at_the_desk_is_in_its_guide() -> None:
    guide = (ROOT / "docs/desk.md").read_text(encoding="utf-8")
    assert [name for name in (*ROWS, *FIELDS) if not re.search(rf"\b{name}\b", guide)] == []
