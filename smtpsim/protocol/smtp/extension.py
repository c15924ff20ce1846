"""What the checks of an extension's parameters say, and the checks that several extensions have the like of."""

from __future__ import annotations

from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.service import ParameterCheck, Ruling, Service

GOOD = Ruling()


def bad(fault: str) -> Ruling:
    """Refused for its value."""
    return Ruling("parameter-syntax", fault)


def odd(fault: str) -> Ruling:
    """Taken, whatever the grammar says of its value."""
    return Ruling("", fault)


def no_value(fault: str) -> ParameterCheck:
    """The check of a parameter that takes no value."""

    def check(parameter: Parameter, service: Service) -> Ruling:
        return GOOD if parameter.value is None else Ruling("parameter-unknown", fault)

    return check


def either(one: ParameterCheck, other: ParameterCheck) -> ParameterCheck:
    """The check of a parameter that two extensions have values for, as BODY (RFC 6152 2, RFC 3030 3)."""

    def check(parameter: Parameter, service: Service) -> Ruling:
        ruling = one(parameter, service)
        return other(parameter, service) if ruling.refusal else ruling

    return check


def one_of(fault: str, *allowed: str) -> ParameterCheck:
    """The check of a parameter whose value is one of a few words, in any case."""

    def check(parameter: Parameter, service: Service) -> Ruling:
        return GOOD if (parameter.value or "").upper() in allowed else bad(fault)

    return check
