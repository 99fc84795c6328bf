"""What the bot says, one folder a language, loaded when it is first spoken; the fallback is English."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from bot.wording import en
from bot.wording.catalogue import Wording

_LANGUAGES = ("en", "uk")


def languages() -> tuple[str, ...]:
    """The languages on file, English first."""
    return _LANGUAGES


def wording(locale: str) -> Wording:
    """The sentences for a locale such as "uk", "uk-UA" or "en_GB.UTF-8"; English where we do not speak it."""
    language = locale.replace("_", "-").partition("-")[0].partition(".")[0].lower()
    return _spoken(language if language in _LANGUAGES else "en")


@cache
def _spoken(language: str) -> Wording:
    found = import_module(f"bot.wording.{language}")
    return Wording(language=language, sentences=found.SENTENCES, plural=found.plural, fallback=en.SENTENCES)


__all__ = ["Wording", "languages", "wording"]
