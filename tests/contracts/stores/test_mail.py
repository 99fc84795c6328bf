"""Mail: each event once, each lane in order, each delivery remembered."""

from __future__ import annotations

from datetime import timedelta

from bot.core.model.mail import Delivery, InstallType, Job, MessageRef, Place, Post, Sent, Visibility
from tests.builders import NOON, StoppedClock, an_import
from tests.contracts.stores.conftest import Store

HALL, YARD = Place(platform="discord", id="1", guild="9"), Place(platform="discord", id="2")


async def post(store: Store, place: Place, *keys: str) -> None:
    posts = [Post(place=place, key=key, payload=f'{{"say":"{key}"}}') for key in keys]
    await store.handled(place.platform, posts=posts)


async def lease(store: Store, limit: int = 10, ttl: float = 30) -> tuple[Job, ...]:
    return await store.lease("discord", limit=limit, ttl=ttl)


def words(jobs: tuple[Job, ...]) -> list[str]:
    return [job.payload.removeprefix('{"say":"').removesuffix('"}') for job in jobs]


def a_delivery(
    message: str = "m1", *, place: Place = HALL, minutes: int = 0, shown: tuple[int, ...] = (1,)
) -> Delivery:
    return Delivery(
        ref=MessageRef(place=place, message=message),
        shown=tuple((number, 1) for number in shown),
        locale="uk",
        install=InstallType.MEMBER,
        visibility=Visibility.PUBLIC,
        at=NOON + timedelta(minutes=minutes),
        more=("m1b",),
        listed=len(shown) > 1,
    )


async def test_an_event_is_claimed_once(store: Store) -> None:
    assert await store.claim("discord", "1")
    assert not await store.claim("discord", "1")
    assert await store.claim("matrix", "1")


async def test_a_lane_keeps_its_order_and_lanes_do_not_wait_for_each_other(store: Store) -> None:
    await post(store, HALL, "a", "b")
    await post(store, YARD, "c")
    await post(store, Place(platform="matrix", id="1"), "d")

    first = await lease(store)
    assert words(first) == ["a", "c"]
    assert {job.lane for job in first} == {"discord:1", "discord:2"}
    assert await lease(store) == ()
    assert await store.done(first[0], MessageRef(place=HALL, message="m1"))
    assert words(await lease(store)) == ["b"]


async def test_a_limit_on_leases(store: Store) -> None:
    await post(store, HALL, "a")
    await post(store, YARD, "b")
    assert len(await lease(store, limit=1)) == 1
    assert await lease(store, limit=0) == ()
    assert len(await lease(store)) == 1


async def test_a_key_is_queued_once(store: Store) -> None:
    await post(store, HALL, "a")
    await post(store, YARD, "a")
    (job,) = await lease(store)
    await store.done(job, None)
    await post(store, HALL, "a")
    assert await lease(store) == ()


async def test_a_lost_lease_no_longer_counts(store: Store, clock: StoppedClock) -> None:
    await post(store, HALL, "a")
    (late,) = await lease(store, ttl=30)
    clock.time += timedelta(seconds=30)
    (again,) = await lease(store)

    assert (late.attempts, again.attempts) == (1, 2)
    assert again.token != late.token
    assert not await store.done(late, None)
    assert not await store.later(late, at=NOON, why="?")
    assert not await store.dead(late, "?")
    assert await store.done(again, None)
    assert not await store.done(again, None)


async def test_a_sender_that_was_slow_but_alone_has_sent(store: Store, clock: StoppedClock) -> None:
    await post(store, HALL, "a")
    (job,) = await lease(store, ttl=30)
    clock.time += timedelta(minutes=5)
    assert await store.done(job, None)
    assert await lease(store) == ()


async def test_a_lane_waits_for_a_job_that_is_put_off(store: Store, clock: StoppedClock) -> None:
    await post(store, HALL, "a", "b")
    (job,) = await lease(store)
    assert await store.later(job, at=NOON + timedelta(minutes=1), why="slow down")
    assert not await store.done(job, None)
    assert await lease(store) == ()
    clock.time += timedelta(minutes=1)
    assert words(await lease(store)) == ["a"]


