"""The arguments that several terms share: ":" domain-spec, needed or not, with or without prefixes."""

from __future__ import annotations

from smtpsim.spf.fault import SyntaxFault, fault
from smtpsim.spf.macro import DomainSpec, parse_domain_spec


def parse_needed_domain(argument: str, column: int) -> DomainSpec | SyntaxFault:
    """Read `":" domain-spec` (include, exists)."""
    if argument[:1] == ":":
        return parse_domain_spec(argument[1:], column + 1)
    return fault("prefix-unexpected" if argument else "argument-missing", column, argument)


def parse_possible_domain(argument: str, column: int) -> DomainSpec | SyntaxFault | None:
    """Read `[ ":" domain-spec ]` (a, mx, ptr)."""
    return parse_needed_domain(argument, column) if argument else None


def printed_domain(domain: DomainSpec | None) -> str:
    return "" if domain is None else f":{domain}"


def printed_qualifier(qualifier: str) -> str:
    """The qualifier as a record shows it: "+" is what is meant without one."""
    return "" if qualifier == "+" else qualifier
