"""The MIME form that all reports share: multipart/report (RFC 6522)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from smtpsim.kernel.printable import encoded

EIGHT_BIT = "Content-Transfer-Encoding: 8bit"


class Part(NamedTuple):
    """A part: its header fields as lines, the first of them Content-Type, and the octets below the empty line."""

    fields: tuple[str, ...]
    content: bytes


class Multipart(NamedTuple):
    """`fields` are the lines that belong into the header of the message, `body` the octets below it."""

    fields: tuple[str, ...]
    body: bytes


def part(kind: str, content: bytes) -> Part:
    """A part that is written as it is; octets beyond ASCII are told of (RFC 2045 6.2)."""
    coding = () if content.isascii() else (EIGHT_BIT,)
    return Part((f"Content-Type: {kind}", *coding), content)


def multipart_report(report_type: str, identity: str, parts: Sequence[Part]) -> Multipart:
    """The parts as one report of this type; `identity` is that of the message, of at most 20
    characters, which makes the boundary."""
    boundary = _boundary(identity, parts)
    divider = b"--" + boundary.encode()
    body = b"".join(divider + b"\r\n" + _written(one) + b"\r\n" for one in parts)
    coding = () if body.isascii() else (EIGHT_BIT,)
    kind = f"Content-Type: multipart/report; report-type={report_type};"
    return Multipart(("MIME-Version: 1.0", kind, f' boundary="{boundary}"', *coding), body + divider + b"--\r\n")


def lines(*written: str) -> str:
    """The lines with their ends."""
    return "".join(f"{line}\r\n" for line in written)


def message(header: Sequence[str], report: Multipart) -> bytes:
    """The whole message: these lines of its header, then those of the report, and its body."""
    return encoded(lines(*header, *report.fields, "")) + report.body


def _boundary(identity: str, parts: Sequence[Part]) -> str:
    """A line that stands in none of the parts (RFC 2046 5.1.1). Where somebody has guessed it, it is made from the
    parts themselves, so that nobody can write it into one of them."""
    boundary = f"={identity}/report"
    if not any(boundary.encode() in one.content for one in parts):
        return boundary
    from hashlib import sha256

    return f"={identity}/{sha256(b''.join(one.content for one in parts)).hexdigest()[:40]}"


def _written(one: Part) -> bytes:
    return encoded(lines(*one.fields, "")) + one.content
