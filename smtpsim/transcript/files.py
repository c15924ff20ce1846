"""Reading and writing a dialogue in a format that is named, or recognised by the content."""

from __future__ import annotations

from dataclasses import replace

from smtpsim.kernel.printable import encoded
from smtpsim.transcript import formats
from smtpsim.transcript.dialogue import Dialogue, TranscriptFault
from smtpsim.transcript.format import Format
from smtpsim.transcript.own_lines import with_own_lines
from smtpsim.transcript.recognise import doubt, recognise
from smtpsim.transcript.source import lines_of, plain


class FormatError(ValueError):
    """A format that does not exist or is only read: `args[0]` is its name."""


def read(source: bytes, *, name: str = "", format: str | None = None, lang: str = "") -> Dialogue | TranscriptFault:
    """The dialogue that a file holds, or why it holds none.

    `name` stands in the fault, for the person who reads it. Without `format` the content decides. The file is
    UTF-8, UTF-16 with a byte order mark, or ISO-2022-JP; its lines end in CRLF or LF. Secrets are kept: see
    `masked`. Where the client types something else for readers of a language, `lang` names whose lines are taken.
    """
    lines = plain(lines_of(source))
    chosen = format or recognise(lines)
    if chosen is None:
        first = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
        return TranscriptFault(first or 1, "unknown" if first else "empty", name=name)
    form = formats.load(chosen)
    if form is None or form.read is None:
        values = (("format", chosen), ("formats", ", ".join(readable())))
        return TranscriptFault(0, "format", values, name)
    found = form.read(lines)
    if not isinstance(found, TranscriptFault):
        found = (None if format else doubt(found)) or replace(with_own_lines(found, lang), format=chosen)
    return found._replace(name=name) if isinstance(found, TranscriptFault) else found


def readable() -> tuple[str, ...]:
    """The names of the formats that can be read."""
    return tuple(form.name for form in formats.every() if form.read)


def writable() -> tuple[str, ...]:
    """The names of the formats that can be written."""
    return tuple(form.name for form in formats.every() if form.write)


def format_of(path: str) -> Format | None:
    """The format that a file's name ends for, None where it is no dialogue's."""
    return next((form for form in formats.every() if path.lower().endswith(form.endings)), None)


def write(dialogue: Dialogue, format: str) -> bytes:
    """The dialogue as a file, UTF-8 with LF. Raises FormatError where `format` cannot be written."""
    form = formats.load(format)
    if form is None or form.write is None:
        raise FormatError(format)
    return encoded(form.write(dialogue))
