"""When silence is the answer."""

from __future__ import annotations

import pytest

from bot.core.search.index import document
from bot.core.search.parsing import parse
from bot.core.search.plan import Frequencies
from bot.core.search.query import Query
from bot.core.search.ranking import Scored, ranked
from bot.core.search.refusal import ENOUGH, Shape, Spoken, answers, shape
from tests.builders import a_dossier
from tests.seeded import analysis, lexicon, records


def read(text: str, *, message: bool = False) -> Query:
    return parse(text, lexicon(), analysis(), message=message)


def scored(query: Query, slug: str) -> Scored:
    on_file = records()
    record = next(record for record in on_file.facts if record.slug == slug)
    dossier = a_dossier(
        revision=record.revision,
        sources=on_file.sources,
        entities=on_file.entities,
        topics_on_file=on_file.topics,
    )
    frequencies = Frequencies(documents=13, mean_length=12, of={})
    return ranked(query, [document(dossier, analysis())], frequencies)[0]


ROUNDS = "zelenskyi-dprk-3-5m-rounds-2024-11"
WEAPONS = "zelenskyi-dprk-many-weapons-2024-11"
TROOPS, SERVICEMEN = "zelenskyi-participation-depends-2024-11", "zelenskyi-11k-servicemen-2024-11"
HOWITZERS = "outlet-koksan-by-rail-2024-11"
HOPE, ROLE, MOMENTUM = (
    "yoon-two-countries-stability-2024-11",
    "yoon-urges-xi-constructive-2024-11",
    "xi-china-rok-momentum-2024-11",
)
BOX = "caption-152mm-box-2023-10"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zelensky", Shape.LIST),
        ("zelensky 2024", Shape.LIST),
        ("zelensky quotes", Shape.LIST),
        ("yoon china", Shape.QUESTION),
        ("ammunition", Shape.QUESTION),
        ("3.5 million north korea", Shape.QUESTION),
        ("3.5 million", Shape.BARE),
        ("november 2024", Shape.BARE),
        ("weather", Shape.LIST),
        ("how far", Shape.NOTHING),
        ("how far does it fly", Shape.QUESTION),
        ("kim", Shape.NOTHING),
        ("kim 2024", Shape.NOTHING),
        ("kim political solution", Shape.QUESTION),
    ],
)
def test_what_a_query_asks_for(text: str, expected: Shape) -> None:
    assert shape(read(text)) is expected


@pytest.mark.parametrize(
    ("text", "slug", "answered"),
    [
        ("dprk ammunition", ROUNDS, True),
        ("japan ammunition", ROUNDS, False),
        ("north korea gave ammunition to russia", ROUNDS, True),
        ("russia gave ammunition to north korea", ROUNDS, False),
        ("north korea weapons russia", WEAPONS, True),
        ("north korea gave weapons to ukraine", WEAPONS, False),
        ("3.5 million rounds and missiles", ROUNDS, True),
        ("3.5 million missiles", ROUNDS, False),
        ("how many rounds did north korea send", ROUNDS, True),
        ("how many weapons did north korea send", WEAPONS, False),
        ("russian shells", ROUNDS, False),
        ("what did zelensky say about weapons", WEAPONS, True),
        ("what did xi say about weapons", WEAPONS, False),
        ("north korean soldiers kyiv", TROOPS, True),  # a capital speaks for its country
        ("north korean soldiers in kyiv", TROOPS, False),  # but is not all of it
        ("nk troops near Kyiv", TROOPS, False),
        ("солдати КНДР у Києві", TROOPS, False),
        ("солдаты КНДР под Киевом", TROOPS, False),
        ("nordkoreanische Soldaten bei Kiew", TROOPS, False),
    ],
)
def test_every_part_must_be_explained(text: str, slug: str, answered: bool) -> None:
    query = read(text)
    assert answers(query, scored(query, slug)) is answered


@pytest.mark.parametrize(
    ("text", "slug", "answered"),
    [
        ("dprk troops", TROOPS, True),
        ("north korean troops", TROOPS, True),
        ("russian troops", TROOPS, False),
        ("russian troops in north korea", TROOPS, False),
        ("ukraine troops in russia", TROOPS, False),
        ("dprk troops in ukraine", TROOPS, True),
        ("weapons to russia", HOWITZERS, True),
        ("weapons to north korea", HOWITZERS, False),
        ("russia weapons to north korea", HOWITZERS, False),
        ("11 thousand north koreans", SERVICEMEN, True),
        ("11 thousand russians", SERVICEMEN, False),
        ("11 тисяч росіян", SERVICEMEN, False),
        ("how many russians in kursk", SERVICEMEN, False),
    ],
)
def test_whose_thing_it_is_says_the_label_of_its_topic(text: str, slug: str, answered: bool) -> None:
    query = read(text)
    assert answers(query, scored(query, slug)) is answered


