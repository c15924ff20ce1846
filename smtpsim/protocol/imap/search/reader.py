"""Reads the keys of a SEARCH: a table of words, each with what reads the rest of its key."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf

from smtpsim.kernel.fault import Fault
from smtpsim.message.dates import day_number, month_number
from smtpsim.protocol.imap import flags, grammar
from smtpsim.protocol.imap.scanner import Scanner, read_word
from smtpsim.protocol.imap.search import keys
from smtpsim.protocol.imap.search.keys import Key
from smtpsim.protocol.imap.sequence import read_sequence_set
from smtpsim.protocol.maildrop import RECENT

MOST_KEYS = 100
DEEPEST = 20

CHARSETS = ("US-ASCII", "UTF-8")

_END = re.compile(r" *(?:\)|\Z)")
_WORD = re.compile(r"[A-Za-z]+")
_CHARSET = re.compile(r" +CHARSET(?= |\Z)", re.IGNORECASE)


def read_search(scanner: Scanner) -> Key | Fault:
    """search = ["CHARSET" SP astring] 1*(SP search-key)"""
    if scanner.take(_CHARSET):
        charset = scanner.after_space(_read_charset)
        if isinstance(charset, Fault):
            return charset
    return scanner.after_space(lambda scanner: _Reader(scanner).keys())


def _read_charset(scanner: Scanner) -> str | Fault:
    """A character set that is known. Strings are read as UTF-8 in any case: US-ASCII is a part of it."""
    start = scanner.at
    name = read_word(scanner)
    if isinstance(name, Fault) or name.upper() in CHARSETS:
        return name
    return scanner.fault("imap-charset", name, start)


class _Reader:
    """Counts the keys, and how deep they lie in each other."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self._keys = 0
        self._depth = 0

    def keys(self) -> Key | Fault:
        """search-key *(SP search-key): all of them must hold"""
        found: list[Key] = []
        while True:
            key = self.key()
            if isinstance(key, Fault):
                return key
            found.append(key)
            if self._ended():
                return found[0] if len(found) == 1 else keys.Every(tuple(found))
            wrong = self.scanner.space()
            if wrong:
                return wrong

    def _ended(self) -> bool:
        return bool(_END.match(self.scanner.text, self.scanner.at))

    def key(self) -> Key | Fault:
        """One key, with all that lies in it."""
        self._keys += 1
        if self._keys > MOST_KEYS:
            return self.scanner.fault("imap-too-many", str(MOST_KEYS))
        if self._depth >= DEEPEST:
            return self.scanner.fault("imap-too-deep", str(DEEPEST))
        self._depth += 1
        found = self._key()
        self._depth -= 1
        return found

    def _key(self) -> Key | Fault:
        scanner = self.scanner
        if scanner.looking_at("("):
            return self._group()
        if grammar.SEQUENCE_SET.match(scanner.text, scanner.at):
            numbers = read_sequence_set(scanner)
            return numbers if isinstance(numbers, Fault) else keys.Numbered(numbers, False)
        start = scanner.at
        word = scanner.take(_WORD)
        read = _KEYS.get(word.group().upper()) if word else None
        if read is None:
            scanner.at = start
            return scanner.fault("imap-search-key")
        return read(self)

    def _group(self) -> Key | Fault:
        """ "(" search-key *(SP search-key) ")" """
        start = self.scanner.at
        self.scanner.skip("(")
        found = self.keys()
        if isinstance(found, Fault) or self.scanner.skip(")"):
            return found
        return self.scanner.fault("imap-list-unclosed", "", start)


_Read = Callable[[_Reader], Key | Fault]


def _fixed(key: Key) -> _Read:
    return lambda reader: key


def _text(make: Callable[[str], Key]) -> _Read:
    """A key with one string, which is compared in lower case."""

    def read(reader: _Reader) -> Key | Fault:
        text = reader.scanner.after_space(read_word)
        return text if isinstance(text, Fault) else make(text.lower())

    return read


def _field(name: str) -> _Read:
    return _text(lambda text: keys.InField(name, text))


