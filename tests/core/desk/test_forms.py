"""From what people type to a fact and back: nothing is guessed, and a correction touches what it names alone."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.desk.amending import amend
from bot.core.desk.forming import Setting, Troubles, compose, entity_named, form_of
from bot.core.desk.quoted import quotations
from bot.core.desk.typed import Unread, Wrong, day, kind, listed, slug
from bot.core.desk.weighing import Looked, Weight, overlap, remarks_on, weighed
from bot.core.model.desk import Form
from bot.core.model.fact import Act, Dossier, Kind, Revision
from bot.core.model.review import Attribution
from bot.core.model.source import Source
from bot.core.normalisation import normalise
from bot.core.ports import Vocabulary
from bot.core.quotation import in_quotation_marks
from bot.core.rules.remark import evidence_of_words
from bot.core.verbatim import occurrences
from tests.builders import NOON, a_dossier, a_source, some_entities, some_topics
from tests.seeded import records

TODAY = date(2026, 11, 23)
ARTICLE = (Path(__file__).parents[2] / "data" / "dprk-ammunition-2024-11-16.txt").read_text(encoding="utf-8")
PASSAGE = 'The mayor spoke. "We have planted at least 300 trees," Ada Muster said on Saturday.'
VOCABULARY = Vocabulary(entities=some_entities(), topics=some_topics(), series=())
SETTING = Setting(vocabulary=VOCABULARY, now=NOON, checker="a test")
FORM = Form(
    link="https://gazette.example/trees",
    passage=PASSAGE,
    title="Trees for Testwick",
    publisher="The Testwick Gazette",
    published="2 May 2026",
    words="We have planted at least 300 trees",
    speaker="Ada Muster",
    role="Mayor of Testwick",
)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2024-11-16", "2024-11-16"),
        (" 2024-11 ", "2024-11"),
        ("2024?", "2024?"),
        ("16 Nov 2024", "2024-11-16"),
        ("Nov 16, 2024", "2024-11-16"),
        ("16. November 2024", "2024-11-16"),
        ("November 2024", "2024-11"),
        ("16 листопада 2024 року", "2024-11-16"),
        ("16.11.2024", "2024-11-16"),
        ("16/11/2024", "2024-11-16"),
        ("11/16/2024", "2024-11-16"),
        ("11/11/2024", "2024-11-11"),
    ],
)
def test_days_are_read_as_people_write_them(text: str, edtf: str) -> None:
    found = day(text, TODAY)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize("text", ["", "  ", "none", "-", "немає"])
def test_a_day_that_is_not_known_is_none(text: str) -> None:
    assert day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("yesterday", Wrong.NO_DAY),
        ("16 Smarch 2024", Wrong.NO_DAY),
        ("2024-13-01", Wrong.NO_DAY),
        ("31.2.2024", Wrong.NO_DAY),
        ("11/12/2024", Wrong.TWO_WAYS),
        ("2026-11-24", Wrong.FUTURE),
        ("16 Nov", Wrong.NO_DAY),
        ("²/³/2024", Wrong.NO_DAY),
    ],
)
def test_a_day_is_never_guessed(text: str, wrong: Wrong) -> None:
    with pytest.raises(Unread) as caught:
        day(text, TODAY)
    assert caught.value.wrong is wrong


@given(st.text(max_size=40))
def test_every_text_is_a_day_or_told(text: str) -> None:
    for read in (lambda given_: day(given_, TODAY), kind, lambda given_: listed(given_, some_topics())):
        with suppress(Unread):
            read(text)
    assert all(sign in "abcdefghijklmnopqrstuvwxyz0123456789-" for sign in slug(text))


def test_topics_are_named_by_id_or_by_label() -> None:
    assert listed("Trees in Testwick, testwick-trees,", some_topics()) == ("testwick-trees",)
    with pytest.raises(Unread):
        listed("shrubs", some_topics())


def test_every_quotation_of_the_article_is_offered_as_printed() -> None:
    found = quotations(ARTICLE)
    assert len(found) == 7
    assert found[0].startswith("As for North Korea, they have transferred at least 3.5 million")
    text = normalise(ARTICLE)
    for words in found:
        places = occurrences(text, words)
        assert any(in_quotation_marks(text.text, each.start, each.end) for each in places)


@given(st.text(alphabet="ab \"“”„«».,\n'", max_size=60))
def test_whatever_is_offered_stands_there_between_marks(passage: str) -> None:
    text = normalise(passage)
    for words in quotations(passage):
        assert any(in_quotation_marks(text.text, each.start, each.end) for each in occurrences(text, words))


def test_a_form_becomes_a_fact_whose_words_were_compared() -> None:
    made = compose(FORM, SETTING, 41)
    revision, source = made.revision, made.source
    assert (revision.kind, revision.language, revision.said.on) == (Kind.DIRECT, "en", None)
    assert revision.speaker is not None
    assert (revision.speaker.entity, revision.speaker.role_in_source) == ("ada-muster", "Mayor of Testwick")
    assert [(hop.act, hop.actor, hop.name) for hop in revision.chain] == [
        (Act.SAID, "ada-muster", ""),
        (Act.QUOTED, None, "The Testwick Gazette"),
    ]
    assert (source.id, source.url, str(source.published)) == (
        "2026-05-02-trees-for-testwick-41",
        FORM.link,
        "2026-05-02",
    )
    citation = evidence_of_words(revision.citations)
    assert citation is not None
    assert citation.selector is not None
    assert citation.selector.exact == FORM.words
    assert citation.checks[0].text_sha256 == source.passages[0].normalised_sha256
    assert [each for each in remarks_on(dossier_of(revision, source)) if each.error] == []


def dossier_of(revision: Revision, source: Source) -> Dossier:
    return replace(a_dossier(revision=revision), sources={source.id: source})


def test_a_relay_makes_it_second_hand() -> None:
    revision = compose(replace(FORM, relayed="Bo Beispiel"), SETTING, 41).revision
    assert revision.attribution is Attribution.SECOND_HAND
    assert [hop.act for hop in revision.chain] == [Act.SAID, Act.RELAYED, Act.QUOTED]


def test_without_a_link_publisher_or_day_nothing_is_invented() -> None:
    made = compose(replace(FORM, link="none", publisher="", published="", title=""), SETTING, 7)
    assert (made.source.url, made.source.publisher, made.source.published) == (None, None, None)
    assert made.revision.chain[-1].name == ""


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(Troubles) as caught:
        compose(replace(FORM, link=" ", words="", said="yesterday", topics="x", kind="song"), SETTING, 1)
    assert {each.name for each in caught.value.troubles} == {"link", "words", "said", "topics", "kind"}


def test_words_that_stand_nowhere_are_noted_as_not_found() -> None:
    revision = compose(replace(FORM, words="We have planted 30 trees", kind="indirect"), SETTING, 1).revision
    (citation,) = revision.citations
    assert citation.selector is None
    assert citation.checks[0].result == "not_found"


@pytest.mark.parametrize("record", records().facts, ids=lambda record: str(record.number))
def test_a_correction_touches_what_it_names_alone(record: object) -> None:
    revision = record.revision  # type: ignore[attr-defined]
    by_id = {each.id: each for each in records().sources}
    source = by_id[revision.citations[0].source]
    on_file = records()
    setting = replace(
        SETTING,
        vocabulary=Vocabulary(entities=on_file.entities, topics=on_file.topics, series=on_file.series),
        texts=(normalise(ARTICLE).text,),
    )
    form = form_of(revision, source)
    assert amend(revision, source, form, form, setting).revision == revision
    for name, value, allowed in (
        ("label", "Another label", {"label"}),
        ("said", "2024-11-10", {"said"}),
        ("venue", "Kyiv", {"venue"}),
        ("topics", "", {"topics"}),
        ("note", "A note", {"notes"}),
        ("publisher", "The Post", {"chain"}),
        ("relayed", "Bo Beispiel", {"chain", "attribution"}),
    ):
        made = amend(revision, source, form, replace(form, **{name: value}), setting)
        changed = {
            each.name for each in fields(revision) if getattr(made.revision, each.name) != getattr(revision, each.name)
        }
        assert changed <= allowed, name
        of_source = {
            each.name for each in fields(source) if getattr(made.source, each.name) != getattr(source, each.name)
        }
        assert of_source == ({"publisher"} if name == "publisher" else set())


def test_other_words_are_looked_for_in_every_text_at_hand() -> None:
    made = compose(FORM, SETTING, 41)
    form = form_of(made.revision, made.source)
    setting = replace(SETTING, texts=(normalise(PASSAGE).text,))
    after = replace(form, words="planted at least 300 trees", kind="indirect")
    changed = amend(made.revision, made.source, form, after, setting).revision
    assert changed.citations[0].selector is not None
    assert changed.citations[0].selector.exact == "planted at least 300 trees"
    assert changed.chain[-1].act is Act.PARAPHRASED
    assert changed.speaker == made.revision.speaker
    lost = amend(made.revision, made.source, form, replace(form, words="Other words"), setting).revision
    assert lost.citations[0].selector is None


def test_a_name_that_may_be_anybodys_is_nobodys() -> None:
    one, other = some_entities()[0], replace(some_entities()[0], id="adam-muster", name="Adam Muster")
    assert entity_named("muster", (one,)) == one
    assert entity_named("Muster", (one, other)) is None
    assert entity_named("Muster", (replace(one, ambiguous=("Muster",)),)) is None


def weights(dossier: Dossier, **looked: object) -> list[Weight]:
    return [each.weight for each in weighed(dossier, Looked(**looked))]  # type: ignore[arg-type]


def test_what_an_approver_should_know_is_found() -> None:
    made = compose(FORM, SETTING, 41)
    dossier = dossier_of(made.revision, made.source)
    texts = (normalise(PASSAGE).text,)
    assert weights(dossier, texts=texts) == [Weight.FOUND_QUOTED, Weight.PASTED]
    assert weights(dossier)[0] is Weight.FILED
    lost = compose(replace(FORM, words="Never planted", kind="indirect"), SETTING, 41)
    assert weights(dossier_of(lost.revision, lost.source))[0] is Weight.NOT_FOUND
    far = (normalise(PASSAGE.replace("Ada Muster", "She")).text,)
    assert Weight.SPEAKER_FAR in weights(dossier, texts=far)
    strange = {"texts": texts, "known_host": False, "known_publisher": False}
    assert weights(dossier, **strange)[1:3] == [Weight.NEW_HOST, Weight.NEW_PUBLISHER]
    assert Weight.HOST_ALIKE in weights(dossier, **strange, hosts=("gazete.example",))


def test_a_hedge_that_the_label_has_lost_is_found() -> None:
    made = compose(replace(FORM, label="300 trees, Muster"), SETTING, 41)
    assert Weight.HEDGE_LOST in weights(dossier_of(made.revision, made.source))
    kept = compose(replace(FORM, label="Trees, at least 300, Muster"), SETTING, 41)
    assert Weight.HEDGE_LOST not in weights(dossier_of(kept.revision, kept.source))


def test_the_same_and_nearly_the_same_words_are_found() -> None:
    made = compose(FORM, SETTING, 41)
    dossier = dossier_of(made.revision, made.source)
    twin = a_dossier(number=7)
    other = a_dossier(number=8, text="Shrubs were planted", speaker=twin.fact.revision.speaker)
    assert Weight.SAME in weights(dossier, others=(twin, other))
    words = "one two three four five six seven eight nine ten"
    assert overlap(words, f"{words} eleven") >= 0.9
    assert overlap(words, "one two") < 0.9


def test_a_source_on_file_is_not_made_again() -> None:
    stored = a_source()
    made = compose(FORM, replace(SETTING, source=stored), 41)
    assert made.source.id == stored.id
    assert len(made.source.passages) == 1
    again = compose(FORM, replace(SETTING, source=made.source), 42)
    assert again.source == made.source