@pytest.mark.parametrize(
    ("text", "slug", "answered"),
    [
        ("military cooperation between russia and north korea", HOPE, True),
        ("military cooperation between russia and china", HOPE, False),
        ("cooperation china russia", HOPE, False),
        ("cooperation china russia", ROLE, False),
        ("china cooperation with russia", ROLE, False),
        ("cooperation russia dprk", ROLE, True),
        ("cooperation russia", HOPE, True),
        ("south korea china relations", MOMENTUM, True),
    ],
)
def test_who_cooperates_are_the_same_two(text: str, slug: str, answered: bool) -> None:
    query = read(text)
    assert answers(query, scored(query, slug)) is answered


@pytest.mark.parametrize(
    ("text", "slug", "answered"),
    [
        ("at least 3.5 million rounds", ROUNDS, True),
        ("at most 3.5 million rounds", ROUNDS, False),
        ("up to 3.5 million rounds", ROUNDS, False),
        ("не більше 3,5 млн снарядів", ROUNDS, False),
        ("dprk ammunition before 2025", ROUNDS, True),
        ("dprk ammunition before 2024", ROUNDS, False),
        ("dprk ammunition before november", ROUNDS, False),  # of which year?
        ("dprk ammunition after 2023", ROUNDS, True),
        ("dprk ammunition after 2023", BOX, False),  # its words name October 2023
        ("боєприпаси до 2024", ROUNDS, False),
    ],
)
def test_the_most_the_least_before_and_after_are_read(text: str, slug: str, answered: bool) -> None:
    query = read(text)
    assert answers(query, scored(query, slug)) is answered


@pytest.mark.parametrize(
    ("text", "slug", "enough"),
    [
        ("lol so Zelensky claims NK already shipped 3.5 million shells to the russians?? insane if true", ROUNDS, True),
        ("KNDR lol, 3.5 million rounds, plus missiles from north korea", ROUNDS, True),
        ("Nordkorea hat 3,5 Millionen Granaten an Russland geliefert", ROUNDS, True),
        ("북한이 러시아에 포탄 350만 발을 보냈다", ROUNDS, True),
        ("북한이 포탄 350만발을 보냈다고 한다", ROUNDS, True),
        ("Russland hat 3,5 Millionen Granaten an Nordkorea geliefert", ROUNDS, False),  # the other direction
        ("러시아가 북한에 포탄 350만 발을 보냈다", ROUNDS, False),
        ("north korea sent 5 million shells to russia", ROUNDS, False),  # another number
        ("russia sent 3.5 million shells to north korea", ROUNDS, False),  # the other direction
        ("3.5 million people watched the game", ROUNDS, False),
        ("I had ammunition for breakfast", ROUNDS, False),
        ("my cat is called Koksan", ROUNDS, False),
        ("3.5 million shells fell on my roof", ROUNDS, False),  # anybody's
        ("howitzers", HOWITZERS, False),
        ("Russia and Ukraine play football tonight", WEAPONS, False),
    ],
)
def test_a_message_must_cover_the_fact(text: str, slug: str, enough: bool) -> None:
    query = read(text, message=True)
    assert (Spoken(query).covers(scored(query, slug)) >= ENOUGH) is enough


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("so north korea sent 5 million shells to russia, wow", True),
        ("north korea sent 3.5 million shells to russia", False),  # the same number
        ("russia sent 5 million shells to north korea", False),  # the other direction
        ("north korea has 5 million soldiers near russia", False),  # other things
        ("5 million shells", False),  # nobody's
        ("north korea sent shells to russia", False),  # no number at all
    ],
)
def test_another_number_is_told_from_another_thing(text: str, differs: bool) -> None:
    query = read(text, message=True)
    assert Spoken(query).differs(scored(query, ROUNDS)) is differs


def test_words_beside_the_point_do_not_matter_in_a_message() -> None:
    short = read("north korea 3.5 million artillery rounds russia", message=True)
    long = read("north korea 3.5 million artillery rounds russia " + "my dog ate homework tuesday " * 9, message=True)
    assert Spoken(long).covers(scored(long, ROUNDS)) == Spoken(short).covers(scored(short, ROUNDS))
