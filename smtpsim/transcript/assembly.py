"""From lines that are known to be the client's or the server's to the entries of a dialogue.

What only the order of the lines can tell is told here: which reply lines belong together, where the letter
begins and ends, how many lines a BDAT chunk has. A letter sent before the reply to DATA came (RFC 2920 3.1
forbids it, people paste all the same) is known as one when the 354 comes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum, auto
from typing import NamedTuple

from smtpsim.kernel.dots import stuffed, unstuffed
from smtpsim.kernel.printable import encoded
from smtpsim.transcript.dialogue import Client, Command, Content, Entry, Note, Place, Server

_REPLY = re.compile(r"([1-9][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_BDAT = re.compile(r"BDAT[ \t]+([0-9]{1,18})(?:[ \t].*)?", re.IGNORECASE | re.DOTALL)
_CRLF = 2
_GREETING = 220

_BASIC = ("HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "VRFY", "EXPN", "HELP")  # RFC 5321 4.1.1
_EXTENDED = ("AUTH", "STARTTLS", "BDAT", "ETRN", "LHLO", "XCLIENT", "XFORWARD", "VERB")
_OBSOLETE = ("SEND", "SOML", "SAML", "TURN")  # RFC 821 4.1.1
_VERBS = frozenset(_BASIC + _EXTENDED + _OBSOLETE)
_VERB = re.compile(r"[A-Za-z]+(?=$|[ \t:])")

NO_CODE = 0
"""The code of a reply that has none."""


class Stage(Enum):
    """What the next client line is."""

    COMMAND = auto()
    LETTER = auto()
    CHUNK = auto()


class _Data(NamedTuple):
    """A DATA command: its place among the entries, and the number of the reply that answers it.

    The number counts in the client lines that have turned out to be content, see `_content`.
    """

    place: int
    number: int


class Assembly:
    """Takes lines one by one and holds the entries made of them. Every line costs the same.

    `stage` is what the next client line is, `code` the last reply code (0 before the first), `letter_lines`
    how many lines of the letter have come since the 354.
    """

    def __init__(self) -> None:
        self.stage = Stage.COMMAND
        self.code = 0
        self.letter_lines = 0
        self._entries: list[Entry] = []
        self._reply: tuple[int, list[str], int] | None = None
        self._chunk = 0
        self._asked = 0
        self._answered = 0
        self._content = 0
        self._data: deque[_Data] = deque()
        self._inside = False
        self._told = False

    def client(self, text: str, line: int) -> None:
        """A line the client sent, as it went over the wire."""
        self._close_reply()
        if self.stage is Stage.CHUNK and self._chunk <= 0 and is_command(text):
            self.stage = Stage.COMMAND
        if self.stage is Stage.LETTER:
            self._letter(text, line)
        elif self.stage is Stage.CHUNK:
            self._entries.append(Content(text, line))
            self._chunk -= len(encoded(text)) + _CRLF
        else:
            self._command(text, line)

    def server(self, text: str, line: int) -> None:
        """A line the server sent. Without a code it goes on with an open reply, else it is a note."""
        match = _REPLY.fullmatch(text)
        if match is None:
            self._without_code(text, line)
            return
        code, mark, words = int(match[1]), match[2], match[3] or ""
        if self._reply is None or self._reply[0] != code:
            self._close_reply()
            self._reply = (code, [], line)
        self._reply[1].append(words)
        if mark != "-":
            self._close_reply()

    def heard(self, text: str, line: int) -> None:
        """The last line of a reply that has no code, as in POP3 and IMAP."""
        self.heard_on(text, line)
        self._close_reply()

    def heard_on(self, text: str, line: int) -> None:
        """A line of such a reply that goes on."""
        if self._reply is None or self._reply[0] != NO_CODE:
            self._close_reply()
            self._reply = (NO_CODE, [], line)
        self._reply[1].append(text)
        self._told = True

    def exact(self, entry: Client | Content) -> None:
        """An entry whose kind is known, whatever stands before it."""
        self._close_reply()
        self._entries.append(entry)
        self._told = True

    def note(self, text: str, line: int, lang: str = "", place: Place = Place.NOTE) -> None:
        """A remark: it changes nothing in the order of the dialogue."""
        self._close_reply()
        self._entries.append(Note(text, lang, line, place))

    def note_on(self, text: str) -> None:
        """Another line of the remark that was added last."""
        note = self._entries[-1]
        assert isinstance(note, Note)
        self._entries[-1] = replace(note, text=joined(note.text, text))

    def order(self, text: str, line: int) -> None:
        """A line for the simulator."""
        self._close_reply()
        self._entries.append(Command(text, line))

    def entries(self) -> tuple[Entry, ...]:
        """All of them; where the file shows no reply at all, DATA alone begins a letter."""
        self._close_reply()
        certain = self.code or self._told
        return tuple(self._entries if certain else _unanswered_letters(self._entries))

    @property
    def reply_open(self) -> bool:
        """Whether the last line was one of a reply that goes on (`250-`)."""
        return self._reply is not None

    @property
    def unanswered(self) -> bool:
        """Whether a command still waits for its reply."""
        return self._asked > self._answered

    @property
    def settled(self) -> bool:
        """Whether commands have come, and each has its reply."""
        return self._asked > 0 and not self.unanswered and not self.reply_open

    @property
    def in_letter(self) -> bool:
        """Whether the next client line is one of a letter, or will be one when DATA is accepted."""
        return self.stage is Stage.LETTER or self._inside

    def _without_code(self, text: str, line: int) -> None:
        if self._reply is not None:
            self._reply[1].append(text)
        elif text.strip():
            self.note(text, line)

    def _close_reply(self) -> None:
        if self._reply is None:
            return
        code, lines, line = self._reply
        greeting = self.code == 0 and code == _GREETING
        self.code, self._reply = code, None
        self._entries.append(Server(code, tuple(lines), line))
        self._answered += self.unanswered and not greeting
        self._answer()

    def _answer(self) -> None:
        self.stage = Stage.COMMAND
        if self._data and (self.code == 354 or self._refused(self._data[0])):
            data = self._data.popleft()
            if self.code == 354:
                self._sent_ahead(data.place + 1)
            self._inside = self._inside and bool(self._data)
        elif self.code == 354:
            self.stage = Stage.LETTER
        self.letter_lines = 0

    def _refused(self, data: _Data) -> bool:
        """Whether the reply that just ended answers DATA: no such reply is positive (RFC 5321 4.3.2)."""
        return self.code >= 400 and data.number <= self._answered + self._content

    def _sent_ahead(self, start: int) -> None:
        """Make content of the client lines that were sent after DATA before its reply came."""
        dot = next((index for index, entry in self._clients(start) if entry.text == "."), None)
        self.stage = Stage.LETTER if dot is None else Stage.COMMAND
        end = self._run(start) if dot is None else dot
        sent = list(self._clients(start, end))
        for index, entry in sent:
            self._entries[index] = Content(unstuffed(entry.text), entry.line)
        self._asked -= len(sent)
        self._content += len(sent)

    def _clients(self, start: int, end: int | None = None) -> Iterable[tuple[int, Client]]:
        for index in range(start, len(self._entries) if end is None else end):
            entry = self._entries[index]
            if isinstance(entry, Client):
                yield index, entry

    def _run(self, start: int) -> int:
        end = start
        while end < len(self._entries) and isinstance(self._entries[end], Client):
            end += 1
        return end

    def _letter(self, text: str, line: int) -> None:
        if text == ".":
            self._entries.append(Client(text, line))
            self.stage = Stage.COMMAND
            self._asked += 1
        else:
            self._entries.append(Content(unstuffed(text), line))
            self.letter_lines += 1

    def _command(self, text: str, line: int) -> None:
        self._entries.append(Client(text, line))
        self._asked += 1
        if self._inside:
            self._inside = text != "."
        elif is_data(text):
            self._inside = True
            self._data.append(_Data(len(self._entries) - 1, self._asked + self._content))
        elif size := chunk_size(text):
            self._chunk = size
            self.stage = Stage.CHUNK


def joined(text: str, more: str) -> str:
    """Two lines of running text as one. Between two wide characters, and beside wide punctuation, stands no space."""
    if not text or not more:
        return text or more
    last, first = text[-1], more[0]
    close = any(_wide(char) and unicodedata.category(char).startswith("P") for char in (last, first))
    return text + ("" if close or (_wide(last) and _wide(first)) else " ") + more


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def is_command(text: str) -> bool:
    """Whether a line begins with a verb of SMTP."""
    match = _VERB.match(text)
    return match is not None and match[0].upper() in _VERBS


def is_data(text: str) -> bool:
    """Whether a command is DATA (RFC 5321 4.1.1.4)."""
    return text[:4].upper() == "DATA" and not text[4:].strip()


def chunk_size(text: str) -> int | None:
    """The octets that a BDAT command announces (RFC 3030 2), or None where it is another command."""
    if text[:4].upper() != "BDAT":
        return None
    match = _BDAT.fullmatch(text)
    return int(match[1]) if match else None


def spoken(entries: Iterable[Entry]) -> Iterable[tuple[Entry, str]]:
    """Each entry with its text as it went over the wire: the dots of a letter stuffed, a chunk as it is.

    A reply has no such text of its own: "" stands there.
    """
    chunk = False
    for entry in entries:
        if isinstance(entry, Content):
            yield entry, entry.text if chunk else stuffed(entry.text)
            continue
        if isinstance(entry, Client):
            chunk = chunk_size(entry.text) is not None
        if isinstance(entry, Server):
            chunk = chunk and entry.code != 354
        yield entry, "" if isinstance(entry, Server) else entry.text


def _unanswered_letters(entries: Iterable[Entry]) -> Iterable[Entry]:
    inside = False
    for entry in entries:
        if not isinstance(entry, Client):
            yield entry
        elif not inside:
            inside = is_data(entry.text)
            yield entry
        elif entry.text == ".":
            inside = False
            yield entry
        else:
            yield Content(unstuffed(entry.text), entry.line)