async def test_a_lane_goes_on_after_a_dead_job(store: Store) -> None:
    await post(store, HALL, "a", "b")
    (job,) = await lease(store)
    assert await store.dead(job, "the channel is gone")
    assert words(await lease(store)) == ["b"]


async def test_a_post_is_recalled_while_nobody_sends_it(store: Store) -> None:
    await post(store, HALL, "a", "b")
    (job,) = await lease(store)
    await store.handled("discord", recalled=["a", "b", "unknown"])
    assert await store.done(job, None)
    assert await lease(store) == ()


async def test_what_was_tried_may_have_arrived_and_is_not_recalled(store: Store) -> None:
    await post(store, HALL, "a")
    (job,) = await lease(store)
    await store.later(job, at=NOON, why="connection cut")
    await store.handled("discord", recalled=["a"])
    assert words(await lease(store)) == ["a"]


async def test_a_start_ends_the_leases_of_the_run_before(store: Store) -> None:
    await post(store, HALL, "a")
    (job,) = await lease(store, ttl=300)
    await store.released("matrix")
    assert await lease(store) == ()
    await store.released("discord")
    assert words(await lease(store)) == ["a"]
    assert not await store.done(job, None)


async def test_what_was_sent_is_known_by_key_and_by_message(store: Store) -> None:
    await post(store, HALL, "a", "b", "c")
    for message in ("m1", "m2"):
        (job,) = await lease(store)
        await store.done(job, MessageRef(place=HALL, message=message))

    both = await store.sent("discord", ["b", "unknown", "a", "c", "b"])
    assert [(sent.key, sent.ref) for sent in both] == [
        ("b", MessageRef(place=HALL, message="m2")),
        ("a", MessageRef(place=HALL, message="m1")),
    ]
    assert await store.sent_as(MessageRef(place=HALL, message="m2")) == both[0]
    assert await store.sent_as(MessageRef(place=YARD, message="m2")) is None
    assert await store.sent("matrix", ["a"]) == ()


async def test_a_start_ends_the_pauses_of_the_run_before(store: Store) -> None:
    await post(store, HALL, "a")
    (job,) = await lease(store)
    await store.later(job, at=NOON + timedelta(minutes=1), why="slow down")
    await store.released("discord")
    assert words(await lease(store)) == ["a"]


async def test_of_what_was_sent_only_that_is_kept_which_its_sender_keeps(store: Store) -> None:
    await post(store, HALL, "a", "b", "c")
    for message, keep in (("m1", '{"facts":[17]}'), ("m2", "")):
        (job,) = await lease(store)
        await store.done(job, MessageRef(place=HALL, message=message), keep=keep)
    (last,) = await lease(store)
    await store.dead(last, "the channel is gone")

    kept, nothing = await store.sent("discord", ["a", "b", "c"])
    assert (kept.payload, nothing.payload) == ('{"facts":[17]}', "")


async def test_where_posts_stand_is_told_anew(store: Store) -> None:
    """An answer that is edited, taken back, and given again."""
    await post(store, HALL, "a", "b")
    for message in ("m1", "m2"):
        (job,) = await lease(store)
        await store.done(job, MessageRef(place=HALL, message=message), keep="old")

    await store.record(a_delivery("m1"))
    await store.record(a_delivery("m2"))
    moved = Sent(key="a", payload="new", ref=MessageRef(place=HALL, message="m3"))
    added = Sent(key="c", payload="", ref=MessageRef(place=HALL, message="m4"))
    await store.stand("discord", (moved, added), gone=("b", "unknown"))

    assert await store.sent("discord", ["a", "b", "c"]) == (moved, added)
    assert await store.sent_as(moved.ref) == moved
    assert await store.sent_as(MessageRef(place=HALL, message="m1")) is None
    assert await store.sent_as(MessageRef(place=HALL, message="m2")) is None
    (left,) = await store.showing(1, before=NOON + timedelta(hours=1), limit=10)
    assert left.ref.message == "m1"
    await post(store, HALL, "c")
    assert await lease(store) == ()  # a key that stands somewhere is queued no more


