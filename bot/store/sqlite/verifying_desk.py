"""Are people, proposals, reports and batches as the audit says? And texts and relations as the records behind them say?

Not covered, because the audit says nothing of them: forms under way, who is to be told, codes, counts of questions, and
the words of reports. They may be erased at any time, and none of them makes an answer say anything.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.core.desk.people import NONE_ON
from bot.core.verbatim import fingerprint
from bot.store.sqlite import people
from bot.store.sqlite.audit import ACCOUNT, NAMELESS, PERSON, PROPOSAL
from bot.store.sqlite.desk_rows import PROPOSAL_COLUMNS, proposal_digest
from bot.store.sqlite.filing import relations_of
from bot.store.sqlite.rows import read_revision_of

DEEDS = "SELECT actor, substr(object, ?), verb FROM audit WHERE object GLOB 'person:*' ORDER BY seq"
ACCOUNTS = """
    SELECT account.actor, account.platform, account.account, account.salt, audit.object, audit.verb, audit.content
    FROM account LEFT JOIN audit ON audit.seq = account.seq
"""
NAMED_ONCE = """
    SELECT DISTINCT actor FROM audit WHERE actor IS NOT NULL AND named <> ? AND actor IN (
        SELECT substr(object, ?) FROM audit WHERE verb = 'named' AND object GLOB 'person:*'
    )
"""
NAME_LEFT = """
    SELECT 1 FROM actor WHERE id = ?1 AND name <> '' UNION ALL SELECT 1 FROM former_name WHERE actor = ?1 LIMIT 1
"""
LEFT_OVER = """
    SELECT 1 FROM account WHERE actor = ?1
    UNION ALL SELECT 1 FROM former_name WHERE actor = ?1
    UNION ALL SELECT 1 FROM offer WHERE actor = ?1
    UNION ALL SELECT 1 FROM draft WHERE actor = ?1
    UNION ALL SELECT 1 FROM actor WHERE id = ?1 AND name <> '' LIMIT 1
"""
PROPOSALS = f"SELECT id, settled, settled_at, {PROPOSAL_COLUMNS} FROM proposal"  # noqa: S608 -- names of ours
PROPOSED = "SELECT substr(object, ?), verb, content, at FROM audit WHERE object GLOB 'proposal:*' ORDER BY seq"
REPORTED = "SELECT object, actor, at, revision FROM audit WHERE verb = 'reported'"
REPORTS = "SELECT fact.slug, report.actor, at, report.revision FROM report JOIN fact ON fact.number = report.fact"
CLOSED = "SELECT object FROM audit WHERE verb = 'report-closed'"
CLOSED_REPORTS = "SELECT fact.slug FROM report JOIN fact ON fact.number = report.fact WHERE outcome IS NOT NULL"
BATCHES = "SELECT actor, hidden_by, at FROM batch"
BATCHED = f"SELECT substr(object, {len(PERSON) + 1}), actor, at FROM audit WHERE verb = 'all-hidden'"  # noqa: S608 -- a number
BATCH_FACTS = """
    SELECT batch.number, fact.slug FROM batch JOIN batch_fact ON batch_fact.batch = batch.number
    JOIN fact ON fact.number = batch_fact.fact
    WHERE NOT EXISTS (
        SELECT 1 FROM audit
        WHERE object = fact.slug AND verb = 'hidden' AND at = batch.at AND actor = batch.hidden_by
    )
"""
TEXTS = "SELECT source, text FROM source_text UNION ALL SELECT source, text FROM passage"
TEXTS_OF = "SELECT text FROM source_text WHERE source = ? UNION ALL SELECT text FROM passage WHERE source = ?"
# What a source became at the desk, and what it was before: the line of a source stands before that of its fact.
PASTED = """
    SELECT gained.id, gained.data, before.data FROM audit AS step
    JOIN audit AS line
        ON line.seq = step.seq - 1 AND line.at = step.at AND line.actor IS step.actor AND line.verb = 'imported'
    JOIN item_revision AS gained ON gained.id = line.object AND gained.number = line.revision AND gained.kind = 'source'
    LEFT JOIN item_revision AS before ON before.id = gained.id AND before.number = gained.number - 1
    WHERE step.verb IN ('suggested', 'revised', 'proposed')
"""
# Whether a source, in any of its states, tells of texts at all, and of the one with this hash.
TELLS = """
    SELECT max(instr(data, '"normalised_sha256":')), max(instr(data, '"normalised_sha256":"' || ? || '"'))
    FROM item_revision WHERE id = ?
"""
# Those that may say something of other facts: a revision that says nothing has no such key.
NEWEST = """
    SELECT fact.number, fact.slug, revision.data, revision.content_hash FROM fact
    JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision
    WHERE instr(data, '"relations":') OR instr(data, '"withdrawal":') OR fact.number IN (SELECT fact FROM fact_relation)
"""


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Everything that is wrong."""
    for look in (_accounts, _people, _forgotten, _proposals, _reports, _batches, _texts, _pasted, _relations):
        yield from look(connection)


def _accounts(connection: sqlite3.Connection) -> Iterator[str]:
    """Each account belongs to the person for whom its line was written, and none is gone but of who was forgotten."""
    found: Counter[str] = Counter()
    for actor, platform, account, salt, *line in connection.execute(ACCOUNTS):
        found[actor] += 1
        if line != [f"{PERSON}{actor}", ACCOUNT, people.account_digest(salt, platform, account)]:
            yield f"an account of {actor[:8]} is not the one that was written"
    deeds = _deeds(connection)
    written = Counter(person for _, person, verb in deeds if verb == ACCOUNT)
    gone = {each for _, person, verb in deeds if verb == "forgotten" for each in people.aliases(connection, person)}
    for person, count in written.items():
        if count > found[person] and person not in gone:
            yield f"an account of {person[:8]} is missing"


