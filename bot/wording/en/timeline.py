"""A number over time: amounts, days, and what a chart says."""

from __future__ import annotations

from bot.wording.catalogue import Sentence

SENTENCES: dict[str, Sentence] = {
    # -- numbers
    "number.group": ",",
    "number.point": ".",
    "number.equal": "{value}",
    "number.at_least": "at least {value}",
    "number.more_than": "more than {value}",
    "number.at_most": "at most {value}",
    "number.less_than": "less than {value}",
    "number.about": "about {value}",
    # -- a line over time
    "timeline.title": "Over time: {what}",
    "timeline.unknown": "No topic and no series of claims is called “{what}”. Name one, or the number of a fact in it.",
    "timeline.empty": "Nothing on record for “{what}”.",
    "timeline.numberless": "Without a number",
    "timeline.day.as-of": "as of {date}",
    "timeline.day.said": "{date}",
    "timeline.day.published": "published {date}",
    "timeline.day.none": "day not known",
    "timeline.from": "from {name}",
    "timeline.to": "to {name}",
    "timeline.second_hand": "second-hand",
    "timeline.disputed": "disputed",
    "timeline.note": "Arrow, dots: at least, or at most. Hollow: the day is not certain, or is that of the publication."
    " On record {today}.",
    "timeline.alt": "Step chart: {title} ({measure}). {statements}.",
    "timeline.newest": "Of the newest {most} facts; earlier ones are not looked at.",
    "timeline.rest": "… and earlier ones, in the text",
    "button.timeline": "Over time",
    "command.timeline.name": "timeline",
    "command.timeline.description": "What was claimed of a number over time, and by whom.",
    "command.timeline.what.name": "what",
    "command.timeline.what.description": "A topic, a series of claims, or the number of a fact in it.",
    "command.timeline.part.name": "part",
    "command.timeline.part.description": "Which part of a long line.",
    "example.timeline": "timeline 17",
}
