"""From a request or a typed line to the command that answers it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.arguments import MESSAGE_LIMIT, QUERY_LIMIT, fact_number, told
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request
from bot.commands.rows import FIELDS, GROUPS, PARAMETERS
from bot.commands.table import Command, Parameter
from bot.core.ports import ReadTimedOut
from bot.wording import Wording, wording

_SYNONYMS = {"help": "about", "": "about"}
_MARKS = ("/", "!")  # what makes a line a command on chat networks


async def answer(table: Sequence[Command], request: Request) -> Reply:
    """Run the command, or say clearly why not and what to do instead. Errors of the run itself pass through."""
    words = wording(request.locale)
    command = next((row for row in table if row.name == request.command), None)
    if command is None:
        names = ", ".join(row.name for row in table)
        return told(words.say("refused.unknown_command", command=request.command[:32], commands=names), Outcome.REFUSED)
    if command.right not in request.caller.rights:
        return told(words.say("refused.right", command=command.name), Outcome.REFUSED)
    refusal = _refusal(command, request, words)
    if refusal:
        return told(refusal, Outcome.REFUSED)
    try:
        return await command.run(request)
    except ReadTimedOut:
        return told(words.say("error.slow"), Outcome.INCOMPLETE)


def parse(line: str) -> tuple[str, dict[str, str]]:
    """Read a typed line or a button's line: (command, arguments).

    "/fact dprk ammunition", "fact dprk ammunition", "evidence 17", "17 evidence", "desk queue" and "#17" are commands.
    A line without a mark that fits no command is a question: "evidence of transfers" asks for facts, "/evidence of
    transfers" does not.
    """
    text = line.strip()
    marked = text.startswith(_MARKS)
    bare = text[1:].strip() if marked else text
    first, rest = _turned(bare)
    name = _SYNONYMS.get(first.lower(), first.lower())
    if name in PARAMETERS and (first or marked):
        arguments = _arguments(PARAMETERS[name], rest.strip())
        if marked or _fits(PARAMETERS[name], arguments, rest):
            return name, arguments
    elif marked:
        return name, {}
    return "fact", {"query": text}


def _turned(text: str) -> tuple[str, str]:
    """(command, the rest), wherever the command stands: "17 hide why" is "hide 17 why", "desk queue" is "queue".

    "17 said 2024-11-14" names a field of the form behind #17: that is "set 17 said 2024-11-14".
    """
    first, _, rest = text.partition(" ")
    second, _, tail = rest.strip().partition(" ")
    word = _SYNONYMS.get(second.lower(), second.lower())
    if first.lower() in GROUPS and word in PARAMETERS:
        return word, tail
    if fact_number(first) is None:
        return first, rest
    if word in FIELDS:
        return "set", f"{first} {word} {tail}"
    if word in PARAMETERS and PARAMETERS[word] and PARAMETERS[word][0].number:
        return word, f"{first} {tail}"
    return first, rest


def _arguments(parameters: tuple[Parameter, ...], rest: str) -> dict[str, str]:
    """One word for each parameter, all that remains for the last; a flag is written `--private` and comes first."""
    arguments: dict[str, str] = {}
    for flag in (row for row in parameters if row.flag):
        head, _, tail = rest.partition(" ")
        if head == f"--{flag.name}":
            arguments[flag.name] = "true"
            rest = tail.strip()
    values = [row for row in parameters if not row.flag]
    if values and values[-1].name == "page" and len(values) > 1:  # "17 2": the second page about #17
        head, _, page = rest.rpartition(" ")
        if page.isdigit() and fact_number(head) is not None:
            arguments["page"], rest = page, head
        values = values[:-1]
    for row in values[:-1]:
        head, _, rest = rest.partition(" ")
        arguments[row.name] = head
        rest = rest.strip()
    if values:
        arguments[values[-1].name] = rest
    return {name: value for name, value in arguments.items() if value}


def _fits(parameters: tuple[Parameter, ...], arguments: dict[str, str], rest: str) -> bool:
    """Whether a line without a mark is meant as this command; alone, its name is enough."""
    if not rest.strip():
        return True
    if not parameters:
        return False
    if parameters[0].name == "page":
        return arguments.get("page", "").isdigit()
    return all(fact_number(arguments.get(row.name, "")) is not None for row in parameters if row.number)


def _refusal(command: Command, request: Request, words: Wording) -> str:
    """Why the arguments cannot be used; "" when they can."""
    for row in command.parameters:
        value = request.arguments.get(row.name, "")
        if row.required and not value.strip():
            name = words.parameter_name(command.name, row.name)
            example = request.mark + words.say(f"example.{command.name}")
            return words.say("refused.missing", command=command.name, parameter=name, example=example)
        limit = MESSAGE_LIMIT if command.message else QUERY_LIMIT
        if len(value) > limit:
            return words.say("refused.too_long", length=len(value), limit=limit)
    return ""
