"""Everything that is to be said about files before they are imported."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.keeping import remembered, without_void_checks
from bot.core.model.change import Records
from bot.core.rules import Code, Remark, examine
from bot.interchange.export import check_canonical
from bot.interchange.loading import NOUNS, Loaded, load
from bot.interchange.notice import Notice, errors, in_order
from bot.interchange.phrases import phrase
from bot.interchange.texts import NOTHING, load_texts, with_checks

SHOWN_EACH = 2  # warnings of one kind in one file that are shown before they are counted only


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """Records that may be imported if `ok`, and everything that was found."""

    records: Records
    texts: Mapping[str, str]  # source id -> full text, for the private store
    notices: tuple[Notice, ...]

    @property
    def ok(self) -> bool:
        """Nothing forbids an import."""
        return not errors(self.notices)

    def lines(self) -> tuple[str, ...]:
        """What to print: errors each, warnings of one kind in one file counted after the first few, a last line."""
        return (*(str(notice) for notice in _counted(self.notices)), self._summary())

    def _summary(self) -> str:
        wrong = len(errors(self.notices))
        if wrong:
            return f"{_times(wrong, 'error')}; nothing was imported."
        records = self.records
        parts = [
            _times(len(getattr(records, section)), one, many)
            for section, one, many in (
                ("facts", "fact", "facts"),
                ("sources", "source", "sources"),
                ("entities", "entity", "entities"),
                ("topics", "topic", "topics"),
                ("series", "series", "series"),
            )
        ]
        return f"{', '.join(parts)}; {_times(len(self.notices), 'warning')}."


def inspect(
    paths: Iterable[str | os.PathLike[str]],
    *,
    texts: str | os.PathLike[str] | None = None,
    beside: Records | None = None,
    kept: Mapping[str, str] = NOTHING,
    canonical: bool = False,
    on: date,
    checker: str,
) -> Inspection:
    """Read, judge and, with texts, compare files with their sources. Never raises.

    `texts` is a folder of `<source-id>.txt`; `beside` are the records on file that these may refer to, `kept` the
    normalised texts on file by source: facts are compared with them too, and keep the checks that are on file.
    `canonical` also warns of YAML files that an export would write otherwise. `on` and `checker` are noted in new
    checks. A check that is not about the words, the place and the text as they are now is left out.
    """
    paths = list(paths)
    on_file = beside or Records()
    loaded = load(paths, beside=on_file.sources)
    records, notices = _remembered(loaded.records, on_file), list(loaded.notices)
    given: Mapping[str, str] = {}
    if texts is not None:
        found = load_texts(texts, [*records.sources, *on_file.sources])
        given, notices = found.by_source, [*notices, *found.notices]
    records, compared = with_checks(records, given, kept=kept, on=on, checker=checker)
    remarks = _once([*compared, *examine(records, beside=beside)])
    if not loaded.ok:  # what could not be read cannot be referred to
        remarks = [remark for remark in remarks if remark.code is not Code.UNKNOWN_ID]
    notices += [_notice(remark, loaded) for remark in remarks]
    if canonical and loaded.ok:
        notices += [replace(notice, error=False) for path in paths for notice in check_canonical(path)]
    sources = {source.id: source for source in (*on_file.sources, *records.sources)}
    records = without_void_checks(records, sources.get)
    return Inspection(records=records, texts=given, notices=in_order(dict.fromkeys(notices)))


def _remembered(records: Records, on_file: Records) -> Records:
    facts = {record.slug: record for record in on_file.facts}
    sources = {source.id: source for source in on_file.sources}
    return remembered(records, fact=facts.get, item=sources.get)


def _notice(remark: Remark, loaded: Loaded) -> Notice:
    place = loaded.places[remark.section][remark.index]
    wrong, instead = phrase(remark)
    return Notice(
        file=place.file,
        line=place.line(remark.path),
        about=f"{NOUNS[remark.section]} {remark.id}",
        wrong=wrong,
        instead=instead,
        error=remark.error,
    )


def _once(remarks: Iterable[Remark]) -> list[Remark]:
    """The comparison with a text and the rules may find the same; the first counts."""
    kept: dict[tuple[Code, str, int, str], Remark] = {}
    for remark in remarks:
        spot = remark.path.removesuffix(".selector").removesuffix(".checks")
        kept.setdefault((remark.code, remark.section, remark.index, spot), remark)
    return list(kept.values())


def _counted(notices: Sequence[Notice]) -> list[Notice]:
    groups: dict[tuple[str, str], list[Notice]] = defaultdict(list)
    for notice in notices:
        if not notice.error:
            groups[notice.file, notice.instead].append(notice)
    hidden = {id(notice) for group in groups.values() if len(group) > SHOWN_EACH + 1 for notice in group[SHOWN_EACH:]}
    shown = [notice for notice in notices if id(notice) not in hidden]
    for (file, instead), group in groups.items():
        more = sum(id(notice) in hidden for notice in group)
        if more:
            wrong = group[0].wrong.rsplit(": ", maxsplit=1)[-1]
            about = f"{more} more like {group[0].about}"
            shown.append(Notice(file=file, line=None, about=about, wrong=wrong, instead=instead, error=False))
    return shown


def _times(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
