"""A form as a file for an editor: what was written comes back, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.reply import Form, FormField
from bot.platforms.console.filling import filler
from bot.platforms.console.screen import Screen
from bot.platforms.console.sheet import read, sheet
from bot.wording import wording

KINDS = (("direct", "Exact words"), ("indirect", "A summary"))


def a_form(passage: str = "", link: str = "", kind: str = "direct") -> Form:
    return Form(
        title="Suggest a fact",
        line="suggest",
        fields=(
            FormField(name="passage", label="Passage", value=passage, long=True, required=True, limit=8000),
            FormField(name="link", label="Link", value=link, hint="none: there is no link", required=True),
            FormField(name="kind", label="Kind", value=kind, options=KINDS),
            FormField(name="title", label="Title"),
        ),
    )


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40)


@given(passage=st.lists(LINES, max_size=6).map("\n".join), link=LINES)
def test_what_stands_in_the_fields_comes_back(passage: str, link: str) -> None:
    given_ = read(sheet(a_form(passage, link), ("A note.",)), a_form())
    assert given_ == {"passage": passage.strip(), "link": link.strip(), "kind": "direct", "title": ""}


def test_an_article_may_contain_what_looks_like_ours() -> None:
    passage = '# Heading\nTitle: of the day\n#Ukraine\nLink: none\n"Words," she said.'
    assert read(sheet(a_form(passage), ()), a_form())["passage"] == passage


def test_the_file_says_what_goes_where_and_long_things_stand_last() -> None:
    text = sheet(a_form("Two\nlines", "https://x.example"), ("Save and close.",))
    assert text == (
        "# Suggest a fact\n# Save and close.\n\n# none: there is no link\nLink: https://x.example\n\n"
        "# direct: Exact words\n# indirect: A summary\nKind: direct\n\nTitle: \n\nPassage: Two\nlines\n"
    )


def test_a_choice_may_be_written_as_people_see_it() -> None:
    assert read("Kind: a SUMMARY\n", a_form())["kind"] == "indirect"


class Typed:
    def __init__(self, *lines: str | BaseException) -> None:
        self._lines: Iterator[str | BaseException] = iter(lines)
        self.prompts: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.prompts.append(prompt)
        line = next(self._lines, EOFError())
        if isinstance(line, BaseException):
            raise line
        return line


def fill(form: Form, typed: Typed, **environment: str) -> tuple[object, str]:
    out = io.StringIO()
    screen = Screen(out=out, terminal=True, colour=False)
    return filler(typed, screen, environment, wording("en"))(form), out.getvalue()


def test_without_an_editor_each_thing_is_asked_for() -> None:
    typed = Typed("one", "two", "", "", "https://x.example", "nonsense", "2", "")
    given_, out = fill(a_form(), typed)
    assert given_ == {"passage": "one\ntwo", "link": "https://x.example", "kind": "indirect", "title": ""}
    assert "1  Exact words" in out
    assert "Kind [direct]: " in typed.prompts


def test_what_is_needed_is_asked_for_again_and_what_is_given_up_is_not_sent() -> None:
    reason = Form(title="Hide #1", line="hide 1", fields=(FormField(name="reason", label="Why", required=True),))
    given_, _ = fill(reason, Typed("", "  ", "doubt"))
    assert given_ == {"reason": "doubt"}
    for end in (EOFError(), KeyboardInterrupt()):
        given_, out = fill(reason, Typed(end))
        assert given_ is None
        assert "Given up" in out


def an_editor(tmp_path: Path, script: str) -> str:
    path = tmp_path / "editor with blank"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return f"'{path}'"


def test_the_persons_own_editor_is_used_and_the_file_is_gone_afterwards(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    editor = an_editor(
        tmp_path, f'stat -c "%a" "$1" > "{seen}"; echo "$1" >> "{seen}"; sed -i "s/^Title: /Title: T/" "$1"'
    )
    given_, _ = fill(a_form("p", "none"), Typed(), EDITOR=editor)
    assert given_ == {"passage": "p", "link": "none", "kind": "direct", "title": "T"}
    mode, path = seen.read_text(encoding="utf-8").splitlines()
    assert mode == "600"
    assert not Path(path).exists()


@pytest.mark.parametrize(("script", "said"), [("true", "Nothing was changed"), ("exit 1", "Nothing was changed")])
def test_a_file_that_was_closed_unchanged_is_given_up(tmp_path: Path, script: str, said: str) -> None:
    given_, out = fill(a_form(), Typed(), VISUAL=an_editor(tmp_path, script))
    assert given_ is None
    assert said in out


@pytest.mark.parametrize("editor", ["/no/such/editor", "'unclosed"])
def test_an_editor_that_is_not_there_is_named(editor: str) -> None:
    given_, out = fill(a_form(), Typed(), EDITOR=editor)
    assert given_ is None
    assert "Set EDITOR to another one." in out
