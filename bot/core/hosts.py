"""The host of a web address: one that everybody can reach, and one that may be taken for another.

The letters that look like others are a short table of our own: of the letters that host names may have, those that
pass for a-z. (The table of Unicode, as a library, takes 18 MB of memory; most of it is for letters that no host has.)
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv6Address, IPv6Network, ip_address

from bot.core.search.wordlist import words

_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_LABEL = re.compile(r"[^\W_]([^\W_]|-)*", re.UNICODE)
_DOTS = str.maketrans(dict.fromkeys("。．｡", "."))
_PUNYCODE = "xn--"
#: Between the name and the country, as in "co.uk".
_SECOND = words("ac co com edu go gob gouv gov gv in mil ne net nom or org")

_PASS_FOR = {
    **dict(zip("аеорсухіјѕԁһӏԛԝѵгкптмнь", "aeopcyxijsdhlqwvrkntmhb", strict=True)),
    **dict(zip("αορνκιτυχηωγσ", "aopvkituxnwyo", strict=True)),
    **dict(zip("օոսհցլ", "onuhgl", strict=True)),
    **dict(zip("ıɑɡłøđħƒþſ015", "iaglodhfpsols", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "-": "",
}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_TRANSLATED = tuple(map(IPv6Network, ("::ffff:0:0/96", "64:ff9b::/96", "2001::/32", "2002::/16")))  # stand for IPv4
_LONG = 5  # letters of a name from which on one more, less or exchanged makes another one that looks like it


def is_public(host: str) -> bool:
    """Whether the host may be reached by everybody: a name with a dot, or an address of the open internet.

    Numbers in other forms than four decimal ones, and letters that browsers turn into others, are refused: what
    people read is not where they go.
    """
    host = host.rstrip(".")
    if ":" in host:
        return _is_open(host)
    if not host.isascii() and unicodedata.normalize("NFKC", host).translate(_DOTS) != host:
        return False
    labels = host.casefold().split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _is_open(host)
    return len(labels) > 1 and len(host) <= 253 and all(len(each) < 64 and _LABEL.fullmatch(each) for each in labels)


def shown(host: str) -> str:
    """The host with the letters that a browser shows: "xn--…" decoded."""
    return ".".join(map(_decoded, host.casefold().rstrip(".").split(".")))


def skeleton(text: str) -> str:
    """What a text looks like at a glance: without marks and hyphens, and with one letter for those that look alike."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    looks = "".join(_PASS_FOR.get(sign, sign) for sign in plain if not unicodedata.combining(sign))
    for pair, one in _PAIRS:
        looks = looks.replace(pair, one)
    return looks


def may_pass_for(host: str, other: str) -> bool:
    """Whether somebody may take the host for the other one; hosts of one owner never pass for each other."""
    one, two = shown(host), shown(other)
    (name, ending), (other_name, other_ending) = _owner(one), _owner(two)
    if (name, ending) == (other_name, other_ending):
        return False
    if f".{two}." in f".{one}" or two.replace(".", "-") in one:
        return True  # the other one's whole name before somebody else's: "gazette.com.example.net"
    return nearly(name, other_name)


def nearly(one: str, other: str) -> bool:
    """Whether two names look the same, or differ in one sign; short ones have to look the same."""
    left, right = skeleton(one), skeleton(other)
    return left == right or (min(len(left), len(right)) >= _LONG and _one_apart(left, right))


def _is_open(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and any(address in each for each in _TRANSLATED):
        return False
    return address.is_global and not address.is_multicast


def _owner(host: str) -> tuple[str, str]:
    """The name that somebody has registered, and its ending."""
    labels = host.split(".")
    size = 2 if len(labels) > 2 and labels[-2] in _SECOND and len(labels[-1]) == 2 else 1
    return ".".join(labels[-size - 1 : -size]), ".".join(labels[-size:])


def _decoded(label: str) -> str:
    if not label.startswith(_PUNYCODE):
        return label
    try:
        return label.removeprefix(_PUNYCODE).encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _one_apart(one: str, other: str) -> bool:
    """One sign more, less or exchanged, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if left[1:] == right[1:] or left[1:] == right or left == right[1:]:
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]
