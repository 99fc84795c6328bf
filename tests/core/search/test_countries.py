"""Countries are known in many languages before anybody files them, and never one for another."""

from __future__ import annotations

import pkgutil

import pytest

from bot.core.model.names import Entity, EntityType, Name
from bot.core.ports import Vocabulary
from bot.core.search.countries import FILE, Countries, countries
from bot.core.search.lexicon import Lexicon, build
from bot.core.search.parsing import parse
from bot.core.search.query import UnitKind
from tests.seeded import analysis


def on_file(*names: str, **more: object) -> Lexicon:
    entities = tuple(
        Entity(id=name.lower().replace(" ", "-"), type=EntityType.COUNTRY, name=name, **more)  # type: ignore[arg-type]
        for name in names
    )
    return build(Vocabulary(entities=entities, topics=(), series=()), analysis())


def explained_by(query: str, lexicon: Lexicon) -> set[str]:
    """The terms that may each explain the only part of a query."""
    (unit,) = parse(query, lexicon, analysis()).units
    return {term for (term, *_) in unit.alternatives}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("japan", "JP"), ("日本", "JP"), ("japon", "JP"), ("японія", "JP"), ("японії", "JP"), ("японских", "JP"),
        ("japanese", "JP"), ("japanischen", "JP"), ("일본", "JP"), ("north korea", "KP"), ("северной кореи", "KP"),
        ("північнокорейські", "KP"), ("nordkoreanische", "KP"), ("dprk", "KP"), ("southkorea", "KR"), ("韓国", "KR"),
        ("cote divoire", "CI"), ("ivory coast", "CI"), ("niger", "NE"), ("нігеру", "NE"),
        ("нигера", "NE"), ("нигерии", "NG"), ("nigeria", "NG"), ("нігерії", "NG"),
        ("deutschland", "DE"), ("германии", "DE"), ("niemcy", "DE"), ("french", "FR"), ("uk", "GB"), ("америки", "US"),
    ],
)  # fmt: skip
def test_a_name_in_any_language(name: str, code: str) -> None:
    found = countries().find(name.split())

    assert found is not None
    assert found.codes == (code,)


@pytest.mark.parametrize(
    "name", ["i ran", "to go", "chi le", "ammunition", "president", "island", "man", "и", "ни ге рия"]
)
def test_what_is_no_country(name: str) -> None:
    assert countries().find(name.split()) is None


@pytest.mark.parametrize(
    ("name", "codes"), [("korea", "KP KR"), ("корея", "KP KR"), ("congo", "CD CG"), ("конго", "CD CG")]
)
def test_a_name_of_two_countries_is_neither(name: str, codes: str) -> None:
    found = countries().find([name])

    assert found is not None
    assert found.codes == tuple(codes.split())
    (unit,) = parse(name, on_file("North Korea"), analysis()).units
    assert unit.ambiguous


@pytest.mark.parametrize("name", ["日本", "Японія", "в Японии", "Japanese", "Japon", "일본", "japanische"])
def test_a_country_on_file_is_found_by_names_that_nobody_listed(name: str) -> None:
    assert "e:japan" in explained_by(name, on_file("Japan"))


def test_the_house_spelling_decides_which_country_it_is() -> None:
    aliases = (Name(text="Corea", language="es"), Name(text="Южная Корея", language="ru"))

    assert "e:south-korea" in explained_by("한국", on_file("South Korea", aliases=aliases))
    assert "e:chosen-land" not in explained_by("日本", on_file("Chosen Land"))
    assert "e:chosen-land" in explained_by("韓国", on_file("Chosen Land", aliases=aliases[1:]))


@pytest.mark.parametrize(
    ("query", "filed"),
    [("japan", "Gambia"), ("nigeria", "Niger"), ("nigerias", "Niger"), ("equatorial guinea", "Guinea"),
     ("південної кореї", "North Korea"), ("zambia", "Gambia"), ("南韓", "North Korea"), ("südkorea", "North Korea")],
)  # fmt: skip
def test_a_country_that_is_not_on_file_is_known_and_is_no_other(query: str, filed: str) -> None:
    (unit,) = parse(query, on_file(filed), analysis()).units

    assert unit.kind is UnitKind.NAME
    assert not any(term.startswith("e:") for way in unit.alternatives for term in way)


def test_guinea_is_not_explained_by_a_longer_name_in_the_text() -> None:
    """ "Equatorial Guinea" holds the word."""
    assert explained_by("guinea", on_file("Guinea")) == {"e:guinea"}
    assert parse("guinea", on_file("Japan"), analysis()).units[0].alternatives == ()
    assert parse("equatorial guinea", on_file("Japan"), analysis()).units[0].alternatives == ()


@pytest.mark.parametrize(
    ("typed", "filed", "mended"),
    [("gambja", "Gambia", "gambia"), ("gambi", "Gambia", "gambia"), ("nigera", "Niger", None),
     ("nigerr", "Niger", "niger"), ("zambja", "Gambia", None)],
)  # fmt: skip
def test_a_slip_is_mended_only_where_no_other_country_is_as_near(typed: str, filed: str, mended: str | None) -> None:
    assert on_file(filed).near(typed) == mended


def test_the_pronoun_is_no_country() -> None:
    lexicon = on_file("United States")

    assert "e:united-states" in explained_by("US", lexicon)
    assert parse("tell us", lexicon, analysis()).units == ()


def test_the_table_is_folded_as_queries_are_and_in_order() -> None:
    """Otherwise names in it would not be met: make it anew with tools/make_countries.py."""
    names = [country.words for country in countries()]

    assert len(names) > 8000
    assert [
        words for words in names if tuple(token.text for token in analysis().tokens(" ".join(words))) != words
    ] == []
    assert sorted("".join(words) for words in names) == ["".join(words) for words in names]
    assert all(countries().house(code) for country in countries() for code in country.codes)


def test_the_table_is_small() -> None:
    data = pkgutil.get_data("bot.core.search", FILE)

    assert data is not None
    assert len(data) < 220_000
    assert len(Countries("=XX|Nowhere\nnowhere|XX\n")) == 1


@pytest.mark.parametrize(
    ("town", "code"),
    [
        ("pyongyang", "KP"),
        ("пхеньяну", "KP"),
        ("평양", "KP"),
        ("київ", "UA"),
        ("москви", "RU"),
        ("beijing", "CN"),
        ("washington", "US"),
        ("new delhi", "IN"),
        ("warschau", "PL"),
    ],
)
def test_a_capital_may_speak_for_its_country(town: str, code: str) -> None:
    found = countries().find(town.split())
    assert found is not None
    assert (found.codes, found.capital) == ((code,), True)


def test_a_capital_is_surely_only_the_town() -> None:
    lexicon = on_file("North Korea")
    (unit,) = parse("pyongyang", lexicon, analysis()).units
    assert unit.alternatives[: unit.sure] == (("pyongyang",),)
    assert any(way[0].startswith("e:") for way in unit.alternatives[unit.sure :])
    assert unit.means == "North Korea"


def test_a_capital_that_is_filed_as_a_place_is_no_country() -> None:
    """Kyiv on file is Kyiv; that does not make it Ukraine, nor Ukraine it."""
    kyiv = Entity(id="kyiv", type=EntityType.PLACE, name="Kyiv")
    lexicon = build(Vocabulary(entities=(kyiv,), topics=(), series=()), analysis())
    (unit,) = parse("kyiv", lexicon, analysis()).units
    assert unit.means == "Kyiv"
    (other,) = parse("ukraine", lexicon, analysis()).units
    assert not any(way[0].startswith("e:") for way in other.alternatives)
