"""Hosts: which everybody can reach, and which may be taken for another one."""

from __future__ import annotations

import pytest

from bot.core.hosts import is_public, may_pass_for, nearly, shown, skeleton


@pytest.mark.parametrize(
    "host",
    [
        "gazette.example",
        "www.gazette.co.uk",
        "xn--80ak6aa92e.com",
        "8.8.8.8",
        "2606:4700::1111",
        "a-b.example",
        "привіт.укр",
    ],
)
def test_the_open_internet(host: str) -> None:
    assert is_public(host)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "router",
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0x7f000001",
        "127.1",
        "2130706433",
        "::1",
        "fe80::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "224.0.0.1",
        "１２７.0.0.1",
        "gazette。example",
        "-gazette.example",
        "a..example",
        "a_b.example",
        "",
        "." * 3,
        "x" * 64 + ".example",
        ("a." * 130) + "example",
    ],
)
def test_what_not_everybody_reaches_or_reads_as_it_is(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("gazete.example", "gazette.example", True),
        ("gazettte.example", "gazette.example", True),
        ("agzette.example", "gazette.example", True),
        ("gazette.co", "gazette.com", True),
        ("gаzette.example", "gazette.example", True),  # a Cyrillic letter
        ("xn--gzette-3nf.example", "gazette.example", True),  # the same, as it is sent
        ("rnirror.example", "mirror.example", True),
        ("gazette.com.evil.net", "gazette.com", True),
        ("gazette-com.net", "gazette.com", True),
        ("news.gazette.example", "gazette.example", False),
        ("gazette.example", "tribune.example", False),
        ("a.example", "b.example", False),
        ("news.co.uk", "other.co.uk", False),
        ("bbc.example", "abc.example", False),
    ],
)
def test_hosts_that_may_be_taken_for_each_other(one: str, other: str, same: bool) -> None:
    assert may_pass_for(one, other) is same


def test_what_a_browser_shows_is_compared() -> None:
    assert shown("XN--GZETTE-3NF.example.") == "gаzette.example"
    assert shown("xn--\u0000.example") == "xn--\u0000.example"
    assert skeleton("G-Aźette") == "gazette"
    assert nearly("gazette", "gazette")
    assert not nearly("abc", "abd")
