"""DSN: the sender says which reports it wants, and how (RFC 3461)."""

from __future__ import annotations

import re

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.extension import GOOD, bad, odd, one_of
from smtpsim.protocol.smtp.grammar import XTEXT
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.service import Extension, Ruling, Service

ENVID_LIMIT = 100
ORCPT_LIMIT = 500

# original-recipient-address = addr-type ";" xtext ; addr-type = atom (RFC 3461 4.2)
_ADDRESS_TYPE = re.compile(r"[A-Za-z0-9-]+;")

_EVENTS = frozenset({"SUCCESS", "FAILURE", "DELAY"})


def _envid(parameter: Parameter, service: Service) -> Ruling:
    """ENVID=xtext, at most 100 characters (RFC 3461 4.4); servers take longer ones."""
    value = parameter.value or ""
    if not value or not XTEXT.fullmatch(value):
        return bad("envid-value")
    return GOOD if len(value) <= ENVID_LIMIT else odd("envid-value")


def _notify(parameter: Parameter, service: Service) -> Ruling:
    """NOTIFY=NEVER, or a list of SUCCESS, FAILURE and DELAY (RFC 3461 4.1)."""
    words = (parameter.value or "").upper().split(",")
    return GOOD if words == ["NEVER"] or _EVENTS.issuperset(words) else bad("notify-value")


def _orcpt(parameter: Parameter, service: Service) -> Ruling:
    """ORCPT=addr-type;xtext (RFC 3461 4.2). Servers take an empty address, and an `=` in it."""
    value = parameter.value or ""
    kind = _ADDRESS_TYPE.match(value)
    if not kind or len(value) > ORCPT_LIMIT or not value.isascii():
        return bad("orcpt-value")
    address = value[kind.end() :]
    if not XTEXT.fullmatch(address.replace("=", "")):
        return bad("orcpt-value")
    return odd("orcpt-value") if not address or "=" in address else GOOD


EXTENSION = Extension(
    "dsn",
    "DSN",
    Ref(3461),
    mail={"RET": one_of("ret-value", "FULL", "HDRS"), "ENVID": _envid},
    rcpt={"NOTIFY": _notify, "ORCPT": _orcpt},
    single=frozenset({"RET", "ENVID", "NOTIFY", "ORCPT"}),
)
