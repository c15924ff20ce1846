"""What one POP3 server is: its name, its limit, its own words for a reply; and its verbs, each with its row of the
transition table.

They stand in one file because they name each other: a verb's handler takes the service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol import dialogue
from smtpsim.protocol.dialogue import Row, Stay
from smtpsim.protocol.pop3.facts import Fact
from smtpsim.protocol.pop3.question import Question, Verdict
from smtpsim.protocol.pop3.replies import RULES
from smtpsim.protocol.pop3.reply import Reply, ReplyRule, fill
from smtpsim.protocol.pop3.state import Phase, State

MECHANISMS = ("PLAIN",)
"""What AUTH offers (RFC 5034 3)."""

_NO_TEXTS: Mapping[str, str] = MappingProxyType({})


class Service(NamedTuple):
    """`texts` maps reply keys to this server's own wording; `errors` is how many refusals end the session; `tls` tells
    whether STLS is offered."""

    name: str
    texts: Mapping[str, str] = _NO_TEXTS
    errors: int = 20
    tls: bool = True

    def rule(self, key: str) -> ReplyRule:
        return RULES[key]


class Command(NamedTuple):
    """A command line: the verb in upper case and its column, what stands after the one space after it, and at
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


class PopStep(dialogue.Step[State, Reply, Fact]):
    """What one line did."""

    __slots__ = ()


class PopPending(dialogue.Pending[Question, "Finish"]):
    """A question for the world, and what makes the step of its verdict."""

    __slots__ = ()


Finish = Callable[[State, Service, Verdict], PopStep]

Cell = Phase | Stay | str


def before_login(authorization: Cell, user: Cell) -> Row[Phase]:
    """The row of a verb that is for who has not logged in yet (RFC 1939 4)."""
    return _row(authorization, user, "already-in")


def after_login(transaction: Cell = Stay.STAY) -> Row[Phase]:
    """The row of a verb that needs a maildrop (RFC 1939 5)."""
    return _row("need-login", "need-login", transaction)


def anywhere(cell: Cell) -> Row[Phase]:
    """The row of a verb that is always there."""
    return _row(cell, cell, cell)


def _row(authorization: Cell, user: Cell, transaction: Cell) -> Row[Phase]:
    """A row of the transition table, one cell for each phase that reads commands."""
    return dialogue.row(
        {
            Phase.AUTHORIZATION: authorization,
            Phase.USER: user,
            Phase.TRANSACTION: transaction,
            Phase.CLOSED: "closed",
        }
    )


ANY_NUMBER = 1_000_000
"""More arguments than a line can have."""


class Verb(NamedTuple):
    """A command's name, the form that replies and explanations show, its handler, its row of the transition table, and
    how many arguments it takes. Verbs are listed by `rank`."""

    name: str
    form: str
    begin: Callable[[State, Service, Command], PopStep | PopPending]
    row: Row[Phase]
    least: int = 0
    most: int = 0
    rank: int = 500


def say(service: Service, rule: ReplyRule, **values: object) -> Reply:
    """The reply that `rule` stands for, in this server's words."""
    values["server"] = service.name
    return fill(rule, service.texts.get(rule.key, rule.text), values)


def answer(state: State, service: Service, key: str, *facts: Fact, **values: object) -> PopStep:
    """A step that says something in one line."""
    return PopStep(state, say(service, service.rule(key), **values), facts)


def refuse(state: State, service: Service, key: str, *faults: Fault, **values: object) -> PopStep:
    """A step that changes nothing but the talk: the reply and the faults after it."""
    return PopStep(state, say(service, service.rule(key), **values), (), faults)
