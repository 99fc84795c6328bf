"""Makes bot/core/search/countries.txt, the names of countries in many languages, anew.

    uv run --no-project --with 'babel==2.18.0' --with 'pycountry==26.2.16' python tools/make_countries.py

Names of territories, of capitals as cities of time zones and, as adjectives, of languages come from the Unicode CLDR by
way of Babel; codes and English official names from ISO 3166-1 by way of pycountry. Neither is needed to run the bot.
What the file may hold and how it is read stands in bot/core/search/countries.py.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import babel
import pycountry
from babel import Locale
from babel.languages import get_official_languages

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.core.search.terms import Analysis, Script  # noqa: E402 -- the project is no installed package here

TARGET = ROOT / "bot" / "core" / "search" / "countries.txt"
LANGUAGES = [
    "en", "uk", "ru", "de", "fr", "es", "it", "pt", "pl", "nl", "cs", "sk", "ro", "hu", "bg", "sr", "be", "tr", "ar",
    "fa", "he", "hi", "ja", "ko", "zh", "zh_Hant", "sv", "da", "nb", "fi", "el", "lt", "lv", "et", "ka", "hy", "az",
    "kk", "vi", "id", "hr", "sl",
]  # fmt: skip
# Short names and names beside the usual one: those that the CLDR has under alt="short" and alt="variant", which Babel
# leaves out, and the abbreviations of official names.
BESIDE = {
    "AE": ("UAE", "ОАЭ", "ОАЕ"), "BA": ("Bosnia", "Боснія", "Босния", "Bosnien"), "BY": ("Belarusian", "Белоруссия"),
    "CD": ("DRC", "DR Congo", "ДРК"), "CI": ("Ivory Coast",), "CN": ("PRC", "КНР"), "CV": ("Cape Verde",),
    "CZ": ("Czech Republic", "Чеська Республіка", "Чешская Республика"), "FR": ("французы", "французи"),
    "GB": ("UK", "Great Britain", "Britain", "British", "Великобритания", "Британія", "Британия", "британський",
           "британский", "Großbritannien", "britisch"),
    "KP": ("DPRK", "North Korean", "Северная Корея", "північнокорейський", "северокорейский", "nordkoreanisch"),
    "KR": ("ROK", "한국", "South Korean", "Южная Корея", "південнокорейський", "южнокорейский", "südkoreanisch"),
    "MK": ("Macedonia",), "MM": ("Burma",), "NL": ("Holland",), "PS": ("Palestine", "Palestinian"),
    "SZ": ("Swaziland",), "TL": ("East Timor",), "TR": ("Turkey",), "VA": ("Vatican",),
    "US": ("US", "USA", "U.S.", "U.S.A.", "America", "American", "США", "Америка", "американський", "американский"),
    "IR": ("Iranian", "іранський", "иранский"), "IL": ("Israeli", "ізраїльський", "израильский"),
    "IN": ("Indian", "індійський", "индийский"), "SY": ("Syrian", "сирійський", "сирийский"),
    "EG": ("Egyptian",), "IQ": ("Iraqi",), "CA": ("Canadian",), "AU": ("Australian",), "BR": ("Brazilian",),
    "MX": ("Mexican",), "TW": ("Taiwanese",), "BE": ("Belgian",), "CH": ("Swiss",), "AT": ("Austrian",),
    "SA": ("Saudi",), "PK": ("Pakistani",), "AF": ("Afghan",), "VE": ("Venezuelan",), "CU": ("Cuban",),
}  # fmt: skip
# Countries that share the name of what they are parts of: it means either, in any language.
SHARED = (("KP", "KR"), ("CD", "CG"))
BARE = (
    "Korea", "Korean", "koreanisch", "Korėja", "Corea", "Corée", "Coreia", "Coreea", "Kórea", "Kore", "Корея",
    "корейський", "корейский", "Карэя", "Кореја",
)  # fmt: skip
# Countries whose name is part of another country's: "Papua New Guinea" does not speak of Guinea.
NAMESAKES = {"CD", "CG", "DM", "GE", "GN", "GY", "KP", "KR", "SD", "WS"}
# Names of countries that are everyday words or first names in a language people write here.
NOT_TAKEN = {
    "sofia",
    "lima",
    "bern",
    "сана",
    "island",
    "maurice",
    "dominique",
    "chypre",
    "jersey",
    "man",
    "reunion",
    "bonaire",
    "curacao",
}
# Capitals, which speak for their countries ("Pyongyang denies"): those that the CLDR has as the city of a time zone.
CAPITAL_ZONES = """
    AF:Asia/Kabul AL:Europe/Tirane DZ:Africa/Algiers AO:Africa/Luanda AM:Asia/Yerevan AT:Europe/Vienna AZ:Asia/Baku
    BD:Asia/Dhaka BY:Europe/Minsk BE:Europe/Brussels BT:Asia/Thimphu BA:Europe/Sarajevo BW:Africa/Gaborone
    BF:Africa/Ouagadougou KH:Asia/Phnom_Penh TD:Africa/Ndjamena CO:America/Bogota CD:Africa/Kinshasa
    CG:Africa/Brazzaville HR:Europe/Zagreb CU:America/Havana CY:Asia/Nicosia CZ:Europe/Prague DK:Europe/Copenhagen
    DO:America/Santo_Domingo EG:Africa/Cairo EE:Europe/Tallinn ET:Africa/Addis_Ababa FI:Europe/Helsinki FR:Europe/Paris
    GA:Africa/Libreville GE:Asia/Tbilisi DE:Europe/Berlin GH:Africa/Accra GR:Europe/Athens GN:Africa/Conakry
    HT:America/Port-au-Prince HN:America/Tegucigalpa HU:Europe/Budapest IS:Atlantic/Reykjavik ID:Asia/Jakarta
    IR:Asia/Tehran IQ:Asia/Baghdad IE:Europe/Dublin IT:Europe/Rome JP:Asia/Tokyo JO:Asia/Amman KE:Africa/Nairobi
    KP:Asia/Pyongyang KR:Asia/Seoul KG:Asia/Bishkek LA:Asia/Vientiane LV:Europe/Riga LB:Asia/Beirut LR:Africa/Monrovia
    LY:Africa/Tripoli LT:Europe/Vilnius MG:Indian/Antananarivo MY:Asia/Kuala_Lumpur ML:Africa/Bamako
    MX:America/Mexico_City MD:Europe/Chisinau MK:Europe/Skopje MN:Asia/Ulaanbaatar ME:Europe/Podgorica MZ:Africa/Maputo
    NA:Africa/Windhoek NL:Europe/Amsterdam NI:America/Managua NE:Africa/Niamey NO:Europe/Oslo OM:Asia/Muscat
    PY:America/Asuncion PE:America/Lima PH:Asia/Manila PL:Europe/Warsaw PT:Europe/Lisbon RO:Europe/Bucharest
    RU:Europe/Moscow RW:Africa/Kigali SA:Asia/Riyadh SN:Africa/Dakar RS:Europe/Belgrade SL:Africa/Freetown
    SK:Europe/Bratislava SI:Europe/Ljubljana SO:Africa/Mogadishu SS:Africa/Juba ES:Europe/Madrid SD:Africa/Khartoum
    SE:Europe/Stockholm SY:Asia/Damascus TW:Asia/Taipei TJ:Asia/Dushanbe TH:Asia/Bangkok TN:Africa/Tunis
    TM:Asia/Ashgabat UG:Africa/Kampala GB:Europe/London UY:America/Montevideo UZ:Asia/Tashkent VE:America/Caracas
    ZM:Africa/Lusaka ZW:Africa/Harare AR:America/Argentina/Buenos_Aires CF:Africa/Bangui UA:Europe/Kiev
