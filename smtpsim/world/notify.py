"""What a sender wants to be told of, by the parameters of MAIL and RCPT (RFC 3461 4)."""

from __future__ import annotations

import re

from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.state import Recipient
from smtpsim.world.model import Letter

_USUAL = ("FAILURE", "DELAY")
"""Without NOTIFY the sender is told of failures, and may be told of delays (RFC 3461 4.1)."""


def wants(recipient: Recipient, event: str) -> bool:
    """Whether a report of this event (SUCCESS, FAILURE, DELAY) is wanted for a recipient."""
    given = _given(recipient, "NOTIFY") if recipient.parameters else ""
    return event in (given.upper().split(",") if given else _USUAL)


def without_success(recipient: Recipient) -> Recipient:
    """The recipient without the wish to hear of success; who wished for nothing else now wishes for no report at all,
    since without NOTIFY failures would be told (RFC 3461 5.2.7.3)."""
    return recipient._replace(parameters=tuple(map(_without_success, recipient.parameters)))


def _without_success(parameter: Parameter) -> Parameter:
    if parameter.name != "NOTIFY":
        return parameter
    others = [event for event in (parameter.value or "").upper().split(",") if event != "SUCCESS"]
    return parameter._replace(value=",".join(others) or "NEVER")


def original_recipient(recipient: Recipient) -> str:
    """The ORCPT value decoded (`rfc822;ann@example.com`), "" where it was not given."""
    kind, semicolon, address = _given(recipient, "ORCPT").partition(";")
    return f"{kind};{_decoded(address)}" if semicolon else ""


def envelope_id(letter: Letter) -> str:
    """The ENVID value decoded, "" where it was not given."""
    return _decoded(letter.asked("ENVID") or "")


def wants_whole(letter: Letter) -> bool:
    """Whether the whole letter shall come back with a failure, not its header alone."""
    return (letter.asked("RET") or "").upper() == "FULL"


def _given(recipient: Recipient, name: str) -> str:
    return next((parameter.value or "" for parameter in recipient.parameters if parameter.name == name), "")


def _decoded(xtext: str) -> str:
    """`+2B` is a plus sign (RFC 3461 4)."""
    return re.sub(r"\+([0-9A-Fa-f]{2})", lambda match: chr(int(match.group(1), 16)), xtext)
