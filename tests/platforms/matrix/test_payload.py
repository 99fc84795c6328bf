"""What is sent: both twins complete, nothing longer than an event may be, no word cut."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.reply import Choice, Choices, FactCard, FactList, Outcome, Reply, Text
from bot.platforms.matrix.layout import lines_behind
from bot.platforms.matrix.payload import LONGEST, editing, messages, replying, sentence
from bot.wording import wording

WORDS = wording("en")


def a_card(
    text: str = "We have planted at least 300 trees", *, quoted: bool = True, url: str | None = None
) -> FactCard:
    return FactCard(
        number=17,
        revision=1,
        lead="" if quoted else "Ada Muster (the article's summary, not the exact words):",
        text=text,
        quoted=quoted,
        byline="— Ada Muster, Mayor of Testwick" if quoted else "",
        lines=("Published 2 May 2026", "Source: <b>", "Exact words · #17"),
        url=url,
    )


def sent(*blocks: object) -> tuple[dict[str, object], ...]:
    return messages(Reply(blocks=blocks, outcome=Outcome.FOUND), WORDS, "!")  # type: ignore[arg-type]  # blocks


def test_a_quotation_stands_in_a_block_quote_and_between_marks() -> None:
    choices = Choices(
        tuple(Choice(label=name.title(), line=f"{name} 17", short=name) for name in ("context", "evidence"))
    )
    (content,) = sent(a_card(url="https://gazette.example/a?b=1&c=2"), choices)

    assert content["body"] == (
        '"We have planted at least 300 trees"\n'
        "— Ada Muster, Mayor of Testwick\n"
        "Published 2 May 2026\n"
        "Source: <b>\n"
        "Exact words · #17\n"
        "https://gazette.example/a?b=1&c=2\n"
        "Reply here: !context, !evidence"
    )
    assert content["formatted_body"] == (
        '<blockquote>"We have planted at least 300 trees"</blockquote>'
        "— Ada Muster, Mayor of Testwick<br>Published 2 May 2026<br>Source: &lt;b&gt;<br>Exact words · #17<br>"
        '<a href="https://gazette.example/a?b=1&amp;c=2">https://gazette.example/a?b=1&amp;c=2</a><br>'
        "Reply here: !context, !evidence"
    )
    assert content["msgtype"] == "m.notice"
    assert content["m.mentions"] == {}


def test_words_that_are_no_quotation_have_a_bar_and_no_marks() -> None:
    (content,) = sent(a_card(quoted=False))
    assert "\n▎We have planted" in str(content["body"])
    assert "<blockquote>We have planted at least 300 trees</blockquote>" in str(content["formatted_body"])


def test_what_is_no_web_address_is_no_link() -> None:
    for url in ("javascript:alert(1)", "https://a b", 'https://x"onclick="y', "https://x\u202ey", "ftp://x"):
        (content,) = sent(a_card(url=url))
        html = str(content["formatted_body"])
        assert "<a " not in html or url == 'https://x"onclick="y', url
        assert 'onclick="' not in html, url


def test_choices_say_what_to_type() -> None:
    options = Choices(
        (Choice(label="Open: Shells", line="topic shells"), Choice(label="Go", line="go 1", short="next"))
    )
    (content,) = sent(Text("Where to?"), options)
    assert content["body"] == "Where to?\nOpen: Shells: !topic shells\nReply here: !next"
    assert lines_behind(Reply(blocks=(options,), outcome=Outcome.INFO)) == {"next": "go 1"}


def test_a_fact_is_picked_from_a_list_by_its_number() -> None:
    listed = FactList(title="Which one?", items=((1, "Rounds"), (17, "Trees")))
    (content,) = sent(listed)
    assert content["body"] == "Which one?\n#1 Rounds\n#17 Trees\nReply here: !1, !17"
    assert lines_behind(Reply(blocks=(listed,), outcome=Outcome.CHOOSE)) == {"1": "fact #1", "17": "fact #17"}


def test_a_reply_an_edit_and_a_thread_relate_as_the_specification_says() -> None:
    content = sentence("Hello <you>")
    assert content["formatted_body"] == "Hello &lt;you&gt;"
    assert replying(content, "$1", None)["m.relates_to"] == {"m.in_reply_to": {"event_id": "$1"}}
    assert replying(content, "$1", "$0")["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": "$0",
        "is_falling_back": False,
        "m.in_reply_to": {"event_id": "$1"},
    }
    edit = editing(content, "$2")
    assert edit["m.new_content"] == content
    assert edit["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$2"}
    assert edit["m.mentions"] == {}


def size(content: Any) -> int:
    """Bytes of the content as servers measure it."""
    return len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def test_letters_of_every_script_take_the_bytes_that_they_have() -> None:
    assert len(sent(Text("слово " * 800))) == 1


def test_a_long_answer_is_sent_in_parts_that_fit_and_no_word_is_cut() -> None:
    words = [f"слово{number}" for number in range(1_500)]
    parts = sent(Text(" ".join(words)), FactList(title="More", items=tuple((number, "x" * 9) for number in range(30))))

    assert 2 < len(parts) <= 4
    for content in parts:
        assert size(editing(content, "$" + "x" * 43)) * 4 / 3 < 60_000
        assert str(content["body"]).strip()
    found = " ".join(str(content["body"]) for content in parts)
    assert set(words) <= set(found.replace('"', " ").split())


def test_no_answer_floods_a_room() -> None:
    parts = sent(
        Text("We planted trees. " * 20_000), Choices((Choice(label="Evidence", line="evidence 17", short="evidence"),))
    )

    assert len(parts) == 4
    assert str(parts[-1]["body"]).endswith("We planted trees. […]\nReply here: !evidence")
    assert all(size(content) < LONGEST + 500 for content in parts)


@settings(max_examples=50)
@given(st.text(max_size=400).map(lambda text: text * 40))
def test_parts_fit_whatever_the_words_are(text: str) -> None:
    for content in sent(Text(text), a_card(text)):
        assert size(content) < LONGEST + 500
