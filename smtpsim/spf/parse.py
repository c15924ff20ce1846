"""From the octets of a record to typed terms; the first fault anywhere in it stops it (RFC 7208 4.6)."""

from __future__ import annotations

import re
from functools import lru_cache

from smtpsim.kernel.dns import Record as Published
from smtpsim.spf.fault import SyntaxFault, fault
from smtpsim.spf.mechanisms import MECHANISMS
from smtpsim.spf.modifiers import Modifier, parse_modifier
from smtpsim.spf.modifiers.exp import Exp
from smtpsim.spf.modifiers.redirect import Redirect
from smtpsim.spf.modifiers.unknown import Unknown
from smtpsim.spf.octets import octet_fault
from smtpsim.spf.record import VERSION, Record
from smtpsim.spf.run import Mechanism

# record = version terms *SP ; terms = *( 1*SP ( directive / modifier ) )
_TERM = re.compile(r"[^ ]+")

# modifier = name "=" macro-string ; name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9._-]*)=(.*)")

# directive = [ qualifier ] mechanism ; qualifier = "+" / "-" / "?" / "~"
_DIRECTIVE = re.compile(r"([-+?~]?)([A-Za-z][A-Za-z0-9._-]*)(.*)")


def is_spf(octets: bytes) -> bool:
    """Whether a TXT record is an SPF record: the version, then a space or the end (RFC 7208 4.5)."""
    return octets[:6].lower() == b"v=spf1" and octets[6:7] in (b"", b" ")


@lru_cache(maxsize=256)
def select_records(records: tuple[Published, ...]) -> tuple[bytes, ...]:
    """The SPF records among the TXT records of a name."""
    return tuple(record for record in records if isinstance(record, bytes) and is_spf(record))


@lru_cache(maxsize=256)
def parse_record(octets: bytes) -> Record | SyntaxFault:
    """Read a whole record."""
    if not is_spf(octets):
        return fault("version-missing", 1, octets[:16].decode("latin-1"))
    if foreign := octet_fault(octets):
        return foreign
    terms: list[Mechanism | Modifier] = []
    for place in _TERM.finditer(octets.decode("ascii"), len(VERSION)):
        term = parse_term(place[0], place.start() + 1)
        if isinstance(term, SyntaxFault):
            return term
        terms.append(term)
    return _record(tuple(terms))


def parse_term(text: str, column: int) -> Mechanism | Modifier | SyntaxFault:
    """Read one term that starts at `column`."""
    modifier = _MODIFIER.fullmatch(text)
    if modifier is not None:
        return parse_modifier(modifier[1], column, modifier[2], column + modifier.start(2))
    directive = _DIRECTIVE.fullmatch(text)
    if directive is None:
        return fault("term-unreadable", column, text)
    qualifier, name, argument = directive.groups()
    parse = MECHANISMS.get(name.lower())
    if parse is None:
        key = "modifier-as-mechanism" if name.lower() in ("redirect", "exp") else "mechanism-unknown"
        return fault(key, column + len(qualifier), name)
    return parse(qualifier or "+", column, argument, column + directive.start(3))


def _record(terms: tuple[Mechanism | Modifier, ...]) -> Record | SyntaxFault:
    redirects = [term for term in terms if isinstance(term, Redirect)]
    exps = [term for term in terms if isinstance(term, Exp)]
    for same in (redirects, exps):
        if len(same) > 1:
            return fault("modifier-twice", same[1].column, str(same[1]))
    mechanisms = tuple(term for term in terms if not isinstance(term, Redirect | Exp | Unknown))
    return Record(terms, mechanisms, next(iter(redirects), None), next(iter(exps), None))
