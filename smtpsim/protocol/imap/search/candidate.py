"""A mail that SEARCH looks at: what is costly to know is found once, and only when a key asks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from smtpsim.kernel.printable import decoded
from smtpsim.message.charset import text_of
from smtpsim.message.dates import written_day
from smtpsim.message.encoded_words import readable
from smtpsim.message.mime import Part, read_parts, transfer_decoded
from smtpsim.protocol.imap.sequence import SequenceSet
from smtpsim.protocol.maildrop import Mail


class Candidates:
    """The mails of a mailbox, and which of them a sequence set names."""

    def __init__(self, mails: tuple[Mail, ...]) -> None:
        self.mails = mails
        self._places: dict[int, frozenset[int]] = {}

    def __iter__(self) -> Iterator[Candidate]:
        return (Candidate(self, mail, index) for index, mail in enumerate(self.mails))

    def places(self, numbers: SequenceSet, by_uid: bool) -> frozenset[int]:
        """Places in the mailbox, counted from 0. A set is known by its identity: a long one is slow to compare."""
        if id(numbers) not in self._places:
            self._places[id(numbers)] = frozenset(numbers.indexes(self.mails, by_uid))
        return self._places[id(numbers)]


class Candidate:
    """`index` is the mail's place in the mailbox, counted from 0."""

    def __init__(self, mailbox: Candidates, mail: Mail, index: int) -> None:
        self.mailbox = mailbox
        self.mail = mail
        self.index = index

    @cached_property
    def message(self) -> Part:
        return read_parts(self.mail.octets)

    @cached_property
    def header(self) -> str:
        return "\n".join(_header_texts(self.message)).lower()

    @cached_property
    def body(self) -> str:
        return "\n".join(_body_texts(self.message)).lower()

    @cached_property
    def sent(self) -> int | None:
        """The day of the Date field as it stands there, None when it makes no sense."""
        return written_day(self.message.entity.headers.first("Date") or "")

    def field(self, name: str) -> list[str]:
        """The decoded values of a field, in lower case like everything that is compared."""
        return [readable(value).lower() for value in self.message.entity.headers.values(name)]


def _header_texts(part: Part) -> Iterator[str]:
    """Every field of the header, decoded."""
    for field in part.entity.headers.fields:
        yield f"{field.name}: {readable(field.value)}"


def _body_texts(part: Part) -> Iterator[str]:
    """The text of every part, decoded; of an enclosed message also the header."""
    for child in part.parts:
        yield from _body_texts(child)
    if part.message:
        yield from _header_texts(part.message)
        yield from _body_texts(part.message)
    elif not part.parts:
        yield _leaf_text(part)


def _leaf_text(part: Part) -> str:
    if part.told.kind != "text":
        return decoded(part.entity.body)
    return text_of(transfer_decoded(part), part.content.parameter("charset"))
