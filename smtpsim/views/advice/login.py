"""What a challenge of AUTH asks for, decoded, and what a user of this server would answer (RFC 4954 4)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

from smtpsim.kernel.printable import encoded
from smtpsim.protocol.sasl import Credentials
from smtpsim.protocol.smtp.extensions.auth import MECHANISMS
from smtpsim.session.simulation import Turn
from smtpsim.views.advice.said import Advice
from smtpsim.world.accounts import digest, login_name


def asked(turn: Turn) -> Advice | None:
    """What to say about a turn whose reply is a challenge; None where nobody can log in."""
    connection = turn.after.connection
    exchange = connection.state.exchange
    users = connection.host.users
    if exchange is None or not users:
        return None
    step = len(exchange.answers)
    given = login_name(exchange.answers[0]) if exchange.answers else ""
    name = given if given in users else next(iter(users))
    challenge = MECHANISMS[exchange.mechanism].prompts[step] or exchange.challenge
    answer = _ANSWERS[exchange.mechanism](Credentials(name, users[name]), challenge)[step]
    values = {"user": name, "asked": challenge, "answer": answer, "example": b64encode(encoded(answer)).decode()}
    return Advice(f"login-{exchange.mechanism.lower()}", values)


def _plain(who: Credentials, challenge: str) -> tuple[str, ...]:
    return (f"\0{who.user}\0{who.secret}",)


def _login(who: Credentials, challenge: str) -> tuple[str, ...]:
    return (who.user, who.secret)


def _cram_md5(who: Credentials, challenge: str) -> tuple[str, ...]:
    return (f"{who.user} {digest(who.secret, challenge)}",)


_ANSWERS: dict[str, Callable[[Credentials, str], tuple[str, ...]]] = {
    "PLAIN": _plain,
    "LOGIN": _login,
    "CRAM-MD5": _cram_md5,
}
"""The answers to the challenges of each mechanism, in order (RFC 4616 2; RFC 2195 2)."""
