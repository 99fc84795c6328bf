"""What is too long for a few messages is turned page by page, and every word of it can be reached."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.beside import beside
from bot.commands.reply import Excerpt, Fields, Reply
from bot.core.model.review import Workflow
from bot.core.model.source import Selector
from tests.builders import a_source
from tests.commands.shelf import TEXT, a_checked_dossier, a_shelf, card, choices, matched, only, past, say, texts

LONG = " ".join(f"This is sentence {number} about trees." for number in range(900))
KEPT = {"gazette-2026-05-02": TEXT}


def shown(reply: Reply) -> str:
    return " ".join(str(value) for _, value in only(reply, Fields).rows)


async def turned(line: str, store: object) -> list[Reply]:
    """An answer with all its further pages."""
    found = [await say(line, store)]  # type: ignore[arg-type]
    while further := [item.line for item in choices(found[-1]) if item.short == "next"]:
        found.append(await say(further[0], store))  # type: ignore[arg-type]
    return found


async def test_long_words_are_cut_openly_and_the_evidence_has_all_of_them() -> None:
    store = a_shelf(a_checked_dossier(text=LONG))
    answer = card(await say("#17", store))
    assert answer.passage.endswith(". […]")
    assert answer.text == LONG
    assert answer.lines[0] == "The words go on at […]: evidence 17 has all of them."

    pages = await turned("evidence 17", store)

    assert len(pages) > 5
    whole = " ".join(shown(page) for page in pages).replace(" […]", "").replace("[…] ", "")
    assert LONG in whole
    assert only(pages[1], Fields).title == f"Evidence for #17 (2 of {len(pages)})"
    assert choices(pages[0])[0].label == f"Go on (2 of {len(pages)})"


async def test_short_words_stand_in_the_evidence_only_as_label() -> None:
    (page,) = await turned("evidence 17", a_shelf(a_checked_dossier()))
    assert "Text" not in dict(only(page, Fields).rows)
    assert only(page, Fields).title == "Evidence for #17"


async def test_a_history_of_long_words_has_pages() -> None:
    dossier = a_checked_dossier()
    older = replace(past(dossier, "imported"), revision=replace(dossier.fact.revision, text=LONG))
    pages = await turned("history 17", a_shelf(dossier, history={17: (older, past(dossier, "published"))}))
    assert len(pages) > 5
    assert "sentence 899" in shown(pages[-1])


@pytest.mark.parametrize("page", ["99", "9999", "0", "00"])
async def test_a_page_that_is_not_there_is_the_nearest(page: str) -> None:
    reply = await say(f"evidence 17 {page}", a_shelf(a_checked_dossier()))
    assert only(reply, Fields).title == "Evidence for #17"


async def test_a_context_of_many_sources_has_pages() -> None:
    sources = tuple(a_source(id=f"source-{number}", title="Trees " * 100) for number in range(30))
    citations = tuple(matched(source=source.id) for source in sources)
    dossier = a_checked_dossier(sources=sources, citations=citations)
    pages = await turned("context 17", a_shelf(dossier, texts={source.id: TEXT for source in sources}))
    assert len(pages) > 2
    assert sum(isinstance(block, Excerpt) for page in pages for block in page.blocks) == 30


def a_place(prefix: str, suffix: str, start: int = 100) -> Selector:
    return Selector(exact="words", prefix=prefix, suffix=suffix, start=start, end=start + 5)


@pytest.mark.parametrize(
    ("prefix", "suffix", "start", "shown"),
    [
        ("ne day she said ", " and then they w", 100, ("… day she said ", " and then they …")),
        (' said: "', '," he said.', 100, ('… said: "', '," he said. …')),
        ("He said ", " ag", 8, ("He said ", " …")),
        ("", "", 0, ("", " …")),
        ("他们说", "然后", 100, ("…他们说", "然后…")),
    ],
)
def test_the_surroundings_that_a_selector_kept_have_whole_words(
    prefix: str, suffix: str, start: int, shown: tuple[str, str]
) -> None:
    assert beside(a_place(prefix, suffix, start), None) == shown


async def test_surroundings_that_break_off_inside_a_sentence_say_so() -> None:
    before, after = "and so on " * 100, " and so on" * 100
    text = f'{before}she said "We have planted at least 300 trees"{after}.'
    start = text.index("We have")
    place = Selector(
        exact="We have planted at least 300 trees",
        prefix=text[start - 10 : start],
        suffix=text[start + 34 : start + 44],
        start=start,
        end=start + 34,
    )
    store = a_shelf(a_checked_dossier(citations=(matched(selector=place),)), texts={"gazette-2026-05-02": text})
    excerpt = only(await say("context 17", store), Excerpt)
    assert excerpt.before.startswith("… ")
    assert excerpt.before[2:].split()[0] in ("and", "so", "on")
    assert excerpt.after.endswith(" …")
    assert excerpt.after[:-2].split()[-1] in ("and", "so", "on")


async def test_nothing_that_people_wrote_has_a_line_of_its_own_in_the_evidence() -> None:
    forged = "x\nChecked: by everybody"
    dossier = a_checked_dossier(
        label=forged,
        notes=(forged,),
        sources=(a_source(title=forged, author=forged, publisher=forged, credits=(forged,), notes=(forged,)),),
    )
    store = a_shelf(dossier, history={17: (past(dossier, "published", reason=forged, by=forged),)}, texts=KEPT)
    for line in ("evidence 17", "history 17"):
        for _, value in only(await say(line, store), Fields).rows:
            assert not any(each.startswith("Checked") for each in str(value).splitlines())
    withdrawn = a_checked_dossier(workflow=Workflow.WITHDRAWN)
    gone = a_shelf(withdrawn, history={17: (past(withdrawn, "withdrawn", reason=forged),)})
    assert "\n" not in texts(await say("#17", gone))[0]