def _people(connection: sqlite3.Connection) -> Iterator[str]:
    """Who turned out to be whom, and who declared to have no account where."""
    joined: set[tuple[str, str]] = set()
    declared: set[tuple[str, str]] = set()
    for actor, person, verb in _deeds(connection):
        if verb == "joined" and actor != person:
            joined.add((actor, person))
        if verb.startswith(NONE_ON):
            declared.add((person, verb.removeprefix(NONE_ON)))
    rows = connection.execute("SELECT id, joined, nowhere FROM actor").fetchall()
    for actor, _, nowhere in rows:
        if not _is_list(nowhere):
            yield f"whether {actor[:8]} has no account elsewhere cannot be read"
            return
    for actor, into in joined ^ {(actor, into) for actor, into, _ in rows if into is not None}:
        yield f"whether {actor[:8]} and {into[:8]} are one person is not what the audit says"
    for actor, platform in declared ^ {(actor, each) for actor, _, nowhere in rows for each in json.loads(nowhere)}:
        yield f"whether {actor[:8]} has no account on {platform} is not what the audit says"


def _is_list(text: str) -> bool:
    try:
        return isinstance(json.loads(text), list)
    except ValueError:
        return False


def _forgotten(connection: sqlite3.Connection) -> Iterator[str]:
    """Of who was forgotten nothing is left, and nobody else's name is gone."""
    gone: set[str] = set()
    for _, person, verb in _deeds(connection):
        if verb == "forgotten":
            gone.update(people.aliases(connection, person))
    for actor in sorted(gone):
        if connection.execute(LEFT_OVER, (actor,)).fetchone():
            yield f"{actor[:8]} was forgotten, and something is on file all the same"
    for (actor,) in connection.execute(NAMED_ONCE, (NAMELESS, len(PERSON) + 1)).fetchall():
        if actor not in gone and not connection.execute(NAME_LEFT, (actor,)).fetchone():
            yield f"the name of {actor[:8]} is gone, and nobody was forgotten"


def _deeds(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """(who, about whom, what) of every line about a person."""
    return connection.execute(DEEDS, (len(PERSON) + 1,)).fetchall()


def _proposals(connection: sqlite3.Connection) -> Iterator[str]:
    """What waited for a second person is what the first one proposed, and ended as the audit says."""
    lines: dict[str, list[tuple[str, str, str]]] = {}
    for number, *line in connection.execute(PROPOSED, (len(PROPOSAL) + 1,)):
        lines.setdefault(number, []).append(tuple(line))
    for number, settled, settled_at, *row in connection.execute(PROPOSALS):
        about = lines.pop(str(number), [])
        digest, at = proposal_digest(row), row[-1]
        wanted = [("proposed", digest, at), *([(settled, digest, settled_at)] if settled is not None else [])]
        if about != wanted:
            yield f"proposal {number} is not as it was written, or not settled as the audit says"
    for number in lines:
        yield f"proposal {number} is missing"


def _reports(connection: sqlite3.Connection) -> Iterator[str]:
    """Nobody's report is gone, made up, or opened and closed past the audit."""
    if Counter(connection.execute(REPORTED)) != Counter(connection.execute(REPORTS)):
        yield "the reports of readers are not those of the audit"
    if Counter(connection.execute(CLOSED)) != Counter(connection.execute(CLOSED_REPORTS)):
        yield "which reports are closed is not what the audit says"


def _batches(connection: sqlite3.Connection) -> Iterator[str]:
    if Counter(connection.execute(BATCHES)) != Counter(connection.execute(BATCHED)):
        yield "whose facts were hidden in one go, and by whom, is not what the audit says"
    for number, slug in connection.execute(BATCH_FACTS):
        yield f"{slug} was not hidden with batch {number}"


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    """A private text is one that its source tells of; where a source tells of none, nothing can be compared."""
    for source, text in connection.execute(TEXTS):
        some, this = connection.execute(TELLS, (fingerprint(text), source)).fetchone()
        if some and not this:
            yield f"a text of {source} is not the one that was compared"


def _pasted(connection: sqlite3.Connection) -> Iterator[str]:
    """Every piece of a source that came with a suggestion or a correction is still here."""
    for source, data, before in connection.execute(PASTED):
        known = _pieces(before) if before is not None else frozenset[str]()
        if gained := _pieces(data) - known:
            texts = connection.execute(TEXTS_OF, (source, source))
            if gained - {fingerprint(text) for (text,) in texts}:
                yield f"a text of {source} is missing"


def _pieces(data: str) -> frozenset[str]:
    return frozenset(each["normalised_sha256"] for each in json.loads(data).get("passages", ()))


def _relations(connection: sqlite3.Connection) -> Iterator[str]:
    """What answers say of other facts follows from the newest revisions."""
    stored: dict[int, set[tuple[Any, ...]]] = {}
    for number, *row in connection.execute("SELECT fact, kind, other FROM fact_relation"):
        stored.setdefault(number, set()).add(tuple(row))
    for number, *record in connection.execute(NEWEST):
        if stored.get(number, set()) != relations_of(read_revision_of(*record)):
            yield f"what {record[0]} says of other facts is not what its newest revision says"