"""
# And those that are the city of none.
CAPITALS = {
    "US": ("Washington", "Вашингтон", "워싱턴"), "CN": ("Beijing", "Peking", "Пекін", "Пекин", "베이징", "北京"),
    "TR": ("Ankara", "Анкара"), "CH": ("Bern", "Берн"), "CA": ("Ottawa", "Оттава"), "AU": ("Canberra", "Канберра"),
    "IN": ("New Delhi", "Delhi", "Нью-Делі", "Нью-Дели"), "PK": ("Islamabad", "Ісламабад", "Исламабад"),
    "BR": ("Brasilia", "Бразиліа", "Бразилиа"), "VN": ("Hanoi", "Ханой"), "KZ": ("Astana", "Астана"),
    "AE": ("Abu Dhabi", "Абу-Дабі", "Абу-Даби"), "QA": ("Doha", "Доха"), "NZ": ("Wellington", "Веллінгтон"),
    "NG": ("Abuja", "Абуджа"), "ZA": ("Pretoria", "Преторія", "Претория"), "MM": ("Naypyidaw",),
    "BG": ("Софія", "София"), "UA": ("Kyiv", "Kiev", "Київ", "Киев", "Kiew"), "YE": ("Sanaa", "Сана"),
    "MA": ("Rabat", "Рабат"),
}  # fmt: skip
SHORTEST = 4  # letters of a Latin or Cyrillic name that stands alone, abbreviations excepted
LEAST_SHARED = 4  # letters with which the name of a language and of its country begin
MOST_WORDS = 6

analysis = Analysis(lambda word: word)


def folded(name: str) -> tuple[str, ...]:
    """The words of a name as the lexicon sees them; none for what is no plain name."""
    tokens = analysis.tokens(name.partition("(")[0])
    if any(token.script is Script.NUMBER for token in tokens):
        return ()
    return tuple(token.text for token in tokens)


def names() -> Iterator[tuple[str, str]]:
    """(code, name) from all sources."""
    codes = [country.alpha_2 for country in pycountry.countries]
    locales = [Locale.parse(language) for language in LANGUAGES]
    for locale in locales:
        for code in codes:
            if code in locale.territories:
                yield code, locale.territories[code]
    for language, code in adjectives(codes, locales).items():
        for locale in locales:
            if (name := locale.languages.get(language)) and len(folded(name)) == 1:
                yield code, name
    for country in pycountry.countries:
        for key in ("name", "common_name", "official_name"):
            if name := getattr(country, key, None):
                last, _, first = name.partition(", ")
                yield country.alpha_2, f"{first} {last}".strip().removeprefix("The ").removeprefix("the ")
    for code, beside in BESIDE.items():
        yield from ((code, name) for name in beside)


def capitals() -> Iterator[tuple[str, str]]:
    """(code, name) of the capitals."""
    locales = [Locale.parse(language) for language in LANGUAGES]
    for pair in CAPITAL_ZONES.split():
        code, _, zone = pair.partition(":")
        yield code, zone.rpartition("/")[2].replace("_", " ")
        for locale in locales:
            if city := locale.time_zones.get(zone, {}).get("city"):
                yield code, city
    for code, beside in CAPITALS.items():
        yield from ((code, name) for name in beside)


def adjectives(codes: list[str], locales: list[Locale]) -> dict[str, str]:
    """Language -> the one country of whose name it is an adjective, judged by how both begin in most tongues."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for code in codes:
        for language in (*get_official_languages(code), *(("no",) if code == "NO" else ())):
            for locale in locales:
                ours, theirs = folded(locale.territories.get(code, "")), folded(locale.languages.get(language, ""))
                if len(ours) == 1 and theirs:
                    votes[language][code] += shared(ours[0], theirs[0]) >= LEAST_SHARED
    found = {}
    for language, counts in votes.items():
        best = counts.most_common(2)
        if best[0][1] >= 5 and (len(best) == 1 or best[0][1] >= 3 * best[1][1]):
            found[language] = best[0][0]
    return found


