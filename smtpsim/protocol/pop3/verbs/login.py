"""USER, PASS and APOP: who wants which maildrop (RFC 1939 7)."""

from __future__ import annotations

from smtpsim.protocol.dialogue import LoggedIn, LoginRefused
from smtpsim.protocol.pop3.facts import UserNamed
from smtpsim.protocol.pop3.question import AskLogin, Verdict
from smtpsim.protocol.pop3.service import (
    ANY_NUMBER,
    Command,
    PopPending,
    PopStep,
    Service,
    Verb,
    answer,
    before_login,
    refuse,
    say,
)
from smtpsim.protocol.pop3.state import Phase, State


def _user(state: State, service: Service, command: Command) -> PopStep:
    """Any name is taken: a server that knows it from others would give its users away (RFC 1939 7)."""
    name = command.words[0][0]
    named = state._replace(phase=Phase.USER, user=name)
    return answer(named, service, "user-ok", UserNamed(name))


def _pass(state: State, service: Service, command: Command) -> PopPending:
    """PASS has one argument, so that every blank after the first belongs to the password (RFC 1939 7)."""
    assert state.user is not None
    return ask(state.user, command.raw)


def _apop(state: State, service: Service, command: Command) -> PopStep | PopPending:
    """The digest of the greeting's timestamp and the password; without a timestamp there is no APOP."""
    if not state.timestamp:
        return refuse(state, service, "not-offered", verb="APOP")
    (user, _), (digest, _) = command.words
    return ask(user, digest, state.timestamp)


def ask(user: str, secret: str, challenge: str = "") -> PopPending:
    """Ask the world for the maildrop; a refusal begins the log-in anew."""

    def finish(state: State, service: Service, verdict: Verdict) -> PopStep:
        mails = verdict.maildrop.mails
        values = {"count": len(mails), "octets": sum(len(mail.octets) for mail in mails)}
        reply = say(service, verdict.rule or service.rule("login-ok"), **{**values, **verdict.values})
        if not reply.accepts:
            return PopStep(state._replace(phase=Phase.AUTHORIZATION, user=None), reply, (LoginRefused(user),))
        logged_in = State(Phase.TRANSACTION, user, verdict.maildrop, tls=state.tls, timestamp=state.timestamp)
        return PopStep(logged_in, reply, (LoggedIn(user),))

    return PopPending(AskLogin(user, secret, challenge), finish)


USER = Verb("USER", "USER name", _user, before_login(Phase.USER, Phase.USER), 1, 1, rank=10)
PASS = Verb("PASS", "PASS password", _pass, before_login("need-user", Phase.TRANSACTION), 1, ANY_NUMBER, rank=20)
APOP = Verb("APOP", "APOP name digest", _apop, before_login(Phase.TRANSACTION, Phase.TRANSACTION), 2, 2, rank=30)

VERBS = (USER, PASS, APOP)
