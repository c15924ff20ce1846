"""Macro expansion (RFC 7208 7): typed parts and a running check to text."""

from __future__ import annotations

import re
from collections.abc import Callable

from smtpsim.spf.macro import DomainSpec, Macro, MacroString
from smtpsim.spf.name import NAME_LIMIT, fitted
from smtpsim.spf.reverse import validated_name
from smtpsim.spf.run import Run

TEXT_LIMIT = 4_096
"""Characters of an explanation; a reply line has room for 512 octets (RFC 5321 4.5.3.1.5)."""

VALUE_END = 4 * NAME_LIMIT
"""Characters of a longer value that count, at either end."""

_RESERVED = re.compile(r"[^A-Za-z0-9._~-]+")

VALUES: dict[str, Callable[[Run, str], str]] = {
    "s": lambda run, domain: f"{run.local}@{run.origin}",
    "l": lambda run, domain: run.local,
    "o": lambda run, domain: run.origin,
    "d": lambda run, domain: domain,
    "i": lambda run, domain: run.client.dotted,
    "p": validated_name,
    "v": lambda run, domain: run.client.zone,
    "h": lambda run, domain: run.helo,
    "c": lambda run, domain: run.client.readable,
    "r": lambda run, domain: run.receiver,
    "t": lambda run, domain: str(run.now),
}
"""What each macro letter stands for (RFC 7208 7.2), given the check and the domain being checked."""


def target_name(spec: DomainSpec | None, run: Run, domain: str) -> str:
    """The target-name of a term: the domain itself, or its domain-spec expanded and cut to length (4.8)."""
    if spec is None:
        return domain
    return spec.fixed if spec.fixed is not None else fitted(_right_end(spec.parts, run, domain))


def expanded(parts: MacroString, run: Run, domain: str) -> str:
    """The text of a macro string, as for an explanation, up to TEXT_LIMIT."""
    pieces: list[str] = []
    size = 0
    for part in parts:
        piece = part if isinstance(part, str) else _value(part, run, domain)
        pieces.append(piece)
        size += len(piece)
        if size >= TEXT_LIMIT:
            break
    return "".join(pieces)[:TEXT_LIMIT]


def ends(value: str) -> str:
    """A value that macros stand for, without the middle where it has more than 2,024 characters.

    Mail has 64 for a local part and 255 for a domain (RFC 5321 4.5.3.1); a record may have thousands of macros, and a
    local part of a megabyte made each of them take milliseconds. A name takes at most 253 characters, from one end or,
    reversed, from the other, so that it only comes out differently where one label alone is that long.
    """
    return value if len(value) <= 2 * VALUE_END else value[:VALUE_END] + value[-VALUE_END:]


def _right_end(parts: MacroString, run: Run, domain: str) -> str:
    """The text from the right, as far as it can end up in a name: no record makes this long."""
    pieces: list[str] = []
    size = 0
    for part in reversed(parts):
        piece = part if isinstance(part, str) else _value(part, run, domain)
        pieces.append(piece)
        size += len(piece)
        if size > NAME_LIMIT + 1:
            break
    pieces.reverse()
    return "".join(pieces)


def _value(macro: Macro, run: Run, domain: str) -> str:
    letter, keep, reverse, delimiters, escape = macro
    value = VALUES[letter](run, domain)
    if keep or reverse or delimiters != ".":
        value = _transformed(value, keep, reverse, delimiters)
    return _RESERVED.sub(_percent_encoded, value) if escape else value


def _transformed(value: str, keep: int, reverse: bool, delimiters: str) -> str:
    """Cut at any of the delimiters, turn round, keep the rightmost, join with dots (RFC 7208 7.3)."""
    first = delimiters[0]
    for other in delimiters[1:]:
        value = value.replace(other, first)
    labels = value.split(first)
    if reverse:
        labels.reverse()
    return ".".join(labels[-keep:])


def _percent_encoded(reserved: re.Match[str]) -> str:
    return "".join(f"%{octet:02X}" for octet in reserved[0].encode("utf-8", "surrogateescape"))
