"""What the program finds around it, as one argument, so that the whole of it can be run in a test."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple, TextIO, cast

from smtpsim.app.pipe import Input


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
        return int(told) if told.isdecimal() and int(told) else get_terminal_size().columns


def real() -> Environment:
    """The environment of this process."""
    return Environment(
        source=cast(Input, sys.stdin.buffer),
        sink=sys.stdout.buffer,
        out=sys.stdout,
        err=sys.stderr,
        variables=os.environ,
        interactive=sys.stdin.isatty() and sys.stdout.isatty(),
    )
