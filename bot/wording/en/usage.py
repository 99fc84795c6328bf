"""English: what commands are called, what is refused and how, and what the bot tells about itself."""

from __future__ import annotations

from bot.wording.catalogue import Sentence

SENTENCES: dict[str, Sentence] = {
    # -- commands and their options, as platforms register them
    "command.fact.name": "fact",
    "command.fact.description": "Find the words that were said, who said them, when, and where it can be checked.",
    "command.fact.query.name": "query",
    "command.fact.query.description": "Who or what it is about, or a number: dprk ammunition, #17",
    "command.fact.private.name": "private",
    "command.fact.private.description": "Only you see the answer.",
    "command.about.name": "about",
    "command.about.description": "What “on the record” means, what the bot keeps, help and contact.",
    "command.find.name": "Find facts",
    "command.find.description": "What is on record about a message.",
    "command.find.text.name": "text",
    "command.find.text.description": "The text of the message.",
    "command.context.name": "context",
    "command.context.description": "The sentences around the words.",
    "command.context.number.name": "number",
    "command.context.number.description": "The number of the fact, such as #17",
    "command.evidence.name": "evidence",
    "command.evidence.description": "Everything known about a fact: chain, dates, source, checks.",
    "command.evidence.number.name": "number",
    "command.evidence.number.description": "The number of the fact, such as #17",
    "command.history.name": "history",
    "command.history.description": "Every revision of a fact.",
    "command.history.number.name": "number",
    "command.history.number.description": "The number of the fact, such as #17",
    "command.context.page.name": "page",
    "command.context.page.description": "Which page, counted from 1.",
    "command.evidence.page.name": "page",
    "command.evidence.page.description": "Which page, counted from 1.",
    "command.history.page.name": "page",
    "command.history.page.description": "Which page, counted from 1.",
    "command.more.name": "more",
    "command.more.description": "The next fact that fits a question.",
    "command.more.page.name": "page",
    "command.more.page.description": "Which one, counted from 1.",
    "command.more.query.name": "query",
    "command.more.query.description": "The question.",
    "command.more.private.name": "private",
    "command.more.private.description": "Only you see the answer.",
    "command.topic.name": "topic",
    "command.topic.description": "The facts of a topic, as a list of labels.",
    "command.topic.topic.name": "topic",
    "command.topic.topic.description": "The topic.",
    # -- buttons
    "button.context": "Context",
    "button.evidence": "Evidence",
    "button.history": "History",
    "button.more": "More ({count})",
    "button.back": "Back",
    "button.go_on": "Go on ({page} of {pages})",
    "button.fact": "Show #{number}",
    "button.topic": "Open topic",
    "button.topic.named": "Open topic: {topic}",
    # -- requests that cannot be answered
    "refused.unknown_command": 'There is no command "{command}". Commands: {commands}',
    "refused.missing": '"{command}" needs: {parameter}. Example: {example}',
    "refused.missing.more": "There are no further facts here. A page of the answers to a question: {example}",
    "refused.not_a_number": '"{value}" is not the number of a fact. Example: {example}',
    "refused.too_long": "That is too long to search for: {length} characters, at most {limit}. "
    "A few words are enough, such as: dprk ammunition",
    "refused.cooldown": {
        "one": "That was a lot in a short time, and people read each one. Try again in {count} minute.",
        "other": "That was a lot in a short time, and people read each one. Try again in {count} minutes.",
    },
    "refused.right": "You may not use “{command}” here.",
    "refused.right.edit": "“{command}” is for moderators.",
    "refused.right.edit.matrix": "“{command}” is for moderators. Who is one by power in the review room is one there.",
    "example.query": "dprk ammunition",
    "example.fact": "fact dprk ammunition",
    "example.find": "find 3.5 million artillery rounds",
    "example.context": "context 17",
    "example.evidence": "evidence 17",
    "example.history": "history 17",
    "example.more": "more 2 dprk ammunition",
    "example.topic": "topic dprk-ammunition",
    "example.about": "about",
    # -- what an adapter says by itself
    "error.unexpected": "Something went wrong here. The people who run this bot can find it under {id}.",
    "error.slow": "The search takes longer than usual. Please try again in a moment.",
    "error.expired": "This button is too old. Please ask again.",
    "evidence.text": "Text",
    "evidence.link": "Link",
    "page.title": "{title} ({page} of {pages})",
    "card.long": "The words go on at […]: evidence {number} has all of them.",
    "error.command_gone": "This command is no longer there. Type / to see the present ones.",
    "error.not_yours": "Only the person who asked can turn the pages of that answer; this page is just for you.",
    "error.place": "This bot does not serve this server. The people who run it can add it.",
    "error.room": "This bot does not serve this room. The people who run it can add it.",
    # -- about
    "about.title": "On the Record",
    "about.meaning": "What it means",
    "about.meaning.value": "“On the record” means: it is on record that this was said, by whom, and where that can be "
    "checked. Whether what was said is true is not rated. Only exact words stand in quotation marks; a summary, "
    "second-hand words and an outlet's own words are shown as what they are. A day is given only as exactly as it is "
    "known. Where nothing fits, the answer is that nothing is on record.",
    "about.help": "Help",
    "about.help.buttons": "Below an answer:",
    "about.help.command": "{usage} — {description}",
    "about.kept": "What is kept",
    "about.kept.value": "The facts, their revisions and who answers for them. Which public message shows which fact, "
    "for 30 days, so that a correction can reach it. How often a question found nothing; its words from the third time "
    "on. Not who asked, and not what was asked and answered. Of whoever suggests, reports or edits: the account, until "
    "“Forget me” under “My data”.",
    "about.privacy": "Privacy",
    "about.privacy.value": "Look-ups are forgotten when they are answered. Other messages are not read. To have "
    "something removed, use the contact.",
    "about.mode": "Checking",
    "about.mode.one": "One editor checks and publishes here; answers say so.",
    "about.mode.two": "Two people stand behind each fact before it is shown, one of them an editor who did not write "
    "it; answers "
    "say so where it was otherwise.",
    "about.contact": "Contact",
    "about.contact.none": "The people who run this bot have not given a contact.",
    "about.version": "Version",
    # -- Matrix, which has no buttons
    "matrix.not_private": "Nobody can be answered privately in a room. Write to the bot in an encrypted room instead, "
    "in which there is nobody else.",
    "matrix.answered_alone": "Answered in a room that only you can read; an invitation to it is on its way.",
    "matrix.reply_here": "Reply here: {commands}",
    "matrix.question_gone": "What was asked cannot be read here any more. Please ask again.",
    "matrix.unreadable": "A message here could not be read: the sender's app has not shared its key with this bot. "
    "If it was a question, please send it again.",
    # -- the console
    "console.welcome": "On the Record {version}. Type what it is about, such as: dprk ammunition. "
    '"about" explains, "quit" ends.',
    "console.desk.welcome": "On the Record {version}, the desk. “queue” shows what waits, “add” begins a fact, "
    "“open 17” opens one; “quit” ends.",
    "console.desk.next": "Next, with onrecord desk before it: {choices}",
    "console.sheet": "Write behind the labels, save and close. Close it unchanged to give up.",
    "console.editor": "The editor “{editor}” cannot be started: {why}. Set EDITOR to another one.",
    "console.unchanged": "Nothing was changed, so nothing is sent.",
    "console.given_up": "Given up; nothing is sent.",
    "console.many_lines": "as many lines as needed; an empty one ends",
    "console.prompt": "> ",
    "console.bye": "Bye.",
    "console.pick": "To see one, type its number.",
    "console.picks": "To see one: onrecord {pick}",
    "console.choices": 'To go on, type in "onrecord console": {choices}',
    "console.interrupted": 'Type "quit" or press Ctrl-D to end.',
    "console.not_offered": 'The last answer has no "{line}". It offers: {offered}',
    "console.offers_nothing": 'The last answer has no "{line}".',
    "console.no_answer_yet": 'There is no answer yet that "{line}" could belong to. Ask first, such as: '
    "dprk ammunition",
}
