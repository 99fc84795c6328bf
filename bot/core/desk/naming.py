"""Does a text name somebody? As whole words, whatever their case: "Bo" is not named in "Bob"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable


def naming(names: Iterable[str]) -> Callable[[str], bool]:
    """Tells of a text whether one of these names or account ids stands in it."""
    wanted = sorted({name.casefold() for name in names if name.strip()})
    if not wanted:
        return lambda text: False
    found = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in wanted))
    return lambda text: found.search(text.casefold()) is not None
