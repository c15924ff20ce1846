"""The full screen in a real terminal, as a person meets it: how it is started, and the mail that is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.e2e.repl.terminal import Terminal

MISSION = (
    "HELO cgi.example.com",
    "MAIL FROM:webmaster@example.com",
    "RCPT TO:test@hogefuga.com",
    "DATA",
    "From: webmaster@example.com",
    "To: test@hogefuga.com",
    "Subject: テストメール",
    "",
    "テストメールの本文です。",
    "",
    ".",
    "QUIT",
)


class Start(Protocol):
    """Starts the program in a terminal."""

    def __call__(self, *arguments: str, columns: int = 120, rows: int = 36, **variables: str) -> Terminal: ...


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """All runs of a test share their state folder; whatever is still running afterwards is ended."""
    begun: list[Terminal] = []

    def begin(*arguments: str, columns: int = 120, rows: int = 36, **variables: str) -> Terminal:
        terminal = Terminal(tmp_path, *arguments, columns=columns, rows=rows, **variables)
        begun.append(terminal)
        terminal.step(0)
        return terminal

    yield begin
    for terminal in begun:
        terminal.child.close(force=True)
