"""A desk under stress: many callers at once, cancelled and killed; then all that was acknowledged is looked for."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.store.sqlite.checking import found_faults, index_faults, reading
from tests.stress.doings import Doing

ROOT = Path(__file__).parents[2]
WAIT = 120.0  # s without a word after which a trial has failed


@dataclass(slots=True, kw_only=True)
class Trial:
    """What was done in all processes together."""

    path: Path
    tried: dict[str, Doing] = field(default_factory=dict)
    done: dict[str, str] = field(default_factory=dict)  # key -> answer
    refused: dict[str, str] = field(default_factory=dict)  # key -> why
    kills: int = 0
    unknown_then: int = 0  # doings of which nobody knew the outcome when the process was killed, all kills together
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def unknown(self) -> list[Doing]:
        return [doing for key, doing in self.tried.items() if key not in self.done and key not in self.refused]


async def run(path: Path, *, doings: int, callers: int, cancelled: float, kills: int, seed: int) -> Trial:
    """Do so many things; `cancelled` is the share of callers that go away, `kills` how often the process dies."""
    trial, chance = Trial(path=path), random.Random(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    for number in range(kills + 1):
        left = doings - len(trial.tried)
        share = left if number == kills else max(1, left // (kills - number + 1))
        plan = {
            "seed": chance.random(), "name": f"p{number}", "doings": left, "callers": callers,
            "cancelled": cancelled, "unknown": trial.unknown,
        }  # fmt: skip
        await _process(trial, plan, chance, None if number == kills else share)
        trial.faults += await asyncio.to_thread(_faults, path)
    trial.seconds = time.perf_counter() - begun
    trial.faults += _missing(trial)
    return trial


async def _process(trial: Trial, plan: dict[str, Any], chance: random.Random, killed_after: int | None) -> None:
    """One life of the process, to its end or until it is killed, a moment after so many tries."""
    file = trial.path.with_name("plan.json")
    file.write_text(json.dumps(plan), encoding="utf-8")
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.stress.child", str(trial.path), str(file), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    tries, moment = 0, chance.random() * 0.02
    while line := await asyncio.wait_for(child.stdout.readline(), WAIT):
        word, _, rest = line.decode().strip().partition(" ")
        key, _, tail = rest.partition(" ")
        if word == "try":
            tries += 1
            doing = json.loads(rest)
            trial.tried[doing["key"]] = doing
            if tries == killed_after:
                asyncio.get_running_loop().call_later(moment, child.send_signal, signal.SIGKILL)
        elif word == "done":
            _acknowledged(trial, key, tail)
        elif word == "refused":
            trial.refused[key] = tail
    code = await child.wait()
    if killed_after is not None and code == -signal.SIGKILL:
        trial.kills += 1
        trial.unknown_then += len(trial.unknown)
    elif code:
        trial.faults.append(f"a process ended with {code}")


def _acknowledged(trial: Trial, key: str, answer: str) -> None:
    """The same key gives the same answer, whoever asks again; nothing that was done is refused afterwards."""
    if trial.done.setdefault(key, answer) != answer:
        trial.faults.append(f"{key}: another answer the second time")
    if key in trial.refused:
        del trial.refused[key]  # it was refused before it was tried again in another state, which is its first time


def _faults(path: Path) -> list[str]:
    with reading(path) as connection:
        found = list(found_faults(connection))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return [*found, *index_faults(connection)]


def _missing(trial: Trial) -> list[str]:
    """What the file says against what was acknowledged."""
    faults = [f"{doing['key']}: nobody knows what became of it" for doing in trial.unknown]
    with closing(sqlite3.connect(trial.path)) as connection:
        keys = dict(connection.execute("SELECT key, answer FROM applied_key"))
        reasons = Counter(connection.execute("SELECT text, verb, object FROM audit_note JOIN audit USING (seq)"))
        slugs = Counter(slug for (slug,) in connection.execute("SELECT object FROM audit WHERE verb = 'suggested'"))
        states = connection.execute("SELECT fact, number FROM report GROUP BY fact, number, text HAVING count(*) > 1")
        faults += [f"a report stands twice on #{fact}" for fact, _ in states]
    faults += [f"{key}: acknowledged and lost" for key, answer in trial.done.items() if keys.get(key) != answer]
    faults += [f"{text}: {verb} {about} {times} times" for (text, verb, about), times in reasons.items() if times > 1]
    faults += [f"{slug}: suggested {times} times" for slug, times in slugs.items() if times > 1]
    texts = {text for text, _, _ in reasons}
    for key, doing in trial.tried.items():
        traced = key in texts or (doing["kind"] == "suggest" and slugs[f"s-{key}"])
        if traced and key not in keys:
            faults.append(f"{key}: done without its key")
        if key in trial.done and doing["kind"] == "suggest" and not slugs[f"s-{key}"]:
            faults.append(f"{key}: its fact is missing")
        if key in trial.refused and traced:
            faults.append(f"{key}: refused, and done all the same")
    return faults


def figures(trial: Trial) -> list[str]:
    """How it went, in lines."""
    kinds = Counter(trial.tried[key]["kind"] for key in trial.done)
    why = Counter(trial.refused.values())
    return [
        f"{len(trial.tried)} doings in {trial.seconds:.1f} s: {len(trial.done)} done, {len(trial.refused)} refused; "
        f"{trial.kills} kills, at which {trial.unknown_then} outcomes were unknown: tried again under their keys",
        "done: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()),
        "refused: " + ", ".join(f"{kind} {count}" for kind, count in why.most_common()),
        f"faults: {len(trial.faults)}",
        *(f"  {fault}" for fault in trial.faults[:20]),
    ]
