"""A recorded dialogue: what the client and the server said, in the order of the file.

Texts are lines without their line ending. Octets that are not UTF-8 stand in them as surrogate escapes
(PEP 383), so that `text.encode("utf-8", "surrogateescape")` gives back what the file held.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Client:
    """A command, an AUTH continuation (RFC 4954 4), or "." where the letter ends (RFC 5321 4.1.1.4).

    `mask` is what a replay shows in place of a text that holds a secret, see `redacted`.
    """

    text: str
    line: int = field(default=0, compare=False)
    mask: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Content:
    """A line of the letter with its dot unstuffed (RFC 5321 4.5.2), or of a BDAT chunk (RFC 3030 2).

    `mask` is as in `Client`.
    """

    text: str
    line: int = field(default=0, compare=False)
    mask: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Server:
    """One reply, whole (RFC 5321 4.2.1): its code, and the text of each of its lines, at least one.

    In POP3 and IMAP, which have no codes, the code is 0 and the lines are whole.
    """

    code: int
    lines: tuple[str, ...]
    line: int = field(default=0, compare=False)


class Place(StrEnum):
    """Which step a note belongs to, and is shown with.

    An ASK is put to a class before the next step, which is not shown in advance then; its ANSWER comes with that step.
    A LINE is no remark: it is typed in the place of the client's next line, see `own_lines`.
    """

    NOTE = "note"  # the step that follows
    AFTER = "after"  # the step before: what it brought
    ASK = "ask"  # the step before
    ANSWER = "answer"  # the step that follows
    LINE = "line"  # the client's next line, which it replaces for readers of its language


@dataclass(frozen=True, slots=True)
class Note:
    """A remark for the reader. `lang` is "" where it is meant for every language, else a tag such as "ja"."""

    text: str
    lang: str = ""
    line: int = field(default=0, compare=False)
    place: Place = Place.NOTE


@dataclass(frozen=True, slots=True)
class Command:
    """A line for the simulator itself, with its colon: `:wait 4h`."""

    text: str
    line: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        """The command's name in lower case, as it is written."""
        return self.text.strip().removeprefix(":").strip().partition(" ")[0].lower()


Entry = Client | Content | Server | Note | Command


@dataclass(frozen=True, slots=True)
class Directive:
    """A setting of the file: `# client: 192.0.2.10`. The key is in lower case."""

    key: str
    value: str
    line: int = field(default=0, compare=False)


PLACE = r"(?!-)[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+"
"""What a host or a port is made of: no space, no control character, no hyphen in front."""


class Target(NamedTuple):
    """Where the client connected to: a host name or address, and a port number or service name, see `PLACE`."""

    host: str
    port: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """All that a transcript tells. Line numbers and the format's name do not count in comparisons."""

    entries: tuple[Entry, ...] = ()
    directives: tuple[Directive, ...] = ()
    target: Target | None = None
    format: str = field(default="", compare=False)

    def directive(self, key: str, default: str = "") -> str:
        """The value of the last directive with this key."""
        return next((one.value for one in reversed(self.directives) if one.key == key), default)


class TranscriptFault(NamedTuple):
    """Why a file is not a transcript: the words' key, the values they name, and where it is.

    `line` counts from 1; it is 0 where the whole file is meant.
    """

    line: int
    key: str
    values: tuple[tuple[str, str], ...] = ()
    name: str = ""
