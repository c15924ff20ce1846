"""USER and PASS: who wants which maildrop (RFC 1939 7)."""

from __future__ import annotations

from smtpsim.protocol.pop3.facts import LoggedIn, LoginRefused, UserNamed
from smtpsim.protocol.pop3.question import AskLogin, Verdict
from smtpsim.protocol.pop3.service import Service
from smtpsim.protocol.pop3.state import Phase, State
from smtpsim.protocol.pop3.step import ANY_NUMBER, Command, Pending, Step, Verb, answer, say


def _user(state: State, service: Service, command: Command) -> Step:
    """Any name is taken: a server that knows it from others would give its users away (RFC 1939 7)."""
    name = command.words[0][0]
    named = state._replace(phase=Phase.USER, user=name)
    return answer(named, service, "user-ok", UserNamed(name))


def _pass(state: State, service: Service, command: Command) -> Step | Pending:
    """PASS has one argument, so that every blank behind the first belongs to the password (RFC 1939 7)."""
    assert state.user is not None
    return Pending(AskLogin(state.user, command.raw), _finish)


def _finish(state: State, service: Service, verdict: Verdict) -> Step:
    user = state.user or ""
    mails = verdict.maildrop.mails
    values = {"count": len(mails), "octets": sum(len(mail.octets) for mail in mails)}
    reply = say(service, verdict.rule or service.rule("login-ok"), **{**values, **verdict.values})
    if not reply.accepts:
        return Step(state._replace(phase=Phase.AUTHORIZATION, user=None), reply, (LoginRefused(user),))
    logged_in = State(Phase.TRANSACTION, user, verdict.maildrop)
    return Step(logged_in, reply, (LoggedIn(user),))


USER = Verb("USER", "USER name", _user, 1, 1)
PASS = Verb("PASS", "PASS password", _pass, 1, ANY_NUMBER)

VERBS = (USER, PASS)
