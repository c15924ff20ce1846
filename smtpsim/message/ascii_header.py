"""A header with octets beyond ASCII, which nobody has declared, written so that it says the same in ASCII: encoded
words (RFC 2047) where people read, extended parameters (RFC 2231) where a file has a name."""

from __future__ import annotations

import re
from urllib.parse import quote

from smtpsim.kernel.printable import decoded, encoded
from smtpsim.message.addresses import addresses
from smtpsim.message.encoded_words import encoded_words
from smtpsim.message.fields import address_field, folded

ADDRESSES = frozenset({"from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-to", "resent-cc"})

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:([^\n]*\n(?:[ \t][^\n]*\n)*)")
_FOLD = re.compile(r"\r?\n(?=[ \t])")

# words of which one at least has a character beyond ASCII, and the blanks between such words
_RUN = re.compile(r"[^\s]*[^\x00-\x7f][^\s]*(?:[ \t]+[^\s]*[^\x00-\x7f][^\s]*)*")

# parameter "=" quoted-string, as it stands without RFC 2231
_PARAMETER = re.compile(r'([!#$&-\'+\-.0-9A-Z^_`a-z|~]+)="([^"\\]*[^\x00-\x7f"\\][^"\\]*)"')

_LEFT = re.compile(rb"[\x80-\xff]")


def ascii_header(header: bytes) -> bytes:
    """The header, with or without the empty line after it; fields that are ASCII stay to the octet. What can stand
    nowhere in ASCII, such as an address, gets question marks."""
    if header.isascii():
        return header
    return _LEFT.sub(b"?", _FIELD.sub(_field, header))


def _field(match: re.Match[bytes]) -> bytes:
    if match[0].isascii():
        return match[0]
    name, value = match[1].decode("ascii"), _FOLD.sub("", decoded(match[2])).strip()
    written = b"\r\n".join(map(encoded, _written(name, value))) + b"\r\n"
    return written if match[0].endswith(b"\r\n") else written.replace(b"\r\n", b"\n")


def _written(name: str, value: str) -> tuple[str, ...]:
    if name.lower() in ADDRESSES and _is_text(value) and (named := addresses(value)):
        return address_field(name, named)
    if name.lower().startswith("content-"):
        value = _PARAMETER.sub(_extended, value)
    return folded(name, _RUN.sub(lambda run: _words(run[0]), value))


def _extended(match: re.Match[str]) -> str:
    """A parameter with its charset (RFC 2231 4)."""
    charset = "utf-8" if _is_text(match[2]) else "unknown-8bit"
    return f"{match[1]}*={charset}''{quote(encoded(match[2]), safe='')}"


def _words(text: str) -> str:
    """Encoded words in UTF-8; octets of another charset, which nobody knows, in `unknown-8bit` (RFC 1428 3)."""
    if _is_text(text):
        return encoded_words(text)
    from email.header import Header

    raw = encoded(text).decode("ascii", "surrogateescape")
    return Header(raw, "unknown-8bit", maxlinelen=60).encode(linesep="\n").replace("\n", "")


def _is_text(text: str) -> bool:
    """Whether the octets were UTF-8."""
    return not any("\udc80" <= character <= "\udcff" for character in text)
