"""Reading what a terminal showed: nothing tells who speaks but the reply codes and the order of the lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import Pattern
from typing import NamedTuple

from smtpsim.transcript.assembly import Assembly, Stage, is_command
from smtpsim.transcript.dialogue import Dialogue

_NOTHING = re.compile(r"(?!)")
_REPLY = re.compile(r"[2-5][0-9]{2}(?:[ -]|$)")
_LAST_WORDS = re.compile(r"[45][0-9]{2} ")
_GOODBYE = re.compile(r"421[ -]")
_NOT_UNDERSTOOD = re.compile(r"50[0-4][ -]")
_KEY = re.compile(r"\^[\]\\CDZ]")
_HUNG_UP = (221, 421)


class Noise(NamedTuple):
    """What a program shows beside the dialogue.

    `beside` matches lines between commands, `within` lines that stand even in the middle of a letter. A line
    that matches `opens` begins a block that nobody said; it goes on to the line that matches `closes`, or to
    a command.
    """

    beside: Pattern[str] = _NOTHING
    within: Pattern[str] = _NOTHING
    opens: Pattern[str] = _NOTHING
    closes: Pattern[str] = _NOTHING


class _Screen:
    """One pass over the lines."""

    def __init__(self, lines: Sequence[str], noise: Noise, chunks: frozenset[int]) -> None:
        self.lines = lines
        self.chunks = chunks
        self.noise = noise
        self.assembly = Assembly()
        self.last = self._last_words()
        self._in_block = False
        self._last_dot = max((index for index, line in enumerate(lines) if line == "."), default=-1)

    def _last_words(self) -> int:
        """The index of the last line that is not noise."""
        index = len(self.lines) - 1
        while index >= 0 and (not self.lines[index].strip() or self._aside(self.lines[index])):
            index -= 1
        return index

    def _aside(self, text: str) -> bool:
        """Whether a line between commands is the program's own, or a key that stopped it."""
        return self.noise.beside.match(text) is not None or _KEY.fullmatch(text) is not None

    def take(self, index: int) -> None:
        """Read one line."""
        text = self.lines[index]
        if index in self.chunks:
            self.assembly.client(text, index + 1)
            return
        if index > self.last or self.noise.within.match(text) or self._blocked(text):
            return
        if self.assembly.stage is Stage.LETTER:
            self._letter(index, text)
        elif _REPLY.match(text) and not self._unheard() and not self._mistaken(index):
            self.assembly.server(text, index + 1)
        elif self._typed(index, text):
            self.assembly.client(text, index + 1)

    def _unheard(self) -> bool:
        """Whether a letter is going on in a file that has shown no reply yet."""
        return self.assembly.code == 0 and self.assembly.in_letter

    def _blocked(self, text: str) -> bool:
        if self._in_block:
            if self.noise.closes.match(text):
                self._in_block = False
                return True
            self._in_block = not is_command(text)
            return self._in_block
        self._in_block = self.assembly.stage is Stage.COMMAND and self.noise.opens.match(text) is not None
        return self._in_block

    def _mistaken(self, index: int) -> bool:
        """Whether what looks like a reply was typed: nothing waits for one, and the server understands nothing."""
        return self.assembly.settled and self._followed_by(index, _NOT_UNDERSTOOD)

    def _letter(self, index: int, text: str) -> None:
        """A line after a 354. A reply there means: the letter is not shown, or the server gave up."""
        unseen = self.assembly.letter_lines == 0 and _REPLY.match(text)
        gave_up = index == self.last and _LAST_WORDS.match(text)
        hung_up = index > self._last_dot and _GOODBYE.match(text)
        if unseen or gave_up or hung_up:
            self.assembly.server(text, index + 1)
        else:
            self.assembly.client(text, index + 1)

    def _typed(self, index: int, text: str) -> bool:
        """Whether a line that is no reply is the client's."""
        assembly = self.assembly
        if assembly.stage is Stage.CHUNK or assembly.in_letter:
            return True
        if self._aside(text):
            return False
        if not text.strip():
            return self._empty_command(index)
        if assembly.code == 0 or assembly.code in _HUNG_UP:
            return is_command(text)
        return True

    def _empty_command(self, index: int) -> bool:
        """Whether a blank line was typed: the server does not understand it, and nothing else waits."""
        if self.assembly.code == 0 or self.assembly.unanswered or self.assembly.reply_open:
            return False
        return self._followed_by(index, _REPLY if self.assembly.code == 334 else _NOT_UNDERSTOOD)

    def _followed_by(self, index: int, pattern: Pattern[str]) -> bool:
        """Whether the next line that somebody said matches."""
        index += 1
        while index < len(self.lines) and self.noise.within.match(self.lines[index]):
            index += 1
        return index < len(self.lines) and pattern.match(self.lines[index]) is not None


def read_unmarked(lines: Sequence[str], noise: Noise, chunks: frozenset[int] = frozenset()) -> Dialogue:
    """The dialogue in `lines`. What stands before the first reply counts only where it is a command. `chunks` are the
    indexes of lines that are known to lie in a BDAT chunk."""
    screen = _Screen(lines, noise, chunks)
    for index in range(len(lines)):
        screen.take(index)
    return Dialogue(screen.assembly.entries())
