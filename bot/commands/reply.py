"""What is answered: a closed union of blocks in plain words; a platform only lays them out and escapes them.

Every string is finished text in the asker's language, without markup. What comes from people stands in it as it
was written: a platform neutralises it at the last moment. Only a `Text` and the value of a `Fields` row may have line
breaks, and those are ours: what comes from people stands there on one line.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.commands.parts import marked, parts
from bot.core.model.fact import Kind
from bot.core.model.mail import Visibility


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of ours."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """The values behind a card, for programs (`--json`); people read the card."""

    kind: Kind
    quoted_spans: tuple[str, ...]
    speaker: str | None  # in the house spelling; None where nobody is quoted
    said: str | None  # EDTF
    published: str | None  # EDTF
    source: str  # title
    unverified: str = ""  # why it is shown although the words were not found in the source


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCard:
    """One fact as readers see it: lead, words, by-line, then the lines about day, source and checking."""

    number: int
    revision: int
    lead: str  # stands above the words: "Volodymyr Zelenskyi (the article's summary, not his exact words):"; may be ""
    text: str  # verbatim and whole; readers see `passage`
    quoted: bool  # True: the platform sets `text` between quotation marks; False: it marks it as a bar or blockquote
    byline: str  # "— Volodymyr Zelenskyi, President of Ukraine, …"; "" where the lead has the name
    lines: tuple[str, ...]  # said/published, source, kind and checking with "#17"
    url: str | None  # link of the source, shown bare
    particulars: Particulars | None = None
    preview: bool = False  # shown to reviewers as readers will see it; it is no answer

    @property
    def passage(self) -> str:
        """The words that are shown: all of them, or their beginning with "[…]" where they go on."""
        return marked(parts(self.text), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button, a typed line or a list entry."""

    label: str
    line: str  # the command line it stands for: "evidence 17"
    short: str = ""  # what to type as a reply to this answer, without ids: "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactList:
    """Facts to choose from: their labels, never their words. Its picks are choices; no `Choices` repeat them."""

    title: str
    items: tuple[tuple[int, str], ...]  # (fact number, label)
    opens: str = "fact #"  # the command line of a pick, without the number

    @property
    def picks(self) -> tuple[Choice, ...]:
        """What opens each of them, in the same order."""
        return tuple(
            Choice(label=f"#{number} {label}", line=f"{self.opens}{number}", short=str(number))
            for number, label in self.items
        )


@dataclass(frozen=True, slots=True)
class Link:
    """A web address that may be followed, where a value is nothing else. An address inside a text never is."""

    url: str

    def __str__(self) -> str:
        """As it is shown where nothing can be followed."""
        return self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Named values: evidence, history, about."""

    title: str
    rows: tuple[tuple[str, str | Link], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The words inside the text around them, all verbatim."""

    title: str
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture beside a text that says the same; left out where none can be sent."""

    png: bytes
    alt: str  # at most 1,000 characters: what somebody needs to know who does not see it
    size: tuple[int, int]  # width and height in pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One thing that a form asks for."""

    name: str  # the argument of the command that takes the form
    label: str  # at most 45 characters: a modal's label on Discord
    value: str = ""  # what stands there already
    hint: str = ""  # at most 100 characters: what to write, or what it means to leave it empty
    required: bool = False
    long: bool = False  # more than one line
    limit: int = 4000  # characters
    options: tuple[tuple[str, str], ...] = ()  # (value, label): one of a few, instead of text


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Something to fill in. A platform with forms opens it at once; elsewhere it says what to type instead."""

    title: str  # at most 45 characters
    line: str  # the command line that takes it, with the arguments that are not asked for: "passage 41"
    fields: tuple[FormField, ...]  # at most 5
    typed: tuple[str, ...] = ()  # command lines that say the same where there are no forms: "41 words …"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be done next."""

    items: tuple[Choice, ...]


Block = Text | FactCard | FactList | Fields | Excerpt | Picture | Form | Choices


class Outcome(StrEnum):
    """How a command ended, for exit codes and JSON."""

    FOUND = "found"
    NOTHING = "nothing"  # nothing on record
    CHOOSE = "choose"  # "Which one?"
    INCOMPLETE = "incomplete"  # the search ran out of time
    INFO = "info"
    REFUSED = "refused"  # the request itself cannot be answered, and the reply says what to do
    FAILED = "failed"  # an error nobody expected; the reply tells its id


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The whole answer."""

    blocks: tuple[Block, ...]
    outcome: Outcome
    visibility: Visibility = Visibility.PUBLIC
    replaces: bool = False  # a page: on a click, the message that was clicked is to show this instead
    listed: tuple[
        tuple[int, int], ...
    ] = ()  # (fact number, revision) named by labels alone, in a post that is corrected
    secret: bool = False  # nobody but the asker may see it: where that cannot be promised, it is not shown

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Everything that can be asked next, in order: the picks of lists among it."""
        return tuple(
            choice
            for block in self.blocks
            for choice in (
                block.items if isinstance(block, Choices) else block.picks if isinstance(block, FactList) else ()
            )
        )

    @property
    def picture(self) -> Picture | None:
        """The picture that comes along, if there is one."""
        return next((block for block in self.blocks if isinstance(block, Picture)), None)

    @property
    def form(self) -> Form | None:
        """The form that is to be filled in, if there is one."""
        return next((block for block in self.blocks if isinstance(block, Form)), None)

    @property
    def shown(self) -> tuple[tuple[int, int], ...]:
        """(fact number, revision) of every fact whose words this reply shows as an answer."""
        return tuple(
            (block.number, block.revision) for block in self.blocks if isinstance(block, FactCard) and not block.preview
        )
