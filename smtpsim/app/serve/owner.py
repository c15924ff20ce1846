"""The owner of the newest world: whatever arrives on any connection is judged in it, one unit after the other."""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.app.serve.clock import Clock
from smtpsim.protocol.smtp.framing import Unit
from smtpsim.session.simulation import Simulation, news
from smtpsim.session.turn import Turn
from smtpsim.world.model import Outcome, World
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue

Tell = Callable[[World, tuple[Outcome, ...]], None]
"""Is told of the outcomes that have changed beside all turns, and the world after that."""

Opening = Callable[[World], Turn]
"""Opens a connection in a world; the turn's reply is the greeting."""


class Owner:
    """Holds the newest frozen world and the clock. Everything here is called by one thread, the event loop's.

    A connection keeps its simulation without the newest world (`resting`), so that no connection keeps an old world,
    with all mail that has been deleted since, alive.
    """

    def __init__(self, world: World, clock: Clock) -> None:
        self.first = world._replace(now=clock.now(world.now))
        self.world = self.first
        self.clock = clock
        self.tell: Tell = _nobody

    def open(self, opening: Opening) -> Turn:
        """Let a client connect to the newest world."""
        self.advance()
        return self._kept(opening(self.world))

    def take(self, simulation: Simulation, unit: Unit) -> Turn:
        """Judge one unit of a connection in the newest world."""
        self.advance()
        return self._kept(_in(self.world, simulation).take(unit))

    def resting(self, simulation: Simulation) -> Simulation:
        """A connection's simulation as it is kept until its next unit."""
        return _in(self.first, simulation)

    def now(self) -> World:
        """The world as it is at this moment."""
        self.advance()
        return self.world

    def replace(self, world: World) -> None:
        """Put a changed world in the place of the newest one, from outside of all connections. The queue is run as far
        as it goes then; where simulated time has passed, the clock goes on from there."""
        if world.now != self.world.now:
            self.clock = self.clock.set_to(world.now)
        self._settle(run_queue(world))

    def advance(self) -> None:
        """Let the clock catch up; what waits in queues is tried at its time."""
        passed = self.clock.now(self.world.now) - self.world.now
        if passed > 0:
            self._settle(wait(self.world, passed, run_queue))

    def _settle(self, world: World) -> None:
        self.world, fates = news(world)
        if fates:
            self.tell(self.world, fates)

    def _kept(self, turn: Turn) -> Turn:
        """The turn, its world now the newest one. The clock is this owner's: a reply that a fault delays is late for
        its client alone, who is really made to wait, and not for everybody."""
        world = turn.after.world
        if world.now != self.world.now:
            world = world._replace(now=self.world.now)
            turn = turn._replace(after=turn.after._replace(world=world))
        self.world = world
        return turn


def _in(world: World, simulation: Simulation) -> Simulation:
    """The same connection in another world. Written out, since it is done twice for each command that comes."""
    _, connection, transaction, turns, pending, access = simulation
    return Simulation(world, connection, transaction, turns, pending, access)


def _nobody(world: World, fates: tuple[Outcome, ...]) -> None:
    return


def delay_of(turn: Turn) -> int:
    """How many simulated seconds late the reply of a turn comes."""
    return sum(int(fault.found) for fault in turn.faults if fault.key == "reply-late")