def shared(one: str, other: str) -> int:
    """Letters with which both begin."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def fit(words: tuple[str, ...], name: str) -> bool:
    """The name may stand in the table."""
    if not words or len(words) > MOST_WORDS or " ".join(words) in NOT_TAKEN:
        return False
    if len(words) == 1 and not any("\u3040" <= char <= "\ud7af" for char in words[0]):
        return len(words[0]) >= SHORTEST or (name.isupper() and name.isalpha()) or "." in name
    return len("".join(words)) >= 2


def towns(found: Collection[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """(key, line) of every capital whose name is no country's, and no other capital's."""
    known: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for code, name in capitals():
        if fit(words := folded(name), name):
            known[words].add(code)
    taken = {"".join(words) for words in found}
    for words, codes in known.items():
        if len(codes) == 1 and "".join(words) not in taken:
            yield "".join(words), f"{' '.join(words)}|{min(codes)}^"


def main() -> None:
    """Write the table."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for code, name in names():
        if fit(words := folded(name), name):
            found[words].add(code)
    for name in BARE:
        found[folded(name)].update(SHARED[0])
    for one, other in SHARED:
        for locale in map(Locale.parse, LANGUAGES):
            pair = [set(folded(locale.territories.get(code, ""))) for code in (one, other)]
            for word in pair[0] & pair[1]:
                if len(word) >= SHORTEST and (word,) in found:
                    found[word,].update((one, other))
    parts: dict[str, set[str]] = defaultdict(set)
    for words, codes in found.items():
        for word in words if len(words) > 1 else ():
            parts[word] |= codes
    rows = []
    for words, codes in found.items():
        within = len(words) == 1 and not codes.isdisjoint(NAMESAKES) and bool(parts[words[0]] - codes)
        rows.append(("".join(words), f"{' '.join(words)}|{'+'.join(sorted(codes))}{'~' if within else ''}"))
    rows += towns(found)
    english = Locale.parse("en").territories
    houses = [f"={country.alpha_2}|{english[country.alpha_2]}" for country in pycountry.countries]
    text = "\n".join((*sorted(houses), *(line for _, line in sorted(rows)), ""))
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(rows)} names, {len(text.encode()):,} bytes, CLDR by Babel {babel.__version__}")


if __name__ == "__main__":
    main()
