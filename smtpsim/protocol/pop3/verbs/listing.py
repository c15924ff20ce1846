"""STAT, LIST and UIDL: what lies in the maildrop (RFC 1939 5, 7)."""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.protocol.maildrop import Mail
from smtpsim.protocol.pop3.arguments import read_message
from smtpsim.protocol.pop3.reply import with_listing
from smtpsim.protocol.pop3.service import Command, PopStep, Service, Verb, after_login, answer
from smtpsim.protocol.pop3.state import State


def totals(state: State) -> dict[str, object]:
    """How many messages are left, and how many octets they have. Marked ones do not count (RFC 1939 5)."""
    left = state.left()
    return {"count": len(left), "octets": sum(len(mail.octets) for _, mail in left)}


def _stat(state: State, service: Service, command: Command) -> PopStep:
    return answer(state, service, "stat", **totals(state))


def _list(state: State, service: Service, command: Command) -> PopStep:
    return _each(state, service, command, "list", lambda mail: {"octets": len(mail.octets)})


def _uidl(state: State, service: Service, command: Command) -> PopStep:
    validity = state.maildrop.uid_validity
    return _each(state, service, command, "uidl", lambda mail: {"unique": f"{validity}.{mail.uid}"})


def _each(
    state: State, service: Service, command: Command, key: str, told: Callable[[Mail], dict[str, object]]
) -> PopStep:
    """One line for the message that the argument names, or a listing of all that are left."""
    if not command.words:
        step = answer(state, service, key, **totals(state))
        lines = (f"{number} {value}" for number, mail in state.left() for value in told(mail).values())
        return step._replace(reply=with_listing(step.reply, lines))
    chosen = read_message(state, service, command)
    if isinstance(chosen, PopStep):
        return chosen
    return answer(state, service, f"{key}-one", number=chosen.number, **told(chosen.mail))


STAT = Verb("STAT", "STAT", _stat, after_login(), rank=60)
LIST = Verb("LIST", "LIST [message]", _list, after_login(), 0, 1, rank=70)
UIDL = Verb("UIDL", "UIDL [message]", _uidl, after_login(), 0, 1, rank=80)

VERBS = (STAT, LIST, UIDL)
