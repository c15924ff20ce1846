"""XCLIENT: a trusted client says for whom it speaks, and so chooses address, name and log-in.

The form is that of Postfix's XCLIENT_README; the command belongs to no RFC.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.kernel.ip import normal
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.grammar import XTEXT
from smtpsim.protocol.smtp.reply import Reply, ReplyRule, fill
from smtpsim.protocol.smtp.service import Extension
from smtpsim.protocol.smtp.state import State

NAMES = ("NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT")
UNKNOWN = ("[UNAVAILABLE]", "[TEMPUNAVAIL]")

XCLIENT = Extension("xclient", "XCLIENT", Ref(5321, "4.1.5"), advertise=lambda service, state: " ".join(NAMES))
"""Announced in the answer to EHLO; the command itself never reaches the host, for which a new client connects."""

BAD = ReplyRule("xclient-syntax", 501, "5.5.4", "Bad XCLIENT attribute: {found}", XCLIENT.ref)
IN_TRANSACTION = ReplyRule("xclient-order", 503, "5.5.1", "Mail transaction in progress", XCLIENT.ref)

_ENCODED = re.compile(r"\+([0-9A-Fa-f]{2})")


class Told(NamedTuple):
    """What the client said of whom it speaks for; "" for what it did not say or does not know."""

    address: str = ""
    helo: str = ""
    esmtp: bool = False
    user: str = ""

    def state(self, before: State) -> State:
        """The dialogue right after the greeting, with what is known of the new client."""
        return State(helo=self.helo or None, esmtp=self.esmtp, tls=before.tls, user=self.user or None)


def is_xclient(line: str) -> bool:
    return line[:8].upper().rstrip() == "XCLIENT"


def read_xclient(line: str) -> Told | str:
    """The attributes, or the word that is wrong."""
    values: dict[str, str] = {}
    for word in line.split()[1:]:
        name, equals, value = word.partition("=")
        if not equals or name.upper() not in NAMES or not XTEXT.fullmatch(value):
            return word
        plain = _ENCODED.sub(lambda found: chr(int(found[1], 16)), value)
        values[name.upper()] = "" if plain.upper() in UNKNOWN else plain
    return _told(values) if values else line.strip()


def _told(values: Mapping[str, str]) -> Told | str:
    given = values.get("ADDR", "")
    address = normal(given[5:] if given.upper().startswith("IPV6:") else given)
    if given and not address:
        return f"ADDR={given}"
    esmtp = values.get("PROTO", "").upper() == "ESMTP"
    return Told(address, values.get("HELO", ""), esmtp, values.get("LOGIN", ""))


def refusal(rule: ReplyRule, enhanced: bool, found: str = "") -> Reply:
    return fill(rule, rule.text, {"found": found}, enhanced)
