"""Mailbox = Local-part "@" ( Domain / address-literal ) (RFC 5321 4.1.2): read, with what is odd about it.

`places` are the indices that a text's characters have in the line, and the index behind them.
"""

from __future__ import annotations

from collections.abc import Sequence

from smtpsim.kernel import mailbox_grammar as grammar
from smtpsim.kernel.address import Path
from smtpsim.kernel.fault import Fault, Remarks
from smtpsim.kernel.printable import encoded
from smtpsim.kernel.ref import Ref

RULES: dict[str, Ref] = {
    "local-syntax": Ref(5321, "4.1.2"),
    "local-empty": Ref(5321, "4.1.2"),
    "local-dots": Ref(5321, "4.1.2"),
    "local-too-long": Ref(5321, "4.5.3.1.1"),
    "quote-unclosed": Ref(5321, "4.1.2"),
    "at-missing": Ref(5321, "4.1.2"),
    "at-doubled": Ref(5321, "4.1.2"),
    "domain-missing": Ref(5321, "4.1.2"),
    "domain-syntax": Ref(5321, "4.1.2"),
    "domain-too-long": Ref(5321, "4.5.3.1.2"),
    "label-too-long": Ref(1035, "2.3.4"),
    "literal-syntax": Ref(5321, "4.1.3"),
    "address-unbracketed": Ref(5321, "4.1.3"),
    "underscore": Ref(5321, "2.3.5"),
    "trailing-dot": Ref(5321, "2.3.5"),
    "utf8-not-announced": Ref(6531, "3.3"),
    "colon-in-local": Ref(5321, "4.1.2"),
}
"""Every fault of a mailbox and the section that it offends. The words are in the catalogues, under `fault.KEY`."""


def fault(key: str, column: int, found: str = "") -> Fault:
    return Fault(key, column, RULES[key], found)


def read_mailbox(text: str, places: Sequence[int]) -> tuple[Path, Remarks] | Fault:
    """Read a mailbox; a lone local part means one in the host's own domain."""
    match = grammar.LOOSE_LOCAL.match(text)
    if not match:
        return _no_local(text, places)
    local, end = match.group(), match.end()
    octets = len(encoded(local))
    if octets > grammar.LOCAL_CUSTOM:
        return fault("local-too-long", places[0] + 1, str(octets))
    if end < len(text) and text[end] != "@":
        return fault("local-syntax", places[end] + 1, text[end])
    odd = _local_remarks(local, octets, places)
    if end == len(text):
        return Path(local, ""), (*odd, fault("at-missing", places[end] + 1))
    domain = text[end + 1 :]
    found = read_domain(domain, places[end + 1 :])
    return found if isinstance(found, Fault) else (Path(local, domain), odd + found)


def _no_local(text: str, places: Sequence[int]) -> Fault:
    if text.startswith('"'):
        return fault("quote-unclosed", places[0] + 1)
    empty = not text or text.startswith("@")
    return fault("local-empty" if empty else "local-syntax", places[0] + 1, text[:1])


def _local_remarks(local: str, octets: int, places: Sequence[int]) -> Remarks:
    remarks: Remarks = ()
    if octets > grammar.LOCAL_LIMIT:
        remarks += (fault("local-too-long", places[0] + 1, str(octets)),)
    if not local.isascii():
        remarks += (_beyond_ascii(local, places),)
    if not grammar.DOT_STRING.fullmatch(local) and not grammar.QUOTED_STRING.fullmatch(local):
        wrong = grammar.NO_DOT_STRING.search(local)
        at = wrong.start() if wrong else 0
        remarks += (fault("colon-in-local" if local[at] == ":" else "local-dots", places[at] + 1, local),)
    return remarks


def _beyond_ascii(text: str, places: Sequence[int]) -> Fault:
    match = grammar.NON_ASCII.search(text)
    return fault("utf8-not-announced", places[match.start() if match else 0] + 1, text)


def read_domain(text: str, places: Sequence[int]) -> Remarks | Fault:
    """Check a domain or address literal: what is odd about it, or the fault that refuses it."""
    if not text:
        return fault("domain-missing", places[0] + 1)
    if text.startswith("["):
        literal = grammar.LITERAL.fullmatch(text)
        valid = literal and grammar.literal_valid(literal.group(1))
        return () if valid else fault("literal-syntax", places[0] + 1, text)
    if "@" in text:
        return fault("at-doubled", places[text.index("@")] + 1)
    bare = text.removesuffix(".")
    if not grammar.DOMAIN.fullmatch(bare):
        return fault("domain-syntax", places[_wrong_in_domain(bare)] + 1, text)
    return _too_long(bare, places) or _domain_remarks(text, bare, places)


def _wrong_in_domain(text: str) -> int:
    """The index of the first character that no domain could have there."""
    match = grammar.DOMAIN.match(text)
    end = match.end() if match else 0
    return end + 1 if match and text.startswith(".", end) else end


def _too_long(domain: str, places: Sequence[int]) -> Fault | None:
    if len(domain) <= grammar.LABEL_LIMIT:
        return None
    octets = len(encoded(domain))
    if octets > grammar.DOMAIN_LIMIT:
        return fault("domain-too-long", places[0] + 1, str(octets))
    at = 0
    for label in domain.split("."):
        if len(label) > grammar.LABEL_LIMIT:
            return fault("label-too-long", places[at] + 1)
        at += len(label) + 1
    return None


def _domain_remarks(text: str, bare: str, places: Sequence[int]) -> Remarks:
    remarks: Remarks = () if bare.isascii() else (_beyond_ascii(bare, places),)
    if "_" in bare:
        remarks += (fault("underscore", places[bare.index("_")] + 1, text),)
    if bare[-1].isdigit() and grammar.literal_valid(bare):
        remarks += (fault("address-unbracketed", places[0] + 1, bare),)
    return remarks if bare == text else (*remarks, fault("trailing-dot", places[len(bare)] + 1))
