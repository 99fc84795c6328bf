"""fix and set: correcting what a fact or a form under way says, a small form at a time or one typed field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.commands.arguments import echo, told
from bot.commands.desk import forms
from bot.commands.desk.acting import LONG, NUMBER, SEEN, Seen, apply, known, myself, number_in, seen_in
from bot.commands.desk.asking import asked, reason_field
from bot.commands.desk.buttons import choice
from bot.commands.desk.changed import changed_reply
from bot.commands.desk.drafting import PLACES, choose, save
from bot.commands.desk.making import Troubles, sentences, setting
from bot.commands.desk.refusing import sentence
from bot.commands.reply import Choice, Choices, Outcome, Reply, Text
from bot.commands.request import Request, Right
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.amending import amend
from bot.core.desk.forming import form_of
from bot.core.desk.refusals import NoReason, NotAnEditor, NothingChanges
from bot.core.matching import main_source
from bot.core.model.change import ChangeRefused, DropDraft, Revise, SaveDraft
from bot.core.model.desk import Draft, Form
from bot.core.model.fact import Dossier
from bot.core.model.mail import Visibility
from bot.core.review import WAITING
from bot.core.verbatim import fingerprint
from bot.wording import Wording, wording

FIX = (
    NUMBER,
    SEEN,
    Parameter(name="part", required=False, options=tuple(forms.PARTS)),
    Parameter(name="reason", required=False, limit=LONG),
)
SET = (
    NUMBER,
    Parameter(name="field", options=forms.NAMES),
    Parameter(name="value", required=False, limit=forms.LONGEST),
)
_NEEDED = frozenset({"words", "kind", "title", "language", "label", "passage"})  # cannot be emptied
_NOTHING = "none"  # as it is typed, where an empty field is one that was not touched
_MARK = 6  # characters that stand for what a field said
_REASON = " -- "  # parts a typed value from the reason


async def fix(request: Request, *, office: Office) -> Reply:
    """Which part is to be corrected; then its form with what stands there; then the change."""
    words = wording(request.locale)
    number, part = number_in(request), request.arguments.get("part", "").strip().lower()
    async with office.desk.reading() as view:
        dossier = await known(view, number)
        me = await myself(view, request)
        draft = await view.draft(number, me.id) if me else None
    if part not in forms.PARTS:
        return _parts(number, words)
    given = {name: request.arguments[name] for name in forms.PARTS[part] if name in request.arguments}
    if not given:
        return _asks(request, dossier, part, draft, words)
    mine, others = _apart(given, seen_in(request), part, dossier)
    reason = request.arguments.get("reason", "")
    if others:
        await _kept(request, number, mine, office)
        return _refused(number, given, _meanwhile(others, seen_in(request), dossier, words), reason, words)
    return await _amended(request, dossier, mine, reason, office, words)


def _apart(
    given: Mapping[str, str], seen: Seen, part: str, dossier: Dossier
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What was changed in the form; and, of that, what the fact says where somebody else has changed it meanwhile."""
    marks = dict(zip(forms.PARTS[part], seen.card.split("."), strict=False))
    if not all(marks.get(name) for name in given):
        return given, {}  # a typed line, which means what is there now
    now = form_of(dossier.fact.revision, main_source(dossier))
    mine = {name: value for name, value in given.items() if _mark(value) != marks[name]}
    others = {
        name: there
        for name in mine
        if (there := getattr(now, name)) != mine[name].strip() and _mark(there) != marks[name]
    }
    return mine, others


def _mark(value: str) -> str:
    """What a form was opened with, short enough for the line that takes it."""
    return fingerprint(" ".join(value.split()))[:_MARK]


def _meanwhile(others: Mapping[str, str], seen: Seen, dossier: Dossier, words: Wording) -> list[str]:
    now = dossier.fact.revision.number
    said = [words.say("refusal.changed", seen=seen.revision, now=now)] if seen.revision != now else []
    there = [f"{words.say(f'form.{name}')}: {echo(it) or words.say('desk.none')}" for name, it in others.items()]
    return [*said, words.say("fix.meanwhile", fields="; ".join(there))]


async def words(request: Request, *, office: Office) -> Reply:
    """The words of a form under way, of which some can be chosen by their place; or those of a fact."""
    number, chosen = number_in(request), request.arguments.get("choice", "")
    async with office.desk.reading() as view:
        found = await view.dossiers((number,))
    if not found:
        return await choose(request, office=office)
    asking = replace(request, command="set", arguments={"number": str(number), "field": "words", "value": chosen})
    return await set_(asking, office=office)


async def set_(request: Request, *, office: Office) -> Reply:
    """One field, as it is typed: "17 said 2024-11-14 -- the caption has it"."""
    words = wording(request.locale)
    number, name = number_in(request), request.arguments["field"].strip().lower()
    value = request.arguments.get("value", "")
    if name not in forms.NAMES:
        return told(words.say("set.which", fields=", ".join(forms.NAMES)), Outcome.REFUSED)
    async with office.desk.reading() as view:
        me = await myself(view, request)
        found = await view.dossiers((number,))
        draft = await view.draft(number, me.id) if me else None
    if draft is not None and not found:
        return await save(request, number, {name: value}, office, words, brief=True)
    async with office.desk.reading() as view:
        dossier = await known(view, number)
    head, dashes, tail = value.rpartition(_REASON)
    value, reason = (head, tail) if dashes else (value, "")
    if name == "words" and PLACES.fullmatch(value):
        return told(words.say("set.words", number=number), Outcome.REFUSED)
    reason = request.arguments.get("reason", "") or reason
    return await _amended(request, dossier, {name: value}, reason, office, words)


