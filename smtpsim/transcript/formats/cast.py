r"""A recording of a terminal, asciicast v2 (https://docs.asciinema.org/manual/asciicast/v2/): one JSON value a line.

    {"version": 2, "width": 80, "height": 30, "command": "smtpsim replay", "title": "The first mail"}
    [0.3, "o", "220 Connected\r\n"]

What is written shows our own form as a person would type it; the commands are markers that a player can jump to.
What is read may be anybody's: the text on the screen is put together and taken for the format that it is in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from smtpsim.kernel.printable import printable
from smtpsim.transcript import formats
from smtpsim.transcript.dialogue import Dialogue, TranscriptFault
from smtpsim.transcript.format import ONE_LANGUAGE, Format, Sign
from smtpsim.transcript.formats import text as own
from smtpsim.transcript.keystrokes import typed
from smtpsim.transcript.losses import kept
from smtpsim.transcript.recognise import recognise
from smtpsim.transcript.source import plain

OWN_COMMAND = "smtpsim replay"
"""What the header of a recording that we wrote names as the program that ran."""

_NARROWEST, _WIDEST, _HEIGHT = 80, 120, 30
_TERMINAL = "xterm-256color"


def write(dialogue: Dialogue) -> str:
    """Write a recording. It holds no date: the same dialogue gives the same octets."""
    lines = own.write(kept(dialogue, ONE_LANGUAGE)).split("\n")[:-1]
    return "".join(f"{json.dumps(value, ensure_ascii=False)}\n" for value in _values(dialogue, lines))


def _values(dialogue: Dialogue, lines: Sequence[str]) -> Iterator[Any]:
    title = dialogue.directive("title")
    yield {
        "version": 2,
        "width": _width(lines),
        "height": _HEIGHT,
        "command": OWN_COMMAND,
        **({"title": printable(title)} if title else {}),
        "env": {"TERM": _TERMINAL},
    }
    yield from typed(lines)


def _width(lines: Sequence[str]) -> int:
    """The columns of the longest line, within what players show well."""
    from wcwidth import wcswidth

    return min(max([_NARROWEST, *map(wcswidth, lines)]), _WIDEST)


def read(source: Sequence[str]) -> Dialogue | TranscriptFault:
    """Read a recording: what stood on the screen, line by line, in whatever format it is."""
    try:
        header = _header(source)
        screen = list(_screen(source))
    except _Wrong as wrong:
        return TranscriptFault(wrong.line, "cast-line")
    shown = plain([text for text, _ in screen])
    found = _reader(header, shown)(shown)
    places = [line for _, line in screen]
    if isinstance(found, TranscriptFault):
        return found._replace(line=places[found.line - 1])
    entries = tuple(replace(entry, line=places[entry.line - 1]) for entry in found.entries)
    return replace(found, entries=entries)


class _Wrong(Exception):
    """A line that is none of a recording's. It never leaves this file."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _header(source: Sequence[str]) -> Mapping[str, Any]:
    header = _value(source[0] if source else "", 1)
    if not isinstance(header, dict):
        raise _Wrong(1)
    return header


def _screen(source: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The lines of the screen, each with the line of the file that it begins in."""
    pieces: list[str] = []
    begun = 1
    for number, text in enumerate(source[1:], 2):
        *whole, rest = _appeared(text, number).split("\n")
        for piece in whole:
            yield "".join([*pieces, piece]).rstrip("\r"), begun if pieces else number
            pieces = []
        if rest:
            begun = begun if pieces else number
            pieces.append(rest)
    if pieces:
        yield "".join(pieces).rstrip("\r"), begun


def _appeared(text: str, number: int) -> str:
    """What one event wrote on the screen; nothing for markers and keys, blank lines and comments."""
    if not text.strip() or text.startswith("#"):
        return ""
    match _value(text, number):
        case [int() | float(), "o", str(data)]:
            return data
        case [int() | float(), str(), *_]:
            return ""
    raise _Wrong(number)


def _value(text: str, number: int) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _Wrong(number) from None


def _reader(header: Mapping[str, Any], shown: Sequence[str]) -> Callable[[Sequence[str]], Dialogue | TranscriptFault]:
    """Ours are in our own form; for others the content decides."""
    name = None if header.get("command") == OWN_COMMAND else recognise(shown)
    form = formats.load(name) if name and name != FORMAT.name else None
    return form.read if form and form.read else own.read


FORMAT = Format(
    name="cast",
    keeps=ONE_LANGUAGE,
    read=read,
    write=write,
    endings=(".cast",),
    signs=(Sign(r'\{(?=.*"version"\s*:\s*[23]\b)(?=.*"(?:width|term)"\s*:)', 2_000),),
    limits=("limit-screen",),
)
