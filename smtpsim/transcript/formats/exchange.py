"""Exchange's protocol logs (CSV): a line for each that was sent (`>`) or received (`<`), with the session's id.

    #Log-type: SMTP Receive Protocol Log
    #Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context
    2026-04-01T09:00:00.000Z,MX\\Default,08DA1,1,10.0.0.1:25,10.0.0.2:5555,>,220 mx.example.com,

In a receive log Exchange is the server, in a send log the client; without the head, the reply codes tell. The letter is
not in the log.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import Format, Sign
from smtpsim.transcript.marked import Numbered, Side, by_session, read_said

_FIELDS = ("date-time", "connector-id", "session-id", "sequence-number", "local-endpoint", "remote-endpoint")
_FIELDS_AFTER = ("event", "data", "context")
_HEAD = re.compile(r"#Fields: (.*)")
_REPLY = re.compile(r"[2-5]\d\d[ -]")


class _Row(NamedTuple):
    line: int
    session: str
    event: str
    data: str


def read(source: Sequence[str]) -> Dialogue:
    """Read a log, one session after the other."""
    rows = list(_rows(source))
    server = {row.session: row.event for row in reversed(rows) if _REPLY.match(row.data)}
    return read_said(by_session(_said(rows, server)))


def _said(rows: Sequence[_Row], server: dict[str, str]) -> Iterator[tuple[str, Numbered]]:
    for row in rows:
        side = Side.SERVER if server.get(row.session) == row.event else Side.COMMAND
        for text in row.data.split("\n"):
            yield row.session, (row.line, side, text.removesuffix("\r"))


def _rows(source: Sequence[str]) -> Iterator[_Row]:
    """The rows that somebody said. A field with a line break in quotes is one row of several lines."""
    fields = [*_FIELDS, *_FIELDS_AFTER]
    numbered = csv.reader(line if not (head := _HEAD.match(line)) else _note(fields, head[1]) for line in source)
    for row in _readable(numbered):
        if len(row) < len(fields) or row[0].startswith("#"):
            continue
        values = dict(zip(fields, row, strict=False))
        if values.get("event") in ("<", ">"):
            yield _Row(numbered.line_num, values["session-id"], values["event"], values["data"])


def _readable(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows up to one that is no CSV, such as one with a NUL or a lone CR outside of quotes."""
    with suppress(csv.Error):
        yield from rows


def _note(fields: list[str], named: str) -> str:
    """Take the names of the fields from the head."""
    fields[:] = named.strip().split(",")
    return "#"


FORMAT = Format(
    name="exchange",
    keeps=frozenset({"commands", "replies"}),
    read=read,
    signs=(
        Sign(r"#Log-type: SMTP \w+ Protocol Log", 500),
        Sign(r"#Fields: date-time,connector-id,session-id", 500),
        Sign(r"\d{4}-\d\d-\d\dT[\d:.]+Z,[^,]*,[0-9A-F]+,\d+,[^,]*,[^,]*,[<>*+-],", 100),
    ),
    limits=("limit-no-content",),
)
