"""The picture in the README is drawn from the facts of this repository, the same in every run."""

from __future__ import annotations

from html import unescape
from xml.etree import ElementTree as ET

from docs.pictures.make_console import conversation, drawn


async def test_the_picture_shows_real_answers_and_is_the_same_each_time() -> None:
    lines = await conversation()
    picture = drawn(lines)
    assert picture == drawn(lines) == drawn(await conversation())
    ET.fromstring(picture)
    shown = unescape(picture).replace("\xa0", " ")
    assert "they have transferred at least 3.5 million artillery rounds" in shown
    assert "— Volodymyr Zelenskyi, President of Ukraine" in shown
    assert 'Nothing on record for "japan ammunition".' in shown
    assert "http" not in shown.replace("http://www.w3.org/2000/svg", "")  # nothing is fetched from elsewhere
