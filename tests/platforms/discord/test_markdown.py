"""What people wrote reaches readers as they wrote it, and never as markup, mention or link."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.platforms.discord.markdown import guarded, inert, inert_line, link, plain
from bot.platforms.neutral import visible

HOSTILE = [
    "**b** *i* __u__ _i_ ~~s~~ ||spoiler|| `code` ```block```",
    "<@123> <@!123> <@&123> <#123> </fact:123> </fact sub:123> <t:1700000000:R> <:e:1> <a:e:1> <id:customize>",
    "@everyone and @here",
    "[Bank](https://evil.example) [a [b]](https://evil.example) [x\\](https://evil.example)",
    "https://evil.example/_x_ HTTP://EVIL.example <https://evil.example>",
    "discord.gg/abc discord.com/invite/abc DISCORDAPP.COM/invite/abc discord.new/abc",
    "# heading\n## two\n### three\n-# small\n> quote\n>>> all\n- item\n* item\n+ item\n  - deep\n1. one\n  22. two",
    ":smile: :+1::skin-tone-2: :100: at 12:30:45",
    "a \\ b \\* c \\\\",
    "\r\n# after\u2028# separators\x0b# of\x85# lines",
]
_ACTIVE = [
    r"<[@#:/]", r"<(?:t|a|id|https?):", r"@everyone|@here", r"\]\(", r"://", r"(?i)discord(?:app)?\.(?:gg|com|me|new)",
    r"\*", r"_", r"`", r"\|\|", r"~~", r"(?m)^\s*(?:#{1,3}|-#|[-+])\s", r"(?m)^\s*>", r"(?m)^\s*\d+\.\s",
]  # fmt: skip


def active(escaped: str) -> list[str]:
    """The marks that Discord would still act upon. An escaped sign is blanked first; `\\` itself hides nothing."""
    blanked = re.sub(r"\\[^0-9A-Za-z\s]", "\ufffc", escaped)
    return [pattern for pattern in _ACTIVE if re.search(pattern, blanked)]


def unescaped(escaped: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", escaped)


hostile_text = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(
        st.sampled_from([*"*_~|`\\<>@#&!:/[]().- +\n1a", "everyone", "https", "discord", "gg", "t", "\u200b"])
    ).map("".join),
)


@given(hostile_text)
@example("\n".join(HOSTILE))
@example("<\u200b@1> ]\u200b( :\u200b// @\u200beveryone |\u200b|")
def test_no_markup_survives_and_every_visible_character_does(text: str) -> None:
    escaped = inert(text)

    assert "<@" not in escaped
    assert active(escaped) == []
    assert unescaped(escaped) == visible(re.sub("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text))


@given(hostile_text)
def test_a_line_stays_a_line(text: str) -> None:
    assert len(inert_line(text).splitlines()) <= 1
    assert active(inert_line(text)) == []


@given(hostile_text)
def test_guarding_twice_changes_nothing(text: str) -> None:
    assert guarded(inert(text)) == inert(text)


@pytest.mark.parametrize(
    "text",
    [
        "“We have planted at least 300 trees”, she said (in May) - twice; 50% & more.",
        "Said: 3.5 million, ~300 pieces, C# and A/B, mail a@b.example, 12:30:45",
        "О 12:30 він сказав: «ні»",
    ],
)
def test_ordinary_words_get_no_backslash(text: str) -> None:
    """Phones show the raw text in notifications."""
    assert inert(text) == text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://gazette.example/trees_of_2026?a=1&b=2#top", "https://gazette.example/trees_of_2026?a=1&b=2#top"),
        ("https://gazette.example/a(b)*c*|d", "https://gazette.example/a%28b%29%2Ac%2A%7Cd"),
        ("https://gazette.example/<@1>", "https://gazette.example/%3C@1%3E"),
        ("https://gazette.example/деревья", "https://gazette.example/деревья"),
        ("javascript:alert(1)", None),
        ("https://gazette.example/a b", None),
        ("https://gazette.example/a\u202eb", None),
        ("[x](https://gazette.example)", None),
    ],
)
def test_only_plain_web_addresses_become_links(url: str, shown: str | None) -> None:
    assert link(url) == shown


def test_places_without_markdown_get_words_on_one_line() -> None:
    assert plain("*Trees*\n in\u200b\t\u202eTestwick ") == "*Trees* in ⟨U+202E⟩Testwick"
