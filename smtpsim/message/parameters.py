"""A header value with parameters, such as that of Content-Type (RFC 2045 5.1), those of RFC 2231 among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from smtpsim.kernel.printable import encoded
from smtpsim.message.charset import text_of
from smtpsim.message.encoded_words import readable

MOST_PIECES = 100
"""Pieces of one parameter that are put together."""

# parameter = attribute "=" value ; value = token / quoted-string. Deviation: a token is all up to a blank or
# semicolon, and a quoted string may lack its end.
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^\s;]*)', re.DOTALL)

# token = 1*<any CHAR except SPACE, CTLs or tspecials>
_TOKEN = re.compile(r"[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+")


class Value(NamedTuple):
    """The word in front, and the parameters as they stand there, RFC 2231 pieces and all."""

    word: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def parameters(self) -> Mapping[str, str]:
        """By their names in lower case. Of parameters with the same name, the first counts."""
        return {name.lower(): value for name, value in reversed(self.pairs)}


def read_value(text: str) -> Value:
    """Read `word; name=value; ...`."""
    pairs = ((match[1], unquoted(match[2])) for match in _PARAMETER.finditer(text))
    return Value(text.partition(";")[0].strip(), tuple(pairs))


class ContentType(NamedTuple):
    """`kind` and `subtype` in lower case; parameters as in `Value`."""

    kind: str
    subtype: str
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def media_type(self) -> str:
        return f"{self.kind}/{self.subtype}"

    def parameter(self, name: str) -> str:
        """The value of the parameter of that name (in lower case), "" for none."""
        return next((value for key, value in self.pairs if key.lower() == name), "")


TEXT = ContentType("text", "plain", (("charset", "us-ascii"),))
"""What a part is that does not say it (RFC 2045 5.2)."""

MESSAGE = ContentType("message", "rfc822")
"""The same inside a digest (RFC 2046 5.1.5)."""


def read_content_type(text: str | None, usual: ContentType = TEXT) -> ContentType:
    """Read the value of a Content-Type; one that makes no sense, or is missing, is `usual`."""
    word, pairs = read_value(text or "")
    kind, _, subtype = (piece.strip() for piece in word.lower().partition("/"))
    return ContentType(kind, subtype, pairs) if _TOKEN.fullmatch(kind) and _TOKEN.fullmatch(subtype) else usual


def file_name(parameters: Mapping[str, str], name: str) -> str:
    """A parameter that may be written in any charset and in pieces (RFC 2231 3, 4); "" when it is missing.

    Encoded words, which have no place in a parameter but are often there, are decoded too.
    """
    extended = parameters.get(f"{name}*")
    if extended is not None:
        charset, text = _charset(extended)
        return text_of(_octets(text), charset)
    pieces = tuple(_pieces(parameters, name))
    if not pieces:
        return readable(parameters.get(name, ""))
    first, *others = pieces
    charset, text = _charset(first.text) if first.extended else ("", first.text)
    return text_of(b"".join(map(_plain, (first._replace(text=text), *others))), charset)


class _Piece(NamedTuple):
    text: str
    extended: bool


def _pieces(parameters: Mapping[str, str], name: str) -> Iterator[_Piece]:
    """The pieces `name*0`, `name*1*`, ... in order, up to the first that is missing."""
    for number in range(MOST_PIECES):
        plain, extended = f"{name}*{number}", f"{name}*{number}*"
        if extended in parameters:
            yield _Piece(parameters[extended], True)
        elif plain in parameters:
            yield _Piece(parameters[plain], False)
        else:
            return


def _plain(piece: _Piece) -> bytes:
    return _octets(piece.text) if piece.extended else encoded(piece.text)


def _charset(text: str) -> tuple[str, str]:
    """The charset before the first quote, and what stands after the language (RFC 2231 4)."""
    charset, quote, rest = text.partition("'")
    return (charset, rest.partition("'")[2]) if quote else ("", text)


def _octets(text: str) -> bytes:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(encoded(text))


_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)


def quoted(text: str) -> str:
    """The text as a quoted-string. That it holds no controls is the caller's care."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def unquoted(word: str) -> str:
    """What a quoted-string stands for; its end may be missing. Any other word is itself."""
    if not word.startswith('"'):
        return word
    return _QUOTED_PAIR.sub(r"\1", word[1:].removesuffix('"'))
