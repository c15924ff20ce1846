"""The ARC sets of a header: three fields for each instance, and no gaps between instances (RFC 8617 4.2, 5.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from smtpsim.auth.arc.chain import Reason, Seal
from smtpsim.auth.verifier import LONGEST_SIGNATURE
from smtpsim.kernel.printable import decoded
from smtpsim.message.results import read_results

MOST_SETS = 50
"""The highest instance that there can be (RFC 8617 4.2.1)."""

RESULTS = b"arc-authentication-results"
MESSAGE = b"arc-message-signature"
SEAL = b"arc-seal"
NAMES = (RESULTS, MESSAGE, SEAL)
"""In the order in which a seal covers them (RFC 8617 5.1.1)."""

Field = tuple[bytes, bytes]
"""A name as written, and the value with its line ends."""

# arc-info = instance [CFWS] ";" authres-payload
_INSTANCE = re.compile(rb"\s*i\s*=\s*(\d{1,9})\s*;")
_BLANKS = re.compile(rb"[ \t]+")
_ENDS = re.compile(rb"\r?\n")


class Broken(NamedTuple):
    """Why there is no valid chain, and in which instance."""

    reason: Reason
    instance: int = 0
    detail: str = ""


class ArcSet(NamedTuple):
    """The fields of one instance, and the tags of both signatures."""

    instance: int
    results: Field
    message: Field
    seal: Field
    message_tags: Mapping[bytes, bytes]
    seal_tags: Mapping[bytes, bytes]

    @property
    def fields(self) -> tuple[Field, Field, Field]:
        return self.results, self.message, self.seal

    def told(self) -> Seal:
        """What the set says, as text."""
        tags = {name: decoded(value).strip() for name, value in self.seal_tags.items()}
        payload = unfolded(self.results[1]).partition(b";")[2]
        return Seal(
            self.instance,
            tags.get(b"d", "").lower(),
            tags.get(b"s", ""),
            tags.get(b"cv", "").lower(),
            read_results(decoded(payload)),
        )


def unfolded(value: bytes) -> bytes:
    """A value in relaxed form (RFC 6376 3.4.2), without the line end."""
    return _BLANKS.sub(b" ", _ENDS.sub(b"", value)).strip()


def relaxed(fields: Iterable[Field]) -> list[Field]:
    """Fields in the form in which a seal covers them."""
    return [(name.lower().rstrip(), unfolded(value) + b"\r\n") for name, value in fields]


def highest(headers: Iterable[Field]) -> int:
    """The highest instance that any field claims, 0 where there is none."""
    own = ((name.lower().rstrip(), value) for name, value in headers)
    return max((_instance(name, value) for name, value in own if name in NAMES), default=0)


def collect(headers: Iterable[Field]) -> tuple[ArcSet, ...] | Broken:
    """The sets in the order of their instances; () for a letter without any."""
    found: dict[int, dict[bytes, Field]] = {}
    for field in headers:
        name = field[0].lower().rstrip()
        if name not in NAMES:
            continue
        instance = _instance(name, field[1])
        if not instance:
            return Broken(Reason.MALFORMED, detail=decoded(field[0]))
        if instance > MOST_SETS:
            return Broken(Reason.TOO_MANY, instance)
        if name in found.setdefault(instance, {}):
            return Broken(Reason.INCOMPLETE, instance)
        found[instance][name] = field
    sets: list[ArcSet] = []
    for instance in range(1, max(found, default=0) + 1):
        whole = _whole(instance, found.get(instance, {}))
        if isinstance(whole, Broken):
            return whole
        sets.append(whole)
    return tuple(sets)


def _instance(name: bytes, value: bytes) -> int:
    """The value of i=, 0 where there is none that is good."""
    if name == RESULTS:
        match = _INSTANCE.match(value)
        return int(match[1]) if match else 0
    text = _tags(value).get(b"i", b"")
    return int(text) if text.isdigit() and len(text) < 10 else 0


def _whole(instance: int, fields: Mapping[bytes, Field]) -> ArcSet | Broken:
    if len(fields) < len(NAMES):
        return Broken(Reason.INCOMPLETE, instance)
    results, message, seal = (fields[name] for name in NAMES)
    if max(len(message[1]), len(seal[1])) > LONGEST_SIGNATURE:
        return Broken(Reason.TOO_LARGE, instance)
    return ArcSet(instance, results, message, seal, _tags(message[1]), _tags(seal[1]))


def _tags(value: bytes) -> Mapping[bytes, bytes]:
    """The tags of a signature; none where they cannot be read."""
    from dkim.util import InvalidTagValueList, parse_tag_value

    try:
        tags: dict[bytes, bytes] = parse_tag_value(value)
    except InvalidTagValueList:
        return {}
    return tags
