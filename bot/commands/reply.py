"""What is answered: a closed union of blocks in plain words; a platform only lays them out and escapes them.

Every string is finished text in the asker's language, without markup. What comes from people stands in it as it
was written: a platform neutralises it at the last moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCard:
    """One fact as readers see it: lead, words, by-line, then the lines about day, source and checking."""

    number: int
    revision: int
    lead: str  # stands above the words: "Volodymyr Zelenskyi (the article's summary, not his exact words):"; may be ""
    text: str  # verbatim
    quoted: bool  # True: the platform sets `text` between quotation marks; False: it marks it as a bar or blockquote
    byline: str  # "— Volodymyr Zelenskyi, President of Ukraine, …"; "" where the lead has the name
    lines: tuple[str, ...]  # said/published, source, kind and checking with "#17"
    url: str | None  # link of the source, shown bare
    particulars: Particulars | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactList:
    """Labels to choose from; never the words."""

    title: str
    items: tuple[tuple[int, str], ...]  # (fact number, label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Named values: evidence, history, about."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The words inside the text around them, all verbatim."""

    title: str
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button, a typed line or a list entry."""

    label: str
    line: str  # the command line it stands for: "evidence 17"
    short: str = ""  # what to type as a reply to this answer, without ids: "evidence"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be done next."""

    items: tuple[Choice, ...]


Block = Text | FactCard | FactList | Fields | Excerpt | Choices


class Outcome(StrEnum):
    """How a command ended, for exit codes and JSON."""

    FOUND = "found"
    NOTHING = "nothing"  # nothing on record
    CHOOSE = "choose"  # "Which one?"
    INCOMPLETE = "incomplete"  # the search ran out of time
    INFO = "info"
    REFUSED = "refused"  # the request itself cannot be answered, and the reply says what to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The whole answer."""

    blocks: tuple[Block, ...]
    outcome: Outcome
    visibility: Visibility = Visibility.PUBLIC
    replaces: bool = False  # a page: on a click, the message that was clicked is to show this instead

    @property
    def shown(self) -> tuple[tuple[int, int], ...]:
        """(fact number, revision) of every fact whose words this reply shows."""
        return tuple((block.number, block.revision) for block in self.blocks if isinstance(block, FactCard))
