"""The language that is proposed for a passage."""

from __future__ import annotations

import pytest

from bot.core.desk.languages import UNKNOWN, language_of


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "We have repaired at least 40 bridges since the flood, the minister told reporters."),
        ("uk", "Ми відремонтували щонайменше 40 мостів, — сказав міністр."),
        ("uk", "Про це сказав президент"),
        ("ru", "Мы отремонтировали по меньшей мере 40 мостов, сказал министр."),
        ("be", "Пра гэта ён сказаў учора"),
        ("de", "Wir haben seit der Flut mindestens 40 Brücken repariert, sagte der Minister."),
        ("fr", "Nous avons réparé au moins 40 ponts depuis la crue, a dit le ministre."),
        ("es", "Hemos reparado al menos 40 puentes desde la inundación, dijo el ministro."),
        ("it", "Abbiamo riparato almeno 40 ponti dopo la piena, ha detto il ministro della regione."),
        ("pt", "Reparámos pelo menos 40 pontes desde a cheia, disse o ministro, e não há feridos."),
        ("pl", "Od powodzi naprawiliśmy co najmniej 40 mostów, powiedział minister."),
        ("cs", "Od povodně jsme opravili nejméně 40 mostů, řekl ministr."),
        ("ro", "Am reparat cel puțin 40 de poduri de la inundație, a spus ministrul."),
        ("tr", "Bakan, selden bu yana en az 40 köprü onarıldığını söyledi."),
        ("ko", "장관은 홍수 이후 최소 40개의 다리를 수리했다고 말했다."),
        ("ja", "大臣は、洪水以来少なくとも40の橋を修理したと述べた。"),
        ("zh", "部长说，自洪水以来至少修复了四十座桥梁。"),
        ("ar", "قال الوزير إنه تم إصلاح أربعين جسرا منذ الفيضان"),
        ("fa", "وزیر گفت چهل پل از زمان سیل تعمیر شده است"),
        ("he", "השר אמר כי ארבעים גשרים תוקנו מאז השיטפון"),
    ],
)
def test_a_sentence_tells_its_language(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "40", "!?", "\N{PARTY POPPER}", "Xyzzy"])
def test_where_nothing_speaks_for_a_language_another_text_decides(text: str) -> None:
    assert language_of(text) == UNKNOWN
    assert language_of(text, "Wir haben es nicht gesehen, sagte der Minister.") == "de"


def test_one_foreign_name_does_not_decide() -> None:
    assert language_of("The Minister Jürgen Müller of the Land was in Łódź and said that it is not his bridge.") == "en"


def test_cyrillic_is_never_proposed_as_english() -> None:
    assert language_of("Президент подтвердил поставки") in ("uk", "ru")
