"""What people do at the desk, at random: each doing is a few JSON values from which its change is made again."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.core.dates import parse
from bot.core.model.change import (
    Approve,
    BringAllBack,
    BringBack,
    Change,
    CloseReport,
    DeclareNone,
    Decline,
    DropDraft,
    ForgetMe,
    Hide,
    HideAll,
    NameMe,
    OfferLink,
    ReportWrong,
    Revise,
    SaveDraft,
    Suggest,
    TakeLink,
    Withdraw,
)
from bot.core.model.desk import By, Form, Terms, Wrong
from bot.core.model.fact import Revision, Said
from bot.core.model.mail import Place
from bot.core.model.review import Withdrawal, WithdrawalReason
from tests.contracts.stores.desk import a_pasted_source, a_suggested_revision, cited

Doing = dict[str, Any]  # key, kind, by, and what the kind needs

PEOPLE = 24
TERMS = Terms(editors=2, review=(Place(platform="discord", id="review"),))
WHISPERS = Place(platform="discord", id="person")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

#: How often each kind is done, in a hundred.
WEIGHTS: Mapping[str, int] = {
    "draft": 20, "redraft": 4, "drop": 2, "suggest": 18, "revise": 14, "approve": 17, "decline": 4, "hide": 3,
    "withdraw": 2, "bring-back": 3, "report": 4, "close": 2, "name": 2, "offer": 1, "take": 1, "none-on": 1,
    "forget": 1, "hide-all": 1,
}  # fmt: skip


def somebody(number: int) -> By:
    """Every second one edits; the upper half writes from Matrix."""
    if number >= PEOPLE:
        return By(platform="matrix", account=f"@person{number - PEOPLE}:example.org", editor=number % 2 == 0)
    return By(platform="discord", account=f"44000000000000{number:04d}", editor=number % 2 == 0)


@dataclass(slots=True)
class Seen:
    """What the callers know of the desk, so that most of what they do can be done."""

    forms: dict[int, int] = field(default_factory=dict)  # number -> whose
    waiting: dict[int, str] = field(default_factory=dict)  # number -> slug
    shown: dict[int, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def learn(self, doing: Doing, number: int | None) -> None:
        """Something was done."""
        kind, slug = doing["kind"], doing.get("slug", "")
        if kind == "offer":
            self.codes[doing["key"]] = ""
        if number is None:
            return
        if kind in ("draft", "redraft"):
            self.forms[number] = doing["by"]
        elif kind in ("suggest", "bring-back"):
            self.waiting[number] = slug
        elif kind == "approve":
            self.waiting.pop(number, None)
            self.shown[number] = slug
        elif kind == "withdraw":
            self.shown.pop(number, None)
        if kind in ("suggest", "drop"):
            self.forms.pop(number, None)


def invented(chance: random.Random, key: str, seen: Seen) -> Doing:
    """Something to do next; a form is begun where there is nothing to do it to."""
    (kind,) = chance.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()))
    doing: Doing = {"key": key, "kind": kind, "by": chance.randrange(PEOPLE + PEOPLE // 4)}
    if kind in _ALONE:
        return doing
    if kind == "hide-all":
        return doing | {"batch": chance.randrange(1, 4), "back": chance.random() < 0.3}
    table: Mapping[Any, Any] = _ABOUT[kind](seen)
    if not table:
        return doing | {"kind": "draft"}
    about = chance.choice(list(table))
    if kind == "take":
        return doing | {"code": about}
    if kind in ("suggest", "redraft", "drop"):
        return doing | {"number": about, "slug": f"s-{key}", "by": table[about]}
    by = doing["by"] if kind == "report" else doing["by"] - doing["by"] % 2  # somebody who edits
    return doing | {"number": about, "slug": table[about], "dated": chance.random() < 0.4, "by": by}


def change_of(doing: Doing, people: Callable[[int], str | None]) -> Change:
    """The same change each time. `people` tells the id of a person, None where nobody has the account."""
    by = somebody(doing["by"])
    if doing["kind"] == "hide-all" and not doing["back"]:
        whose = people((doing["by"] + 1) % PEOPLE) or "nobody"
        return HideAll(by=by, terms=TERMS, person=whose, since=LONG_AGO, reason=doing["key"])
    return _CHANGES[doing["kind"]](by, doing)


def _suggest(by: By, doing: Doing) -> Change:
    slug = doing["slug"]
    passage = _passage(slug)
    return Suggest(
        by=by,
        terms=TERMS,
        number=doing["number"],
        slug=slug,
        revision=content(slug),
        source=a_pasted_source(id=f"source-{slug}", passage=passage, url=f"https://gazette.example/{slug}"),
        passage=passage,
    )


def _revise(by: By, doing: Doing) -> Change:
    """Another label, or a day that has to wait where the fact is shown."""
    wanted = replace(content(doing["slug"]), label=f"Label {doing['key']}")
    if doing["dated"]:
        wanted = replace(wanted, said=Said(on=parse("2026-05-01"), stated=True))
    return Revise(by=by, terms=TERMS, number=doing["number"], revision=wanted, reason=doing["key"])


def _withdraw(by: By, doing: Doing) -> Change:
    withdrawal = Withdrawal(reason=WithdrawalReason.MISQUOTED, note=doing["key"])
    return Withdraw(by=by, terms=TERMS, number=doing["number"], withdrawal=withdrawal)


def _report(by: By, doing: Doing) -> Change:
    return ReportWrong(by=by, terms=TERMS, number=doing["number"], wrong=Wrong.DATE, text=doing["key"], place=WHISPERS)


_ALONE = ("draft", "name", "offer", "none-on", "forget")
#: What each of the other kinds is done to.
_ABOUT: Mapping[str, Callable[[Seen], Mapping[Any, Any]]] = {
    "take": lambda seen: seen.codes,
    **dict.fromkeys(("suggest", "redraft", "drop"), lambda seen: seen.forms),
    **dict.fromkeys(("approve", "decline"), lambda seen: seen.waiting or seen.shown),
    **dict.fromkeys(("hide", "withdraw", "report", "close"), lambda seen: seen.shown or seen.waiting),
    **dict.fromkeys(("revise", "bring-back"), lambda seen: seen.waiting | seen.shown),
}
_CHANGES: Mapping[str, Callable[[By, Doing], Change]] = {
    "draft": lambda by, doing: SaveDraft(
        by=by, terms=TERMS, number=None, form=Form(words=doing["key"]), place=WHISPERS
    ),
    "name": lambda by, doing: NameMe(by=by, terms=TERMS, name=f"Name {doing['key']}"),
    "offer": lambda by, doing: OfferLink(by=by, terms=TERMS, code_sha256=_code(doing["key"])),
    "take": lambda by, doing: TakeLink(by=by, terms=TERMS, code_sha256=_code(doing["code"])),
    "none-on": lambda by, doing: DeclareNone(by=by, terms=TERMS, platform="console"),
    "forget": lambda by, doing: ForgetMe(by=by, terms=TERMS),
    "hide-all": lambda by, doing: BringAllBack(by=by, terms=TERMS, batch=doing["batch"]),
    "redraft": lambda by, doing: SaveDraft(by=by, terms=TERMS, number=doing["number"], form=Form(words=doing["key"])),
    "drop": lambda by, doing: DropDraft(by=by, terms=TERMS, number=doing["number"]),
    "suggest": _suggest,
    "revise": _revise,
    "approve": lambda by, doing: Approve(by=by, terms=TERMS, number=doing["number"]),
    "decline": lambda by, doing: Decline(by=by, terms=TERMS, number=doing["number"], reason=doing["key"]),
    "hide": lambda by, doing: Hide(by=by, terms=TERMS, number=doing["number"], reason=doing["key"]),
    "withdraw": _withdraw,
    "bring-back": lambda by, doing: BringBack(by=by, terms=TERMS, number=doing["number"], reason=doing["key"]),
    "report": _report,
    "close": lambda by, doing: CloseReport(by=by, terms=TERMS, number=doing["number"], report=1, outcome=doing["key"]),
}


def content(slug: str) -> Revision:
    """What the fact of this slug says at first."""
    words, passage = _words(slug), _passage(slug)
    return a_suggested_revision(text=words, citations=(cited(words, passage, f"source-{slug}"),))


def _words(slug: str) -> str:
    return f"We have planted {int(hashlib.sha256(slug.encode()).hexdigest()[:8], 16)} trees"


def _passage(slug: str) -> str:
    return f'The mayor spoke. "{_words(slug)}," Ada Muster said on Saturday.'


def _code(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
