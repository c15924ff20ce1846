"""A DMARC record, tag by tag (RFC 9989 4.7, 4.8): what is not understood is passed over, and told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from smtpsim.kernel.ref import Ref


class Policy(StrEnum):
    """What the owner of a domain wants done with mail that fails (RFC 9989 4.7), the mildest first."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"


class Note(StrEnum):
    """Why a tag does not count; the key for its words."""

    UNKNOWN = "unknown"
    REMOVED = "removed"
    BAD_VALUE = "bad-value"
    TWICE = "twice"
    UNREADABLE = "unreadable"


NOTE_REFS = {
    Note.UNKNOWN: Ref(9989, "4.7"),
    Note.REMOVED: Ref(9989, "A.6"),
    Note.BAD_VALUE: Ref(9989, "4.7"),
    Note.TWICE: Ref(6376, "3.2"),
    Note.UNREADABLE: Ref(9989, "4.8"),
}


class Tag(NamedTuple):
    """One tag as written; `note` is None for one that counts. `column` is from 1."""

    name: str
    value: str
    column: int
    note: Note | None = None


class Record(NamedTuple):
    """A record that begins with v=DMARC1. `text` has octets outside ASCII as `\\xNN`."""

    text: str
    tags: tuple[Tag, ...]

    def value(self, name: str, default: str = "") -> str:
        """The value of a tag that counts, as written."""
        return next((tag.value for tag in self.tags if tag.name == name and tag.note is None), default)

    def policy(self, name: str) -> Policy | None:
        """What p=, sp= or np= wants; None where it is missing or not valid."""
        value = self.value(name).lower()
        return Policy(value) if value else None

    def broken(self, *names: str) -> bool:
        """Whether one of these tags is there with a value that is none."""
        return any(tag.name in names and tag.note is Note.BAD_VALUE for tag in self.tags)

    @property
    def public_suffix(self) -> str:
        """psd=: y, n, or u for unknown."""
        return self.value("psd", "u").lower()

    @property
    def testing(self) -> bool:
        """t=y: the owner only tries the policy out."""
        return self.value("t", "n").lower() == "y"

    @property
    def reports_to(self) -> tuple[str, ...]:
        """The addresses in rua= that are URIs."""
        return tuple(uri for part in self.value("rua").split(",") if _URI.fullmatch(uri := part.strip()))

    def strict(self, name: str) -> bool:
        """Whether adkim= or aspf= asks for the same domain, and not only the same organisation's."""
        return self.value(name, "r").lower() == "s"


# dmarc-version = "v" equals %s"DMARC1"
_VERSION = re.compile(rb"[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)")

# dmarc-tag = 1*ALPHA equals 1*dmarc-value ; any printing characters but the semicolon
_TAG = re.compile(r"[ \t]*([A-Za-z]+)[ \t]*=[ \t]*([ -:<-~]*[!-:<-~])[ \t]*")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-+\x2d-~]+")


def parse(octets: bytes) -> Record | None:
    """The record in a TXT record's octets; None where they are none of DMARC's."""
    if not _VERSION.match(octets):
        return None
    text = octets.decode("ascii", "backslashreplace")
    tags: list[Tag] = []
    column = 1
    for part in text.split(";"):
        if part.strip(" \t"):
            tags.append(_tag(part, column, {tag.name for tag in tags}))
        column += len(part) + 1
    return Record(text, tuple(tags))


def _tag(part: str, column: int, known: set[str]) -> Tag:
    column += len(part) - len(part.lstrip(" \t"))
    match = _TAG.fullmatch(part)
    if match is None:
        return Tag("", part.strip(" \t"), column, Note.UNREADABLE)
    name, value = match[1].lower(), match[2]
    return Tag(name, value, column, Note.TWICE if name in known else _note(name, value))


def _note(name: str, value: str) -> Note | None:
    if name in REMOVED:
        return Note.REMOVED
    fits = VALUES.get(name)
    if fits is None:
        return Note.UNKNOWN
    return None if fits(value) else Note.BAD_VALUE


REMOVED = ("pct", "rf", "ri")
"""Tags of RFC 7489 that RFC 9989 did away with."""


def _one_of(*words: str) -> Callable[[str], bool]:
    return lambda value: value.lower() in words


def _are_uris(value: str) -> bool:
    return any(_URI.fullmatch(part.strip()) for part in value.split(","))


_POLICIES = _one_of(*Policy)

VALUES: Mapping[str, Callable[[str], bool]] = {
    "v": lambda value: value == "DMARC1",
    "p": _POLICIES,
    "sp": _POLICIES,
    "np": _POLICIES,
    "t": _one_of("y", "n"),
    "psd": _one_of("y", "n", "u"),
    "adkim": _one_of("r", "s"),
    "aspf": _one_of("r", "s"),
    "rua": _are_uris,
    "ruf": _are_uris,
    "fo": _one_of("0", "1", "d", "s", "d:s", "s:d"),
}
"""What may stand in each tag (RFC 9989 4.8)."""
