"""From the octets of a file to lines of text: encodings, line endings, and what a terminal left in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.kernel.printable import decoded

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_JIS = re.compile(rb"\x1b\$[@B](?:[\x21-\x7e]{2})+(?:\x1b\([BJ])?")
_LETTER_IN_JIS = re.compile(rb"charset\s*=\s*\"?iso-2022-jp", re.IGNORECASE)
_SEQUENCES = (
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # ECMA-48 5.4, control sequences: colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?"  # ECMA-48 5.6, control strings: titles, links
)
_SHIFTS = r"|\x1b[ -#%-/][ -/]*[0-~]|\x1b[0-OQ-WYZ\\`-~]"  # ECMA-35 13, all others
_ANSI = re.compile(_SEQUENCES + _SHIFTS)
_ANSI_BESIDE_JIS = re.compile(_SEQUENCES)
_QUOTES = 3
_OUR_HEAD = re.compile(r"\s*[$#>]")
_REPLY_EARLY = re.compile(r"(?:.{0,24}?\W)?[2-5]\d\d[ -]")


def lines_of(source: bytes) -> list[str]:
    """The lines of a file, without line endings. Octets that are not UTF-8 stay, as surrogate escapes."""
    text = _decoded(source)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if lines[-1] == "":
        lines.pop()
    return lines


def plain(lines: Sequence[str]) -> list[str]:
    """The lines as they looked on the screen: no colours, no corrected typing, no quotation, no indentation.

    As many lines come out as went in.
    """
    shown = _dedented(_unfenced([_shown(line) for line in lines]))
    for _ in range(_QUOTES):
        if not quoted(shown):
            break
        shown = _dedented([line[2:] for line in shown])
    return shown


def quoted(lines: Sequence[str]) -> bool:
    """Whether every line has the `> ` of a quoted mail, and what is quoted is more than the client's lines.

    The client's lines alone, in our own form, look the same: there is no reply among them.
    """
    marked = [line for line in lines if line.strip()]
    if not marked or not all(line.startswith("> ") or line == ">" for line in marked):
        return False
    return bool(_OUR_HEAD.match(marked[0][2:])) or any(_REPLY_EARLY.match(line[2:]) for line in marked)


def _decoded(source: bytes) -> str:
    for mark, encoding in _BOMS:
        if source.startswith(mark):
            source = source[len(mark) :]
            if encoding != "utf-8":
                return source.decode(encoding, "replace")
    if b"\x1b$" in source and not _LETTER_IN_JIS.search(source):
        source = _JIS.sub(_utf8, source)
    return decoded(source)


def _utf8(match: re.Match[bytes]) -> bytes:
    try:
        return match[0].decode("iso2022_jp").encode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _shown(line: str) -> str:
    if "\x1b" in line:
        line = (_ANSI_BESIDE_JIS if "\x1b$" in line else _ANSI).sub("", line).rstrip("\r")
    return _retyped(line) if "\b" in line else line


def _retyped(line: str) -> str:
    """A line after its backspaces: each moves the cursor back, what follows overwrites."""
    cells: list[str] = []
    cursor = 0
    for char in line:
        if char == "\b":
            cursor = max(0, cursor - 1)
            continue
        cells[cursor : cursor + 1] = [char]
        cursor += 1
    return "".join(cells[:cursor]) + "".join(cells[cursor:]).rstrip(" ")


def _unfenced(lines: list[str]) -> list[str]:
    """With a blank line for each fence of a Markdown code block, where the whole file is one."""
    marks = [number for number, line in enumerate(lines) if line.strip()]
    if len(marks) < 3 or not all(lines[mark].lstrip().startswith("```") for mark in (marks[0], marks[-1])):
        return lines
    return [*lines[: marks[0]], "", *lines[marks[0] + 1 : marks[-1]], "", *lines[marks[-1] + 1 :]]


def _dedented(lines: list[str]) -> list[str]:
    """Without the indentation that all lines have."""
    depth = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return [line[depth:] for line in lines] if depth else lines