async def test_what_waits_to_be_sent_stands_nowhere_yet(store: Store) -> None:
    await post(store, HALL, "a")
    early = Sent(key="a", payload="", ref=MessageRef(place=HALL, message="m1"))
    await store.stand("discord", (early,), gone=("a",))
    assert await store.sent("discord", ["a"]) == ()
    assert words(await lease(store)) == ["a"]


async def test_a_stream_is_read_on_from_its_note(store: Store) -> None:
    await store.handled("matrix", events=["1", "2"], notes={"since": "s1", "room": "r"})
    assert await store.unhandled("matrix", ["1", "2", "3"]) == {"3"}
    assert await store.unhandled("discord", ["1"]) == {"1"}
    assert not await store.claim("matrix", "1")

    await store.handled("matrix", events=["2", "3"], notes={"since": "s2", "room": None})
    assert await store.note("matrix", "since") == "s2"
    assert await store.note("matrix", "room") is None
    assert await store.note("discord", "since") is None


async def test_deliveries_are_shown_newest_first_and_in_pages(store: Store) -> None:
    old, new = a_delivery("m1", shown=(1, 2)), a_delivery("m2", minutes=1)
    await store.record(new)
    await store.record(old)
    await store.record(a_delivery("m3", shown=(3,)))

    later = NOON + timedelta(hours=1)
    assert await store.showing(1, before=later, limit=10) == (new, old)
    assert await store.showing(1, before=later, limit=1) == (new,)
    assert await store.showing(1, before=new.at, limit=10) == (old,)
    assert await store.showing(2, before=later, limit=10) == (old,)
    assert await store.showing(9, before=later, limit=10) == ()


async def test_a_message_that_shows_something_else_now(store: Store) -> None:
    await store.record(a_delivery("m1", shown=(1, 1, 2)))
    await store.record(a_delivery("m1", shown=(3,), minutes=2))
    later = NOON + timedelta(hours=1)
    assert await store.showing(1, before=later, limit=10) == ()
    (now,) = await store.showing(3, before=later, limit=10)
    assert (now.shown, now.at) == (((3, 1),), NOON + timedelta(minutes=2))


async def test_the_same_message_id_elsewhere_is_another_message(store: Store) -> None:
    await store.record(a_delivery("m1"))
    await store.record(a_delivery("m1", place=YARD))
    assert len(await store.showing(1, before=NOON + timedelta(hours=1), limit=10)) == 2


async def test_long_lines_are_kept_as_they_were_typed(store: Store) -> None:
    lines = ["fact " + "x" * 5000, "", "\ud800 \0 🙂 \u202e"]
    keys = [await store.keep_line(line) for line in lines]
    assert [await store.kept_line(key) for key in keys] == lines
    assert len(set(keys)) == 3
    assert all(len(key) <= 40 for key in keys)
    assert await store.kept_line("unknown") is None


async def test_forgetting_drops_what_is_old_and_keeps_what_waits(store: Store, clock: StoppedClock) -> None:
    await store.apply(an_import(), key="old", expect={})
    await store.claim("discord", "1")
    await store.record(a_delivery())
    key = await store.keep_line("fact trees")
    await post(store, HALL, "a", "b")
    (job,) = await lease(store)
    await store.done(job, None)
    clock.time += timedelta(days=1)
    await store.claim("discord", "2")

    assert await store.forget(NOON) == 0
    assert await store.forget(NOON + timedelta(seconds=1)) == 5
    assert await store.claim("discord", "1")
    assert not await store.claim("discord", "2")
    assert await store.showing(1, before=clock.time, limit=10) == ()
    assert await store.kept_line(key) is None
    assert words(await lease(store)) == ["b"]
    assert not (await store.apply(an_import(), key="old", expect={})).repeated
