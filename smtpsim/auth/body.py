"""The body of a message as a signature covers it (RFC 6376 3.4.3, 3.4.4), and its hash, worked out once for all.

Ours, in a stream: dkimpy copies the body for each signature and takes trailing empty lines off one by one. Ten
signatures over 4.9 million empty lines took it 82 seconds and 931 MB, a run of spaces the square of its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CHUNK = 1 << 16

_BLANKS = re.compile(rb"[ \t]+")
_BARE_LF = re.compile(rb"(?<!\r)\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")


def split(octets: bytes) -> tuple[bytes, bytes]:
    """The header with its last line end, and the body; each line end is CRLF, or LF alone."""
    end = b"\r\n" if octets.startswith(b"\r\n") else b"\n" if octets.startswith(b"\n") else b""
    if end:
        return b"", octets[len(end) :]
    found = _HEADER_END.search(octets)
    return (octets, b"") if found is None else (octets[: found.start()] + b"\r\n", octets[found.end() :])


class Body:
    """A body, whose canonical forms and hashes are kept. Lines that end in LF alone are taken for lines."""

    def __init__(self, octets: bytes) -> None:
        self._octets = _BARE_LF.sub(b"\r\n", octets) if _BARE_LF.search(octets) else octets
        self._pieces: dict[bool, list[bytes]] = {}
        self._digests: dict[tuple[bool, str, int | None], bytes] = {}

    def digest(self, relaxed: bool, algorithm: str, length: int | None) -> bytes:
        """The hash (sha1, sha256) of the canonical body, or of its first `length` octets (l=, RFC 6376 3.5)."""
        key = (relaxed, algorithm, length)
        if key not in self._digests:
            self._digests[key] = self._hashed(*key)
        return self._digests[key]

    def canonical(self, relaxed: bool) -> bytes:
        return b"".join(self._canonical(relaxed))

    def _canonical(self, relaxed: bool) -> list[bytes]:
        if relaxed not in self._pieces:
            self._pieces[relaxed] = list(canonical(self._octets, relaxed))
        return self._pieces[relaxed]

    def _hashed(self, relaxed: bool, algorithm: str, length: int | None) -> bytes:
        import hashlib  # takes as long as a third of the interpreter's start; most sessions sign nothing

        hasher = hashlib.new(algorithm, usedforsecurity=False)
        left = length
        for chunk in self._canonical(relaxed):
            hasher.update(chunk if left is None else chunk[:left])
            if left is not None:
                left -= min(left, len(chunk))
                if not left:
                    break
        return hasher.digest()


def canonical(body: bytes, relaxed: bool) -> Iterator[bytes]:
    """The canonical form in pieces: without empty lines at the end, and, relaxed, with one space for each run of white
    space and none at the ends of lines."""
    waiting, empty = 0, True
    for lines in _whole_lines(body):
        if relaxed:
            lines = _BLANKS.sub(b" ", lines).replace(b" \r\n", b"\r\n")
        kept = len(lines) - _line_ends(lines)
        if kept:
            yield from _empty_lines(waiting)
            yield lines[:kept]
            waiting, empty = 0, False
        waiting += len(lines) - kept
    if not (empty and relaxed):
        yield b"\r\n"


def _whole_lines(body: bytes) -> Iterator[bytes]:
    """The body in pieces that end with a line; the last line gets the end that it may lack."""
    start = 0
    while start < len(body):
        end = body.find(b"\r\n", start + CHUNK)
        if end < 0:
            yield body[start:] if body.endswith(b"\r\n") else body[start:] + b"\r\n"
            return
        yield body[start : end + 2]
        start = end + 2


def _line_ends(lines: bytes) -> int:
    """How many octets at the end are line ends; a CR without LF is none, nor what stands before it."""
    if not lines.endswith(b"\r\n"):
        return 0
    stripped = len(lines.rstrip(b"\r\n"))
    after_lone = lines.rfind(b"\r\r", stripped) + 1
    return (len(lines) - max(stripped, after_lone)) // 2 * 2


def _empty_lines(octets: int) -> Iterator[bytes]:
    """Line ends of so many octets together."""
    lines = octets // 2
    while lines:
        some = min(lines, CHUNK)
        yield b"\r\n" * some
        lines -= some