def _any_field(reader: _Reader) -> Key | Fault:
    """HEADER field-name string"""
    name = reader.scanner.after_space(read_word)
    return name if isinstance(name, Fault) else _field(name.lower())(reader)


def _keyword(wanted: bool) -> _Read:
    def read(reader: _Reader) -> Key | Fault:
        flag = reader.scanner.after_space(flags.read_flag)
        return flag if isinstance(flag, Fault) else keys.FlagIs(flag, wanted)

    return read


def _read_date(scanner: Scanner) -> int | Fault:
    """date = date-text / DQUOTE date-text DQUOTE; gives the day number"""
    start = scanner.at
    text = read_word(scanner)
    if isinstance(text, Fault):
        return text
    match = grammar.DATE.fullmatch(text)
    if match:
        date = int(match.group(3)), month_number(match.group(2)), int(match.group(1))
        day = day_number(*date)
        if day is not None:
            return day
    return scanner.fault("imap-date-syntax", text, start)


def _date(make: Callable[[int], Key]) -> _Read:
    def read(reader: _Reader) -> Key | Fault:
        day = reader.scanner.after_space(_read_date)
        return day if isinstance(day, Fault) else make(day)

    return read


def _read_number(scanner: Scanner) -> int | Fault:
    match = scanner.take(grammar.NUMBER)
    return int(match.group()) if match else scanner.fault("imap-number-range")


def _number(make: Callable[[int], Key]) -> _Read:
    def read(reader: _Reader) -> Key | Fault:
        number = reader.scanner.after_space(_read_number)
        return number if isinstance(number, Fault) else make(number)

    return read


def _uid(reader: _Reader) -> Key | Fault:
    numbers = reader.scanner.after_space(read_sequence_set)
    return numbers if isinstance(numbers, Fault) else keys.Numbered(numbers, True)


def _not(reader: _Reader) -> Key | Fault:
    key = reader.scanner.space() or reader.key()
    return key if isinstance(key, Fault) else keys.Not(key)


def _or(reader: _Reader) -> Key | Fault:
    left = reader.scanner.space() or reader.key()
    if isinstance(left, Fault):
        return left
    right = reader.scanner.space() or reader.key()
    return right if isinstance(right, Fault) else keys.Or(left, right)


def _flag(flag: str) -> dict[str, _Read]:
    """SEEN and UNSEEN, and the like."""
    name = flag.removeprefix("\\").upper()
    return {name: _fixed(keys.FlagIs(flag, True)), f"UN{name}": _fixed(keys.FlagIs(flag, False))}


_RECENT = keys.FlagIs(RECENT, True)

_KEYS: dict[str, _Read] = {
    "ALL": _fixed(keys.All()),
    **{word: read for flag in flags.SYSTEM for word, read in _flag(flag).items()},
    "RECENT": _fixed(_RECENT),
    "OLD": _fixed(keys.FlagIs(RECENT, False)),
    "NEW": _fixed(keys.Every((_RECENT, keys.FlagIs(flags.SEEN, False)))),
    "KEYWORD": _keyword(True),
    "UNKEYWORD": _keyword(False),
    **{name.upper(): _field(name) for name in ("from", "to", "cc", "bcc", "subject")},
    "HEADER": _any_field,
    "BODY": _text(keys.InBody),
    "TEXT": _text(keys.InLetter),
    "BEFORE": _date(lambda day: keys.Arrived(-inf, day - 1)),
    "ON": _date(lambda day: keys.Arrived(day, day)),
    "SINCE": _date(lambda day: keys.Arrived(day, inf)),
    "SENTBEFORE": _date(lambda day: keys.Sent(-inf, day - 1)),
    "SENTON": _date(lambda day: keys.Sent(day, day)),
    "SENTSINCE": _date(lambda day: keys.Sent(day, inf)),
    "LARGER": _number(lambda octets: keys.Size(octets + 1, inf)),
    "SMALLER": _number(lambda octets: keys.Size(0, octets - 1)),
    "UID": _uid,
    "NOT": _not,
    "OR": _or,
}

WORDS = tuple(_KEYS)
"""The words that a key may begin with."""