async def _amended(
    request: Request, dossier: Dossier, given: Mapping[str, str], reason: str, office: Office, words: Wording
) -> Reply:
    """Make the change; where it cannot be made, what was typed is kept beside the fact."""
    fact = dossier.fact
    if Right.EDIT not in request.caller.rights:
        raise NotAnEditor(f"#{fact.number}: this takes an editor")
    source = main_source(dossier)
    before = form_of(fact.revision, source)
    after = forms.typed_over(before, given)
    if after == before or source is None:
        raise NothingChanges(fact.number)
    if not reason.strip() and fact.workflow not in WAITING:
        return _asks_reason(request, fact.number, words)
    try:
        async with office.desk.reading() as view:
            found = amend(
                fact.revision, source, before, after, await setting(view, source, office, revision=fact.revision)
            )
        change = Revise(
            by=by(request),
            terms=office.terms,
            number=fact.number,
            revision=found.revision,
            source=found.source if found.source != source else None,
            passage=found.passage,
            reason=reason,
        )
        applied = await apply(change, request, office, expect={fact.slug: fact.revision.number})
    except NoReason:
        return _asks_reason(request, fact.number, words)
    except (Troubles, ChangeRefused) as error:
        if isinstance(error, NothingChanges):
            raise
        await _kept(request, fact.number, given, office)
        said = sentences(error.troubles, words) if isinstance(error, Troubles) else [sentence(error, words)]
        return _refused(fact.number, given, said, reason, words)
    await _done_with(request, fact.number, office)
    return await changed_reply(applied, dossier, office, words)


async def _kept(request: Request, number: int, given: Mapping[str, str], office: Office) -> None:
    """What was changed, and nothing else: the rest of the fact may be another by the time the form opens again."""
    emptied = {name: _NOTHING for name, value in given.items() if name not in _NEEDED and not value.strip()}
    form = forms.typed_over(Form(), {**given, **emptied})
    change = SaveDraft(by=by(request), terms=office.terms, number=number, form=form)
    await apply(change, request, office, step="form")


async def _done_with(request: Request, number: int, office: Office) -> None:
    """An earlier try that was refused is no longer needed."""
    async with office.desk.reading() as view:
        me = await myself(view, request)
        draft = await view.draft(number, me.id) if me else None
    if draft is not None:
        await apply(DropDraft(by=by(request), terms=office.terms, number=number), request, office, step="drop")


def _parts(number: int, words: Wording) -> Reply:
    buttons = tuple(
        Choice(label=words.say(f"button.fix.{part}", number=number), line=f"fix {number} {part}", short=part)
        for part in forms.PARTS
    )
    text = Text(words.say("fix.which", number=number))
    return Reply(blocks=(text, Choices(buttons)), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


def _asks(request: Request, dossier: Dossier, part: str, draft: Draft | None, words: Wording) -> Reply:
    fact = dossier.fact
    now = form_of(fact.revision, main_source(dossier))
    typed_before = {name: value for name in forms.NAMES if draft and (value := getattr(draft.form, name))}
    form = forms.typed_over(now, typed_before)
    fields = forms.asks(forms.PARTS[part], form, words, needed=frozenset({"words", "label", "title", "link"}))
    if fact.workflow not in WAITING:
        fields = (*fields, reason_field(words, value=request.arguments.get("reason", "")))
    tail = "" if fact.workflow in WAITING else " -- …"
    typed = tuple(f"{fact.number} {name} …{tail}" for name in forms.PARTS[part])
    title = words.say(f"button.fix.{part}", number=fact.number)
    marks = ".".join(_mark(getattr(now, name)) for name in forms.PARTS[part])
    asking = replace(request, arguments={**request.arguments, "seen": f"{fact.revision.number}.{marks}"})
    return asked(asking, words, fields, title=title, fixed=("number", "seen", "part"), typed=typed)


def _asks_reason(request: Request, number: int, words: Wording) -> Reply:
    name, value = request.arguments.get("field", ""), request.arguments.get("value", "")
    typed = (f"{number} {name} {value}{_REASON}…",) if name else ()
    title = words.say("form.change", number=number)
    fixed = ("number", "field", "value") if name else ("number", "seen", "part")
    return asked(request, words, (reason_field(words),), title=title, fixed=fixed, typed=typed)


def _refused(number: int, given: Mapping[str, str], said: Sequence[str], reason: str, words: Wording) -> Reply:
    """What speaks against it; the form opens again with what was typed."""
    part = next((part for part, names in forms.PARTS.items() if set(names) & set(given)), "words")
    label = words.say(f"button.fix.{part}", number=number)
    lines = (words.say("fix.kept", number=number), *said)
    line = f"fix {number} {part} {reason.strip()}".rstrip()
    buttons = (Choice(label=label, line=line, short="fix"), choice("open", number, words))
    return Reply(
        blocks=(Text("\n".join(lines)), Choices(buttons)), outcome=Outcome.REFUSED, visibility=Visibility.PRIVATE
    )
