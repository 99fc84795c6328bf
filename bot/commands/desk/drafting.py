"""A form under way: begun with a link and a passage, confirmed step by step, sent when it reads right.

What was typed is kept before anything is said about it: a refused field, a closed app or a restart loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.commands.arguments import MESSAGE_LIMIT, one_line, told
from bot.commands.cooldown import Doing
from bot.commands.desk import forms
from bot.commands.desk.acting import NUMBER, apply, myself, number_in, own_place
from bot.commands.desk.asking import asked
from bot.commands.desk.buttons import choice, queue_choice
from bot.commands.desk.drafts import Manner, NoDraft, drafted, flawed_reply, preview_reply, problems_reply
from bot.commands.desk.going_on import same_source
from bot.commands.desk.making import Troubles, dossier_of, known_source, made, quotations, slug_of
from bot.commands.reply import Block, Choice, Choices, Outcome, Reply, Text
from bot.commands.request import Request, Right
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.quoted import LONGEST, longer
from bot.core.desk.refusals import NoSuchFact
from bot.core.desk.weighing import remarks_on
from bot.core.model.change import DropDraft, SaveDraft, Suggest
from bot.core.model.desk import Form
from bot.core.model.fact import Kind
from bot.core.model.mail import Visibility
from bot.core.model.source import Source
from bot.wording import Wording, wording

_URL = re.compile(r"https?://[^\s<>]+")
_LINK = Parameter(name="link", required=False, limit=forms.MODAL, plain=re.compile(r"https?://|none\Z"))
BEGIN = (_LINK, Parameter(name="passage", required=False, limit=forms.LONGEST))
CLIP = (Parameter(name="text", limit=MESSAGE_LIMIT, plain=re.compile("(?!)")),)
SOURCE = (NUMBER,)
CHOOSE = (NUMBER, Parameter(name="choice", required=False, limit=forms.LONGEST))
STEP = (NUMBER,)
SHEET = (Parameter(name="number", number=True, required=False),)
PLACES = re.compile(r"[\d\s,]+", re.ASCII)  # of quotations; no words are like this
_DIGITS = 4
MOST = 20  # forms under way that one person may have


async def begin(request: Request, *, office: Office) -> Reply:
    """A link and the passage that has the words: kept at once; without them, they are asked for."""
    words = wording(request.locale)
    given = _given(request.arguments)
    if given.get("passage") or "title" in given:
        return await _begun(request, given, office, words)
    async with office.desk.reading() as view:
        form = _filled(forms.typed_over(Form(), given), await known_source(view, given.get("link", "")))
    return _asks_all(request, form, words) if manner_of(request).sheet else _asks_source(request, form, words)


async def sheet(request: Request, *, office: Office) -> Reply:
    """The whole form at once, of a draft or a new one: for those who write in an editor."""
    words = wording(request.locale)
    given, number = _given(request.arguments), request.arguments.get("number", "")
    if not number:
        return await _begun(request, given, office, words) if given else _asks_all(request, Form(), words)
    if given:
        return await save(request, number_in(request), given, office, words)
    async with office.desk.reading() as view:
        form = await drafted(view, request, number_in(request))
    return _asks_all(request, form, words)


def manner_of(request: Request) -> Manner:
    """At a console there is an editor, and room for a whole form; moderators read what is kept of a source."""
    return Manner(reviews=Right.EDIT in request.caller.rights, sheet=request.place.platform == "console")


def _asks_all(request: Request, form: Form, words: Wording) -> Reply:
    asking = replace(request, command="sheet")
    number = request.arguments.get("number", "")
    fields = forms.asks(forms.ALL, form, words, most=forms.LONGEST)
    title = words.say("form.sheet", number=number) if number else words.say("form.suggest")
    typed = (words.say("example.suggest"), words.say("example.mine"))
    return asked(asking, words, fields, title=title, fixed=("number",), typed=typed)


async def clip(request: Request, *, office: Office) -> Reply:
    """A message with a link and a passage: the first form, filled in from it."""
    words = wording(request.locale)
    text = request.arguments["text"]
    found = _URL.search(text)
    link = found[0].rstrip(").,;") if found else ""
    passage = (text[: found.start()] + text[found.start() + len(link) :] if found else text).strip()
    form = Form(link=link, passage=passage)
    async with office.desk.reading() as view:
        form = _filled(form, await known_source(view, link))
    return _asks_source(request, form, words)


def _asks_source(request: Request, form: Form, words: Wording) -> Reply:
    asking = replace(request, command="suggest")
    fields = forms.asks(forms.SOURCE, form, words)
    typed = (words.say("example.suggest"), words.say("example.mine"))
    return asked(asking, words, fields, title=words.say("form.suggest"), fixed=(), typed=typed)


async def _drafted(request: Request, number: int, office: Office) -> Form:
    """What stands in the form under way. Raises NoDraft."""
    async with office.desk.reading() as view:
        return await drafted(view, request, number)


async def source(request: Request, *, office: Office) -> Reply:
    """The first form of a draft again, or what is to stand in it."""
    words = wording(request.locale)
    number, given = number_in(request), _given(request.arguments)
    if given:
        return await save(request, number, given, office, words)
    form = await _drafted(request, number, office)
    fields = forms.asks(forms.SOURCE, form, words)
    typed = tuple(f"{number} {name} …" for name in ("passage", "title", "publisher", "published"))
    return asked(request, words, fields, title=words.say("form.source", number=number), typed=typed)


async def choose(request: Request, *, office: Office) -> Reply:
    """Which words: one of the quotations in the passage, by its place, or any others; then what goes with them."""
    words = wording(request.locale)
    number, chosen = number_in(request), request.arguments.get("choice", "").strip()
    form = await _drafted(request, number, office)
    found = quotations(form.passage)
    if not chosen:
        return _quotations(number, form, words)
    kind = form.kind
    if PLACES.fullmatch(chosen):
        place = int(chosen) if chosen.isdecimal() and len(chosen) <= _DIGITS else 0
        if not 0 < place <= len(found):
            return replace(_quotations(number, form, words), outcome=Outcome.REFUSED)
        chosen, kind = found[place - 1], kind or Kind.DIRECT.value
    form = replace(form, words=chosen, kind=kind)
    await _keep(request, number, form, office)
    return _asks_words(request, number, form, words)


async def confirm(request: Request, *, office: Office) -> Reply:
    """The second form: exact words, kind, speaker, day, relay; then the fact as readers will see it."""
    words = wording(request.locale)
    number, given = number_in(request), _given(request.arguments)
    if given:
        return await save(request, number, given, office, words)
    form = await _drafted(request, number, office)
    return _asks_words(request, number, form, words)


async def details(request: Request, *, office: Office) -> Reply:
    """A third form, which nobody has to fill in: role, place, label, note; why words that stand nowhere are shown."""
    words = wording(request.locale)
    number, given = number_in(request), _given(request.arguments)
    if given:
        return await save(request, number, given, office, words)
    form = await _drafted(request, number, office)
    typed = tuple(f"{number} {name} …" for name in forms.DETAILS)
    fields = forms.asks(forms.DETAILS, form, words)
    return asked(request, words, fields, title=words.say("button.details", number=number), typed=typed)


async def send(request: Request, *, office: Office) -> Reply:
    """To review with it."""
    words = wording(request.locale)
    number = number_in(request)
    async with office.desk.reading() as view:
        form = await drafted(view, request, number)
        try:
            found = await made(view, form, number, office)
        except Troubles as error:
            return problems_reply(number, error, words, manner_of(request))
        dossier = await dossier_of(view, found, number, office)
    if errors := [each for each in remarks_on(dossier) if each.error]:
        return flawed_reply(number, errors, words, manner_of(request))
    if (wait := office.cooldowns.refusal(Doing.SUGGEST, request, office.clock.now())) is not None:
        return wait
    change = Suggest(
        by=by(request),
        terms=office.terms,
        number=number,
        slug=slug_of(found, number),
        revision=found.revision,
        source=found.source,
        passage=found.passage,
    )
    await apply(change, request, office)
    buttons = [Choice(label=words.say("button.another"), line=f"another {number}", short="another")]
    if Right.EDIT in request.caller.rights:
        buttons.append(choice("open", number, words) if office.terms.editors == 1 else queue_choice(words))
    key = "done.sent.told" if own_place(request)[0] else "done.sent"
    blocks = (Text(words.say(key, number=number)), Choices(tuple(buttons)))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def drop(request: Request, *, office: Office) -> Reply:
    """Give the form up."""
    number = number_in(request)
    try:
        await apply(DropDraft(by=by(request), terms=office.terms, number=number), request, office)
    except NoSuchFact:
        raise NoDraft(number) from None
    return told(wording(request.locale).say("done.dropped", number=number), Outcome.INFO)


async def another(request: Request, *, office: Office) -> Reply:
    """A new form with the same source and passage, for the next quotation in it."""
    words = wording(request.locale)
    number = number_in(request)
    async with office.desk.reading() as view:
        form, known = await same_source(view, request, number)
        form = _filled(form, known)
    given = {name: getattr(form, name) for name in (*forms.SOURCE, "author", "language") if getattr(form, name)}
    return await _begun(request, given, office, words)


async def save(
    request: Request, number: int, given: Mapping[str, str], office: Office, words: Wording, *, brief: bool = False
) -> Reply:
    """Keep what was given for a draft, then say what comes next."""
    if (refused := _too_long(given, words)) is not None:
        return refused
    async with office.desk.reading() as view:
        form = forms.typed_over(await drafted(view, request, number), given)
    await _keep(request, number, form, office)
    return await following(number, form, office, words, replace(manner_of(request), brief=brief))


async def following(number: int, form: Form, office: Office, words: Wording, manner: Manner) -> Reply:
    """The next step of a form: its words, else the fact as readers will see it."""
    if not form.words.strip():
        return _quotations(number, form, words)
    async with office.desk.reading() as view:
        try:
            found = await made(view, form, number, office)
        except Troubles as error:
            return problems_reply(number, error, words, manner)
        dossier = await dossier_of(view, found, number, office)
        if errors := [each for each in remarks_on(dossier) if each.error]:
            return flawed_reply(number, errors, words, manner)
        return await preview_reply(view, dossier, form, office, words, manner, unused=found.unused)


async def _begun(request: Request, given: Mapping[str, str], office: Office, words: Wording) -> Reply:
    if (refused := _too_long(given, words)) is not None:
        return refused
    form = forms.typed_over(Form(), given)
    async with office.desk.reading() as view:
        me = await myself(view, request)
        if me is not None and len(await view.drafts(me.id)) >= MOST:
            return told(words.say("refusal.many_drafts", count=MOST), Outcome.REFUSED)
        form = _filled(form, await known_source(view, form.link))
    place, reply_to = own_place(request)
    saved = await apply(
        SaveDraft(by=by(request), terms=office.terms, number=None, form=form, place=place, reply_to=reply_to),
        request,
        office,
    )
    return await following(saved.number or 0, form, office, words, manner_of(request))


def _too_long(given: Mapping[str, str], words: Wording) -> Reply | None:
    name = forms.too_long(given)
    if name is None:
        return None
    label = words.say(f"form.{name}")
    return told(words.say("trouble.long", field=label, length=len(given[name]), limit=forms.LONGEST), Outcome.REFUSED)


async def _keep(request: Request, number: int, form: Form, office: Office) -> None:
    await apply(SaveDraft(by=by(request), terms=office.terms, number=number, form=form), request, office, step="form")


def _quotations(number: int, form: Form, words: Wording) -> Reply:
    """What stands between quotation marks in the passage, to choose from; or other words."""
    found = quotations(form.passage)
    blocks: list[Block] = [Text(words.count("draft.found", len(found), number=number))]
    lines = [words.say("draft.quotation", place=place, words=one_line(each)) for place, each in enumerate(found, 1)]
    if lines:
        blocks.append(Text("\n".join(lines)))
    elif not form.passage.strip():
        blocks = [Text(words.say("draft.no_passage", number=number))]
    elif length := longer(form.passage):
        blocks = [Text(words.say("draft.found.long", number=number, length=length, limit=LONGEST))]
    buttons = [
        Choice(label=words.say("button.words", place=place), line=f"words {number} {place}", short=str(place))
        for place in range(1, len(found) + 1)
    ]
    buttons += [choice("confirm", number, words, label="words.other"), choice("source", number, words)]
    buttons.append(choice("drop", number, words))
    return Reply(blocks=(*blocks, Choices(tuple(buttons))), outcome=Outcome.FOUND, visibility=Visibility.PRIVATE)


def _asks_words(request: Request, number: int, form: Form, words: Wording) -> Reply:
    asking = replace(request, command="confirm")
    fields = forms.asks(forms.WORDS, form, words)
    typed = (*(f"{number} {name} …" for name in ("speaker", "role", "said", "relayed")), f"{number} ok")
    return asked(asking, words, fields, title=words.say("form.confirm", number=number), typed=typed)


def _filled(form: Form, known: Source | None) -> Form:
    """What a source on file says of itself need not be typed again."""
    if known is None:
        return form
    return replace(
        form,
        title=form.title or known.title,
        publisher=form.publisher or known.publisher or "none",
        author=form.author or known.author or "",
        published=form.published or (str(known.published) if known.published else "none"),
    )


def _given(arguments: Mapping[str, str]) -> dict[str, str]:
    return {name: arguments[name] for name in forms.NAMES if name in arguments}
