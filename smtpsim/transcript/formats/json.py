"""The dialogue as JSON Lines: one object an entry, see DESIGN.md, *Contracts*.

    {"who": "directive", "key": "title", "value": "..."}    {"who": "connect", "host": "...", "port": "smtp"}
    {"who": "client", "text": "EHLO x"}                     {"who": "server", "code": 250, "lines": ["..."]}
    {"who": "content", "text": "..."}                       {"who": "command", "text": ":wait 4h"}
    {"who": "note", "text": "...", "lang": "ja", "place": "after"}

`lang` stands only where the note has one, `place` (after, ask, answer) only where it is another than that of a note.

An octet that is not UTF-8 is a lone low surrogate, `\\udc80` to `\\udcff` (PEP 383).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from smtpsim.kernel.printable import visible
from smtpsim.transcript.assembly import NO_CODE
from smtpsim.transcript.dialogue import (
    PLACE,
    Client,
    Command,
    Content,
    Dialogue,
    Directive,
    Entry,
    Note,
    Place,
    Server,
    Target,
    TranscriptFault,
)
from smtpsim.transcript.format import EVERYTHING, Format, Sign

_NOT_TEXT = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_KEY = re.compile(r"(?!(?:note|after|ask|answer)(?:\.|$))[a-z][a-z0-9_.-]*", re.ASCII)
_LANG = re.compile(r"(?:[a-z][a-z0-9-]*)?", re.ASCII)
_PLACE = re.compile(PLACE)
_NOTE_PLACE = re.compile("|".join(Place))
_COMMAND = re.compile(r":.*", re.DOTALL)
_ANY = re.compile(r".*", re.DOTALL)


class _Wrong(Exception):
    """The field of an object that is not as it should be. It never leaves this file."""


def _string(item: Mapping[str, Any], field: str, pattern: re.Pattern[str] = _ANY) -> str:
    value = item.get(field)
    if not isinstance(value, str) or _NOT_TEXT.search(value) or not pattern.fullmatch(value):
        raise _Wrong(field)
    return value


def _server(item: Mapping[str, Any], line: int) -> Server:
    code, lines = item.get("code"), item.get("lines")
    if code is None:
        code = NO_CODE
    elif type(code) is not int or not 100 <= code <= 999:
        raise _Wrong("code")
    if not isinstance(lines, list) or not lines:
        raise _Wrong("lines")
    return Server(code, tuple(_string({"lines": text}, "lines") for text in lines), line)


def _note(item: Mapping[str, Any], line: int) -> Note:
    told = {"lang": "", "place": Place.NOTE.value, **item}
    return Note(_string(told, "text"), _string(told, "lang", _LANG), line, Place(_string(told, "place", _NOTE_PLACE)))


_ENTRIES: Mapping[str, Callable[[Mapping[str, Any], int], Entry]] = {
    "client": lambda item, line: Client(_string(item, "text"), line),
    "content": lambda item, line: Content(_string(item, "text"), line),
    "server": _server,
    "note": _note,
    "command": lambda item, line: Command(_string(item, "text", _COMMAND), line),
}


class _Reader:
    """What has been read so far."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.directives: list[Directive] = []
        self.target: Target | None = None

    def take(self, item: Mapping[str, Any], line: int) -> None:
        """Read one object."""
        who = item.get("who")
        if who == "directive":
            self.directives.append(Directive(_string(item, "key", _KEY), _string(item, "value")))
        elif who == "connect":
            self._connect(Target(_string(item, "host", _PLACE), _string(item, "port", _PLACE)), line)
        elif isinstance(who, str) and who in _ENTRIES:
            self.entries.append(_ENTRIES[who](item, line))
        else:
            raise _Wrong("who")

    def _connect(self, target: Target, line: int) -> None:
        if self.target is None:
            self.target = target
        else:
            self.entries.append(Command(f":connect {target.host}:{target.port}", line))


def read(source: Sequence[str]) -> Dialogue | TranscriptFault:
    """Read JSON Lines. Blank lines and fields that are not known are passed over."""
    reader = _Reader()
    for line, text in enumerate(source, 1):
        if not text.strip():
            continue
        try:
            item = json.loads(text)
        except (ValueError, RecursionError):
            return TranscriptFault(line, "json-syntax")
        if not isinstance(item, dict):
            return TranscriptFault(line, "json-syntax")
        try:
            reader.take(item, line)
        except _Wrong as wrong:
            return TranscriptFault(line, "json-field", (("field", str(wrong)),))
    return Dialogue(tuple(reader.entries), tuple(reader.directives), reader.target)


def write(dialogue: Dialogue) -> str:
    """Write JSON Lines. Control characters are escaped, so that the lines are safe on a terminal."""
    return "".join(f"{_line(item)}\n" for item in _items(dialogue))


def _items(dialogue: Dialogue) -> Iterable[dict[str, Any]]:
    for directive in dialogue.directives:
        yield {"who": "directive", "key": directive.key, "value": directive.value}
    if dialogue.target:
        yield {"who": "connect", "host": dialogue.target.host, "port": dialogue.target.port}
    for entry in dialogue.entries:
        yield _item(entry)


def _item(entry: Entry) -> dict[str, Any]:
    match entry:
        case Client(text):
            return {"who": "client", "text": text}
        case Content(text):
            return {"who": "content", "text": text}
        case Server(code, lines):
            return {"who": "server", "code": code or None, "lines": list(lines)}
        case Note(text, lang, _, place):
            more = {"lang": lang, "place": "" if place is Place.NOTE else place.value}
            return {"who": "note", "text": text, **{key: value for key, value in more.items() if value}}
        case Command(text):
            return {"who": "command", "text": text}


def _line(item: dict[str, Any]) -> str:
    return visible(json.dumps(item, ensure_ascii=False), _escape)


def _escape(code: int) -> str:
    """A character that is not seen, as JSON writes it: beyond U+FFFF as two surrogates (RFC 8259 7)."""
    return json.dumps(chr(code))[1:-1]


FORMAT = Format(
    name="json",
    keeps=EVERYTHING,
    read=read,
    write=write,
    endings=(".jsonl", ".json"),
    signs=(Sign(r'\{.*"who"\s*:', 100),),
)
