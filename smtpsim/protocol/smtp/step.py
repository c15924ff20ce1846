"""The steps that verbs make: an answer, a refusal, a reply that the world has decided."""

from __future__ import annotations

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.smtp.facts import Fact, TransactionDropped
from smtpsim.protocol.smtp.question import Verdict
from smtpsim.protocol.smtp.reply import Reply, ReplyRule, fill
from smtpsim.protocol.smtp.service import Command, Service, SmtpStep
from smtpsim.protocol.smtp.state import State

REFUSING = 400
"""From this reply code on, enhanced codes are shown to every client. So do Postfix, OpenSMTPD and Sendmail, though by
RFC 2034 a client asks for them by EHLO. The replies that accept keep to that."""


def say(state: State, service: Service, rule: ReplyRule, **values: object) -> Reply:
    """The reply that `rule` stands for, in this server's words."""
    enhanced = "ENHANCEDSTATUSCODES" in service.keywords and (state.esmtp or rule.code >= REFUSING)
    fixed = service.fixed.get(rule.key)
    if fixed:
        return fixed[enhanced]
    values["server"] = service.name
    utf8 = state.envelope is not None and state.envelope.parameter("SMTPUTF8") is not None
    return fill(rule, service.texts.get(rule.key, rule.text), values, enhanced, utf8)


def refuse_order(state: State, service: Service, command: Command, key: str) -> SmtpStep:
    """How most verbs are refused where the transition table refuses them."""
    return refuse(state, service, key, verb=command.verb)


def answer(state: State, service: Service, key: str, **values: object) -> SmtpStep:
    """A step that only says something."""
    return SmtpStep(state, say(state, service, service.rule(key), **values))


def refuse(state: State, service: Service, key: str, *faults: Fault, **values: object) -> SmtpStep:
    """A step that changes nothing but the count of errors: the reply and the faults that explain it."""
    reply = say(state, service, service.rule(key), **values)
    return SmtpStep(mistaken(state) if reply.code >= 500 else state, reply, (), faults)


def mistaken(state: State) -> State:
    """One error more. What the world refuses, such as an unknown recipient, is none of the client's."""
    return state._replace(errors=state.errors + 1)


def judged(state: State, service: Service, verdict: Verdict, usual: str, **values: object) -> Reply:
    """The reply to a question: the verdict's own, or the usual acceptance."""
    return verdict.reply or say(state, service, verdict.rule or service.rule(usual), **{**values, **verdict.values})


def dropped(state: State) -> tuple[Fact, ...]:
    """What it means for the mail under way, if there is one, that this state ends."""
    return (TransactionDropped(),) if state.envelope else ()
