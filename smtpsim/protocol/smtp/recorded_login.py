"""AUTH as a recording shows it, also by mechanisms that this program's server does not have (RFC 4954 4)."""

from __future__ import annotations

from base64 import b64decode

from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import decoded
from smtpsim.protocol.dialogue import LoggedIn, LoginRefused
from smtpsim.protocol.smtp.extensions.auth import MECHANISMS, left
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.service import Command, SmtpStep
from smtpsim.protocol.smtp.state import Exchange, Phase, State

CHALLENGE = 334


def login(state: State, command: Command | Fault, line: str, reply: Reply) -> SmtpStep:
    """The step of `AUTH ...`, or of an answer to a challenge."""
    exchange = _exchange(state, command, line)
    if reply.code == CHALLENGE:
        return SmtpStep(state._replace(phase=Phase.AUTH, exchange=exchange), reply)
    after = left(state) if state.phase is Phase.AUTH else state
    user = _user(exchange)
    if reply.code // 100 == 2:
        return SmtpStep(left(state)._replace(user=user), reply, (LoggedIn(user),))
    return SmtpStep(after, reply, (LoginRefused(user),) if reply.code >= 400 else ())


def is_known(exchange: Exchange) -> bool:
    """Whether this program's server could go on with it, too."""
    mechanism = MECHANISMS.get(exchange.mechanism)
    return mechanism is not None and len(exchange.answers) < len(mechanism.prompts)


def _exchange(state: State, command: Command | Fault, line: str) -> Exchange:
    """The exchange with what this line adds to it."""
    if state.exchange:
        return state.exchange._replace(answers=(*state.exchange.answers, _plain(line.strip())))
    words = command.argument.split() if isinstance(command, Command) else []
    return Exchange(words[0].upper() if words else "", answers=tuple(map(_plain, words[1:2])))


def _plain(text: str) -> str:
    """An answer without its base64, "" where it is none: masked, for example."""
    try:
        return decoded(b64decode(text, validate=True))
    except ValueError:
        return ""


def _user(exchange: Exchange) -> str:
    """Who logged in, as far as the recording tells; else the mechanism's name in parentheses."""
    mechanism = MECHANISMS.get(exchange.mechanism)
    known = mechanism and len(exchange.answers) >= len(mechanism.prompts) and all(exchange.answers)
    credentials = mechanism.credentials(exchange.answers) if mechanism and known else None
    return credentials.user if credentials else f"({exchange.mechanism})"
