"""Letters that wait for their next try, and the clock that brings it (RFC 5321 4.5.4.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from rpds import List

from smtpsim.kernel.duration import DAY, HOUR, MINUTE
from smtpsim.world.blocklists import as_of
from smtpsim.world.model import Letter, World
from smtpsim.world.mta_sts.tally import planned_reports

SHORTEST_PAUSE = 30 * MINUTE
LONGEST_PAUSE = 4 * HOUR
LIFETIME = 5 * DAY
WARN_AFTER = 4 * HOUR


def expired(world: World, letter: Letter) -> bool:
    """Whether a letter has waited so long that its sender must be told."""
    return world.now - letter.arrived >= LIFETIME


def delayed(world: World, letter: Letter) -> bool:
    """Whether a letter has waited so long that its sender may be warned."""
    return world.now - letter.arrived >= WARN_AFTER


def next_try(world: World, letter: Letter) -> int:
    """When to try again: after half an hour, then after as long again as the letter has waited so far."""
    waited = world.now - letter.arrived
    return world.now + min(max(waited, SHORTEST_PAUSE), LONGEST_PAUSE)


def enqueue(world: World, letter: Letter, due: int) -> World:
    """Let a letter wait until `due`."""
    waiting = world.queue.get(due) or List()
    return world._replace(queue=world.queue.insert(due, waiting.push_front(letter)))


def wait(world: World, seconds: int, run_queue: Callable[[World], World]) -> World:
    """Let simulated time pass; every letter that falls due on the way is tried at its time, every report on a day is
    sent at its own.

    What falls due within one shortest pause is one round: nothing that is tried in it can fall due again before
    its end. The queue is looked through once a round.
    """
    end = world.now + seconds
    while (first := min(_times(world), default=end + 1)) <= end:
        round_end = min(first + SHORTEST_PAUSE, end + 1)
        for due in sorted({due for due in _times(world) if due < round_end}):
            world = run_queue(_reported(_woken(world, due)))
    return as_of(world, end)


def _times(world: World) -> Iterator[int]:
    """When something happens by itself."""
    return chain(world.queue, planned_reports(world))


def _reported(world: World) -> World:
    """The world in which the reports whose time has come are under way."""
    if not planned_reports(world):
        return world
    from smtpsim.world.mta_sts.mailing import mailed

    return mailed(world)


def _woken(world: World, due: int) -> World:
    """The world at the time `due`, the letters that waited for it under way, the oldest first."""
    active_queue = world.active_queue
    for letter in world.queue.get(due) or ():
        active_queue = active_queue.push_front(letter)
    woken = world._replace(queue=world.queue.discard(due), active_queue=active_queue)
    return as_of(woken, max(due, world.now))
