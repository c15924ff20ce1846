"""Reads the arguments of one command from left to right, and knows the column of what it meets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import decoded
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.fault import fault

T = TypeVar("T")

_SPACES = re.compile(" *")
_DONE = re.compile(r" *\Z")
_ESCAPED = re.compile(r"\\(.)")

_LONGEST_FOUND = 40
"""Characters of the line that a fault quotes."""


class Scanner:
    """A place in a command's text. `remarks` collects what is forgiven.

    Reading functions give what they read, or the Fault that refuses the command; after a fault nothing more is read.
    """

    def __init__(self, text: str, at: int, literals: tuple[bytes, ...] = ()) -> None:
        self.text = text
        self.at = at
        self.remarks: list[Fault] = []
        self._literals = iter(literals)
        self._line = text.rfind("\r\n") + 2 if "\r\n" in text else 0

    @property
    def ended(self) -> bool:
        return self.at >= len(self.text)

    @property
    def done(self) -> bool:
        """Whether nothing but spaces is left."""
        return bool(_DONE.match(self.text, self.at))

    def column(self, at: int | None = None) -> int:
        """The column of the present place, or of `at`. In a line before the last one it is 0."""
        place = self.at if at is None else at
        return place - self._line + 1 if place >= self._line else 0

    def fault(self, key: str, found: str | None = None, at: int | None = None) -> Fault:
        """A fault at the present place, or at `at`."""
        return fault(key, self.column(at), self._ahead() if found is None else found[:_LONGEST_FOUND])

    def _ahead(self) -> str:
        """What stands here, up to the next space."""
        return self.text[self.at : self.at + _LONGEST_FOUND].partition(" ")[0].partition("\r\n")[0]

    def looking_at(self, text: str) -> bool:
        return self.text.startswith(text, self.at)

    def skip(self, text: str) -> bool:
        """Step over `text` if it stands here."""
        found = self.looking_at(text)
        self.at += len(text) if found else 0
        return found

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Step over what matches here."""
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match

    def space(self) -> Fault | None:
        """Step over the space before an argument. There is exactly one; more are forgiven."""
        start = self.at
        self.take(_SPACES)
        if self.ended:
            return self.fault("imap-argument-missing")
        if self.at == start:
            return self.fault("imap-space-missing")
        if self.at > start + 1:
            self.remarks.append(self.fault("imap-extra-space", "", start + 1))
        return None

    def after_space(self, read: Callable[[Scanner], T | Fault]) -> T | Fault:
        return self.space() or read(self)

    def end(self) -> Fault | None:
        """Nothing may follow; spaces are forgiven."""
        start = self.at
        self.take(_SPACES)
        if not self.ended:
            return self.fault("imap-argument-unexpected")
        if self.at > start:
            self.remarks.append(self.fault("imap-extra-space", "", start))
        return None

    def literal(self) -> str:
        """The next literal, whose announcement was just read."""
        return decoded(self.literal_octets())

    def literal_octets(self) -> bytes:
        """The same as octets."""
        return next(self._literals)


def read_string(scanner: Scanner) -> str | Fault:
    """string = quoted / literal"""
    if scanner.take(grammar.LITERAL):
        return scanner.literal()
    start = scanner.at
    quoted = scanner.take(grammar.QUOTED)
    if quoted:
        text = quoted.group(1)
        if not text.isascii():
            scanner.remarks.append(scanner.fault("imap-eight-bit", text, start))
        return _ESCAPED.sub(r"\1", text)
    return scanner.fault("imap-quote-unclosed" if scanner.looking_at('"') else "imap-string-syntax")


def read_word(scanner: Scanner, pattern: re.Pattern[str] = grammar.ASTRING) -> str | Fault:
    """astring = 1*ASTRING-CHAR / string; with another pattern, what else may stand without quotes."""
    if scanner.looking_at('"') or scanner.looking_at("{"):
        return read_string(scanner)
    match = scanner.take(pattern)
    if match and (scanner.ended or scanner.text[scanner.at] in " )"):
        return match.group()
    return scanner.fault("imap-string-syntax")


def read_list(scanner: Scanner, read: Callable[[Scanner], T | Fault]) -> tuple[T, ...] | Fault:
    """ "(" [item *(SP item)] ")" """
    start = scanner.at
    if not scanner.skip("("):
        return scanner.fault("imap-list-unopened")
    items: list[T] = []
    while not scanner.skip(")"):
        if scanner.ended:
            return scanner.fault("imap-list-unclosed", "", start)
        item = scanner.after_space(read) if items else read(scanner)
        if isinstance(item, Fault):
            return item
        items.append(item)
    return tuple(items)


def read_mailbox(scanner: Scanner) -> str | Fault:
    """mailbox = "INBOX" / astring; INBOX in any case (RFC 3501 5.1)"""
    name = read_word(scanner)
    return "INBOX" if isinstance(name, str) and name.upper() == "INBOX" else name
