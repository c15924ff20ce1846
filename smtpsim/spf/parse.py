"""From the octets of a record to typed terms; the first fault anywhere in it stops it (RFC 7208 4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from smtpsim.kernel.dns import Record as Published
from smtpsim.spf.fault import SyntaxFault, fault, octet_fault
from smtpsim.spf.mechanisms import MECHANISMS
from smtpsim.spf.modifiers import Modifier, parse_modifier
from smtpsim.spf.modifiers.exp import Exp
from smtpsim.spf.modifiers.redirect import Redirect
from smtpsim.spf.modifiers.unknown import Unknown
from smtpsim.spf.networks import RUN, Networks
from smtpsim.spf.record import VERSION, Part, Record
from smtpsim.spf.run import Mechanism
from smtpsim.spf.trace import new

# modifier = name "=" macro-string ; name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9._-]*)=(.*)")

# directive = [ qualifier ] mechanism ; qualifier = "+" / "-" / "?" / "~"
_DIRECTIVE = re.compile(r"([-+?~]?)([A-Za-z][A-Za-z0-9._-]*)(.*)")


# Nearly every directive has its name in lower case, and after it nothing, a colon or a slash: found without a regular
# expression, which takes longer than the reading of most arguments.
_PLAIN = {
    typed + name: (typed or "+", parse) for typed in ("", "+", "-", "?", "~") for name, parse in MECHANISMS.items()
}

FEW = 2
"""Fewer networks than this are no run; the expression for runs takes a third of the interpreter's start to be compiled,
which records without any need not pay."""


def is_spf(octets: bytes) -> bool:
    """Whether a TXT record is an SPF record: the version, then a space or the end (RFC 7208 4.5)."""
    return octets[:7].lower() in (b"v=spf1 ", b"v=spf1")


@lru_cache(maxsize=256)
def read_published(records: tuple[Published, ...]) -> tuple[tuple[bytes, ...], Record | SyntaxFault | None]:
    """The SPF records among the TXT records of a name, and what stands in it if there is one (RFC 7208 4.5)."""
    texts = tuple([record for record in records if isinstance(record, bytes) and is_spf(record)])
    return texts, _read(texts[0]) if len(texts) == 1 else None


def parse_record(octets: bytes) -> Record | SyntaxFault:
    """Read a whole record."""
    return _read(octets) if is_spf(octets) else fault("version-missing", 1, octets[:16].decode("latin-1"))


def _read(octets: bytes) -> Record | SyntaxFault:
    if foreign := octet_fault(octets):
        return foreign
    parts: list[Part] = []
    few = octets.count(b"ip4:") + octets.count(b"ip6:") < FEW
    for start, run, text in (_terms if few else _terms_and_runs)(octets.decode("ascii")):
        if run:
            parts.append(Networks(start + 2, run))
        elif text:
            term = parse_term(text, start + 2)
            if isinstance(term, SyntaxFault):
                return term
            parts.append(term)
    # a modifier has an equals sign: without one after the version there is nothing to pick out
    found = tuple(parts)
    return _record(found) if octets.count(b"=") > 1 else new(Record, (found, found, None, None))


def _terms(record: str) -> Iterator[tuple[int, str, str]]:
    """The index before each term, "", and the term.

    record = version terms *SP ; terms = *( 1*SP ( directive / modifier ) )
    """
    start = len(VERSION)
    for text in record[start + 1 :].split(" "):
        yield start, "", text
        start += len(text) + 1


def _terms_and_runs(record: str) -> Iterator[tuple[int, str, str]]:
    """The same, but that a run of networks is one piece, in the place of the "" (and no term with it)."""
    for place in _part().finditer(record, len(VERSION)):
        run, text = place.groups("")
        yield place.start(), run, text


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"({RUN})| ([^ ]*)")


def parse_term(text: str, column: int) -> Mechanism | Modifier | SyntaxFault:
    """Read one term that starts at `column`."""
    name = text.partition(":")[0]
    plain = _PLAIN.get(name) or _PLAIN.get(name := name.partition("/")[0])
    if plain is not None:
        return plain[1](plain[0], column, text, len(name))
    modifier = _MODIFIER.fullmatch(text)
    if modifier is not None:
        return parse_modifier(modifier[1], column, modifier[2], column + modifier.start(2))
    return _parse_directive(text, column)


def _parse_directive(text: str, column: int) -> Mechanism | SyntaxFault:
    """Read a directive in any of its forms."""
    directive = _DIRECTIVE.fullmatch(text)
    if directive is None:
        return fault("term-unreadable", column, text)
    qualifier, name = directive[1], directive[2]
    parse = MECHANISMS.get(name.lower())
    if parse is None:
        key = "modifier-as-mechanism" if name.lower() in ("redirect", "exp") else "mechanism-unknown"
        return fault(key, column + len(qualifier), name)
    return parse(qualifier or "+", column, text, directive.end(2))


def _record(parts: tuple[Part, ...]) -> Record | SyntaxFault:
    """The record of these parts, unless it has redirect or exp twice (RFC 7208 6)."""
    redirects = [part for part in parts if isinstance(part, Redirect)]
    exps = [part for part in parts if isinstance(part, Exp)]
    for same in (redirects, exps):
        if len(same) > 1:
            return fault("modifier-twice", same[1].column, str(same[1]))
    evaluated = tuple(part for part in parts if not isinstance(part, Redirect | Exp | Unknown))
    return Record(parts, evaluated, next(iter(redirects), None), next(iter(exps), None))
