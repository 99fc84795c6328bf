"""A number over time: amounts, days, and what a chart says."""

from __future__ import annotations

from bot.wording.catalogue import Sentence

SENTENCES: dict[str, Sentence] = {
    # -- numbers
    "number.group": "\u00a0",
    "number.point": ",",
    "number.equal": "{value}",
    "number.at_least": "щонайменше {value}",
    "number.more_than": "понад {value}",
    "number.at_most": "щонайбільше {value}",
    "number.less_than": "менше ніж {value}",
    "number.about": "близько {value}",
    # -- a line over time
    "timeline.title": "У часі: {what}",
    "timeline.unknown": "Ні теми, ні ряду тверджень із назвою «{what}» немає. Назвіть їх або номер факту з них.",
    "timeline.empty": "Про «{what}» у записі нічого немає.",
    "timeline.numberless": "Без числа",
    "timeline.day.as-of": "станом на {date}",
    "timeline.day.said": "{date}",
    "timeline.day.published": "опубліковано {date}",
    "timeline.day.none": "день невідомий",
    "timeline.from": "звідки: {name}",
    "timeline.to": "куди: {name}",
    "timeline.second_hand": "з других рук",
    "timeline.disputed": "оспорюється",
    "timeline.note": "Стрілка, крапки: щонайменше або щонайбільше. Порожній знак: день непевний або це день публікації."
    " У записі станом на {today}.",
    "timeline.alt": "Ступінчастий графік: {title} ({measure}). {statements}.",
    "timeline.newest": "Лише {most} найновіших фактів; раніших тут не враховано.",
    "timeline.rest": "… і раніші, у тексті",
    "button.timeline": "У часі",
    "command.timeline.name": "timeline",
    "command.timeline.description": "Що й хто казав про число з часом.",
    "command.timeline.what.name": "what",
    "command.timeline.what.description": "Тема, ряд тверджень або номер факту з них.",
    "command.timeline.part.name": "part",
    "command.timeline.part.description": "Яка частина довгої лінії.",
    "example.timeline": "timeline 17",
}
