"""Macro strings and domain-specs (RFC 7208 7.1): text to typed parts, and back."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.spf.fault import SyntaxFault, fault
from smtpsim.spf.name import fitted

# macro-string  = *( macro-expand / macro-literal )
# macro-expand  = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
# macro-letter  = "s" / "l" / "o" / "d" / "i" / "p" / "h" / "c" / "r" / "t" / "v"
# transformers  = *DIGIT [ "r" ]
# delimiter     = "." / "-" / "+" / "," / "/" / "_" / "="
# macro-literal = %x21-24 / %x26-7E
_TOKEN = re.compile(r"([^%]+)|%(?:([%_-])|\{([A-Za-z])([0-9]*)([Rr]?)([-.+,/_=]*)\})")

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
    parts: list[Part] = []
    literal: list[str] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            return _expand_fault(text[position:], column + position)
        if token[3]:
            macro = _macro(token, column + position, letters)
            if isinstance(macro, SyntaxFault):
                return macro
            _flush(literal, parts)
            parts.append(macro)
        else:
            literal.append(token[1] or _ESCAPES[token[2]])
        position = token.end()
    _flush(literal, parts)
    return tuple(parts)


def parse_explanation(text: str) -> MacroString | SyntaxFault:
    """Read the explain-string that an exp= modifier points to: macros c, r and t are allowed too."""
    return parse_macros(text, 1, letters=_LETTERS + _EXP_LETTERS)


def parse_domain_spec(text: str, column: int) -> DomainSpec | SyntaxFault:
    """Read a domain-spec: a macro-string that ends in a macro, or in a dot and a top label."""
    if not text:
        return fault("argument-missing", column)
    parts = parse_macros(text, column)
    if isinstance(parts, SyntaxFault):
        return parts
    if not _ends_well(text):
        key = "domain-is-address" if _QUAD.fullmatch(text) else "domain-end"
        return fault(key, column, text)
    fixed = fitted(parts[0]) if len(parts) == 1 and isinstance(parts[0], str) else None
    return DomainSpec(parts, fixed)


def _flush(literal: list[str], parts: list[Part]) -> None:
    if literal:
        parts.append("".join(literal))
        literal.clear()


def _macro(token: re.Match[str], column: int, letters: str) -> Macro | SyntaxFault:
    typed, digits, reverse, delimiters = token.groups()[2:]
    letter = typed.lower()
    if letter not in letters:
        key = "macro-only-in-exp" if letter in _EXP_LETTERS else "macro-letter"
        return fault(key, column, token[0])
    significant = digits.lstrip("0")
    if digits and not significant:
        return fault("macro-zero", column, token[0])
    keep = _ALL_LABELS if len(significant) > 9 else int(significant or 0)
    return Macro(letter, keep, bool(reverse), delimiters or ".", typed.isupper())


def _expand_fault(rest: str, column: int) -> SyntaxFault:
    if not rest.startswith("%{"):
        return fault("percent-alone", column, rest[:2])
    return fault("macro-syntax", column, rest[: rest.find("}") + 1] or rest)


def _ends_well(text: str) -> bool:
    """domain-end = ( "." toplabel [ "." ] ) / macro-expand; the macros are known to be well formed."""
    *_, last = _TOKEN.finditer(text)
    literal: str | None = last[1]
    if literal is None:
        return True
    _, dot, label = literal.removesuffix(".").rpartition(".")
    return bool(dot) and not label.isdigit() and _TOPLABEL.fullmatch(label) is not None
