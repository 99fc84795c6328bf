"""desk settings: who I am to the desk, which of my accounts belong together, and what the configuration says."""

from __future__ import annotations

import secrets
from hashlib import sha256

from bot.commands.arguments import one_line, told
from bot.commands.desk.acting import apply, myself
from bot.commands.desk.asking import asked, field
from bot.commands.desk.buttons import account_choices
from bot.commands.desk.who import SHORT
from bot.commands.reply import Choice, Choices, Fields, Outcome, Reply, Text
from bot.commands.request import Request, Right
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.people import CODE_LASTS, LONGEST_NAME
from bot.core.model.change import DeclareNone, NameMe, OfferLink, TakeLink
from bot.core.model.desk import Person
from bot.core.model.mail import Visibility
from bot.wording import Wording, wording

PARAMETERS = (
    Parameter(name="what", required=False, options=("name", "link", "code", "none")),
    Parameter(name="value", required=False),
)
NETWORKS = ("discord", "matrix")
PLATFORMS = (*NETWORKS, "console")
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_PARTS, _PART = 3, 4
_NOBODY = ("none", "-")


async def settings(request: Request, *, office: Office) -> Reply:
    """Show everything, or change one thing."""
    words = wording(request.locale)
    given = request.arguments
    what, value = given.get("what", "").strip().lower(), given.get("value", "").strip()
    if what == "name" and "value" in given:
        return await _named("" if value.lower() in _NOBODY else value, request, office, words)
    if what == "code" and value:
        return await _taken(value, request, office, words)
    if what == "none":
        return await _declared(value.lower(), request, office, words)
    asks = {"name": _ask_name, "link": _offered, "code": _ask_code}.get(what, _shown)
    return await asks(request, office, words)


async def _shown(request: Request, office: Office, words: Wording) -> Reply:
    async with office.desk.reading() as view:
        me = await myself(view, request)
    editor = Right.EDIT in request.caller.rights
    mine = me or Person(id="")
    role = words.say("desk.editor" if editor else "desk.member", name=mine.id[:SHORT] or "…")
    declared = ", ".join(sorted(map(str.capitalize, mine.nowhere_else)))
    accounts = ", ".join(sorted(map(str.capitalize, mine.accounts))) or request.place.platform.capitalize()
    rows = [
        (words.say("settings.name"), one_line(mine.name) or words.say("settings.name.none", role=role)),
        (words.say("settings.accounts"), accounts),
        (words.say("settings.rights"), words.say("settings.rights.edit" if editor else "settings.rights.suggest")),
        (words.say("settings.mode"), words.say("about.mode.one" if office.terms.editors == 1 else "about.mode.two")),
        (words.say("settings.review"), _review(office, words)),
    ]
    if declared:
        rows.insert(2, (words.say("settings.declared"), declared))
    missing = [name for name in NETWORKS if name not in mine.accounts and name not in mine.nowhere_else]
    missing = [name for name in missing if name != request.place.platform]
    buttons = [Choice(label=words.say(f"button.settings.{name}"), line=f"settings {name}") for name in ("name", "code")]
    buttons += account_choices(missing, words)
    fields = Fields(title=words.say("settings.title"), rows=tuple(rows))
    return Reply(blocks=(fields, Choices(tuple(buttons))), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


def _review(office: Office, words: Wording) -> str:
    places = ", ".join(f"{place.platform.capitalize()} {place.id}" for place in office.terms.review)
    return places or words.say("settings.review.none")


async def _ask_name(request: Request, office: Office, words: Wording) -> Reply:
    async with office.desk.reading() as view:
        me = await myself(view, request)
    asks = field("value", words, key="settings.name", value=me.name if me else "", limit=LONGEST_NAME)
    return asked(request, words, (asks,), title=words.say("settings.name"), fixed=("what",), typed=("settings name …",))


async def _ask_code(request: Request, office: Office, words: Wording) -> Reply:
    del office
    asks = field("value", words, key="settings.code", required=True, limit=40)
    title = words.say("button.settings.code")
    return asked(request, words, (asks,), title=title, fixed=("what",), typed=("settings code …",))


async def _named(name: str, request: Request, office: Office, words: Wording) -> Reply:
    await apply(NameMe(by=by(request), terms=office.terms, name=name), request, office)
    said = words.say("settings.named", name=one_line(name)) if name else words.say("settings.nameless")
    return told(said, Outcome.INFO)


async def _offered(request: Request, office: Office, words: Wording) -> Reply:
    """The code is shown this once; only its hash is stored."""
    code = "-".join("".join(secrets.choice(_SIGNS) for _ in range(_PART)) for _ in range(_PARTS))
    await apply(OfferLink(by=by(request), terms=office.terms, code_sha256=hashed(code)), request, office)
    minutes = int(CODE_LASTS.total_seconds() // 60)
    said = words.say("settings.code", code=code, minutes=minutes)
    return Reply(blocks=(Text(said),), outcome=Outcome.INFO, visibility=Visibility.PRIVATE, secret=True)


async def _taken(code: str, request: Request, office: Office, words: Wording) -> Reply:
    await apply(TakeLink(by=by(request), terms=office.terms, code_sha256=hashed(code)), request, office)
    return told(words.say("settings.linked"), Outcome.INFO)


async def _declared(platform: str, request: Request, office: Office, words: Wording) -> Reply:
    if platform not in PLATFORMS:
        return told(words.say("settings.none.which", platforms=", ".join(PLATFORMS)), Outcome.REFUSED)
    await apply(DeclareNone(by=by(request), terms=office.terms, platform=platform), request, office)
    return told(words.say("settings.none.done", platform=platform.capitalize()), Outcome.INFO)


def hashed(code: str) -> str:
    """What is stored of a code; hyphens, blanks and capitals do not count."""
    return sha256("".join(sign for sign in code.lower() if sign.isalnum()).encode()).hexdigest()
