"""`onrecord desk` as somebody with a shell uses it."""

from __future__ import annotations

import getpass
import os
import pwd

from bot.store.sqlite.files import locked
from tests.cli.onrecord import OnRecord
from tests.cli.test_setting_up import at_a_terminal

ME = pwd.getpwuid(os.getuid()).pw_name


def test_the_plain_console_only_reads_and_says_where_the_desk_is(stocked: OnRecord) -> None:
    done = stocked("console", given="queue\n17 hide why\n")
    assert done.code == 0
    assert done.out.count("run: onrecord desk") == 2


def test_one_line_is_one_act_under_the_name_of_who_is_logged_in(stocked: OnRecord) -> None:
    assert "Waiting: facts 0" in stocked("desk", "queue").out
    done = stocked("desk", "1", "hide", "the", "speaker", "is", "in", "doubt")
    assert (done.code, done.err) == (0, "")
    assert "Hidden: #1" in done.out
    assert "Next, with onrecord desk before it: back 1" in done.out
    assert "Under review since" in stocked("fact", "#1").out
    assert f"Account on Console: {ME}" in stocked("desk", "mydata").out


def test_no_variable_makes_somebody_else_of_me(stocked: OnRecord) -> None:
    for name in ("LOGNAME", "USER", "USERNAME", "LNAME"):
        stocked.environment[name] = "somebody-else"
    stocked("desk", "settings", "name", "Ada")
    assert f"Account on Console: {ME}" in stocked("desk", "mydata").out
    assert getpass.getuser()  # another name would be found there


def test_what_is_missing_in_a_script_is_an_error(stocked: OnRecord) -> None:
    done = stocked("desk", "1", "hide")
    assert done.code == 2
    assert "1 hide" in done.out
    assert stocked("desk", "99", "hide", "x").code == 2
    assert stocked("desk", "nonsense").code == 2


def test_reasons_may_have_dashes(stocked: OnRecord) -> None:
    assert stocked("desk", "1", "hide", "--", "-x").code == 0


def test_beside_a_running_bot_it_reads_and_what_writes_says_what_to_do(stocked: OnRecord) -> None:
    with locked(stocked.data):  # as the running bot holds it
        assert stocked("desk", "queue").code == 0
        for line in (("1", "hide", "x"), ()):
            done = stocked("desk", *line)
            assert done.code == 69
            assert "the bot is running" in done.err


def test_a_conversation_from_a_pipe(stocked: OnRecord) -> None:
    done = stocked("desk", given="1 hide in doubt\n1 back it was right\nopen 1\nquit\n")
    assert done.code == 0
    assert "Hidden: #1" in done.out
    assert "Proposed: #1 is shown again once a second person agrees." in done.out
    assert "#1 is to be shown again" in done.out


def test_at_a_terminal_what_is_missing_is_asked_for(stocked: OnRecord) -> None:
    shown = at_a_terminal(stocked, ["desk", "1", "hide"], ["in doubt"])
    assert "Hide #1" in shown
    assert "Hidden: #1" in shown


def test_being_forgotten_leaves_no_name_in_any_file(stocked: OnRecord) -> None:
    stocked("desk", "settings", "name", "Xanthippe Unmistakable")
    stocked("desk", "1", "hide", "why")
    assert any(b"Xanthippe" in each.read_bytes() for each in stocked.data.iterdir() if each.is_file())
    assert "Forgotten." in stocked("desk", "forgetme", "yes").out
    assert not any(b"Xanthippe" in each.read_bytes() for each in stocked.data.iterdir() if each.is_file())
    assert stocked("audit", "verify").code == 0
