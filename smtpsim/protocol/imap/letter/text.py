"""What SEARCH looks at: a letter's words, decoded (RFC 3501 6.4.4)."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator

from smtpsim.kernel.printable import decoded
from smtpsim.protocol.imap.letter.part import Part

# Encodings whose decoders are quick on any input; others are read as UTF-8
_CHARSET = re.compile(
    r"utf-?8|us-ascii|iso-8859-[0-9]{1,2}|windows-125[0-8]|iso-2022-(?:jp|kr)|shift_jis|euc-(?:jp|kr)"
    r"|gb2312|gbk|gb18030|big5|koi8-[ru]",
    re.IGNORECASE,
)

# encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?=" (RFC 2047 2, RFC 2231 5)
_ENCODED_WORD = re.compile(r"=\?([A-Za-z0-9_-]+)(?:\*[A-Za-z0-9-]*)?\?([BbQq])\?([^? ]*)\?=")

# Blanks between two encoded words do not count (RFC 2047 6.2)
_BETWEEN_WORDS = re.compile(r"(\?=)[ ]+(?==\?[A-Za-z0-9_-]+(?:\*[A-Za-z0-9-]*)?\?[BbQq]\?)")


def in_charset(octets: bytes, charset: str) -> str:
    """Octets as text; what does not fit the character set becomes a mark."""
    known = charset if _CHARSET.fullmatch(charset) else "utf-8"
    try:
        return octets.decode(known, "replace")
    except LookupError:
        return octets.decode("utf-8", "replace")


def header_text(value: str) -> str:
    """The value of a field with its encoded words decoded."""
    return _ENCODED_WORD.sub(_decoded_word, _BETWEEN_WORDS.sub(r"\1", value)) if "=?" in value else value


def _decoded_word(match: re.Match[str]) -> str:
    charset, encoding, text = match.groups()
    octets = text.encode("utf-8", "surrogateescape")
    if encoding in "Qq":
        return in_charset(a2b_qp(octets, header=True), charset)
    try:
        return in_charset(a2b_base64(octets), charset)
    except Error:
        return match.group()


def header_texts(part: Part) -> Iterator[str]:
    """Every field of the header, raw and decoded."""
    for field in part.fields.fields:
        value = header_text(field.value)
        yield f"{field.name}: {value}"


def body_texts(part: Part) -> Iterator[str]:
    """The text of every part, decoded; of an enclosed letter also the header."""
    for child in part.parts:
        yield from body_texts(child)
    if part.message:
        yield from header_texts(part.message)
        yield from body_texts(part.message)
    elif not part.parts:
        yield _leaf_text(part)


def _leaf_text(part: Part) -> str:
    if part.content.kind != "text":
        return decoded(part.body)
    octets = _transfer_decoded(part.body, part.fields.value("content-transfer-encoding") or "")
    return in_charset(octets, part.content.parameter("charset") or "us-ascii")


def _transfer_decoded(octets: bytes, encoding: str) -> bytes:
    """Octets of a part without their transfer encoding; what cannot be decoded stays (RFC 2045 6)."""
    if encoding.lower() == "quoted-printable":
        return a2b_qp(octets)
    if encoding.lower() != "base64":
        return octets
    try:
        return a2b_base64(octets)
    except Error:
        return octets
