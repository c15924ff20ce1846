"""A real terminal: the program in a pseudo terminal, the screen that it draws read back with pyte."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

PATIENCE = 20
"""Seconds after which a screen that never comes fails the test."""

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "space": " ",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "ctrl-c": "\x03",
    "ctrl-d": "\x04",
    "ctrl-y": "\x19",
    "ctrl-z": "\x1a",
    "ctrl-]": "\x1d",
}


class Terminal:
    """One run of the program. `state` is the folder that its history and journal go to; `program` is how Python is
    told to run it."""

    program: tuple[str, ...] = ("-m", "smtpsim")

    def __init__(
        self,
        state: Path,
        *arguments: str,
        columns: int = 120,
        rows: int = 36,
        **variables: str,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        environment = {**os.environ, "XDG_STATE_HOME": str(state), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        environment.pop("NO_COLOR", None)
        self.child = pexpect.spawn(
            sys.executable,
            [*self.program, *arguments],
            env={**environment, **variables},
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )
        self.child.delaybeforesend = None

    def type(self, text: str) -> None:
        self.child.send(text.encode("utf-8", "surrogateescape"))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.type(KEYS[key])

    def enter(self, *lines: str) -> None:
        """Type lines, each after the step before it is on the screen."""
        for line in lines:
            self.type(f"{line}\r")

    def paste(self, text: str) -> None:
        self.type(f"\x1b[200~{text}\x1b[201~")

    def wheel(self, down: bool, column: int, row: int) -> None:
        """One notch of the mouse wheel, in the form that terminals call SGR."""
        self.type(f"\x1b[<{65 if down else 64};{column};{row}M")

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size once nothing more is drawn for the old one."""
        while self._read():
            pass
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    @property
    def text(self) -> str:
        """The screen line by line; behind a wide character stands an empty cell, which may outlive it for a moment."""
        columns = range(self.screen.columns)
        lines = ("".join(self.cell(column, row) for column in columns) for row in range(self.screen.lines))
        return "\n".join(line.rstrip() for line in lines)

    def cell(self, column: int, row: int) -> str:
        """The character in one cell, counted from 0; a wide one has an empty cell behind it."""
        data: str = self.screen.buffer[row][column].data
        return data

    def wait(self, wanted: str | Callable[[str], bool]) -> str:
        """Read what the program draws until the text is on the screen and drawn to its end; gives the screen."""
        seen = (lambda text: wanted in text) if isinstance(wanted, str) else wanted
        end = time.monotonic() + PATIENCE
        while not (seen(self.text) and self._drawn()):
            if time.monotonic() > end:
                raise AssertionError(f"never on the screen: {wanted!r}\n{self.text}")
            self._read()
        return self.text

    def step(self, number: int) -> str:
        """Wait until a step is shown and the next one can be typed."""
        return self.wait(lambda text: re.search(rf"^ *{number + 1} [>:│]", text, re.MULTILINE) is not None)

    def ended(self) -> int:
        """Wait for the end of the program; gives its exit status."""
        while True:
            try:
                self._read()
            except pexpect.EOF:
                self.child.close()
                status: int = self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus
                return status

    def _drawn(self) -> bool:
        """Whether nothing is left to draw. The cursor is hidden meanwhile, and where a question is asked."""
        return not self.screen.cursor.hidden or not self._read()

    def _read(self) -> bool:
        """Take in what was drawn; False when nothing was for a while."""
        try:
            octets = self.child.read_nonblocking(65_536, timeout=0.2)
        except pexpect.TIMEOUT:
            return False
        self.raw += octets
        self._stream.feed(octets)
        return True
