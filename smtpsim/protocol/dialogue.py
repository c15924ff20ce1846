"""What the dialogues of SMTP, POP3 and IMAP share: the step that a unit of input makes, the question that a step may
depend on, the facts that it tells, and the rows of a transition table.

Each protocol says in its own `service.py` what its states, replies and facts are, by a class of its own:

    class SmtpStep(Step[State, "Reply | None", Fact]): ...

A class and not an alias `Step[...]`: to call an alias costs five times as much as to call a class, once a turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, StrEnum
from importlib import import_module
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar, get_args

from smtpsim.disk.modules import names_in
from smtpsim.kernel.fault import Fault

StateT = TypeVar("StateT")
ReplyT = TypeVar("ReplyT")
FactT = TypeVar("FactT")
QuestionT = TypeVar("QuestionT")
FinishT = TypeVar("FinishT", bound=Callable[..., Any])
PhaseT = TypeVar("PhaseT", bound=StrEnum)


class AnyFact(Protocol):
    """A fact of any protocol: something that happened, as a named tuple with the key of its words in the catalogues."""

    @property
    def key(self) -> str: ...

    def _asdict(self) -> dict[str, Any]: ...


class Step(NamedTuple, Generic[StateT, ReplyT, FactT]):
    """The state after one unit of input, the reply to it, the facts, and what was odd or wrong in it."""

    state: StateT
    reply: ReplyT
    facts: tuple[FactT, ...] = ()
    faults: tuple[Fault, ...] = ()


class Pending(NamedTuple, Generic[QuestionT, FinishT]):
    """A question for the world. `finish` makes the step of its verdict; `faults` were found in the input."""

    question: QuestionT
    finish: FinishT
    faults: tuple[Fault, ...] = ()


class Stay(Enum):
    """The cell of a verb that is accepted and leaves the phase as it is."""

    STAY = "stay"


STAY = Stay.STAY


class Row(NamedTuple, Generic[PhaseT]):
    """What one verb does in each phase. A cell is the phase that the accepted command leads to, `STAY`, or the key of
    the reply to a command that is not for this phase, which changes nothing. `refusals` are the cells of the last kind.
    """

    cells: Mapping[PhaseT, PhaseT | Stay | str]
    refusals: Mapping[PhaseT, str]


def row(cells: Mapping[PhaseT, PhaseT | Stay | str]) -> Row[PhaseT]:
    """The row with these cells. A phase is a string, too, so that the cell's class decides what it is."""
    refusals = {phase: cell for phase, cell in cells.items() if isinstance(cell, str) and not isinstance(cell, StrEnum)}
    return Row(cells, refusals)


def table(rows: Mapping[str, Row[PhaseT]], phases: Iterable[PhaseT]) -> dict[PhaseT, dict[str, PhaseT | Stay | str]]:
    """The transition table that the rows of the verbs make: for each phase, what each verb may do there."""
    return {phase: {verb: one.cells[phase] for verb, one in rows.items()} for phase in phases}


def verbs_in(package: str, path: Iterable[str]) -> list[Any]:
    """What the files of a package of verbs have in their `VERBS`; `path` is its `__path__`."""
    files = (import_module(f"{package}.{name}") for name in names_in(path))
    return [verb for file in files for verb in file.VERBS]


def fact_keys(union: object) -> tuple[str, ...]:
    """The keys of all the facts in a union of their classes."""
    return tuple(kind._field_defaults["key"] for kind in get_args(union))


class Connected(NamedTuple):
    """The server, by its name, has greeted."""

    server: str
    key: Literal["connected"] = "connected"


class TlsStarted(NamedTuple):
    """What follows is encrypted, and the dialogue begins anew (RFC 3207 4.2, RFC 2595 4, RFC 3501 6.2.1)."""

    key: Literal["tls"] = "tls"


class LoggedIn(NamedTuple):
    user: str
    key: Literal["login"] = "login"


class LoginRefused(NamedTuple):
    user: str
    key: Literal["login-refused"] = "login-refused"


class Closed(NamedTuple):
    """`by` is client (QUIT, LOGOUT), server (421 and the like, too many errors) or network (it broke)."""

    by: str
    key: Literal["closed"] = "closed"
