"""What the bot says, one folder a language; what is not translated falls back to English."""

from __future__ import annotations

from bot.wording import en, uk
from bot.wording.catalogue import Wording

_ENGLISH = Wording(language="en", sentences=en.SENTENCES, plural=en.plural)
_LANGUAGES = {
    "en": _ENGLISH,
    "uk": Wording(language="uk", sentences=uk.SENTENCES, plural=uk.plural, fallback=en.SENTENCES),
}


def languages() -> tuple[str, ...]:
    """The languages on file, English first."""
    return tuple(_LANGUAGES)


def wording(locale: str) -> Wording:
    """The sentences for a locale such as "uk", "uk-UA" or "en_GB.UTF-8"; English where we do not speak it."""
    language = locale.replace("_", "-").partition("-")[0].partition(".")[0].lower()
    return _LANGUAGES.get(language, _ENGLISH)


__all__ = ["Wording", "languages", "wording"]
