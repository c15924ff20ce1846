"""Reads the path of MAIL and RCPT (RFC 5321 4.1.2): as leniently as most servers do, and saying so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from smtpsim.kernel.address import NULL, Path
from smtpsim.kernel.fault import Fault, Remarks
from smtpsim.kernel.mailbox import read_mailbox
from smtpsim.kernel.mailbox_grammar import QUOTED_STRING
from smtpsim.protocol.smtp import grammar
from smtpsim.protocol.smtp.fault import fault


class FoundPath(NamedTuple):
    """A path, the indices where it begins and after it, and what the grammar would not have had."""

    path: Path
    start: int
    end: int
    remarks: Remarks


def read_path(line: str, start: int) -> FoundPath | Fault:
    """Read the path that begins at index `start` of `line`, where there is something; spaces before it are forgiven."""
    plain = grammar.PLAIN_PATH.match(line, start)
    if plain and plain.end() - start <= grammar.PLAIN_LIMIT:
        return FoundPath(Path(plain[1], plain[2]), start, plain.end(), ())
    return _read_any(line, start)


def _read_any(line: str, start: int) -> FoundPath | Fault:
    """Read a path of any form."""
    at = _skip_blanks(line, start)
    remarks: Remarks = (fault("space-after-colon", start + 1),) if at > start else ()
    comment = grammar.COMMENT.match(line, at)
    if comment and line.startswith("<", comment.end()):
        remarks += (fault("comment", at + 1),)
        at = comment.end()
    found = _bracketed(line, at) if line[at] == "<" else _bare(line, at)
    if isinstance(found, Fault) or not remarks:
        return found
    return found._replace(remarks=remarks + found.remarks)


def _skip_blanks(line: str, at: int) -> int:
    while at < len(line) and line[at] in " \t":
        at += 1
    return at


# up to the closing bracket, or to a quote that nothing closes: quoted strings, quoted pairs, anything else
_TO_BRACKET = re.compile(r'<(?:"(?:[^"\\]|\\.)*"|\\.|[^>"\\])*(>|")?', re.DOTALL)


def _bracketed(line: str, at: int) -> FoundPath | Fault:
    match = _TO_BRACKET.match(line, at)
    if not match or match.group(1) is None:
        return fault("bracket-unclosed", at + 1)
    if match.group(1) == '"':
        return fault("quote-unclosed", match.start(1) + 1)
    end = match.end()
    inside = line[at + 1 : end - 1]
    if not inside.strip(" \t"):
        return FoundPath(NULL, at, end, ())
    found = _inside(inside, range(at + 1, end))
    return found if isinstance(found, Fault) else FoundPath(found[0], at, end, found[1])


def _bare(line: str, at: int) -> FoundPath | Fault:
    """A path without brackets: what telnet users type, and servers take."""
    quoted = QUOTED_STRING.match(line, at)
    end = quoted.end() if quoted else at
    word = grammar.WORD.match(line, end)
    end = word.end() if word else end
    if "<" in line[end:]:
        return fault("display-name", at + 1, line[at : line.index("<", end)].rstrip(" \t"))
    if line.endswith(">", at, end):
        return fault("bracket-unopened", at + 1)
    found = _inside(line[at:end], range(at, end + 1))
    if isinstance(found, Fault):
        return found
    return FoundPath(found[0], at, end, (fault("no-brackets", at + 1), *found[1]))


def _inside(text: str, places: Sequence[int]) -> tuple[Path, Remarks] | Fault:
    """The mailbox, with a source route before it or without.

    `places` are the indices of the text's characters in the line, and of what stands after them.
    """
    octets = len(text.encode("utf-8", "surrogateescape")) + 2
    start = places[0]
    text, places, remarks = _tidied(text, places)
    match = grammar.LOOSE_ROUTE.match(text)
    if match:
        strict = grammar.SOURCE_ROUTE.fullmatch(match.group())
        remarks += (fault("route-obsolete" if strict else "route-loose", places[0] + 1),)
        text = text[match.end() :].lstrip(" \t")
        places = places[-len(text) - 1 :]
    found = read_mailbox(text, places)
    if isinstance(found, Fault):
        return found
    path, odd = found
    if octets > grammar.PATH_LIMIT:
        odd += (fault("path-too-long", start + 1, str(octets)),)
    if match:
        path = path._replace(route=tuple(hop.strip("@ ") for hop in match.group()[:-1].split(",")))
    return path, remarks + odd


def _tidied(text: str, places: Sequence[int]) -> tuple[str, Sequence[int], Remarks]:
    """The text without the comments and blanks that servers skip, its places, and what was there."""
    remarks: Remarks = ()
    if "(" not in text and " " not in text and "\t" not in text:
        return text, places, remarks
    for key, skipped in _SKIPPED_QUOTED if '"' in text else _SKIPPED:
        match = skipped.search(text)
        if match:
            remarks += (fault(key, places[match.start()] + 1),)
            text, places = _without(skipped, text, places)
    return text, places, remarks


_SKIPPED_QUOTED = (("surrounding-space", grammar.OUTER_BLANKS),)
_SKIPPED = (("comment", grammar.COMMENT), ("surrounding-space", grammar.IDLE_BLANKS))


def _without(skipped: re.Pattern[str], text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    gone = {index for match in skipped.finditer(text) for index in range(*match.span())}
    kept = [index for index in range(len(text) + 1) if index not in gone]
    return "".join(text[index] for index in kept[:-1]), [places[index] for index in kept]
