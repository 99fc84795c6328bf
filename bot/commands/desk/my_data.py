"""mydata and forgetme: everything that is kept about a person, for that person; and erasing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace

from bot.commands.arguments import one_line, told
from bot.commands.desk.acting import apply, myself
from bot.commands.pages import PAGE, Row, page_of, spread
from bot.commands.parts import parts, weight
from bot.commands.reply import Choice, Choices, Fields, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.subjects import called
from bot.commands.table import Parameter
from bot.core.desk.port import Remembered
from bot.core.model.change import ForgetMe
from bot.core.model.mail import Visibility
from bot.core.ports import Vocabulary
from bot.wording import Wording, dates, wording

MY_DATA = (PAGE,)
FORGET_ME = (Parameter(name="sure", required=False, options=("yes",)),)
_ROW_ROOM = 1500  # weight of a row


async def my_data(request: Request, *, office: Office) -> Reply:
    """All of it, in pages."""
    words = wording(request.locale)
    async with office.desk.reading() as view:
        me = await myself(view, request)
        kept = await view.remembered(me.id) if me else None
        vocabulary = await view.vocabulary()
    if kept is None:
        return replace(told(words.say("mydata.nothing"), Outcome.NOTHING), secret=True)
    pages = spread(tuple(_rows(kept, vocabulary, words)), lambda row: weight(row[0]) + weight(str(row[1])))
    page = page_of(request, len(pages))
    title = words.say("mydata.title")
    if len(pages) > 1:
        title = words.say("page.title", title=title, page=page, pages=len(pages))
    buttons = [Choice(label=words.say("button.forgetme"), line="forgetme", short="forgetme")]
    if page < len(pages):
        label = words.say("button.go_on", page=page + 1, pages=len(pages))
        buttons.insert(0, Choice(label=label, line=f"mydata {page + 1}", short="next"))
    blocks = (Fields(title=title, rows=tuple(pages[page - 1])), Choices(tuple(buttons)))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE, secret=True)


async def forget_me(request: Request, *, office: Office) -> Reply:
    """Say what goes and what stays; erase once that is confirmed."""
    words = wording(request.locale)
    async with office.desk.reading() as view:
        me = await myself(view, request)
    if me is None:
        return told(words.say("mydata.nothing"), Outcome.NOTHING)
    if request.arguments.get("sure", "").strip().lower() != "yes":
        sure = Choice(label=words.say("button.forgetme.yes"), line="forgetme yes", short="yes")
        blocks = (Text(words.say("forgetme.sure")), Choices((sure,)))
        return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)
    await apply(ForgetMe(by=by(request), terms=office.terms), request, office)
    return told(words.say("forgetme.done"), Outcome.INFO)


def _rows(kept: Remembered, vocabulary: Vocabulary, words: Wording) -> Iterator[Row]:
    person = kept.person
    yield words.say("mydata.id"), person.id
    yield words.say("settings.name"), one_line(person.name) or words.say("desk.none")
    if kept.former_names:
        yield words.say("mydata.former"), "; ".join(map(one_line, kept.former_names))
    for platform, accounts in sorted(person.accounts.items()):
        yield words.say("mydata.account", platform=platform.capitalize()), ", ".join(sorted(map(one_line, accounts)))
    if person.nowhere_else:
        yield words.say("settings.declared"), ", ".join(sorted(map(str.capitalize, person.nowhere_else)))
    for draft in kept.drafts:
        name = words.say("mydata.draft", number=draft.number, when=dates.instant(draft.at, words))
        typed = [(key, one_line(value)) for key, value in asdict(draft.form).items() if value]
        yield from _long(name, "; ".join(f"{key}: {value}" for key, value in typed) or words.say("desk.none"))
    for report in kept.reports:
        name = words.say("mydata.report", number=report.fact, when=dates.instant(report.at, words))
        yield from _long(name, ": ".join(part for part in (report.wrong.value, one_line(report.text)) if part))
    for follow in kept.follows:
        subject = called(follow.subject, follow.target, vocabulary, words)
        place = words.say(f"place.{follow.place.platform}", id=follow.place.id)
        yield (
            words.say("mydata.follow", when=dates.instant(follow.at, words)),
            words.say("mydata.follow.value", what=subject, place=place),
        )
    for what, doing in kept.doings:
        said = f"{doing.verb}: {what}"
        yield dates.instant(doing.at, words), f"{said}, {doing.revision}" if doing.revision else said


def _long(name: str, value: str) -> Iterator[Row]:
    yield from ((name, part) for part in parts(value, _ROW_ROOM))
