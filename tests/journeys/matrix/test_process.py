"""`onrecord` as a real process on a real homeserver: set up, run, killed, restored, and beside Discord."""

from __future__ import annotations

import asyncio
import json
import random
import re
import signal
from collections.abc import Mapping

import pytest

from bot.cli.exits import Exit
from tests.gateway.people import GUILD
from tests.gateway.server import FakeDiscord
from tests.homeserver.client import Client, replies_to
from tests.journeys.matrix.house import QUOTE, body_of, joined
from tests.journeys.matrix.installation import Installation
from tests.raw import traces

ROUNDS, QUESTIONS = 4, 12


async def test_from_init_to_an_encrypted_answer_and_over_a_restart(installation: Installation, ada: Client) -> None:
    code, log = await installation.init()
    assert code == Exit.OK, log
    assert installation.session.stat().st_mode & 0o777 == 0o600
    assert (await installation.done("check", "--online"))[0] == Exit.OK

    room = await ada.create(installation.account.user, encrypted=True)
    async with installation.call("run") as bot:
        await joined(ada, room, installation.account.user)
        await ada.sync()
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "!fact dprk ammunition")))
        code, seconds = await bot.stopped()
        assert (code, seconds < 5) == (Exit.OK, True), bot.log
    meanwhile = await ada.send(room, "!fact dprk ammunition")
    async with installation.call("run") as bot:
        assert QUOTE in body_of(await ada.answer(meanwhile))
        await bot.stopped()
    secrets = (installation.account.password, json.loads(installation.session.read_text())["token"])
    assert not [secret for secret in secrets if secret in bot.log]


async def test_looking_up_leaves_no_trace_of_who_asked(installation: Installation, ada: Client, bob: Client) -> None:
    """In a room without encryption; with it, the keys of everybody's devices are kept, whoever asks or not."""
    await installation.init()
    config = installation.config
    config.write_text(config.read_text(encoding="utf-8").replace("log_level: info", "log_level: debug"), "utf-8")
    asking = (ada.user, bob.user)
    room = await ada.create(installation.account.user, bob.user)
    await bob.join(room)
    async with installation.call("run") as bot:
        await joined(ada, room, installation.account.user)
        await bob.sync()
        first = await ada.answer(await ada.send(room, "!fact dprk ammunition"))
        await bob.answer(await bob.reply(room, first["event_id"], "!evidence"))
        for _ in range(4):
            await bob.answer(await bob.send(room, "!fact dodo eggs"))
        asked = await ada.send(room, "!fact japan ammunition")
        answered = await ada.answer(asked)
        await ada.edit(room, asked, "!fact dprk")
        await ada.edited(answered["event_id"])
        assert traces(installation.folder / "data", asking) == []
        await bot.stopped()

    assert [name for name in asking if name in bot.log] == []
    assert traces(installation.folder / "data", asking) == []
    assert traces(installation.folder / "data", (room,)), "the search itself finds what is there"


async def test_each_question_is_answered_once_however_often_the_bot_is_killed(
    installation: Installation, ada: Client
) -> None:
    await installation.init()
    chance = random.Random(7)
    room = await ada.create(installation.account.user, encrypted=True)
    async with installation.call("run"):
        await joined(ada, room, installation.account.user)
        await ada.sync()
        asked = [await ada.send(room, "!fact #1")]
        await ada.answer(asked[0])
    for _ in range(ROUNDS):
        async with installation.call("run") as bot:
            killed = asyncio.create_task(asyncio.sleep(chance.uniform(0.8, 1.8)))  # a moment, not a wait for something
            asked += [await ada.send(room, "!fact dprk ammunition") for _ in range(QUESTIONS)]
            await killed
            bot.child.send_signal(signal.SIGKILL)
            await bot.ended()
    async with installation.call("run"):
        for question in asked:
            await ada.answer(question)
        last = await ada.send(room, "!fact #1")
        await ada.answer(last)

    answers = [str(replies_to(event)) for event in ada.events if replies_to(event)]
    assert sorted(answers) == sorted([*asked, last])


async def test_a_wrong_password_and_a_wrong_token_are_told_apart_from_a_server_that_is_away(
    installation: Installation,
) -> None:
    (installation.folder / "wrong").write_text("wrong", encoding="utf-8")
    where = (f"--homeserver={installation.synapse.url}", f"--user={installation.account.user}")
    code, log = await installation.done("init", "--platform=none", "--editors=1", "--no-example-facts")
    assert code == Exit.OK, log

    code, log = await installation.done("matrix", "login", *where, f"--password-file={installation.folder}/wrong")
    assert (code, "does not let" in log) == (Exit.CONFIG, True), log
    code, log = await installation.done("matrix", "login", *where, f"--token-file={installation.folder}/wrong")
    assert (code, "does not know this access token" in log) == (Exit.CONFIG, True), log
    away = ("--homeserver=http://127.0.0.1:9", where[1], f"--password-file={installation.password}")
    code, log = await installation.done("matrix", "login", *away)
    assert code == Exit.TRY_AGAIN, log
    assert not installation.session.exists()

    (installation.folder / "token").write_text(installation.account.token, encoding="utf-8")
    code, log = await installation.done("matrix", "login", *where, f"--token-file={installation.folder}/token")
    assert code == Exit.OK, log
    assert json.loads(installation.session.read_text())["device"] == installation.account.device

    code, log = await installation.done("matrix", "login", *where, f"--password-file={installation.password}")
    assert code == Exit.OK, log
    assert "The former device" in log
    fresh = json.loads(installation.session.read_text())
    whoami = "/_matrix/client/v3/account/whoami"
    assert installation.synapse.call("GET", whoami, None, fresh["token"])["device_id"] == fresh["device"]
    with pytest.raises(Exception, match="401"):
        installation.synapse.call("GET", whoami, None, installation.account.token)

    installation.synapse.call("POST", "/_matrix/client/v3/logout", {}, fresh["token"])
    code, log = await installation.done("matrix", "login", *where, f"--password-file={installation.password}")
    assert (code, f"The former device {fresh['device']} is signed out" in log) == (Exit.OK, True), log


