"""What one unit of input did, and how a verb is described to the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from smtpsim.kernel.fault import Fault, Remarks
from smtpsim.protocol.smtp.facts import Fact, TransactionDropped
from smtpsim.protocol.smtp.question import Question, Verdict
from smtpsim.protocol.smtp.reply import Reply, ReplyRule, fill
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import State


class Command(NamedTuple):
    """A command line: the verb in upper case, what stands behind it, and at which index that begins."""

    verb: str
    argument: str
    start: int
    line: str

    @property
    def column(self) -> int:
        """Where the verb begins."""
        return len(self.line) - len(self.line.lstrip(" \t")) + 1


class Step(NamedTuple):
    """The state after the input, the reply (None inside a letter), the facts, and what was odd or wrong."""

    state: State
    reply: Reply | None
    facts: tuple[Fact, ...] = ()
    faults: Remarks = ()


class Pending(NamedTuple):
    """A question for the world. `finish` makes the step of its verdict; `faults` were found in the line."""

    question: Question
    finish: Callable[[State, Service, Verdict], Step]
    faults: Remarks = ()


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
    enhanced = state.esmtp and "ENHANCEDSTATUSCODES" in service.keywords
    fixed = service.fixed.get(rule.key)
    if fixed:
        return fixed[enhanced]
    values["server"] = service.name
    return fill(rule, service.texts.get(rule.key, rule.text), values, enhanced)


def answer(state: State, service: Service, key: str, **values: object) -> Step:
    """A step that only says something."""
    return Step(state, say(state, service, service.rule(key), **values))


def refuse(state: State, service: Service, key: str, *faults: Fault, **values: object) -> Step:
    """A step that changes nothing but the count of errors: the reply and the faults behind it."""
    reply = say(state, service, service.rule(key), **values)
    return Step(mistaken(state) if reply.code >= 500 else state, reply, (), faults)


def mistaken(state: State) -> State:
    """One error more. What the world refuses, such as an unknown recipient, is none of the client's."""
    return state._replace(errors=state.errors + 1)


def judged(state: State, service: Service, verdict: Verdict, usual: str, **values: object) -> Reply:
    """The reply to a question: the verdict's own, or the usual acceptance."""
    return verdict.reply or say(state, service, verdict.rule or service.rule(usual), **{**values, **verdict.values})


def dropped(state: State) -> tuple[Fact, ...]:
    """What it means for the mail under way, if there is one, that the state is left behind."""
    return (TransactionDropped(),) if state.envelope else ()
