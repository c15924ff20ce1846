"""The Received-SPF header: one SPF verdict, written above the message by the server that reached it (RFC 7208 9.1)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from smtpsim.kernel.finding import Finding
from smtpsim.kernel.printable import printable
from smtpsim.message.parameters import quoted

_COMMENTS = {
    "pass": "{domain} permits {ip}",
    "fail": "{domain} does not permit {ip}",
    "softfail": "{domain} discourages {ip}",
    "neutral": "{domain} neither permits nor denies {ip}",
    "none": "{domain} has no SPF record",
    "temperror": "the DNS did not answer for {domain}",
    "permerror": "the SPF record of {domain} cannot be used",
}

# dot-atom (RFC 5322 3.2.3): what needs no quotes as a value
_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class Session(NamedTuple):
    """What the server knows of the dialogue; `envelope_from` is "" for the null sender."""

    receiver: str
    client_ip: str
    helo: str
    envelope_from: str


def received_spf(check: Finding, session: Session) -> str:
    """The header with CRLF line ends. `check` is on the identity helo or mailfrom."""
    before, after = _around_sender(
        check.result, check.domain, check.identity, check.decided_by, check.reason, session._replace(envelope_from="")
    )
    return f"{before}{_value(session.envelope_from)}{after}"


@lru_cache(maxsize=256)
def _around_sender(
    result: str, domain: str, identity: str, decided_by: str, reason: str, session: Session
) -> tuple[str, str]:
    """The header before and after the envelope's sender, which is all that differs between the mails of a client."""
    comment = _COMMENTS[result].format(domain=_commented(domain), ip=session.client_ip)
    pairs = (
        ("receiver", session.receiver),
        ("client-ip", session.client_ip),
        ("helo", session.helo),
        ("identity", identity),
        ("mechanism", decided_by),
        ("problem", reason if result.endswith("error") else ""),
    )
    told = {name: f"{name}={_value(value)};" for name, value in pairs if value}
    first = [told.pop(name) for name in ("receiver", "client-ip") if name in told]
    head = "\r\n\t".join([f"Received-SPF: {result} ({session.receiver}: {comment})", *first, "envelope-from="])
    return head, ";" + "".join(f"\r\n\t{line}" for line in told.values()) + "\r\n"


def _value(text: str) -> str:
    return text if _DOT_ATOM.fullmatch(text) else quoted(printable(text))


def _commented(text: str) -> str:
    """Text that can stand in a comment: its own brackets and backslashes escaped (RFC 5322 3.2.2)."""
    return re.sub(r"([()\\])", r"\\\1", printable(text))
