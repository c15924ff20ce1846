"""What one line did, and how a verb is described to the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.pop3.facts import Fact
from smtpsim.protocol.pop3.question import Question, Verdict
from smtpsim.protocol.pop3.reply import Reply, ReplyRule, fill
from smtpsim.protocol.pop3.service import Service
from smtpsim.protocol.pop3.state import State


class Command(NamedTuple):
    """A command line: the verb in upper case and its column, what stands behind the one space after it, and at
    which index that begins.

    `raw` keeps the blanks around it, since all of them may belong to a password (RFC 1939 7).
    """

    verb: str
    column: int
    raw: str
    start: int

    @property
    def words(self) -> tuple[tuple[str, int], ...]:
        """The arguments, each with its column."""
        found, at = [], 0
        for word in self.raw.split():
            at = self.raw.index(word, at)
            found.append((word, self.start + at + 1))
            at += len(word)
        return tuple(found)


class Step(NamedTuple):
    """The state after the line, the reply, the facts, and what was odd or wrong."""

    state: State
    reply: Reply
    facts: tuple[Fact, ...] = ()
    faults: tuple[Fault, ...] = ()


class Pending(NamedTuple):
    """A question for the world. `finish` makes the step of its verdict; `faults` were found in the line."""

    question: Question
    finish: Callable[[State, Service, Verdict], Step]
    faults: tuple[Fault, ...] = ()


ANY_NUMBER = 1_000_000
"""More arguments than a line can have."""


class Verb(NamedTuple):
    """A command's name, the form that replies and explanations show, its handler, and how many arguments it takes."""

    name: str
    form: str
    begin: Callable[[State, Service, Command], Step | Pending]
    least: int = 0
    most: int = 0


def say(service: Service, rule: ReplyRule, **values: object) -> Reply:
    """The reply that `rule` stands for, in this server's words."""
    values["server"] = service.name
    return fill(rule, service.texts.get(rule.key, rule.text), values)


def answer(state: State, service: Service, key: str, *facts: Fact, **values: object) -> Step:
    """A step that says something in one line."""
    return Step(state, say(service, service.rule(key), **values), facts)


def refuse(state: State, service: Service, key: str, *faults: Fault, **values: object) -> Step:
    """A step that changes nothing but the talk: the reply and the faults behind it."""
    return Step(state, say(service, service.rule(key), **values), (), faults)
