"""Macro strings and domain-specs (RFC 7208 7.1): text to typed parts, and back."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from smtpsim.spf.fault import SyntaxFault, fault
from smtpsim.spf.name import NAME_LIMIT, fitted

# macro-string  = *( macro-expand / macro-literal )
# macro-expand  = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
# macro-letter  = "s" / "l" / "o" / "d" / "i" / "p" / "h" / "c" / "r" / "t" / "v"
# transformers  = *DIGIT [ "r" ]
# delimiter     = "." / "-" / "+" / "," / "/" / "_" / "="
# macro-literal = %x21-24 / %x26-7E
_EXPAND = re.compile(r"%\{([A-Za-z])([0-9]*)([Rr]?)([-.+,/_=]*)\}")
_EXPANDS = re.compile(r"(%(?:[%_-]|\{[A-Za-z][0-9]*[Rr]?[-.+,/_=]*\}))")

# toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
# Both together: letters, digits and inner hyphens, but not digits alone.
_TOPLABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
_QUAD = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")

_ESCAPES = {"%": "%", "_": " ", "-": "%20"}
_LETTERS = "slodiphv"
_EXP_LETTERS = "crt"
_ALL_LABELS = 999_999_999


class Macro(NamedTuple):
    """One `%{...}`: keep the `keep` rightmost labels (0 means all) after cutting at `delimiters`.

    `letter` is in lower case; `escape` says that it was typed in upper case, for URLs (RFC 7208 7.3).
    """

    letter: str
    keep: int = 0
    reverse: bool = False
    delimiters: str = "."
    escape: bool = False

    def __str__(self) -> str:
        letter = self.letter.upper() if self.escape else self.letter
        delimiters = "" if self.delimiters == "." else self.delimiters
        return f"%{{{letter}{self.keep or ''}{'r' * self.reverse}{delimiters}}}"


Part = str | Macro
MacroString = tuple[Part, ...]
"""Literal text, escapes already resolved, and macros; two texts never stand side by side."""


class DomainSpec(NamedTuple):
    """A domain-spec; `fixed` is the name it always stands for, or None when it holds macros."""

    parts: MacroString
    fixed: str | None

    def __str__(self) -> str:
        return printed(self.parts)


def printed(parts: MacroString) -> str:
    """The macro string as a record holds it, never longer than what it was read from."""
    return "".join(_printed_text(part) if isinstance(part, str) else str(part) for part in parts)


def _printed_text(text: str) -> str:
    pieces = (piece.replace("%", "%%").replace(" ", "%_") for piece in text.split("%20"))
    return "%-".join(pieces)


def parse_macros(text: str, column: int, *, letters: str = _LETTERS) -> MacroString | SyntaxFault:
    """Read a macro-string that starts at `column`; `letters` are the macro letters allowed there."""
    if "%" not in text:
        return (text,) if text else ()
    return _read_pieces(_EXPANDS.split(text), column, letters)


def _read_pieces(pieces: list[str], column: int, letters: str) -> MacroString | SyntaxFault:
    """Read a macro-string cut at its macro-expands: literals, which may be empty, and macro-expands in turn."""
    parts: list[Part] = []
    literal = ""
    for at, piece in enumerate(pieces):
        if at % 2 == 0:
            if "%" in piece:
                return _expand_fault("".join(pieces[at:]), column + sum(map(len, pieces[:at])))
            literal += piece
        elif piece[1] != "{":
            literal += _ESCAPES[piece[1]]
        else:
            macro = _macro(piece, letters)
            if isinstance(macro, str):
                return fault(macro, column + sum(map(len, pieces[:at])), piece)
            parts += (literal, macro) if literal else (macro,)
            literal = ""
    if literal:
        parts.append(literal)
    return tuple(parts)


def parse_explanation(text: str) -> MacroString | SyntaxFault:
    """Read the explain-string that an exp= modifier points to: macros c, r and t are allowed too."""
    return parse_macros(text, 1, letters=_LETTERS + _EXP_LETTERS)


def parse_domain_spec(text: str, column: int) -> DomainSpec | SyntaxFault:
    """Read a domain-spec: a macro-string that ends in a macro, or in a dot and a top label."""
    if text.rpartition(".")[2].isalpha() and "%" not in text and len(text) <= NAME_LIMIT and "." in text:
        return DomainSpec((text,), text)
    pieces = _EXPANDS.split(text)
    parts = _read_pieces(pieces, column, _LETTERS)
    if isinstance(parts, SyntaxFault):
        return parts
    if not _ends_well(pieces):
        return _domain_fault(text, column)
    literal = parts[0] if len(parts) == 1 else None
    return DomainSpec(parts, fitted(literal) if isinstance(literal, str) else None)


@lru_cache(maxsize=256)
def _macro(text: str, letters: str) -> Macro | str:
    """Read a `%{...}` of good form; the key of the fault where it means nothing. Few are in use, in many records."""
    expand = _EXPAND.fullmatch(text)
    assert expand is not None
    typed, digits, reverse, delimiters = expand.groups()
    letter = typed.lower()
    if letter not in letters:
        return "macro-only-in-exp" if letter in _EXP_LETTERS else "macro-letter"
    significant = digits.lstrip("0")
    if digits and not significant:
        return "macro-zero"
    keep = _ALL_LABELS if len(significant) > 9 else int(significant or 0)
    return Macro(letter, keep, bool(reverse), delimiters or ".", typed.isupper())


def _expand_fault(text: str, column: int) -> SyntaxFault:
    """The fault of text that starts at `column` and whose first percent sign begins no macro-expand."""
    before, percent, after = text.partition("%")
    rest, column = percent + after, column + len(before)
    if not rest.startswith("%{"):
        return fault("percent-alone", column, rest[:2])
    return fault("macro-syntax", column, rest[: rest.find("}") + 1] or rest)


def _ends_well(pieces: list[str]) -> bool:
    """domain-end = ( "." toplabel [ "." ] ) / macro-expand"""
    last = pieces[-1]
    if not last:
        return len(pieces) > 1
    _, dot, label = last.removesuffix(".").rpartition(".")
    return bool(dot) and (label.isalpha() or (not label.isdigit() and _TOPLABEL.fullmatch(label) is not None))


def _domain_fault(text: str, column: int) -> SyntaxFault:
    if not text:
        return fault("argument-missing", column)
    return fault("domain-is-address" if _QUAD.fullmatch(text) else "domain-end", column, text)
