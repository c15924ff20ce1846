"""LOGIN: the plain way to say who it is (RFC 3501 6.2.3)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap.facts import LoggedIn, LoginRefused
from smtpsim.protocol.imap.question import AskLogin, Verdict
from smtpsim.protocol.imap.scanner import Scanner, read_word
from smtpsim.protocol.imap.service import Service
from smtpsim.protocol.imap.state import Phase, State
from smtpsim.protocol.imap.step import Command, Pending, Step, Verb, answer, refused


class Credentials(NamedTuple):
    user: str
    secret: str


def _read(scanner: Scanner) -> Credentials | Fault:
    """login = "LOGIN" SP userid SP password"""
    user = scanner.after_space(read_word)
    if isinstance(user, Fault):
        return user
    secret = scanner.after_space(read_word)
    return secret if isinstance(secret, Fault) else Credentials(user, secret)


def _begin(state: State, service: Service, command: Command, given: Credentials) -> Pending:
    def finish(state: State, service: Service, verdict: Verdict) -> Step:
        wrong = refused(state, service, command, verdict)
        if wrong:
            return wrong._replace(facts=(LoginRefused(given.user),))
        logged_in = State(Phase.AUTHENTICATED, given.user)
        return answer(logged_in, service, command, "login-ok", (), LoggedIn(given.user))

    return Pending(AskLogin(given.user, given.secret), finish)


LOGIN = Verb("LOGIN", "LOGIN user password", _read, _begin)
