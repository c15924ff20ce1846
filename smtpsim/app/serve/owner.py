"""The owner of the newest world: whatever arrives on any connection is judged in it, one unit after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from smtpsim.app.serve.clock import Clock
from smtpsim.app.serve.room import Lying, Trimmed
from smtpsim.protocol.smtp.framing import Unit
from smtpsim.session.simulation import Simulation, Turn, news
from smtpsim.world.fault_action import OrderedFault
from smtpsim.world.model import Outcome, World
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue

if TYPE_CHECKING:
    from smtpsim.app.serve.keeping import Keeper

Tell = Callable[[World, tuple[Outcome, ...]], None]
"""Is told of the outcomes that have changed beside all turns, and the world after that."""

Changed = Callable[[], None]
"""Is called after a mailbox that is watched has changed."""

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
        self._keeper: Keeper | None = None
        self._watchers: dict[Changed, str] = {}
        self._trimmed = Trimmed(self.first)
        self._lying = Lying(self.first)

    def fresh(self) -> Owner:
        """The owner of a world of its own, which begins as this one is now."""
        own = Owner(self.world, self.clock)
        own.tell = self.tell
        return own

    def octets(self) -> int:
        """How much mail lies in this world, and how much of dialogues between servers."""
        return self._lying.octets(self.world) + self._trimmed.octets

    def own_octets(self) -> int:
        """The same, without the mail that lay here at the beginning."""
        return self._lying.more(self.world) + self._trimmed.octets

    def keep_by(self, keeper: Keeper) -> None:
        """Go on with what was kept, and keep from now on what changes, before anybody is answered."""
        self.world = keeper.restored(self.world)
        self._trimmed = Trimmed(self.world)
        if self.world.now > self.clock.now(self.world.now):
            self.clock = self.clock.set_to(self.world.now)
        self._keeper = keeper

    def open(self, opening: Opening) -> Turn:
        """Let a client connect to the newest world."""
        self.advance()
        return self.kept(opening(self.world))

    def unasked(self, simulation: Simulation) -> Turn | None:
        """What a connection's server says now of its own accord, None for nothing."""
        turn = in_world(self.world, simulation).unasked()
        return self.kept(turn) if turn else None

    def watch(self, mailbox: str, changed: Changed) -> None:
        """Call `changed` from now on whenever this mailbox has become another one."""
        self._watchers[changed] = mailbox

    def unwatch(self, changed: Changed) -> None:
        self._watchers.pop(changed, None)

    def take(self, simulation: Simulation, unit: Unit, refusals: tuple[OrderedFault, ...] = ()) -> Turn:
        """Judge one unit of a connection in the newest world; `refusals` are the server's own faults at this moment."""
        self.advance()
        if refusals:
            world = self.world._replace(faults=(*refusals, *self.world.faults))
            return self.kept(_without(refusals, in_world(world, simulation).take(unit)))
        return self.kept(in_world(self.world, simulation).take(unit))

    def time_out(self, simulation: Simulation) -> Turn:
        """Let the server hang up on a client that has really said nothing for long, whatever the clock shows."""
        self.advance()
        return self.kept(in_world(self.world, simulation).time_out())

    def resting(self, simulation: Simulation) -> Simulation:
        """A connection's simulation as it is kept until its next unit."""
        return in_world(self.first, simulation)

    def now(self) -> World:
        """The world as it is at this moment."""
        self.advance()
        return self.world

    def replace(self, world: World) -> None:
        """Put a changed world in the place of the newest one, from outside of all connections. The queue is run as far
        as it goes then; where simulated time has passed, the clock goes on from there."""
        if world.now != self.world.now:
            self.clock = self.clock.set_to(world.now)
        before, after = self.world, run_queue(world)
        self._settle(after, all_mailboxes(before, after))

    def advance(self) -> None:
        """Let the clock catch up; what waits in queues is tried at its time."""
        self.until(self.clock.now(self.world.now))

    def until(self, moment: int) -> None:
        """Let simulated time pass up to a moment, in seconds since 1970."""
        passed = moment - self.world.now
        if passed > 0:
            self._settle(wait(self.world, passed, run_queue), set())

    def _settle(self, world: World, mailboxes: set[str]) -> None:
        """Take in what happened beside all turns; `mailboxes` are those that changed otherwise than by a delivery."""
        before = self.world
        world, fates = news(world)
        if self._keeper:
            self._keeper.keep(before, world, mailboxes | changed_mailboxes(fates))
        self._become(world)
        if fates:
            self.tell(self.world, fates)

    def kept(self, turn: Turn) -> Turn:
        """The turn, made in the newest world; its own is the newest one now. The clock is this owner's: a reply that a
        fault delays is late for its client alone, who is really made to wait, and not for everybody."""
        world = turn.after.world
        if world.now != self.world.now:
            world = world._replace(now=self.world.now)
            turn = turn._replace(after=turn.after._replace(world=world))
        if self._keeper and world is not self.world:
            reading = turn.after.access is not None
            names = all_mailboxes(self.world, world) if reading else changed_mailboxes(turn.fates)
            self._keeper.keep(self.world, world, names)
        self._become(world)
        return turn

    def _become(self, world: World) -> None:
        """Take a world for the newest one, and say so to those who watch a mailbox that is another one in it."""
        before, self.world = self.world.mailboxes, self._trimmed.trim(world)
        after = world.mailboxes
        if self._watchers and after is not before:
            for changed in [one for one, name in self._watchers.items() if before.get(name) is not after.get(name)]:
                changed()


def in_world(world: World, simulation: Simulation) -> Simulation:
    """The same connection in another world. Written out, since it is done twice for each command that comes."""
    _, connection, transaction, turns, pending, access, heard = simulation
    return Simulation(world, connection, transaction, turns, pending, access, heard)


def _without(faults: tuple[OrderedFault, ...], turn: Turn) -> Turn:
    """The turn, its world without these faults."""
    numbers, world = {fault.number for fault in faults}, turn.after.world
    left = tuple(fault for fault in world.faults if fault.number not in numbers)
    return turn._replace(after=turn.after._replace(world=world._replace(faults=left)))


def _nobody(world: World, fates: tuple[Outcome, ...]) -> None:
    return


def changed_mailboxes(fates: Iterable[Outcome]) -> set[str]:
    """The mailboxes that these outcomes tell of."""
    return {fate.mailbox for fate in fates if fate.mailbox}


def all_mailboxes(before: World, after: World) -> set[str]:
    """Every mailbox that is not the same in both worlds, where nothing tells which may have changed."""
    if before.mailboxes is after.mailboxes:
        return set()
    gone = {name for name in before.mailboxes if name not in after.mailboxes}
    return gone | {name for name, box in after.mailboxes.items() if before.mailboxes.get(name) is not box}


def delay_of(turn: Turn) -> int:
    """How many simulated seconds late the reply of a turn comes."""
    return sum(int(fault.found) for fault in turn.faults if fault.key == "reply-late")
