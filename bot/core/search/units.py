"""Units of measure in several languages: "meters", "метрів" and "km" are explained by the unit of a fact's quantity.

Terms: `u:metre` for the unit, as it stands in the words or in a quantity, and `m:money` for what it measures, so that
"cost" is explained by an amount of money. A length measures the dimension that the words beside it name: "1,250 metres
long" is `m:length`, and "1,250 metres" may be any of them. `a:metre:1250` is the amount itself, whichever unit it is
given in. Units that are not here count as plain words.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from bot.core.search import numbers, slavic
from bot.core.search.stopwords import STOP_WORDS

# unit -> (what it measures, spellings as they are typed; Cyrillic ones with any ending)
_UNITS = {
    "metre": ("length", "m metre metres meter meters метр метрів метров 미터"),
    "kilometre": ("length", "km kms kilometre kilometres kilometer kilometers км кілометр километр 킬로미터"),
    "centimetre": ("length", "cm centimetre centimetres centimeter centimeters zentimeter см сантиметр 센티미터"),
    "millimetre": ("length", "mm millimetre millimetres millimeter millimeters мм міліметр миллиметр 밀리미터"),
    "mile": ("length", "mile miles meile meilen миля 마일"),
    "hectare": ("area", "ha hectare hectares hektar га гектар гектарів 헥타르"),
    "litre": ("volume", "l litre litres liter liters літр литр 리터"),
    "cubic-metre": ("volume", "cbm kubikmeter кубометр 입방미터 세제곱미터"),
    "kilogram": ("mass", "kg kilo kilos kilogram kilograms kilogramm кг кілограм килограмм 킬로그램"),
    "tonne": ("mass", "t ton tons tonne tonnes tonnen т тонна тонн 톤"),
    "percent": ("share", "percent per-cent pct percentage prozent відсоток відсотк процент проценти 퍼센트 프로"),
    "person": (
        "people",
        "person persons people personen mensch menschen leute людина люди людей людям людьми человек человека 명 사람",
    ),
    "minute": ("time", "min minute minutes minuten хвилина хвилин минута минут 분"),
    "hour": ("time", "hour hours stunde stunden година годин час часа часов 시간"),
    "day": ("time", "day days tag tage tagen день дні днів дня дней дни 일 일간"),
    "week": ("time", "week weeks woche wochen тиждень тижні тижнів тижня неделя недели недель 주 주간"),
    "month": ("time", "month months monat monate monaten monatlich monthly місяць місяці місяців місяця "
              "месяц месяца месяцев 달 개월"),
    "year": ("time", "year years jahr jahre jahren yearly annual рік роки років року год года лет 년 년간"),
    "megawatt": ("power", "mw megawatt megawatts мвт мегават мегаватт 메가와트"),
    "dollar": ("money", "usd dollar dollars bucks долар доларів доллар долларов 달러"),
    "euro": ("money", "eur euro euros євро евро 유로"),
    "pound": ("money", "gbp pound pounds pfund фунт фунтів фунтов 파운드"),
    "hryvnia": ("money", "uah hryvnia hryvnias гривня гривень гривна гривен 흐리브냐"),
    "ruble": ("money", "rub ruble rubles rouble roubles rubel рубль рублів рублей 루블"),
    "yuan": ("money", "cny rmb yuan renminbi юань юанів юаней 위안"),
    "yen": ("money", "jpy yen єна єн иена иен 엔"),
    "won": ("money", "krw вона вон 원"),
    "crown": ("money", "crown crowns krone kronen крона крон 크로네 크라운"),
    "mark": ("money", "mark marks марка марок 마르크"),
    "dinar": ("money", "dinar dinars dinare динар динарів динаров 디나르"),
    "florin": ("money", "florin florins gulden флорин 플로린"),
    "thaler": ("money", "thaler thalers taler талер талерів талеров 탈러"),
    "penny": ("money", "penny pennies pence cent cents cent пенні пенни цент копійка копейка"),
}  # fmt: skip

# What people ask for -> what the answer's quantity measures.
_ASKED = {
    "money": "cost costs price prices pay pays paid worth fee bill коштує ціна вартість стоить цена стоимость "
    "kosten kostet preis preise 가격 비용 공사비",
    "length": "length довжина длина lange 길이",
    "width": "width breadth ширина breite 너비 폭",
    "height": "height altitude висота высота hohe 높이",
    "depth": "depth глибина глубина tiefe 깊이",
    "share": "rate share proportion частка ставка доля quote anteil satz 비율",
    "time": "duration тривалість длительность dauer 기간",
}

# By what further words a length is told to be that of one dimension.
_TOLD = {
    "length": "lengths long longer lang langer довгий довга завдовжки длинный длинная",
    "width": "widths wide wider broad breit breiter широкий широка завширшки",
    "height": "heights high higher tall taller hoch hoher високий висока заввишки высокий высокая",
    "depth": "depths deep deeper tief tiefer глибокий глибока завглибшки глубокий глубокая",
    "distance": "distance distances away range entfernung entfernt reichweite weit відстань відстані дальність "
    "расстояние дальность 거리 사거리",
}
_BEFORE, _BEHIND = 3, 1  # words that may tell the dimension, stop words aside: "a depth of up to 300 metres"

# unit -> (the one that it is counted in, how many of these it is)
_SAME = {
    "millimetre": ("metre", "0.001"), "centimetre": ("metre", "0.01"), "metre": ("metre", "1"),
    "kilometre": ("metre", "1000"),
    "kilogram": ("kilogram", "1"), "tonne": ("kilogram", "1000"),
    "litre": ("litre", "1"), "cubic-metre": ("litre", "1000"),
    "minute": ("minute", "1"), "hour": ("minute", "60"), "day": ("minute", "1440"), "week": ("minute", "10080"),
    "month": ("month", "1"), "year": ("month", "12"),
}  # fmt: skip

# What is asked by "how" and such a word -> what the answer's quantity may measure; of others it may be anything.
_HOW = {
    "long lang lange довго долго": ("length", "time"),
    "wide breit широко": ("width",),
    "tall": ("height",),
    "deep tief глибоко глубоко": ("depth",),
    "far weit далеко": ("distance",),
    "old alt": ("time",),
    "heavy schwer": ("mass",),
    "strong fast hot cold schnell швидко быстро": (),
}
_MEASURED_BY = {word: tuple(f"m:{what}" for what in whats) for names, whats in _HOW.items() for word in names.split()}


def _key(word: str) -> str:
    return slavic.stem(word) if slavic.is_cyrillic(word) else word


_UNIT_OF = {_key(word): unit for unit, (_, spellings) in _UNITS.items() for word in spellings.split()}
_MEASURED = {unit: what for unit, (what, _) in _UNITS.items()}
_ASKED_OF = {_key(word): what for what, spellings in _ASKED.items() for word in spellings.split()}
_TOLD_OF = {
    **{word: what for word, what in _ASKED_OF.items() if what in _TOLD},
    **{_key(word): what for what, spellings in _TOLD.items() for word in spellings.split()},
}


def unit_of(word: str) -> str | None:
    """The term of the unit that a folded word names: `u:metre` for "meters"."""
    unit = _UNIT_OF.get(_key(word))
    return f"u:{unit}" if unit else None


def asked_of(word: str) -> str | None:
    """The term of what a folded word asks for: `m:money` for "price"."""
    what = _ASKED_OF.get(_key(word))
    return f"m:{what}" if what else None


def measured_by(word: str) -> tuple[str, ...] | None:
    """The terms of what "how" and a folded word ask for: `m:mass` for "heavy"; None where any quantity will do."""
    return _MEASURED_BY.get(word)


def dimensions(words: Sequence[str]) -> frozenset[str]:
    """The dimensions that folded words tell of the lengths in them; of one beside which none stands, it may be any."""
    found: set[str] = set()
    words = [word for word in words if word not in STOP_WORDS]
    for at, word in enumerate(words):
        if _MEASURED.get(_UNIT_OF.get(_key(word), "")) == "length":
            beside = words[max(0, at - _BEFORE) : at + 1 + _BEHIND]
            found.update({told for each in beside if (told := _TOLD_OF.get(_key(each)))} or _TOLD)
    return frozenset(f"m:{what}" for what in found or _TOLD)


def amount(value: str, unit: str) -> str | None:
    """The amount itself, whichever unit it is given in: `metre:1250` of "1.25" and "kilometre"."""
    if unit not in _SAME:
        return None
    base, factor = _SAME[unit]
    try:
        worth = Decimal(value) * Decimal(factor)
    except InvalidOperation:
        return None
    return f"{base}:{numbers.canonical(worth)}" if worth.is_finite() else None


def terms_of(unit: str) -> tuple[str, ...]:
    """The terms of a quantity's unit, as a fact has it ("cubic-metre")."""
    what = _MEASURED.get(unit)
    return (f"u:{unit}", f"m:{what}") if what else (f"u:{unit}",)
