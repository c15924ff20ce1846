"""What the program finds around it, as one argument, so that the whole of it can be run in a test."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import BinaryIO, NamedTuple, Protocol, TextIO, cast

from smtpsim.disk.regular import MOST_OCTETS, TOO_LARGE, Unfit
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure


class Input(Protocol):
    """What octets are read from: `read1` gives what is there, b"" at the end."""

    def read1(self, size: int, /) -> bytes: ...


def read_input(source: Input, name: str, say: Words, most: int = MOST_OCTETS) -> bytes:
    """All of the standard input, called `name`, which is a file as large as others. Raises Failure in one line."""
    pieces, left = [], most
    while left >= 0 and (piece := source.read1(65_536)):
        pieces.append(piece)
        left -= len(piece)
    if left < 0:
        from smtpsim.shell.reading import why

        raise Failure(say("cli.unreadable", name=name, reason=why(Unfit(TOO_LARGE, name, most), say)))
    return b"".join(pieces)


class Environment(NamedTuple):
    """The streams, the variables, and whether a person sits at both ends."""

    source: Input
    sink: BinaryIO
    out: TextIO
    err: TextIO
    variables: Mapping[str, str]
    interactive: bool

    @property
    def columns(self) -> int:
        """How wide the output may be: COLUMNS, else the terminal's width, else 80."""
        from shutil import get_terminal_size

        told = self.variables.get("COLUMNS", "")
        given = int(told) if told.isdecimal() and len(told) < 5 else 0
        return given or get_terminal_size().columns


def real() -> Environment:
    """The environment of this process. A character that its encoding has no octets for is written as `\\uNNNN`."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    return Environment(
        source=cast(Input, sys.stdin.buffer),
        sink=sys.stdout.buffer,
        out=sys.stdout,
        err=sys.stderr,
        variables=os.environ,
        interactive=sys.stdin.isatty() and sys.stdout.isatty(),
    )


def _open_closed_streams() -> None:
    """A stream that the caller has closed (`<&-`) is one that is empty, or that nobody reads."""
    if sys.stdin is None:
        sys.stdin = nothing("r")
    if sys.stdout is None:
        sys.stdout = nothing("w")
    if sys.stderr is None:
        sys.stderr = nothing("w")


def nothing(mode: str) -> TextIO:
    """A stream for as long as the process lives."""
    return cast(TextIO, open(os.devnull, mode, encoding="utf-8"))
