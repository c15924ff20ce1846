"""A mail that SEARCH looks at: what is costly to know is found once, and only when a key asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from smtpsim.protocol.imap.calendar import day_number, month_number, valid
from smtpsim.protocol.imap.letter.part import Part, read_letter
from smtpsim.protocol.imap.letter.text import body_texts, header_text, header_texts
from smtpsim.protocol.imap.sequence import SequenceSet
from smtpsim.protocol.maildrop import Mail

# date = day month year, without the time (RFC 5322 3.3)
_DATE = re.compile(r"([0-9]{1,2}) ([A-Za-z]{3}) ([0-9]{4})\b")


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
    def letter(self) -> Part:
        return read_letter(self.mail.octets)

    @cached_property
    def header(self) -> str:
        return "\n".join(header_texts(self.letter)).lower()

    @cached_property
    def body(self) -> str:
        return "\n".join(body_texts(self.letter)).lower()

    @cached_property
    def sent(self) -> int | None:
        """The day of the Date field as it stands there, None when it makes no sense."""
        match = _DATE.search(self.letter.fields.value("date") or "")
        if not match:
            return None
        date = int(match.group(3)), month_number(match.group(2)), int(match.group(1))
        return day_number(*date) if valid(*date) else None

    def field(self, name: str) -> list[str]:
        """The decoded values of a field, in lower case like everything that is compared."""
        return [header_text(value).lower() for value in self.letter.fields.values(name)]
