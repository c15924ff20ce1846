"""BATV, bounce address tag validation: a host writes a tag that only it can make into the envelope senders of its own
people, so that a bounce to an address without one is no answer to anything that they have sent.

There is no RFC; this is the scheme `prvs` of draft-levine-smtp-batv-01: `prvs=KDDDSSSSSS=ann@example.com`, with the
number of the key, the day on which the tag ends, and a piece of a hash over both and the address.
"""

from __future__ import annotations

import re
from enum import StrEnum

from smtpsim.kernel.address import Path
from smtpsim.kernel.duration import DAY
from smtpsim.world.model import Host, World

POLICY = "batv"
"""The policy that a host has it by."""

LIFETIME = 7
"""Days that a tag is good for (draft 4.2)."""

LONGEST = 64
"""Octets of a local part (RFC 5321 4.5.3.1.1); a sender that would grow longer stays as it is."""

_DAYS = 1000
_KEY = "0"
_TAGGED = re.compile(r"prvs=([0-9])([0-9]{3})([0-9a-f]{6})=(.+)", re.IGNORECASE)


class Tag(StrEnum):
    """What a recipient's tag tells."""

    GOOD = "good"
    MISSING = "missing"
    WRONG = "wrong"
    EXPIRED = "expired"


def secret(host: Host) -> str:
    """What the host makes its tags with, "" where it makes none."""
    return next((str(used.settings["secret"]) for used in host.policies if used.policy.name == POLICY), "")


def tagged_sender(world: World, host: Host, sender: Path) -> Path:
    """The sender under which the host hands a letter on: that of its own people with a tag, any other as it is."""
    key = secret(host)
    if not key or sender.null or sender.host not in host.domains or '"' in sender.local or _is_signed(sender):
        return sender
    day = f"{(world.now // DAY + LIFETIME) % _DAYS:03d}"
    local = f"prvs={_KEY}{day}{_hash(key, day, sender)}={sender.local}"
    return Path(local, sender.domain) if len(local.encode()) <= LONGEST else sender


def _is_signed(sender: Path) -> bool:
    """Whether the sender bears a tag, or is one of SRS, which has a hash of its own."""
    return sender.local[:5].lower() in ("prvs=", "srs0=", "srs1=")


def untagged(path: Path) -> Path:
    """The recipient without the tag that it has, good or not."""
    found = _TAGGED.fullmatch(path.local)
    return Path(found[4], path.domain) if found else path


def tag_of(world: World, host: Host, path: Path) -> Tag:
    """What the tag of a recipient of this host tells."""
    found = _TAGGED.fullmatch(path.local)
    if found is None:
        return Tag.MISSING
    number, day, mark, local = found.groups()
    if number != _KEY or mark.lower() != _hash(secret(host), day, Path(local, path.domain)):
        return Tag.WRONG
    return Tag.GOOD if (int(day) - world.now // DAY) % _DAYS <= LIFETIME else Tag.EXPIRED


def _hash(key: str, day: str, sender: Path) -> str:
    """Six hexadecimal digits. Without case, since hosts on the way may change that of a local part."""
    from hashlib import sha1
    from hmac import new

    return new(key.encode(), f"{_KEY}{day}{sender}".lower().encode(), sha1).hexdigest()[:6]
