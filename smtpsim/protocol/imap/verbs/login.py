"""LOGIN and AUTHENTICATE: who it is (RFC 3501 6.2.2, 6.2.3; RFC 4959 for an answer in the first line)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol import sasl
from smtpsim.protocol.dialogue import LoggedIn, LoginRefused
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.fault import fault
from smtpsim.protocol.imap.question import AskLogin, Verdict
from smtpsim.protocol.imap.scanner import Scanner, read_word
from smtpsim.protocol.imap.service import (
    MECHANISMS,
    Command,
    ImapPending,
    ImapStep,
    Service,
    Verb,
    answer,
    before_login,
    refuse,
    say,
)
from smtpsim.protocol.imap.state import Continued, Phase, State


def _read(scanner: Scanner) -> sasl.Credentials | Fault:
    """login = "LOGIN" SP userid SP password"""
    user = scanner.after_space(read_word)
    if isinstance(user, Fault):
        return user
    secret = scanner.after_space(read_word)
    return secret if isinstance(secret, Fault) else sasl.Credentials(user, secret)


def _begin(state: State, service: Service, command: Command, given: sasl.Credentials) -> ImapPending:
    def finish(state: State, service: Service, verdict: Verdict) -> ImapStep:
        if verdict.rule and not verdict.accepts:
            refused = state._replace(phase=Phase.NOT_AUTHENTICATED, continued=None)
            reply = say(service, command.tag, verdict.rule, **verdict.values)
            return ImapStep(refused, reply, (LoginRefused(given.user),))
        logged_in = State(Phase.AUTHENTICATED, given.user, tls=state.tls)
        key = "login-ok" if command.verb == "LOGIN" else "authenticate-ok"
        return answer(logged_in, service, command, key, (), LoggedIn(given.user))

    return ImapPending(AskLogin(given.user, given.secret), finish)


class Authentication(NamedTuple):
    """A mechanism, and the answer if it came with it, with its column."""

    mechanism: str
    answer: str | None = None
    column: int = 0


def _read_authentication(scanner: Scanner) -> Authentication | Fault:
    """authenticate = "AUTHENTICATE" SP auth-type [SP (base64 / "=")]"""
    name = scanner.after_space(read_word)
    if isinstance(name, Fault) or scanner.done:
        return name if isinstance(name, Fault) else Authentication(name.upper())
    if wrong := scanner.space():
        return wrong
    column = scanner.column()
    found = scanner.take(grammar.SASL_ANSWER)
    return Authentication(name.upper(), found[0] if found else "", column)


def _authenticate(state: State, service: Service, command: Command, given: Authentication) -> ImapStep | ImapPending:
    if given.mechanism not in MECHANISMS:
        # a client that is not waiting for the plus sends its answer all the same: it is no command
        expecting = state._replace(refused_auth=given.answer is None)
        return refuse(expecting, service, command.tag, "auth-mechanism", name=given.mechanism)
    if given.answer is None:
        waiting = state._replace(phase=Phase.AUTH, continued=Continued(command.tag, state.phase))
        return ImapStep(waiting, say(service, command.tag, service.rule("auth-go")))
    return _answered(state, service, command, sasl.initial(given.answer), given.column)


def response_line(state: State, service: Service, line: str) -> ImapStep | ImapPending:
    """The answer to the plus; `*` gives up (RFC 3501 6.2.2)."""
    assert state.continued is not None
    command = Command(state.continued.tag, "AUTHENTICATE")
    resting = state._replace(phase=state.continued.back, continued=None)
    text = line.strip(" \t")
    if text == sasl.CANCEL:
        return refuse(resting, service, command.tag, "auth-cancelled")
    return _answered(resting, service, command, text, line.index(text) + 1)


def _answered(state: State, service: Service, command: Command, text: str, column: int) -> ImapStep | ImapPending:
    found = sasl.read_answer(text)
    if isinstance(found, sasl.NoBase64):
        return refuse(state, service, command.tag, "auth-base64", fault("imap-base64-syntax", column + found.at))
    credentials = sasl.plain(found)
    if credentials is None:
        return refuse(state, service, command.tag, "login-refused", fault("imap-credentials-syntax", column))
    return _begin(state, service, command, credentials)


def is_stray_answer(line: str) -> bool:
    """Whether a line after a refused AUTHENTICATE looks like an answer to it; a command has a tag and a verb."""
    text = line.strip(" \t")
    return text == sasl.CANCEL or (bool(text) and " " not in text and isinstance(sasl.read_answer(text), str))


VERBS = (
    Verb("LOGIN", "LOGIN user password", _read, _begin, before_login(Phase.AUTHENTICATED), rank=50),
    Verb("AUTHENTICATE", "AUTHENTICATE PLAIN", _read_authentication, _authenticate, before_login(Phase.AUTH), rank=60),
)
