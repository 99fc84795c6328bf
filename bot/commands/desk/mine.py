"""mine: the forms that I have under way and what became of my suggestions."""

from __future__ import annotations

from bot.commands.arguments import one_line, told
from bot.commands.desk.acting import myself
from bot.commands.pages import PAGE, page_of
from bot.commands.reply import Block, Choice, Choices, FactList, Outcome, Reply
from bot.commands.request import Request
from bot.commands.services import Office
from bot.core.desk.forming import given
from bot.core.model.desk import Draft
from bot.core.model.mail import Visibility
from bot.wording import Wording, wording

PARAMETERS = (PAGE,)
_A_PAGE, _ALL = 10, 1_000


async def mine(request: Request, *, office: Office) -> Reply:
    """Two short lists, the newest first; a pick opens one."""
    words = wording(request.locale)
    async with office.desk.reading() as view:
        me = await myself(view, request)
        drafts = await view.drafts(me.id) if me else ()
        suggested = await view.mine(me.id, limit=_ALL) if me else ()
    pages = max(1, -(-max(len(drafts), len(suggested)) // _A_PAGE))
    page = page_of(request, pages)
    here = slice((page - 1) * _A_PAGE, page * _A_PAGE)
    drafts, suggested = tuple(reversed(drafts))[here], suggested[here]

    def titled(title: str) -> str:
        return words.say("page.title", title=title, page=page, pages=pages) if pages > 1 else title

    blocks: list[Block] = []
    if drafts:
        items = tuple((each.number, _title(each, words)) for each in drafts)
        blocks.append(FactList(title=titled(words.say("mine.drafts")), items=items, opens="open "))
    if suggested:
        labelled = tuple(
            (number, words.say("mine.item", state=words.say(f"desk.state.{state}"), label=one_line(label)))
            for number, label, state in suggested
        )
        blocks.append(FactList(title=titled(words.say("mine.suggested")), items=labelled, opens="open "))
    if not blocks:
        return told(words.say("mine.nothing"), Outcome.NOTHING)
    if page < pages:
        label = words.say("button.go_on", page=page + 1, pages=pages)
        blocks.append(Choices((Choice(label=label, line=f"mine {page + 1}", short="next"),)))
    return Reply(blocks=tuple(blocks), outcome=Outcome.FOUND, visibility=Visibility.PRIVATE)


def _title(draft: Draft, words: Wording) -> str:
    """What a form is about, as far as it goes."""
    form = draft.form
    said = next(filter(given, (form.label, form.words, form.title, form.link, form.passage)), "")
    line = one_line(said.strip())
    return line[:60] or words.say("mine.empty")
