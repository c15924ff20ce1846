"""SIZE: the sender says how large the letter is, before sending it (RFC 1870)."""

from __future__ import annotations

import re

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.extension import GOOD, bad, odd
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.service import Extension, Ruling, Service
from smtpsim.protocol.smtp.state import State

# size-value = 1*20DIGIT. Servers read the number at the beginning and take what is none for no size at all.
_NUMBER = re.compile(r"[+-]?[0-9]+")


def _check(parameter: Parameter, service: Service) -> Ruling:
    """A size over the limit is refused at once (RFC 1870 6.1)."""
    value = parameter.value
    if value is None or "=" in value:
        return bad("size-value")
    limit = service.limits.size
    number = _NUMBER.match(value)
    if number and value.startswith("-"):
        return Ruling("letter-too-big", "size-value")
    if number and limit and int(number.group()[:20]) > limit:
        return Ruling("letter-too-big", "size-over-limit", str(limit))
    return GOOD if value.isascii() and value.isdigit() else odd("size-value")


def _advertise(service: Service, state: State) -> str:
    return str(service.limits.size)


EXTENSION = Extension("size", "SIZE", Ref(1870), mail={"SIZE": _check}, advertise=_advertise)
