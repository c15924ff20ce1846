"""SRS, the sender rewriting scheme: a forwarder puts an envelope sender of its own in the place of the one it got, so
that SPF passes at the next host, and writes the old one into it, so that bounces find their way back.

There is no RFC; this is the scheme of libsrs2 and postsrsd ("The Sender Rewriting Scheme", Shevek 2004):
`SRS0=HHHH=TT=example.com=ann@forwarder.example`, with a hash that only the forwarder can make, so that it relays for
nobody else, and the day, so that an address that spammers collect is soon worth nothing. A sender that was rewritten
before gets the short form SRS1, which leads straight back to the first forwarder.
"""

from __future__ import annotations

from smtpsim.kernel.address import Path
from smtpsim.kernel.duration import DAY
from smtpsim.world.model import Host, World

LIFETIME = 21
"""Days that an address is good for (libsrs2)."""

HASH_LENGTH = 4
"""Characters of the hash (libsrs2)."""

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SLOTS = len(_DIGITS) ** 2
"""Days are counted round and round in two characters."""

LONGEST = 64
"""Octets of a local part (RFC 5321 4.5.3.1.1); a sender that would grow longer stays as it is."""


def rewritten_sender(world: World, host: Host, sender: Path) -> Path:
    """The sender under which the host forwards a letter; its own people and the null sender stay as they are."""
    if not host.srs or not host.domains or sender.null or sender.host in host.domains or '"' in sender.local:
        return sender
    domain, kind = min(host.domains), sender.local[:5].upper()
    if kind in ("SRS0=", "SRS0+", "SRS0-"):
        local = _signed(host, "SRS1", f"{sender.host}={sender.local[4:]}")
    elif kind in ("SRS1=", "SRS1+", "SRS1-"):
        local = _signed(host, "SRS1", sender.local[5:].partition("=")[2])
    else:
        local = _signed(host, "SRS0", f"{_day(world.now)}={sender.host}={sender.local}")
    return Path(local, domain) if len(local.encode()) <= LONGEST else sender


def original_sender(world: World, host: Host, path: Path) -> str:
    """The address that an SRS address of the host stands for; "" for one that it did not write, or long ago."""
    kind, separator, given = path.local[:4].upper(), path.local[4:5], path.local[5:]
    mark, equals, rest = given.partition("=")
    if not host.srs or kind not in _ORIGINALS or separator not in ("=", "+", "-") or not equals:
        return ""
    return _ORIGINALS[kind](world, rest) if mark.lower() == _hash(host, kind, rest).lower() else ""


def _sender_itself(world: World, rest: str) -> str:
    day, _, address = rest.partition("=")
    domain, equals, local = address.partition("=")
    fresh = len(day) == len(_day(0)) and (world.now // DAY - _days(day)) % _SLOTS <= LIFETIME
    return f"{local}@{domain}" if fresh and equals and local and domain else ""


def _first_forwarder(world: World, rest: str) -> str:
    domain, equals, address = rest.partition("=")
    return f"SRS0{address}@{domain}" if equals and domain and address else ""


_ORIGINALS = {"SRS0": _sender_itself, "SRS1": _first_forwarder}
"""By the kind of address: whom a bounce goes to."""


def _signed(host: Host, kind: str, rest: str) -> str:
    return f"{kind}={_hash(host, kind, rest)}={rest}"


def _hash(host: Host, kind: str, rest: str) -> str:
    """Compared without case, since hosts on the way may change that of a local part."""
    from base64 import b64encode
    from hashlib import sha1
    from hmac import new

    made = new(host.srs.encode(), f"{kind}={rest}".lower().encode(), sha1).digest()
    return b64encode(made).decode().replace("/", "_").replace("+", "-")[:HASH_LENGTH]


def _day(now: int) -> str:
    day = now // DAY % _SLOTS
    return _DIGITS[day >> 5] + _DIGITS[day & 31]


def _days(text: str) -> int:
    return sum(_DIGITS.find(digit) << shift for digit, shift in zip(text.upper(), (5, 0), strict=True))
