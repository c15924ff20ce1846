"""AUTH: log in by a mechanism of SASL (RFC 5034), of which PLAIN is offered."""

from __future__ import annotations

from smtpsim.protocol import sasl
from smtpsim.protocol.pop3.fault import fault
from smtpsim.protocol.pop3.reply import with_listing
from smtpsim.protocol.pop3.service import (
    MECHANISMS,
    Command,
    PopPending,
    PopStep,
    Service,
    Verb,
    answer,
    before_login,
    refuse,
)
from smtpsim.protocol.pop3.state import Phase, State
from smtpsim.protocol.pop3.verbs.login import ask


def _begin(state: State, service: Service, command: Command) -> PopStep | PopPending:
    if not command.words:
        # Custom (Dovecot): AUTH alone lists the mechanisms, as in the drafts before RFC 1734
        step = answer(state, service, "mechanisms")
        return step._replace(reply=with_listing(step.reply, MECHANISMS))
    name = command.words[0][0].upper()
    if name not in MECHANISMS:
        return refuse(state, service, "auth-mechanism", name=name)
    if len(command.words) == 1:
        return answer(state._replace(phase=Phase.AUTH), service, "challenge")
    text, column = command.words[1]
    return _answered(state, service, sasl.initial(text), column)


def response_line(state: State, service: Service, line: str) -> PopStep | PopPending:
    """The answer to the challenge; `*` gives up (RFC 5034 4)."""
    resting = state._replace(phase=Phase.AUTHORIZATION, user=None)
    text = line.strip(" \t\r")
    if text == sasl.CANCEL:
        return refuse(resting, service, "auth-cancelled")
    return _answered(resting, service, text, line.index(text) + 1)


def _answered(state: State, service: Service, text: str, column: int) -> PopStep | PopPending:
    answer = sasl.read_answer(text)
    if isinstance(answer, sasl.NoBase64):
        return refuse(state, service, "auth-base64", fault("pop3-base64-syntax", column + answer.at))
    credentials = sasl.plain(answer)
    if credentials is None:
        return refuse(state, service, "login-refused", fault("pop3-credentials-syntax", column))
    return ask(*credentials)


AUTH = Verb("AUTH", "AUTH PLAIN", _begin, before_login(Phase.AUTH, Phase.AUTH), 0, 2, rank=40)

VERBS = (AUTH,)
