"""How often somebody may suggest and report: a burst, then one in a while; for each account and each place."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from bot.commands import cooldown
from bot.commands.cooldown import ACCOUNT, PLACE, Cooldowns, Doing, Limit
from bot.commands.request import Caller, Request, Right
from bot.core.model.mail import Place
from tests.builders import NOON

AT_ONCE = timedelta(0)
MEMBER = frozenset({Right.READ, Right.SUGGEST})
_events = count(1)


def a_request(
    account: str = "1", *, place: str = "here", rights: frozenset[Right] = MEMBER, locale: str = "en"
) -> Request:
    return Request(
        command="suggest",
        caller=Caller(account=account, rights=rights),
        place=Place(platform="discord", id=place),
        locale=locale,
        event=str(next(_events)),
    )


@pytest.mark.parametrize("doing", Doing)
def test_a_burst_then_one_in_a_while(doing: Doing) -> None:
    cooldowns, limit = Cooldowns(), ACCOUNT[doing]
    assert [cooldowns.wait(doing, a_request(), NOON) for _ in range(limit.burst)] == [AT_ONCE] * limit.burst
    assert cooldowns.wait(doing, a_request(), NOON) == limit.every
    nearly = NOON + limit.every - timedelta(seconds=1)
    assert AT_ONCE < cooldowns.wait(doing, a_request(), nearly) <= timedelta(seconds=1.01)
    assert cooldowns.wait(doing, a_request(), NOON + limit.every) == AT_ONCE
    assert cooldowns.wait(doing, a_request(), NOON + limit.every) > AT_ONCE


def test_being_refused_costs_nothing() -> None:
    cooldowns, limit = Cooldowns(), ACCOUNT[Doing.REPORT]
    for _ in range(limit.burst + 50):
        cooldowns.wait(Doing.REPORT, a_request(), NOON)
    assert cooldowns.wait(Doing.REPORT, a_request(), NOON + limit.every) == AT_ONCE


def test_accounts_and_doings_have_their_own() -> None:
    cooldowns = Cooldowns()
    for _ in range(ACCOUNT[Doing.REPORT].burst):
        cooldowns.wait(Doing.REPORT, a_request("1"), NOON)
    assert cooldowns.wait(Doing.REPORT, a_request("1", place="elsewhere"), NOON) > AT_ONCE
    assert cooldowns.wait(Doing.REPORT, a_request("2"), NOON) == AT_ONCE
    assert cooldowns.wait(Doing.SUGGEST, a_request("1"), NOON) == AT_ONCE


def test_many_accounts_share_their_place() -> None:
    cooldowns, limit = Cooldowns(), PLACE[Doing.SUGGEST]
    for number in range(limit.burst):
        assert cooldowns.wait(Doing.SUGGEST, a_request(str(number)), NOON) == AT_ONCE
    assert cooldowns.wait(Doing.SUGGEST, a_request("one more"), NOON) == limit.every
    assert cooldowns.wait(Doing.SUGGEST, a_request("one more", place="elsewhere"), NOON) == AT_ONCE


def test_editors_never_wait() -> None:
    cooldowns, editor = Cooldowns(), MEMBER | {Right.EDIT}
    waits = {cooldowns.wait(Doing.SUGGEST, a_request(rights=editor), NOON) for _ in range(500)}
    assert waits == {AT_ONCE}


def test_what_is_left_never_grows_beyond_the_burst_nor_shrinks_with_the_clock() -> None:
    cooldowns, limit = Cooldowns(), ACCOUNT[Doing.REPORT]
    cooldowns.wait(Doing.REPORT, a_request(), NOON)
    later = NOON + timedelta(days=400)
    found = [cooldowns.wait(Doing.REPORT, a_request(), later) for _ in range(limit.burst + 1)]
    assert [wait == AT_ONCE for wait in found] == [True] * limit.burst + [False]
    assert cooldowns.wait(Doing.REPORT, a_request(), NOON) == limit.every  # the clock was set back


def test_memory_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooldown, "MOST", 100)
    monkeypatch.setitem(PLACE, Doing.REPORT, Limit(10_000, timedelta(seconds=1)))
    cooldowns = Cooldowns()
    for number in range(1_000):
        cooldowns.wait(Doing.REPORT, a_request(str(number)), NOON + timedelta(seconds=number))
        assert len(cooldowns._buckets) <= 102
    for _ in range(ACCOUNT[Doing.REPORT].burst):
        cooldowns.wait(Doing.REPORT, a_request("999"), NOON + timedelta(seconds=1_000))
    assert cooldowns.wait(Doing.REPORT, a_request("999"), NOON + timedelta(seconds=1_000)) > AT_ONCE


def test_the_answer_says_how_long_in_whole_minutes() -> None:
    cooldowns, limit = Cooldowns(), ACCOUNT[Doing.REPORT]
    assert cooldowns.refusal(Doing.REPORT, a_request(), NOON) is None
    for _ in range(limit.burst):
        cooldowns.wait(Doing.REPORT, a_request(), NOON)
    for locale, said in (("en", "Try again in 5 minutes."), ("uk", "за 5 хвилин.")):
        reply = cooldowns.refusal(Doing.REPORT, a_request(locale=locale), NOON)
        assert reply is not None
        assert said in str(reply.blocks[0])
