"""AUTH: the client says who it is, by PLAIN, LOGIN or CRAM-MD5 (RFC 4954)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from smtpsim.kernel.printable import encoded
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.dialogue import LoggedIn, LoginRefused
from smtpsim.protocol.sasl import CANCEL, Credentials, NoBase64, plain, read_answer
from smtpsim.protocol.sasl import initial as initial_response
from smtpsim.protocol.smtp.extension import GOOD, bad, odd
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.framing import CRLF
from smtpsim.protocol.smtp.grammar import WORD, XTEXT
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.question import AskChallenge, AskLogin, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.service import Command, Extension, Ruling, Service, SmtpPending, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import Exchange, Phase, State
from smtpsim.protocol.smtp.step import answer, judged, mistaken, refuse

_REPLIES = (
    ReplyRule("auth-challenge", 334, "", "{challenge}", Ref(4954, "4")),
    ReplyRule("auth-ok", 235, "2.7.0", "Authentication succeeded", Ref(4954, "6")),
    ReplyRule("auth-failed", 535, "5.7.8", "Authentication failed", Ref(4954, "6")),
    ReplyRule("auth-cancelled", 501, "5.7.0", "Authentication cancelled", Ref(4954, "4")),
    ReplyRule("auth-base64", 501, "5.5.2", "Cannot decode that as base64", Ref(4954, "4")),
    ReplyRule("auth-too-long", 500, "5.5.6", "Authentication exchange line is too long", Ref(4954, "6")),
    ReplyRule("auth-mechanism", 504, "5.5.4", "Mechanism not offered: {name}", Ref(4954, "4")),
    ReplyRule("auth-already", 503, "5.5.1", "Already authenticated", Ref(4954, "4")),
    ReplyRule("auth-syntax", 501, "5.5.4", "Syntax: AUTH mechanism", Ref(4954, "4")),
    ReplyRule("auth-needs-ehlo", 503, "5.5.1", "Say EHLO before AUTH", Ref(4954, "4")),
)


LONGEST_ANSWER = 12_288 - len(CRLF)
"""Octets of an answer in base64 (RFC 4954 4)."""


class Mechanism(NamedTuple):
    """`prompts` are the challenges, in order; None stands for one that the world must make up.

    `credentials` reads the decoded answers; None means that they make no sense.
    """

    prompts: tuple[str | None, ...]
    credentials: Callable[[tuple[str, ...]], Credentials | None]


def _plain(answers: tuple[str, ...]) -> Credentials | None:
    return plain(answers[0])


def _login(answers: tuple[str, ...]) -> Credentials | None:
    user, secret = answers
    return Credentials(user, secret) if user and "\0" not in user else None  # with NUL it was meant for PLAIN


def _cram_md5(answers: tuple[str, ...]) -> Credentials | None:
    """The user's name, a space, and the digest in hexadecimal (RFC 2195 2)."""
    user, space, digest = answers[0].rpartition(" ")
    return Credentials(user, digest) if space else None


MECHANISMS = {
    "PLAIN": Mechanism(("",), _plain),
    "LOGIN": Mechanism(("Username:", "Password:"), _login),
    "CRAM-MD5": Mechanism((None,), _cram_md5),
}

_SERVER_FIRST = frozenset(name for name, mechanism in MECHANISMS.items() if mechanism.prompts[0] is None)
"""Mechanisms in which the client cannot begin, so that AUTH has no initial response (RFC 4954 4)."""


_FAULTS = {"auth-needs-ehlo": "extension-without-ehlo"}
"""The faults told with the replies that refuse to start; with all others it is `auth-syntax`."""


def _begin(state: State, service: Service, command: Command) -> SmtpStep | SmtpPending:
    words = list(WORD.finditer(command.line, command.start))
    name = words[0].group().upper() if words else ""
    refusal, wrong = _refusal(state, service, words, name)
    if refusal:
        column = words[wrong].start() + 1 if words else len(command.line) + 1
        return refuse(state, service, refusal, fault(_FAULTS.get(refusal, "auth-syntax"), column, name), name=name)
    asking = state._replace(phase=Phase.AUTH, exchange=Exchange(name))
    if len(words) == 1:
        return _next(asking, service)
    initial = words[1].group()
    return _answer(asking, service, initial_response(initial), words[1].start())


