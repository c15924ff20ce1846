"""What one unit of input did, and how a verb is described to the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from smtpsim.protocol.smtp.facts import Fact
from smtpsim.protocol.smtp.fault import Fault
from smtpsim.protocol.smtp.question import Question, Verdict
from smtpsim.protocol.smtp.reply import Reply, ReplyRule, fill
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Phase, State


class Command(NamedTuple):
    """A command line: the verb in upper case, what stands behind it, and at which index that begins."""

    verb: str
    argument: str
    start: int
    line: str


class Step(NamedTuple):
    """The state after the input, the reply (None inside a letter), the facts, and what was odd or wrong."""

    state: State
    reply: Reply | None
    facts: tuple[Fact, ...] = ()
    faults: tuple[Fault, ...] = ()


class Pending(NamedTuple):
    """A question for the world. `finish` makes the step of its verdict; `faults` were found in the line."""

    question: Question
    finish: Callable[[State, Service, Verdict], Step]
    faults: tuple[Fault, ...] = ()


OutOfOrder = Callable[[State, Service, Command, str], Step]
"""How a verb that the transition table refuses is answered; the last argument is the reply's key."""


def refuse_order(state: State, service: Service, command: Command, key: str) -> Step:
    return refuse(state, service, key, verb=command.verb)


class Verb(NamedTuple):
    """A command's name, the form that HELP and the explanations show, and its handlers."""

    name: str
    form: str
    begin: Callable[[State, Service, Command], Step | Pending]
    out_of_order: OutOfOrder = refuse_order


def say(state: State, service: Service, rule: ReplyRule, **values: object) -> Reply:
    """The reply that `rule` stands for, in this server's words."""
    values["server"] = service.name
    enhanced = state.esmtp and service.offers("ENHANCEDSTATUSCODES")
    return fill(rule, service.texts.get(rule.key, rule.text), values, enhanced)


def answer(state: State, service: Service, key: str, **values: object) -> Step:
    """A step that only says something."""
    return Step(state, say(state, service, service.rule(key), **values))


def refuse(state: State, service: Service, key: str, *faults: Fault, **values: object) -> Step:
    """A step that changes nothing but the talk: the reply and the faults behind it."""
    return Step(state, say(state, service, service.rule(key), **values), (), faults)


def judged(state: State, service: Service, verdict: Verdict, usual: str, **values: object) -> Reply:
    """The reply to a question: the verdict's own, or the usual acceptance."""
    return say(state, service, verdict.rule or service.rule(usual), **{**values, **verdict.values})


def closes(reply: Reply) -> bool:
    """True for the replies after which the server hangs up (RFC 5321 3.8)."""
    return reply.code in (221, 421, 521)


def moved(state: State, phase: Phase) -> State:
    return state._replace(phase=phase)
