"""The buttons of the desk: a label leads with what happens and the number, a line with the command."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.reply import Choice
from bot.wording import Wording


def choice(command: str, number: int, words: Wording, *, tail: str = "", label: str = "") -> Choice:
    """A button about the thing of this number."""
    said = words.say(f"button.{label or command}", number=number)
    return Choice(label=said, line=" ".join(part for part in (command, str(number), tail) if part), short=command)


def show_choice(number: int, words: Wording) -> Choice:
    """The fact as an answer."""
    return Choice(label=words.say("button.fact", number=number), line=f"fact #{number}", short="fact")


def account_choices(platforms: Iterable[str], words: Wording) -> tuple[Choice, ...]:
    """What there is to say about oneself on other networks: which account is one's own there, or that there is none."""
    return (
        Choice(label=words.say("button.settings.link"), line="settings link"),
        *(
            Choice(label=words.say("button.settings.none", platform=name.capitalize()), line=f"settings none {name}")
            for name in platforms
        ),
    )


def hide_all_choice(person: str, who: str, words: Wording) -> Choice:
    """Everything of somebody, since an instant that is asked for."""
    return Choice(label=words.say("button.hideall", who=who), line=f"hideall {person}", short="hideall")


def queue_choice(words: Wording) -> Choice:
    """On to what else waits."""
    return Choice(label=words.say("button.queue"), line="queue", short="queue")
