"""From a request or a typed line to the command that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.arguments import MESSAGE_LIMIT, QUERY_LIMIT, cleaned, fact_number, told
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request, Right
from bot.commands.rows import FIELDS, GROUPS, PARAMETERS
from bot.commands.table import Command, Parameter
from bot.core.ports import ReadTimedOut
from bot.wording import Wording, wording

_SYNONYMS = {"help": "about", "": "about"}
_MARKS = ("/", "!")  # what makes a line a command on chat networks


async def answer(table: Sequence[Command], request: Request) -> Reply:
    """Run the command, or say clearly why not and what to do instead. Errors of the run itself pass through."""
    words = wording(request.locale)
    request = replace(request, arguments={name: cleaned(value) for name, value in request.arguments.items()})
    command = next((row for row in table if row.name == request.command), None)
    if command is None:
        names = ", ".join(row.name for row in table)
        return told(words.say("refused.unknown_command", command=request.command[:32], commands=names), Outcome.REFUSED)
    if command.right not in request.caller.rights:
        return told(_no_right(command, request, words), Outcome.REFUSED)
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
    first, rest, grouped = _turned(bare)
    marked = marked or grouped
    name = _SYNONYMS.get(first.lower(), first.lower())
    if name in PARAMETERS and (first or marked):
        arguments = _arguments(PARAMETERS[name], rest.strip())
        if marked or _fits(PARAMETERS[name], arguments, rest):
            return name, arguments
    elif marked:
        return (_word(rest)[0].lower() if name in GROUPS else name), {}  # which is no command, and is told so
    return "fact", {"query": text}


def _turned(text: str) -> tuple[str, str, bool]:
    """(command, the rest, a group led it), wherever the command stands: "17 hide why" is "hide 17 why".

    "17 said 2024-11-14" names a field of the form behind #17: that is "set 17 said 2024-11-14". A group alone means
    the first thing in it.
    """
    first, rest = _word(text)
    second, tail = _word(rest)
    word = second.lower()
    if (alone := GROUPS.get(first.lower())) is not None:
        if not second or word in PARAMETERS:
            return (word, tail, True) if second else (alone, "", True)
        if fact_number(second) is not None:  # "desk 17 hide why"
            return (*_turned(rest)[:2], True)
    if fact_number(first) is not None:
        if word in FIELDS:
            return "set", f"{first} {word} {tail}", False
        if word in PARAMETERS and PARAMETERS[word] and PARAMETERS[word][0].number:
            return word, f"{first} {tail}", False
    return first, rest, False


def _word(text: str) -> tuple[str, str]:
    """The first word and what follows; a line break parts them as well as a blank."""
    first, *rest = text.split(maxsplit=1) or [""]
    return first, rest[0] if rest else ""


def _arguments(parameters: tuple[Parameter, ...], rest: str) -> dict[str, str]:
    """One word for each parameter, all that remains for the last; a flag is written `--private` before or behind it."""
    arguments: dict[str, str] = {}
    values = [row for row in parameters if not row.flag]
    rest = _flagged(parameters, rest, arguments)
    if values and values[-1].name == "page" and len(values) > 1:  # "17 2": the second page about #17
        head, _, page = rest.rpartition(" ")
        if page.isdigit() and fact_number(head) is not None:
            arguments["page"], rest = page, head
        values = values[:-1]
    for row in values[:-1]:
        head, tail = _word(rest)
        if not row.mark or head.startswith(row.mark):
            arguments[row.name], rest = head.removeprefix(row.mark), _flagged(parameters, tail, arguments)
    if values:
        arguments[values[-1].name] = rest.removeprefix(values[-1].mark)
    return {name: value for name, value in arguments.items() if value}


def _flagged(parameters: tuple[Parameter, ...], text: str, arguments: dict[str, str]) -> str:
    """What is left of a text once the flags at its beginning and at its end are taken from it."""
    flags = {f"{dash}{row.name}": row.name for row in parameters if row.flag for dash in ("--", "—")}  # phones join two
    head, tail = _word(text)
    while head.casefold() in flags:
        arguments[flags[head.casefold()]], text = "true", tail
        head, tail = _word(text)
    ahead, _, last = text.rpartition(" ")
    while ahead and last.casefold() in flags:
        arguments[flags[last.casefold()]], text = "true", ahead.rstrip()
        ahead, _, last = text.rpartition(" ")
    return text


def _fits(parameters: tuple[Parameter, ...], arguments: dict[str, str], rest: str) -> bool:
    """Whether a line without a mark is meant as this command; alone, its name is enough."""
    if not rest.strip():
        return True
    if not parameters:
        return False
    first = parameters[0]
    if first.name == "page":
        return arguments.get("page", "").isdigit()
    if first.options:
        return arguments.get(first.name, "").lower() in first.options
    if first.plain is not None:
        return first.plain.match(arguments.get(first.name, "")) is not None
    return all(fact_number(arguments.get(row.name, "")) is not None for row in parameters if row.number)


def _refusal(command: Command, request: Request, words: Wording) -> str:
    """Why the arguments cannot be used; "" when they can."""
    for row in command.parameters:
        value = request.arguments.get(row.name, "")
        if row.required and not value.strip():
            name = words.parameter_name(command.name, row.name)
            example = request.mark + words.say(f"example.{command.name}")
            own = f"refused.missing.{command.name}"
            key = own if words.has(own) else "refused.missing"
            return words.say(key, command=command.name, parameter=name, example=example)
        limit = row.limit or (MESSAGE_LIMIT if command.message else QUERY_LIMIT)
        if len(value) > limit:
            key = "refused.long" if row.limit else "refused.too_long"
            return words.say(key, length=len(value), limit=limit)
    return ""


def _no_right(command: Command, request: Request, words: Wording) -> str:
    """What stands in the way; on a console that only reads, where the other one is."""
    if request.place.platform == "console" and command.right is not Right.READ:
        return words.say("refused.console", command=command.name)
    keys = (
        f"refused.right.{command.right}.{request.place.platform}",
        f"refused.right.{command.right}",
        "refused.right",
    )
    return words.say(next(filter(words.has, keys)), command=f"{command.group} {command.name}".strip())
