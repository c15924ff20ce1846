"""What many lists write before the subject of each message: `[team]`."""

from __future__ import annotations

import re

from smtpsim.message.encoded_words import encoded_words, needs_encoding
from smtpsim.message.header_block import header_octets

_SUBJECT = re.compile(rb"^(subject[ \t]*:)[ \t]*", re.IGNORECASE | re.MULTILINE)


def with_tag(octets: bytes, tag: str) -> bytes:
    """The message with `tag` at the beginning of its first Subject field, unless the field has it somewhere already; a
    message without a subject stays as it is."""
    header = header_octets(octets)
    found = _SUBJECT.search(header)
    written = (encoded_words(tag) if needs_encoding(tag) else tag).encode("ascii")
    if found is None or written in header[found.end() :].partition(b"\n")[0]:
        return octets
    return header[: found.end(1)] + b" " + written + b" " + header[found.end() :] + octets[len(header) :]
