"""fault_address: an address carries its fault, so that a client can be tested without an order to the simulator.

`rcpt550_5.1.1@`, `message452x2@` or `ann+data451x1@`: the stage, what happens there (a reply code, with or without an
enhanced one, `drop`, or `delay5s`), and after an x how often, before it
passes. As the sender's address it holds at MAIL.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.kernel.address import Path
from smtpsim.protocol.smtp.question import AskData, AskMessage, AskRecipient, AskSender, Verdict
from smtpsim.world.fault_action import ORDERED, Action, read_action
from smtpsim.world.memory import Noted
from smtpsim.world.model import Case, Policy

_CARRIED = re.compile(
    r"(?:.*\+)?(?P<stage>mail|rcpt|data|message)(?P<action>[\w.]+?)(?:x(?P<times>\d{1,3}))?", re.ASCII | re.IGNORECASE
)


class Carried(NamedTuple):
    """`times` is how often it happens, 0 for always."""

    stage: str
    action: Action
    times: int


def carried(local: str) -> Carried | None:
    """The fault that a local part carries."""
    found = _CARRIED.fullmatch(local)
    action = read_action(found["action"].lower()) if found else None
    return Carried(found["stage"].lower(), action, int(found["times"] or 0)) if found and action else None


def _happens(case: Case, stage: str, path: Path) -> Verdict | None:
    """The fault of this address at this stage, until it has happened often enough."""
    fault = carried(path.local)
    if fault is None or fault.stage != stage:
        return None
    if not fault.times:
        return fault.action.verdict()
    key = ("fault_address", case.host.name, str(path).lower())
    so_far = case.world.memory.get(key)
    count = so_far if isinstance(so_far, int) else 0
    if count >= fault.times:
        return None
    return fault.action.verdict()._replace(notes=(Noted(key, count + 1),))


def _at_mail(case: Case, question: AskSender) -> Verdict | None:
    return _happens(case, "mail", question.path)


def _at_rcpt(case: Case, question: AskRecipient) -> Verdict | None:
    return _happens(case, "rcpt", question.path)


def _at_data(case: Case, question: AskData) -> Verdict | None:
    assert case.state.envelope is not None
    return _first(case, "data", [recipient.path for recipient in case.state.envelope.recipients])


def _at_message(case: Case, question: AskMessage) -> Verdict | None:
    return _first(case, "message", [recipient.path for recipient in question.envelope.recipients])


def _first(case: Case, stage: str, paths: list[Path]) -> Verdict | None:
    """A letter has one reply: the first recipient whose address has a fault to offer decides it."""
    return next((found for path in paths if (found := _happens(case, stage, path))), None)


POLICY = Policy(
    "fault_address", {"mail": _at_mail, "rcpt": _at_rcpt, "data": _at_data, "message": _at_message}, (ORDERED,)
)
