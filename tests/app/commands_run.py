"""Runs commands one after the other in one process, and prints what each asked of the network: every socket that is
opened, bound, connected or sent to, and every name that is looked up, told by Python's audit events."""

from __future__ import annotations

import io
import json
import socket
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from smtpsim.app.main import main

SESSION = (
    b"EHLO a.example\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<test@hogefuga.com>\r\nDATA\r\n\r\nx\r\n.\r\nQUIT\r\n"
)
COMMANDS = b":help\r\n:dns\r\n:hosts\r\n:spf\r\n:wait 1d\r\n:queue\r\n" + SESSION


class Row(NamedTuple):
    """A command line, with {} for an empty folder, and what it reads from standard input."""

    arguments: tuple[str, ...]
    source: bytes = b""
    ends: tuple[int, ...] = (0,)


_COMPOSE = ("compose", "--from", "a@example.com", "--to", "test@hogefuga.com", "--body", "x")

ROWS: Mapping[str, tuple[Row, ...]] = {
    "": (Row((), SESSION), Row(("--commands",), COMMANDS), Row(("--version",)), Row(("--help",))),
    "repl": (Row(("repl",), SESSION),),
    "replay": (
        Row(("replay", "first-mail", "--instant")),
        Row(("replay", "first-mail", "--check")),
        Row(("replay", "first-mail", "--panel")),
        Row(("replay", "first-mail", "--export", "{}/page.html")),
    ),
    "spf": (
        Row(("spf", "192.0.2.10", "a@example.com"), ends=(0, 1)),
        Row(("spf", "192.0.2.10", "a@nowhere.example"), ends=(0, 1)),
    ),
    "explain": (Row(("explain", "550")), Row(("explain",))),
    "compose": (Row(_COMPOSE), Row((*_COMPOSE, "--text"))),
    "campaign": (Row(("campaign", "--recipients", "100", "--days", "2", "--json")),),
    "grade": (Row(("grade", "first-mail", "--task", "hello"), ends=(0, 1)),),
    "lesson list": (Row(("lesson", "list")),),
    "lesson start": (Row(("lesson", "start", "hello"), SESSION),),
    "lesson check": (Row(("lesson", "check", "hello")),),
    "lesson progress": (Row(("lesson", "progress")),),
    "lesson export": (Row(("lesson", "export")),),
    "lesson reset": (Row(("lesson", "reset", "all")),),
    "lesson new": (Row(("lesson", "new", "{}/mine")),),
    "world show": (Row(("world", "show")),),
    "world check": (Row(("world", "check")),),
    "world init": (Row(("world", "init", "{}/world")),),
    "transcript list": (Row(("transcript", "list")),),
    "transcript formats": (Row(("transcript", "formats")),),
    "transcript convert": (Row(("transcript", "convert", "first-mail", "--to", "json")),),
}
"""Every command but those that are there to open ports."""

_OF_THIS_MACHINE = {getattr(socket, "AF_UNIX", None)}
"""What a loop of asyncio wakes itself by."""


class Asked(NamedTuple):
    event: str
    of: str


class Listening:
    """Notes what is asked of the network. A hook cannot be taken off again."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, given: tuple[object, ...]) -> None:
        if event == "socket.__new__" and given[1] in _OF_THIS_MACHINE:
            return
        if event.partition(".")[0] in ("socket", "smtplib", "urllib", "ftplib", "http"):
            self.asked.append(Asked(event, repr(given[-1])))


def ended(row: Row, folder: str) -> tuple[int, str]:
    """The exit status, and what was said on standard error."""
    standard, out, err = sys.stdin, io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(row.source), encoding="utf-8")
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = main([argument.replace("{}", folder) for argument in row.arguments])
    finally:
        sys.stdin = standard
    return status, err.getvalue()


def tell() -> None:
    """Print a line of JSON for each run: command, arguments, whether its exit status is one of those that it may have,
    standard error, what was asked; at last what is heard of a socket, so that it shows that something would be."""
    listening = Listening()
    for name, rows in ROWS.items():
        for row in rows:
            listening.asked.clear()
            with tempfile.TemporaryDirectory() as folder:
                status, err = ended(row, folder)
            print(json.dumps([name, row.arguments, status in row.ends, err, listening.asked]), flush=True)
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
    print(json.dumps([event for event, _ in listening.asked]))


def serve(arguments: list[str]) -> int:
    """Run a command until a signal ends it; a line of JSON on standard error tells what was asked."""
    listening = Listening()
    status = main(arguments)
    print(json.dumps(listening.asked), file=sys.stderr)
    return status


if __name__ == "__main__":
    if not sys.argv[1:]:
        tell()
    else:
        sys.exit(serve(sys.argv[1:]))
