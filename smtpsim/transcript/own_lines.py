"""What the client types in one language in the place of a line: a letter that its readers understand.

    # line.ja: Subject: =?UTF-8?B?44GT44KT44Gr44Gh44Gv?=
    # line.ja: MIME-Version: 1.0
    > Subject: hello

A reader of Japanese gets the two lines, everybody else the one. What is replaced is the client's next line, be it a
command or one of the letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smtpsim.kernel.dots import unstuffed
from smtpsim.transcript.dialogue import Client, Content, Dialogue, Entry, Note, Place


def with_own_lines(dialogue: Dialogue, lang: str) -> Dialogue:
    """The dialogue as it is typed for readers of one language; "" is none of those that have lines of their own."""
    return replace(dialogue, entries=tuple(_typed(dialogue.entries, lang.lower())))


def _typed(entries: tuple[Entry, ...], lang: str) -> Iterator[Entry]:
    own: list[Note] = []
    for entry in entries:
        match entry:
            case Note(place=Place.LINE):
                own += [entry] if entry.lang == lang else []
            case Client() | Content():
                yield from [_in_place_of(entry, note) for note in own] or [entry]
                own = []
            case _:
                yield entry


def _in_place_of(entry: Client | Content, note: Note) -> Entry:
    if isinstance(entry, Client):
        return Client(note.text, note.line)
    return Content(unstuffed(note.text), note.line)
