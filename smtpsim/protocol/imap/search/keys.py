"""The keys of SEARCH as values: each tells of a mail whether it holds (RFC 3501 6.4.4)."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from smtpsim.message.dates import day_of
from smtpsim.protocol.imap.flags import has
from smtpsim.protocol.imap.search.candidate import Candidate
from smtpsim.protocol.imap.sequence import SequenceSet


class Key(Protocol):
    def holds(self, candidate: Candidate) -> bool: ...


class All(NamedTuple):
    def holds(self, candidate: Candidate) -> bool:
        return True


class FlagIs(NamedTuple):
    flag: str
    wanted: bool

    def holds(self, candidate: Candidate) -> bool:
        return has(candidate.mail.flags, self.flag) == self.wanted


class InField(NamedTuple):
    """A header field with this text in it; "" asks only that the field is there. Both are in lower case."""

    name: str
    text: str

    def holds(self, candidate: Candidate) -> bool:
        return any(self.text in value for value in candidate.field(self.name))


class InBody(NamedTuple):
    text: str

    def holds(self, candidate: Candidate) -> bool:
        return self.text in candidate.body


class InLetter(NamedTuple):
    text: str

    def holds(self, candidate: Candidate) -> bool:
        return self.text in candidate.header or self.text in candidate.body


class Arrived(NamedTuple):
    """The internal date is in [first, last], as day numbers."""

    first: float
    last: float

    def holds(self, candidate: Candidate) -> bool:
        return self.first <= day_of(candidate.mail.internal_date) <= self.last


class Sent(NamedTuple):
    """The Date field is in [first, last], as day numbers."""

    first: float
    last: float

    def holds(self, candidate: Candidate) -> bool:
        return candidate.sent is not None and self.first <= candidate.sent <= self.last


class Size(NamedTuple):
    """The octets are in [least, most]."""

    least: float
    most: float

    def holds(self, candidate: Candidate) -> bool:
        return self.least <= len(candidate.mail.octets) <= self.most


class Numbered(NamedTuple):
    """Named by a sequence set, of message numbers or of unique identifiers."""

    numbers: SequenceSet
    by_uid: bool

    def holds(self, candidate: Candidate) -> bool:
        return candidate.index in candidate.mailbox.places(self.numbers, self.by_uid)


class Not(NamedTuple):
    key: Key

    def holds(self, candidate: Candidate) -> bool:
        return not self.key.holds(candidate)


class Or(NamedTuple):
    left: Key
    right: Key

    def holds(self, candidate: Candidate) -> bool:
        return self.left.holds(candidate) or self.right.holds(candidate)


class Every(NamedTuple):
    keys: tuple[Key, ...]

    def holds(self, candidate: Candidate) -> bool:
        return all(key.holds(candidate) for key in self.keys)
