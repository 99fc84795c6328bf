"""Questions that turn a fact round: another doer, another bound, up for down. Each has its twin, which is answered."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from bot import app
from bot.core.model.finding import Found, NothingFound
from bot.interchange.loading import load

ROOT = Path(__file__).parents[2]

TWINS = [
    ("karsovia sues velmora", "velmora sues karsovia"),
    ("karsovia lent zembria 250 million", "zembria lent karsovia 250 million"),
    ("orvania pays pellandria 3.5 million crowns", "pellandria pays orvania 3.5 million crowns"),
    ("zembria pays 212 thalers a tonne", "orvania pays 212 thalers a tonne"),
    ("zembria counted 280,000", "orvania counted 280,000"),
    ("karsovia recalled ambassador", "velmora recalled ambassador"),
    ("mallin concedes", "mallen concedes"),
    ("mallin congratulates mallen", "mallen congratulated mallin"),
    ("yoon urged xi constructive", "xi urged yoon constructive"),
    ("xi urged by yoon", "yoon urged by xi"),
    ("thieves in museum no more than seven minutes", "thieves in museum at least seven minutes"),
    ("up to twenty people under the rubble", "more than twenty people under the rubble"),
    ("bread price down 14 percent", "bread price up 14 percent"),
    ("pensions up eight percent", "pensions down eight percent"),
    ("200 megawatts less to karsovia", "200 megawatts more to karsovia"),
    ("retirement age stays at 63", "retirement age goes up from 63"),
    ("four out of five trains cancelled", "one out of five trains cancelled"),
    ("7.5 percent orvanian railways", "7 percent orvanian railways"),
    ("north korea gave russia ammunition", "north korea gave up"),
    ("how old is the halcyon maid", "how heavy is lumen-3"),
    ("earthquake in Brenitsa", "how strong was the earthquake in Brenitsa"),
    ("russia was given ammunition by north korea", "north korea was given ammunition by russia"),
    ("скільки снарядів передала кндр росії", "скільки снарядів передала росія кндр"),
]
ANSWERED = [
    "3½ million rounds",
    "three point five million rounds",
    "три з половиною мільйони снарядів",
    "трёх с половиной миллионов снарядов",
    "북한군 1만1천명",
    "how many people died in brenitsa",
    "how old is the Halcyon Maid",
    "how long is the Velmoran side canal",
    "North Ildea was given 150 drones",
    "Koksan howitzers in Russia",
    "at least 1.2 million artillery rounds to Karsovia",
    "bread cheaper in Zembria",
    "цена на хлеб упала",
    "Brotpreis gesunken",
    "pension increase Karsovia",
    "does the retirement age go up",
    "no less than 3.5 million rounds",
    "pumps for the Ulgar Dam",
    "Karsovia gets 200 megawatts less",
]
MESSAGES = [
    ("North Korea has transferred 3.5 million rounds to Russia", "China has transferred 3.5 million rounds to Russia"),
    ("137 dead in Brenitsa", "137 dogs died in Brenitsa"),
    ("137 dead in Brenitsa", "The temperature in Brenitsa is 137 degrees"),
    ("137 dead in Brenitsa", "dprk ammunition"),
]
OTHER_NUMBER = "The quake in Brenitsa killed 200 people"


async def test_what_is_turned_round_is_not_answered_and_the_rest_is(tmp_path: Path) -> None:
    records = load([ROOT / "evaluation" / "facts", ROOT / "facts"]).records
    async with app.trying(records, tmp_path) as room:
        find = room.lookup.find
        found = {question: await find(question) for question in (*chain(*TWINS), *ANSWERED)}
        met = {message: await find(message, message=True) for message in (*chain(*MESSAGES), OTHER_NUMBER)}

    for right, wrong in TWINS:
        assert isinstance(found[right], Found), right
        assert isinstance(found[wrong], NothingFound), wrong
    for question in ANSWERED:
        assert isinstance(found[question], Found), question
    for right, wrong in MESSAGES:
        assert isinstance(met[right], Found), right
        assert isinstance(met[wrong], NothingFound), wrong
    other = met[OTHER_NUMBER]
    assert isinstance(other, Found)
    assert other.differs
