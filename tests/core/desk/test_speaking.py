"""Does the passage name the speaker near the words, and is it really the one on file?"""

from __future__ import annotations

import pytest

from bot.core.desk.speaking import somebody_else, stands_near, surroundings
from bot.core.model.fact import Speaker
from bot.core.model.names import Entity, EntityType, Name
from bot.core.normalisation import normalise

WORDS = "We saved the school"
ZELENSKYI = Entity(
    id="zelenskyi",
    type=EntityType.PERSON,
    name="Volodymyr Zelenskyi",
    aliases=(
        Name(text="Zelensky", language="en"),
        Name(text="Volodymyr Zelensky", language="en"),
        Name(text="Зеленський", language="uk"),
    ),
)
KIM = Entity(
    id="kim-jong-un",
    type=EntityType.PERSON,
    name="Kim Jong Un",
    aliases=(Name(text="Kim", language="en"),),
    ambiguous=("Kim",),
)


def around(text: str) -> list[str]:
    found = surroundings(normalise(text).text, WORDS)
    return [found] if found is not None else []


def named(name: str, role: str = "", entity: str | None = None) -> Speaker:
    return Speaker(entity=entity, name_in_source=name, role_in_source=role)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ivan Petrenko", 'Petrenko stood there. "We saved the school," he said.'),
        ("Ivan Petrenko", '"We saved the school." These were Petrenko\'s words.'),
        ("Іван Петренко", "«We saved the school» — таке чули від Івана Петренка."),
        ("Зеленський", "«We saved the school», — слова Зеленського."),
        ("李强", "「We saved the school」总理李强说。"),
        ("नरेन्द्र मोदी", "“We saved the school,” प्रधानमंत्री नरेन्द्र मोदी ने कहा।"),
        ("the mayor", 'The mayor said: "We saved the school."'),
    ],
)
def test_a_family_name_outside_the_quotation_is_near(name: str, text: str) -> None:
    assert stands_near(named(name), None, around(text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ivan Petrenko", '"We saved the school," Ivan Muster said.'),
        ("Tom Smith", '"Tom saw it. We saved the school, with Smith," the driver said.'),
        ("Tom Smith", '"Smith was late." "We saved the school," the driver said.'),
        ("Іван Петренко", "«We saved the school», — сказав Іван Мустер."),
    ],
)
def test_a_first_name_and_what_is_quoted_are_not(name: str, text: str) -> None:
    assert not stands_near(named(name), None, around(text))


def test_another_name_on_file_is_near_as_a_whole() -> None:
    speaker = named("the president", entity="zelenskyi")
    assert stands_near(speaker, ZELENSKYI, around('"We saved the school," Volodymyr Zelensky said.'))
    assert not stands_near(speaker, ZELENSKYI, around('"We saved the school," Volodymyr said.'))
    assert not stands_near(named("the leader", entity="kim-jong-un"), KIM, around('"We saved the school," Kim said.'))


@pytest.mark.parametrize(
    ("name", "entity", "text", "beside"),
    [
        (
            "Zelensky",
            ZELENSKYI,
            '"We saved the school," said Captain Mykola Zelensky of the brigade.',
            "Mykola Zelensky",
        ),
        ("Зеленський", ZELENSKYI, "«We saved the school», — слова Миколи Зеленського.", "Миколи Зеленського"),
        ("Kim", KIM, '"We saved the school," Kim Yo Jong said.', "Kim Yo"),
        ("Zelensky", ZELENSKYI, '"We saved the school," said President Volodymyr Zelensky.', None),
        ("Zelensky", ZELENSKYI, '"We saved the school," President Zelensky said.', None),
        ("Zelensky", ZELENSKYI, 'On Monday Zelensky spoke. Then Zelensky said: "We saved the school."', None),
        ("Volodymyr Zelensky", ZELENSKYI, '"We saved the school," Volodymyr Zelensky, Kyiv\'s guest, said.', None),
        ("Zelensky", ZELENSKYI, '"Mykola Zelensky was there. We saved the school," said Zelensky.', None),
    ],
)
def test_a_part_of_a_name_that_nobody_on_file_has_is_seen(
    name: str, entity: Entity, text: str, beside: str | None
) -> None:
    assert somebody_else(named(name, entity=entity.id), entity, around(text)) == beside


def test_the_role_as_given_is_no_part_of_the_name() -> None:
    text = '"We saved the school," said Hetman Zelensky.'
    assert somebody_else(named("Zelensky", "Hetman of all", "zelenskyi"), ZELENSKYI, around(text)) is None
