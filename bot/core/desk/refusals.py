"""Why the desk refuses a change. Each carries the facts of the case; commands put them into words."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.model.change import ChangeRefused
from bot.core.model.review import Workflow
from bot.core.rules.remark import Remark


class NotAnEditor(ChangeRefused):
    """This takes an editor."""


class NoSuchFact(ChangeRefused):
    """There is no fact, draft, report or batch of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"nothing has the number {number}")
        self.number = number


class UnknownSubject(ChangeRefused):
    """There is no topic, entity or series of this id that could be followed."""

    def __init__(self, target: str) -> None:
        super().__init__(f"nothing is called {target}")
        self.target = target


class NotFollowed(ChangeRefused):
    """The place does not follow anything of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"nothing of number {number} is followed there")
        self.number = number


class TooManyFollows(ChangeRefused):
    """A place, or a person in all places, follows as much as may be."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most} are followed")
        self.most = most


class NotNow(ChangeRefused):
    """The fact is in a state in which this cannot be done; somebody may have decided meanwhile."""

    def __init__(self, number: int, workflow: Workflow, act: str) -> None:
        super().__init__(f"#{number} is {workflow}: it cannot {act}")
        self.number, self.workflow, self.act = number, workflow, act


class OwnWork(ChangeRefused):
    """Two people check what makes an answer say more, and this person is the first of them already."""

    def __init__(self, number: int) -> None:
        super().__init__(f"#{number}: somebody else has to agree")
        self.number = number


class BatchRefused(ChangeRefused):
    """A batch is not brought back: `why` is "unknown", "own", "unlinked" or "nothing"."""

    def __init__(self, batch: int, why: str) -> None:
        super().__init__(f"batch {batch}: {why}")
        self.batch, self.why = batch, why


class Unlinked(ChangeRefused):
    """The other person is known on another platform only, so nobody can tell that these are two people."""

    def __init__(self, number: int, platforms: Iterable[str]) -> None:
        self.number, self.platforms = number, tuple(sorted(platforms))
        super().__init__(f"#{number}: suggested from {', '.join(self.platforms)}; link that account or declare none")


class AlreadyWaits(ChangeRefused):
    """A change of this fact waits already; that one is decided first."""

    def __init__(self, number: int) -> None:
        super().__init__(f"#{number}: a change waits already")
        self.number = number


class NothingWaits(ChangeRefused):
    """Nothing waits on this fact (any more)."""

    def __init__(self, number: int) -> None:
        super().__init__(f"#{number}: nothing waits")
        self.number = number


class NothingChanges(ChangeRefused):
    """It stands there like this already."""

    def __init__(self, number: int) -> None:
        super().__init__(f"#{number}: nothing would change")
        self.number = number


class Overtaken(ChangeRefused):
    """The fact has changed in the same place since the proposal was made."""

    def __init__(self, number: int, base: int, found: int) -> None:
        super().__init__(f"#{number}: made from revision {base}, now {found} says otherwise in the same place")
        self.number, self.base, self.found = number, base, found


class NotFoundInPassage(ChangeRefused):
    """The words do not stand in any text at hand, and no reason is given why they are to be shown unverified."""

    def __init__(self, number: int) -> None:
        super().__init__(f"#{number}: its words were not found; give a reason to show them as unverified")
        self.number = number


class Flawed(ChangeRefused):
    """Rules forbid a record like this; the remarks say which."""

    def __init__(self, number: int, remarks: tuple[Remark, ...]) -> None:
        super().__init__(f"#{number}: {', '.join(remark.code for remark in remarks)}")
        self.number, self.remarks = number, remarks


class Unreadable(ChangeRefused):
    """Something could not be read again once it is written; `name` is the field's in the record."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


class Unread(ChangeRefused):
    """What waits on the fact cannot be read any more, so that nobody can agree to it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"#{number}: what waits cannot be read")
        self.number = number


class NoReason(ChangeRefused):
    """This needs a reason."""


class BadCode(ChangeRefused):
    """The code for joining two accounts is not known, too old, or one's own."""


class NameTaken(ChangeRefused):
    """Somebody else is disclosed by this name."""
