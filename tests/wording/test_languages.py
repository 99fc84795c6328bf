"""The languages say the same things."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from bot.wording import en, languages, uk, wording
from bot.wording.catalogue import Sentence, Wording

BOT = Path(__file__).parents[2] / "bot"
DISCORD_NAME = re.compile(r"[-_'\w]{1,32}")


def templates(sentence: Sentence) -> tuple[str, ...]:
    return (sentence,) if isinstance(sentence, str) else tuple(sentence.values())


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(uk.SENTENCES) == set(en.SENTENCES)


@pytest.mark.parametrize("key", en.SENTENCES)
def test_both_languages_have_the_same_kind_of_sentence_with_the_same_places(key: str) -> None:
    english, ukrainian = en.SENTENCES[key], uk.SENTENCES[key]
    assert isinstance(english, str) == isinstance(ukrainian, str)
    named = set().union(*map(places, templates(english)))
    if key.startswith(("when.", "date.")):  # a language may take a date apart where another has it whole
        named |= {"date", "month", "year"}
    for template in templates(ukrainian):
        assert places(template) <= named


@pytest.mark.parametrize("key", [key for key in en.SENTENCES if not key.startswith(("when.", "date."))])
def test_no_place_is_lost_in_translation(key: str) -> None:
    for name in set().union(*map(places, templates(en.SENTENCES[key]))):
        assert any(name in places(template) for template in templates(uk.SENTENCES[key]))


@pytest.mark.parametrize(("language", "categories"), [("en", {"one", "other"}), ("uk", {"one", "few", "many"})])
def test_plurals_have_exactly_the_categories_of_the_language(language: str, categories: set[str]) -> None:
    for sentence in wording(language).sentences.values():
        assert isinstance(sentence, str) or set(sentence) == categories


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 джерел"),
        (1, "1 джерело"),
        (2, "2 джерела"),
        (4, "4 джерела"),
        (5, "5 джерел"),
        (11, "11 джерел"),
        (12, "12 джерел"),
        (21, "21 джерело"),
        (22, "22 джерела"),
        (111, "111 джерел"),
    ],
)
def test_ukrainian_counts_in_three_forms(number: int, said: str) -> None:
    assert wording("uk").count("sources", number) == said


def test_english_counts_in_two_forms() -> None:
    assert [wording("en").count("sources", number) for number in (0, 1, 2)] == ["0 sources", "1 source", "2 sources"]


@pytest.mark.parametrize("locale", ["uk", "uk-UA", "uk_UA.UTF-8", "UK"])
def test_every_spelling_of_a_locale_finds_its_language(locale: str) -> None:
    assert wording(locale).language == "uk"


@pytest.mark.parametrize("locale", ["en", "en-GB", "fr", "C", "C.UTF-8", "", "ukulele", "\ud800"])
def test_what_we_do_not_speak_is_english(locale: str) -> None:
    assert wording(locale).language == "en"


def test_a_sentence_that_is_not_translated_is_english() -> None:
    half = Wording(language="xx", sentences={"a": "A"}, plural=en.plural, fallback={"a": "no", "b": "B {x}"})
    assert (half.say("a"), half.say("b", x=1)) == ("A", "B 1")


def test_what_people_wrote_is_never_read_as_a_template() -> None:
    assert wording("en").say("fact.nothing", query="{secret} {0} %s") == 'Nothing on record for "{secret} {0} %s".'


@pytest.mark.parametrize("language", languages())
def test_names_and_descriptions_can_be_registered_on_discord(language: str) -> None:
    sentences = wording(language).sentences
    for key, sentence in sentences.items():
        if key.startswith("command.") and isinstance(sentence, str):
            assert 1 <= len(sentence) <= (100 if key.endswith(".description") else 32), key
            if key.endswith(".name") and key not in ("command.find.name", "command.clip.name"):  # menus may have spaces
                assert DISCORD_NAME.fullmatch(sentence), key
                assert sentence == sentence.lower(), key


def test_every_key_that_the_program_says_is_on_file() -> None:
    """A key that is built at run time ends in a place; what stands before it must begin some key."""
    said = re.compile(r"""\.(?:say|count)\(\s*f?"([a-z_.]+)(\{)?""")
    found = [
        (match[1], match[2], path.name)
        for path in BOT.rglob("*.py")
        for match in said.finditer(path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 100
    for key, open_ended, name in found:
        known = any(other.startswith(key) for other in en.SENTENCES) if open_ended else key in en.SENTENCES
        assert known, f"{name}: {key}"


@pytest.mark.parametrize("language", [en, uk])
def test_no_key_stands_twice(language: ModuleType) -> None:
    parts = [part.SENTENCES for part in vars(language).values() if isinstance(part, ModuleType)]
    assert len(parts) > 3
    assert sum(map(len, parts)) == len(language.SENTENCES)


@pytest.mark.parametrize("language", languages())
def test_forms_and_buttons_fit_the_narrowest_platform(language: str) -> None:
    """Labels and titles of a form, its hints, buttons: 45, 100 and 80 characters on Discord, with what is filled in."""
    most = {"hint": 100, "form": 45, "button": 80}
    for key, sentence in wording(language).sentences.items():
        kind = "hint" if key.endswith(".hint") else key.partition(".")[0]
        if isinstance(sentence, str) and kind in most:
            filled = re.sub(r"\{(?:name|who|topic)\}", "k7f3", re.sub(r"\{number\}", "12345", sentence))
            assert len(filled) <= most[kind], key