def _refusal(state: State, service: Service, words: Sequence[object], name: str) -> tuple[str, int]:
    """The first reason not to start, or "", and which of the words is wrong."""
    reasons = (
        (state.user is not None, "auth-already", 0),
        (not state.esmtp, "auth-needs-ehlo", 0),
        (not words, "auth-syntax", 0),
        (len(words) > 2, "auth-syntax", 2),
        (name not in service.mechanisms, "auth-mechanism", 0),
        (len(words) > 1 and name in _SERVER_FIRST, "auth-syntax", 1),
    )
    return next(((key, wrong) for holds, key, wrong in reasons if holds), ("", 0))


def _next(state: State, service: Service) -> SmtpStep | SmtpPending:
    """Put the next challenge, or judge what was answered."""
    exchange = _exchange(state)
    mechanism = MECHANISMS[exchange.mechanism]
    if len(exchange.answers) == len(mechanism.prompts):
        return _judge(state, service, exchange, mechanism.credentials(exchange.answers))
    prompt = mechanism.prompts[len(exchange.answers)]
    if prompt is not None:
        return _challenge(state, service, prompt)

    def finish(before: State, service: Service, verdict: Verdict) -> SmtpStep:
        challenge = str(verdict.values["challenge"])
        asking = state._replace(exchange=exchange._replace(challenge=challenge))
        return _challenge(asking, service, challenge)

    return SmtpPending(AskChallenge(exchange.mechanism, _challenge_number(state)), finish)


def _challenge_number(state: State) -> int:
    """A second AUTH comes after a mistake in the first, or after STARTTLS, which forgets the login (RFC 3207 4.2)."""
    return 2 * state.errors + state.tls


def _exchange(state: State) -> Exchange:
    assert state.exchange is not None
    return state.exchange


def _challenge(state: State, service: Service, text: str) -> SmtpStep:
    from base64 import b64encode

    shown = b64encode(encoded(text)).decode("ascii")
    return answer(state, service, "auth-challenge", challenge=shown)


def response_line(state: State, service: Service, line: str) -> SmtpStep | SmtpPending:
    """The client's answer to a challenge; `*` gives up (RFC 4954 4)."""
    text = line.rstrip(" \t\r")
    start = len(text) - len(text.lstrip(" \t"))
    if text[start:] == CANCEL:
        return refuse(left(state), service, "auth-cancelled")
    return _answer(state, service, text[start:], start)


def _answer(state: State, service: Service, text: str, start: int) -> SmtpStep | SmtpPending:
    """Take an answer that begins at index `start` of the line."""
    if len(text) > LONGEST_ANSWER:
        return refuse(left(state), service, "auth-too-long", fault("auth-too-long", start + LONGEST_ANSWER + 1))
    decoding = read_answer(text)
    if isinstance(decoding, NoBase64):
        return refuse(left(state), service, "auth-base64", fault("base64-syntax", start + decoding.at + 1))
    exchange = _exchange(state)
    answered = exchange._replace(answers=(*exchange.answers, decoding))
    return _next(state._replace(exchange=answered), service)


def _judge(
    state: State, service: Service, exchange: Exchange, credentials: Credentials | None
) -> SmtpStep | SmtpPending:
    if credentials is None:
        return refuse(left(state), service, "auth-failed", fault("credentials-syntax", 0))
    user, secret = credentials

    def finish(before: State, service: Service, verdict: Verdict) -> SmtpStep:
        reply = judged(state, service, verdict, "auth-ok")
        if not reply.accepts:
            return SmtpStep(mistaken(left(state)), reply, (LoginRefused(user),))
        return SmtpStep(left(state)._replace(user=user), reply, (LoggedIn(user),))

    return SmtpPending(AskLogin(exchange.mechanism, user, secret, exchange.challenge), finish)


def left(state: State) -> State:
    """The state after an AUTH dialogue, however it ended."""
    return state._replace(phase=Phase.READY, exchange=None)


def mail_parameter(parameter: Parameter, service: Service) -> Ruling:
    """AUTH=<> or AUTH=xtext on MAIL names who submitted the letter first (RFC 4954 5)."""
    value = parameter.value
    if value is None:
        return bad("auth-value")
    return GOOD if value == "<>" or (value and XTEXT.fullmatch(value)) else odd("auth-value")


def _advertise(service: Service, state: State) -> str | None:
    return " ".join(service.mechanisms)


AUTH = Verb(
    "AUTH",
    "AUTH PLAIN",
    _begin,
    row(ready=Phase.AUTH, mail="in-transaction", rcpt="in-transaction"),
    rank=140,
    typed="AUTH ",
    switched_off="auth-not-offered",
)

EXTENSION = Extension(
    "auth",
    "AUTH",
    Ref(4954),
    mail={"AUTH": mail_parameter},
    verbs=(AUTH,),
    replies=_REPLIES,
    advertise=_advertise,
)
