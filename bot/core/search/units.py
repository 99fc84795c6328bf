"""Units of measure in several languages: "meters", "метрів" and "km" are explained by the unit of a fact's quantity.

Terms: `u:metre` for the unit, as it stands in the words or in a quantity, and `m:length` for what it measures, so that
"cost" is explained by an amount of money and "length" by metres. Units that are not here count as plain words.
"""

from __future__ import annotations

from bot.core.search import slavic

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
    "length": "length width height depth altitude довжина ширина висота длина высота lange hohe breite 길이 높이",
    "share": "rate share proportion частка ставка доля quote anteil satz 비율",
    "time": "duration тривалість длительность dauer 기간",
}


# What is asked by "how" and such a word -> what the answer's quantity may measure; of others it may be anything.
_HOW = {
    "long lang lange довго долго": ("length", "time"),
    "far tall deep wide weit tief breit далеко глибоко глубоко": ("length",),
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


def terms_of(unit: str) -> tuple[str, ...]:
    """The terms of a quantity's unit, as a fact has it ("cubic-metre")."""
    what = _MEASURED.get(unit)
    return (f"u:{unit}", f"m:{what}") if what else (f"u:{unit}",)
