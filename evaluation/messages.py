"""How well whole messages lead to the claims that they repeat, over any folder of labelled messages.

The folder holds `corpus.jsonl` (id, text, title), `queries.jsonl` (id, text) and `qrels.tsv` (query, claim, 1), the
form of the CLEF CheckThat! tasks. Every claim becomes a fact in a store of its own, every message is looked up without
refusal. Printed are MAP@5, P@1 and recall; then, with the right claims of a seeded half of the messages taken away, how
well the confidence tells messages that have an answer from those that have none (area under the ROC curve). The
confidence is fitted on four fifths and judged on the last one, five times.

    python -m evaluation.messages FOLDER
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import json
import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.lookup import Lookup, Pooled
from bot.core.model.change import FactRecord, FileImport, Records
from bot.core.model.fact import Act, Hop, Kind, Revision, Said
from bot.core.model.review import Attribution, Workflow
from bot.core.model.source import Citation, Source
from bot.core.records import content_hash
from bot.core.search import sureness
from bot.core.search.index import document
from bot.core.search.ranking import Scored
from bot.core.search.terms import Analysis
from bot.core.search.weights import MESSAGE_SURE
from bot.evaluation.reliability import auroc
from bot.stemming import Stemmer
from bot.store.sqlite.opening import opened
from bot.system import OrderedIds, SystemClock
from evaluation import logistic

SEED = 0
SOURCE = Source(id="claims", publisher=None, title="Claims", published=None, url=None, language="en")


@dataclass(frozen=True)
class Message:
    """A labelled message with what was found for it."""

    golds: frozenset[int]  # numbers of the facts that are right
    found: tuple[Scored, ...]

    def without_golds(self) -> Message:
        """The same message where the right claims are not on record."""
        rest = tuple(each for each in self.found if each.document.fact not in self.golds)
        return Message(frozenset(), rest)


def main() -> None:
    """Read the folder named on the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="with corpus.jsonl, queries.jsonl and qrels.tsv")
    messages = asyncio.run(_looked_up(parser.parse_args().folder))
    print(f"{len(messages)} messages")
    print(f"MAP@5 {_mean(messages, _average_precision):.4f}  P@1 {_mean(messages, _first):.4f}", end="  ")
    print(f"recall of the candidates {_mean(messages, _reached):.4f}")
    _sureness(messages)


async def _looked_up(folder: Path) -> list[Message]:
    claims = _rows(folder / "corpus.jsonl")
    golds: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, claim, *_ = line.split()
        golds.setdefault(query, set()).add(f"claim-{claim}")
    stemmer = Stemmer()
    analysis = Analysis(stemmer, stemmer.german)
    records = Records(sources=(SOURCE,), facts=tuple(map(_fact, claims)))
    with tempfile.TemporaryDirectory() as place:
        index = functools.partial(document, analysis=analysis)
        async with opened(Path(place) / "facts.db", index=index, clock=SystemClock(), ids=OrderedIds()) as store:
            await store.apply(FileImport(records=records, publish_as="Measuring"), key="all", expect={})
            lookup = Lookup(store, analysis)
            async with store.reading() as view:
                names = sorted(set().union(*golds.values()))
                numbers = {name: await view.number_of(name) for name in names}
            begun, messages = time.process_time(), []
            for row in _rows(folder / "queries.jsonl"):
                right = frozenset(number for name in golds[row["id"]] if (number := numbers[name]))
                pooled: Pooled = await lookup.pooled(row["text"])
                messages.append(Message(right, pooled.scored))
            print(
                f"{1000 * (time.process_time() - begun) / len(messages):.1f} ms of CPU a message, {len(claims)} claims"
            )
            return messages


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _fact(row: Mapping[str, str]) -> FactRecord:
    revision = Revision(
        number=1,
        kind=Kind.OUTLET,
        text=row["text"],
        language="en",
        speaker=None,
        said=Said(),
        label=row["title"][:100],
        chain=(Hop(act=Act.SAID, name="the site", stated=True),),
        citations=(Citation(source=SOURCE.id),),
        attribution=Attribution.ATTRIBUTED,
    )
    return FactRecord(
        slug=f"claim-{row['id']}",
        number=None,
        workflow=Workflow.PUBLISHED,
        base_revision=None,
        base_hash=None,
        revision=replace(revision, content_hash=content_hash(revision)),
    )


def _mean(messages: Sequence[Message], of: Callable[[Message], float]) -> float:
    return sum(map(of, messages)) / len(messages)


def _average_precision(message: Message) -> float:
    total, hits = 0.0, 0
    for place, each in enumerate(message.found[:5], 1):
        if each.document.fact in message.golds:
            hits += 1
            total += hits / place
    return total / min(5, len(message.golds))


def _first(message: Message) -> float:
    return float(bool(message.found) and message.found[0].document.fact in message.golds)


def _reached(message: Message) -> float:
    return float(any(each.document.fact in message.golds for each in message.found))


def _sureness(messages: Sequence[Message]) -> None:
    """The confidence as it is shipped, and fitted on other messages than it is judged on."""
    places = list(range(len(messages)))
    random.Random(SEED).shuffle(places)
    taken = frozenset(places[: len(places) // 2])
    judged = [message.without_golds() if at in taken else message for at, message in enumerate(messages)]
    nothing = dict.fromkeys(MESSAGE_SURE, 0.0)
    rows = [sureness.message_measures(each.found) if each.found else nothing for each in judged]
    answerable = [at not in taken for at in range(len(messages))]
    right = [bool(_first(message)) or at in taken for at, message in enumerate(judged)]
    shipped = [logistic.chance(MESSAGE_SURE, row) for row in rows]
    for name, values in (("shipped", shipped), ("five-fold", logistic.crossed(rows, answerable))):
        every = auroc(values, answerable)
        only = auroc([v for v, r in zip(values, right, strict=True) if r],
                     [a for a, r in zip(answerable, right, strict=True) if r])  # fmt: skip
        print(f"AUROC {name}: answerable against unanswerable {every:.3f}, rightly answered against them {only:.3f}")
    fitted = logistic.fitted(rows, answerable)
    print("fitted on all:", {name: round(value, 2) for name, value in fitted.items()})


if __name__ == "__main__":
    main()
