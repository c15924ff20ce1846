"""From the octets of a record to typed terms; the first fault anywhere in it stops it (RFC 7208 4.6)."""

from __future__ import annotations

import re
from functools import lru_cache

from smtpsim.kernel.dns import Record as Published
from smtpsim.spf.fault import SyntaxFault, fault, octet_fault
from smtpsim.spf.mechanisms import MECHANISMS
from smtpsim.spf.modifiers import Modifier, parse_modifier
from smtpsim.spf.modifiers.exp import Exp
from smtpsim.spf.modifiers.redirect import Redirect
from smtpsim.spf.modifiers.unknown import Unknown
from smtpsim.spf.record import Record
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

_MODIFIERS = (Redirect, Exp, Unknown)


def is_spf(octets: bytes) -> bool:
    """Whether a TXT record is an SPF record: the version, then a space or the end (RFC 7208 4.5)."""
    return octets[:7].lower() in (b"v=spf1 ", b"v=spf1")


def select_records(records: tuple[Published, ...]) -> tuple[bytes, ...]:
    """The SPF records among the TXT records of a name."""
    return tuple([record for record in records if isinstance(record, bytes) and is_spf(record)])


@lru_cache(maxsize=256)
def parse_record(octets: bytes) -> Record | SyntaxFault:
    """Read a whole record."""
    if not is_spf(octets):
        return fault("version-missing", 1, octets[:16].decode("latin-1"))
    if foreign := octet_fault(octets):
        return foreign
    terms: list[Mechanism | Modifier] = []
    column = 1
    for text in octets.decode("ascii").split(" "):
        if text and column > 1:
            term = parse_term(text, column)
            if isinstance(term, SyntaxFault):
                return term
            terms.append(term)
        column += len(text) + 1
    return _record(tuple(terms))


def parse_term(text: str, column: int) -> Mechanism | Modifier | SyntaxFault:
    """Read one term that starts at `column`."""
    head = text.partition(":")[0]
    known = _PLAIN.get(head)
    if known is None and "/" in head:
        head = head.partition("/")[0]
        known = _PLAIN.get(head)
    if known is not None:
        qualifier, parse = known
        return parse(qualifier, column, text[len(head) :], column + len(head))
    modifier = _MODIFIER.fullmatch(text)
    if modifier is not None:
        return parse_modifier(modifier[1], column, modifier[2], column + modifier.start(2))
    return _parse_directive(text, column)


def _parse_directive(text: str, column: int) -> Mechanism | SyntaxFault:
    """Read a directive in any of its forms."""
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
    mechanisms = tuple([term for term in terms if not isinstance(term, _MODIFIERS)])
    if len(mechanisms) == len(terms):
        return new(Record, (terms, mechanisms, None, None))
    redirects = [term for term in terms if isinstance(term, Redirect)]
    exps = [term for term in terms if isinstance(term, Exp)]
    for same in (redirects, exps):
        if len(same) > 1:
            return fault("modifier-twice", same[1].column, str(same[1]))
    return Record(terms, mechanisms, next(iter(redirects), None), next(iter(exps), None))
