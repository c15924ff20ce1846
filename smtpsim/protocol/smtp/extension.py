"""What an SMTP service extension is (RFC 5321 2.2): a keyword, parameters, and perhaps verbs of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.reply import ReplyRule

if TYPE_CHECKING:
    from smtpsim.protocol.smtp.service import Service
    from smtpsim.protocol.smtp.state import State
    from smtpsim.protocol.smtp.step import Verb


class Ruling(NamedTuple):
    """What the check of a parameter came to: the key of the refusing reply, or "" when it is taken; the key of the
    fault, or "" when there is none; and what the fault is about, where that is not the value itself.

    A fault without a refusal means taken against the grammar, as most servers do.
    """

    refusal: str = ""
    fault: str = ""
    found: str = ""


GOOD = Ruling()


def bad(fault: str) -> Ruling:
    """Refused for its value."""
    return Ruling("parameter-syntax", fault)


def odd(fault: str) -> Ruling:
    """Taken, whatever the grammar says of its value."""
    return Ruling("", fault)


ParameterCheck = Callable[[Parameter, "Service"], Ruling]


def plainly(service: Service, state: State) -> str | None:
    """The advertisement of an extension whose keyword stands alone."""
    return ""


class Extension(NamedTuple):
    """One extension. `name` is that of its file; `single` are the parameters that may not come twice;
    `advertise` gives what stands behind the keyword in the EHLO reply, and None to withhold the line."""

    name: str
    keyword: str
    ref: Ref
    mail: Mapping[str, ParameterCheck] = MappingProxyType({})
    rcpt: Mapping[str, ParameterCheck] = MappingProxyType({})
    single: frozenset[str] = frozenset()
    verbs: tuple[Verb, ...] = ()
    replies: tuple[ReplyRule, ...] = ()
    advertise: Callable[[Service, State], str | None] = plainly


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
