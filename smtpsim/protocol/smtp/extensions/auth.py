"""AUTH: the client says who it is, by PLAIN, LOGIN or CRAM-MD5 (RFC 4954)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import NamedTuple

from smtpsim.kernel.printable import decoded, encoded
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.extension import BAD, GOOD, ODD, Extension, Ruling
from smtpsim.protocol.smtp.facts import LoggedIn, LoginRefused
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.grammar import XTEXT
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.question import AskChallenge, AskLogin, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Exchange, Phase, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, judged, refuse, say

_REPLIES = (
    ReplyRule("auth-challenge", 334, "", "{challenge}", Ref(4954, "4")),
    ReplyRule("auth-ok", 235, "2.7.0", "Authentication succeeded", Ref(4954, "6")),
    ReplyRule("auth-failed", 535, "5.7.8", "Authentication failed", Ref(4954, "6")),
    ReplyRule("auth-cancelled", 501, "5.7.0", "Authentication cancelled", Ref(4954, "4")),
    ReplyRule("auth-base64", 501, "5.5.2", "Cannot decode that as base64", Ref(4954, "4")),
    ReplyRule("auth-mechanism", 504, "5.5.4", "Mechanism not offered: {name}", Ref(4954, "4")),
    ReplyRule("auth-already", 503, "5.5.1", "Already authenticated", Ref(4954, "4")),
    ReplyRule("auth-syntax", 501, "5.5.4", "Syntax: AUTH mechanism", Ref(4954, "4")),
    ReplyRule("auth-needs-ehlo", 503, "5.5.1", "Say EHLO before AUTH", Ref(4954, "4")),
)


class Credentials(NamedTuple):
    user: str
    secret: str


class Mechanism(NamedTuple):
    """`prompts` are the challenges, in order; None stands for one that the world must make up.

    `credentials` reads the decoded answers; None means that they make no sense.
    """

    prompts: tuple[str | None, ...]
    credentials: Callable[[tuple[str, ...]], Credentials | None]


def _plain(answers: tuple[str, ...]) -> Credentials | None:
    """message = [authzid] NUL authcid NUL passwd (RFC 4616 2)"""
    parts = answers[0].split("\0")
    return Credentials(parts[1], parts[2]) if len(parts) == 3 and parts[1] else None


def _login(answers: tuple[str, ...]) -> Credentials | None:
    return Credentials(answers[0], answers[1]) if answers[0] else None


def _cram_md5(answers: tuple[str, ...]) -> Credentials | None:
    """The user's name, a space, and the digest in hexadecimal (RFC 2195 2)."""
    user, space, digest = answers[0].rpartition(" ")
    return Credentials(user, digest) if space else None


MECHANISMS = {
    "PLAIN": Mechanism(("",), _plain),
    "LOGIN": Mechanism(("Username:", "Password:"), _login),
    "CRAM-MD5": Mechanism((None,), _cram_md5),
}


def _begin(state: State, service: Service, command: Command) -> Step | Pending:
    words = command.argument.split()
    name = words[0].upper() if words else ""
    refusal = _refusal(state, service, words, name)
    if refusal:
        wrong = fault("auth-syntax", command.start + 1, command.argument)
        return refuse(state, service, refusal, wrong, name=name)
    asking = state._replace(phase=Phase.AUTH, exchange=Exchange(name))
    if len(words) == 1:
        return _next(asking, service)
    return _answer(asking, service, "" if words[1] == "=" else words[1])


def _refusal(state: State, service: Service, words: list[str], name: str) -> str:
    """The first reason not to start, or ""."""
    reasons = (
        (state.user is not None, "auth-already"),
        (not state.esmtp, "auth-needs-ehlo"),
        (not 1 <= len(words) <= 2, "auth-syntax"),
        (name not in service.mechanisms, "auth-mechanism"),
    )
    return next((key for holds, key in reasons if holds), "")


def _next(state: State, service: Service) -> Step | Pending:
    """Put the next challenge, or judge what was answered."""
    exchange = state.exchange
    assert exchange is not None
    mechanism = MECHANISMS[exchange.mechanism]
    if len(exchange.answers) == len(mechanism.prompts):
        return _judge(state, service, exchange, mechanism.credentials(exchange.answers))
    prompt = mechanism.prompts[len(exchange.answers)]
    if prompt is None:
        return Pending(AskChallenge(exchange.mechanism), _finish_challenge)
    return _challenge(state, service, prompt)


def _finish_challenge(state: State, service: Service, verdict: Verdict) -> Step:
    challenge = str(verdict.values["challenge"])
    return _challenge(state._replace(exchange=Exchange("CRAM-MD5", challenge), phase=Phase.AUTH), service, challenge)


def _challenge(state: State, service: Service, text: str) -> Step:
    shown = b64encode(encoded(text)).decode("ascii")
    return Step(state, say(state, service, service.rule("auth-challenge"), challenge=shown))


def response_line(state: State, service: Service, line: str) -> Step | Pending:
    """The client's answer to a challenge; `*` gives up (RFC 4954 4)."""
    if line.strip() == "*":
        return refuse(_left(state), service, "auth-cancelled")
    return _answer(state, service, line.strip())


def _answer(state: State, service: Service, text: str) -> Step | Pending:
    try:
        answer = decoded(b64decode(text, validate=True))
    except ValueError:
        return refuse(_left(state), service, "auth-base64", fault("base64-syntax", 0, text))
    exchange = state.exchange
    assert exchange is not None
    return _next(state._replace(exchange=exchange._replace(answers=(*exchange.answers, answer))), service)


def _judge(
    state: State, service: Service, exchange: Exchange, credentials: Credentials | None
) -> Step | Pending:
    if credentials is None:
        return refuse(_left(state), service, "auth-failed", fault("credentials-syntax", 0))
    user, secret = credentials

    def finish(state: State, service: Service, verdict: Verdict) -> Step:
        reply = judged(state, service, verdict, "auth-ok")
        if not reply.accepts:
            return Step(_left(state), reply, (LoginRefused(user),))
        return Step(_left(state)._replace(user=user), reply, (LoggedIn(user),))

    return Pending(AskLogin(exchange.mechanism, user, secret, exchange.challenge), finish)


def _left(state: State) -> State:
    """The state behind an AUTH dialogue, however it ended."""
    return state._replace(phase=Phase.READY, exchange=None)


def mail_parameter(parameter: Parameter, service: Service) -> Ruling:
    """AUTH=<> or AUTH=xtext on MAIL names who submitted the letter first (RFC 4954 5)."""
    value = parameter.value
    if value is None:
        return BAD
    return GOOD if value == "<>" or (value and XTEXT.fullmatch(value)) else ODD


def _advertise(service: Service, state: State) -> str | None:
    return " ".join(service.mechanisms)


EXTENSION = Extension(
    "auth",
    "AUTH",
    Ref(4954),
    mail={"AUTH": mail_parameter},
    verbs=(Verb("AUTH", "AUTH PLAIN", _begin),),
    replies=_REPLIES,
    advertise=_advertise,
)
