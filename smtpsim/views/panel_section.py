"""What a section of the panel is: a name, a place, and a function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.session.simulation import About, OpenedMail, Simulation
from smtpsim.views.row import Row, Section
from smtpsim.views.shift import Shift
from smtpsim.world.model import Host, World


class Scene(Enum):
    """What the panel stands beside."""

    SENDING = auto()  # a dialogue in SMTP
    FETCHING = auto()  # one in POP3 or IMAP
    READING = auto()  # a mail that its reader has opened


class Seen(NamedTuple):
    """What is looked at: a simulation, what the turn is about that led to it, and the simulation before that turn.

    `unfolded` are the identities whose SPF steps are shown whole; `shifts` the verdicts of SPF that the turn turned
    round.
    """

    simulation: Simulation
    unfolded: frozenset[str] = frozenset()
    about: About | None = None
    before: Simulation | None = None
    shifts: tuple[Shift, ...] = ()

    @property
    def scene(self) -> Scene:
        if isinstance(self.about, OpenedMail):
            return Scene.READING
        return Scene.FETCHING if self.simulation.access else Scene.SENDING

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.simulation.connection.findings

    @property
    def host(self) -> Host:
        return self.simulation.connection.host


class Heard(NamedTuple):
    """What one server found out in a dialogue between servers. `host` is None where the world has no such host."""

    host: Host | None
    findings: tuple[Finding, ...]
    world: World
    hop: int
    unfolded: frozenset[str] = frozenset()


def _no_rows(heard: Heard, words: Words) -> Iterator[Row]:
    return iter(())


class PanelSection(NamedTuple):
    """`rank` says where it stands: the smallest on top. `make` gives the section, or nothing where there is nothing to
    show. `reads` gives all that it is made from: as long as these are the same objects, the section made for an earlier
    turn stands. It is shown in its `scenes`; one with `about` only for turns about such a thing. `rows` are those that
    it adds to the page of a dialogue between servers."""

    name: str
    rank: int
    make: Callable[[Seen, Words], Iterable[Section]]
    reads: Callable[[Seen], tuple[object, ...]]
    scenes: frozenset[Scene] = frozenset({Scene.SENDING})
    about: type[About] | None = None
    rows: Callable[[Heard, Words], Iterable[Row]] = _no_rows
