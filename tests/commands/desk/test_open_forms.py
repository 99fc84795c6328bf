"""Forms of corrections that are open at once, and values that do not fit into one: nothing is undone or lost."""

from __future__ import annotations

from bot.commands.reply import Form, Outcome, Reply
from bot.platforms.discord.modal import modal
from tests.commands.desk.clerk import Clerk, line_of
from tests.contracts.stores.desk import (
    ADA,
    CY,
    MIA,
    PASSAGE,
    a_pasted_source,
    dossier,
    published,
    the_fact,
)


def form_in(reply: Reply) -> Form:
    assert reply.form is not None
    return reply.form


def filled_in(form: Form, **given: str) -> dict[str, str]:
    """A form as it is sent: everything that stood in it, and what was typed over it."""
    return {each.name: each.value for each in form.fields} | given


async def test_two_forms_that_are_open_at_once_undo_nothing() -> None:
    desk = Clerk()
    number = await published(desk.store)
    first = form_in(await desk.reply(f"fix {number} label", ADA))
    second = form_in(await desk.reply(f"fix {number} label", CY))
    given = filled_in(second, label="300 trees at least", note="Counted twice", reason="Clearer")
    assert "revision 2" in await desk.say(second.line, CY, given=given)
    given = filled_in(first, about="ada-muster", reason="Filed")
    assert "revision 3" in await desk.say(first.line, ADA, given=given)
    revision = (await the_fact(desk.store, number)).revision
    assert (revision.label, revision.notes, revision.about) == (
        "300 trees at least",
        ("Counted twice",),
        ("ada-muster",),
    )


async def test_what_somebody_else_changed_meanwhile_is_told_and_nothing_typed_is_lost() -> None:
    desk = Clerk()
    number = await published(desk.store)
    first = form_in(await desk.reply(f"fix {number} label", ADA))
    await desk.say(f"{number} label 300 trees at least -- clearer", CY)
    await desk.say(f"{number} note Counted twice -- it was", CY)
    given = filled_in(first, label="Trees, at least 300", topics="", about="ada-muster", reason="Shorter")
    reply = await desk.reply(first.line, ADA, given=given)
    assert reply.outcome is Outcome.REFUSED
    said = str(reply)
    assert "You saw revision 1, and it is revision 3 by now." in said
    assert "Label: 300 trees at least" in said
    again = form_in(await desk.reply(line_of(reply, "fix"), ADA))
    values = filled_in(again)
    assert (values["label"], values["about"], values["note"], values["reason"]) == (
        "Trees, at least 300",
        "ada-muster",
        "Counted twice",
        "Shorter",
    )
    assert "revision 4" in await desk.say(again.line, ADA, given=values)
    revision = (await the_fact(desk.store, number)).revision
    assert (revision.label, revision.topics) == ("Trees, at least 300", ())


async def test_a_source_that_was_corrected_meanwhile_is_not_corrected_back() -> None:
    desk = Clerk()
    number = await published(desk.store)
    first = form_in(await desk.reply(f"fix {number} source", ADA))
    await desk.say(f"{number} published none -- not dated", CY)
    given = filled_in(first, title="Trees for testwick", reason="As printed")
    await desk.say(first.line, ADA, given=given)
    source = (await dossier(desk.store, number)).sources["gazette-2026-05-02"]
    assert (source.title, source.published) == ("Trees for testwick", None)
    late = filled_in(first, published="2026-05-03", reason="The colophon")
    assert "It says now: Published on: none" in await desk.say(first.line, ADA, given=late)


async def test_a_form_that_is_saved_unchanged_keeps_a_link_of_any_length() -> None:
    for length in (600, 3_900, 5_000):
        desk = Clerk()
        link = f"https://gazette.example/trees?{'x' * length}"
        number = await published(desk.store, source=a_pasted_source(url=link))
        form = form_in(await desk.reply(f"fix {number} source"))
        await desk.say(form.line, given=as_sent(form) | {"title": "Trees for testwick", "reason": "As printed"})
        source = (await dossier(desk.store, number)).sources["gazette-2026-05-02"]
        assert (source.title, source.url) == ("Trees for testwick", link)


async def test_a_message_with_a_long_link_becomes_a_form_that_has_it() -> None:
    desk = Clerk()
    link = f"https://gazette.example/trees?{'x' * 2_500}"
    form = form_in(await desk.reply("/clip", MIA, given={"text": f"{link} {PASSAGE}"}))
    await desk.say(form.line, MIA, given=as_sent(form))
    async with desk.store.reading() as view:
        me = await view.person(MIA)
        assert me is not None
        assert [each.form.link for each in await view.drafts(me.id)] == [link]


def as_sent(form: Form) -> dict[str, str]:
    """What comes back from Discord where nothing is typed into a form."""
    labels = modal(form, "x")["components"]
    return {each["component"]["custom_id"]: str(each["component"].get("value", "")) for each in labels}