async def test_a_backup_keeps_the_identity(installation: Installation, ada: Client) -> None:
    """Restored on another machine, the bot signs a new device with the identity that people know."""
    await installation.init()
    room = await ada.create(installation.account.user, encrypted=True)
    async with installation.call("run") as bot:
        await joined(ada, room, installation.account.user)
        await ada.sync()
        await ada.answer(await ada.send(room, "!fact dprk ammunition"))
        await bot.stopped()
    code, log = await installation.done("backup", str(installation.folder / "copies"))
    assert code == Exit.OK, log
    (copy,) = (installation.folder / "copies").iterdir()
    (installation.folder / "data").rename(installation.folder / "lost")

    code, log = await installation.done("restore", str(copy))
    assert code == Exit.OK, log
    assert (await installation.done("run"))[0] == Exit.CONFIG  # nobody is signed in
    code, log = await installation.done("matrix", "login", f"--password-file={installation.password}")
    assert code == Exit.OK, log
    async with installation.call("run"):
        while len(signed := await ada.heeded(installation.account.user)) < 2:
            await ada.sync(wait=1)
        answer = await ada.answer(await ada.send(room, "!fact dprk ammunition"))

    assert QUOTE in body_of(answer)
    assert json.loads(installation.session.read_text())["device"] in signed


async def test_a_check_sees_an_identity_of_somebody_else(installation: Installation) -> None:
    await installation.init()
    async with installation.call("run") as bot:
        await bot.logged("is signed by its account")
        await bot.stopped()
    code, said = await installation.done("check", "--online")
    assert code == Exit.OK, said
    for path in (installation.folder / "data").glob("onrecord.db*"):
        path.unlink()

    code, said = await installation.done("check", "--online")

    assert (code, "cross-signing identity that is not this bot's" in said) == (Exit.CONFIG, True), said
    code, said = await installation.init("--force")
    assert (code, "cross-signing identity that is not this bot's" in said) == (Exit.CONFIG, True), said
    assert "Next: invite the bot" not in said


async def test_signed_out_is_the_end_where_there_is_nothing_else(installation: Installation) -> None:
    await installation.init()
    session = json.loads(installation.session.read_text())
    installation.synapse.call("POST", "/_matrix/client/v3/logout", {}, session["token"])
    code, log = await installation.done("run")

    assert code == Exit.CONFIG
    assert "onrecord matrix login" in log
    assert session["token"] not in log


@pytest.mark.parametrize("what", ["signed out", "no session", "damaged session", "damaged keys"])
async def test_discord_goes_on_whatever_becomes_of_matrix(
    installation: Installation, discord: FakeDiscord, what: str
) -> None:
    await installation.init()
    text = installation.config.read_text(encoding="utf-8")
    installation.config.write_text(f"{text}\ndiscord:\n  guilds: [{GUILD}]\n", encoding="utf-8")
    session = json.loads(installation.session.read_text())
    match what:
        case "signed out":
            installation.synapse.call("POST", "/_matrix/client/v3/logout", {}, session["token"])
        case "no session":
            installation.session.unlink()
        case "damaged session":
            installation.session.write_text("{", encoding="utf-8")
        case _:
            (installation.session.parent / "crypto.db").write_bytes(b"no database at all " * 99)
    environment = {"ONRECORD_DISCORD_TOKEN": discord.token, "ONRECORD_DISCORD_API": discord.url}
    async with installation.call("run", **environment) as bot:
        await discord.connected()
        assert QUOTE in (await discord.slash("fact", {"query": "dprk ammunition"})).content
        await bot.logged("onrecord matrix login")
        code, health = await installation.done("health", **environment)
        while "onrecord matrix login" not in health or "discord:" in health:  # the status is written every second
            code, health = await installation.done("health", **environment)
        assert code != Exit.OK
        code, _ = await bot.stopped()

    assert code == Exit.OK
    assert re.search(r"matrix: .*onrecord matrix login", bot.log), bot.log


async def test_both_platforms_answer_from_one_process(
    installation: Installation, discord: FakeDiscord, ada: Client
) -> None:
    await installation.init()
    text = installation.config.read_text(encoding="utf-8")
    installation.config.write_text(f"{text}\ndiscord:\n  guilds: [{GUILD}]\n", encoding="utf-8")
    room = await ada.create(installation.account.user, encrypted=True)
    environment: Mapping[str, str] = {"ONRECORD_DISCORD_TOKEN": discord.token, "ONRECORD_DISCORD_API": discord.url}
    async with installation.call("run", **environment):
        await discord.connected()
        await joined(ada, room, installation.account.user)
        await ada.sync()
        assert QUOTE in (await discord.slash("fact", {"query": "dprk ammunition"})).content
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "!fact dprk ammunition")))
