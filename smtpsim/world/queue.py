"""Letters that wait for their next try, and the clock that brings it (RFC 5321 4.5.4.1)."""

from __future__ import annotations

from collections.abc import Callable

from rpds import List

from smtpsim.world.model import Letter, World

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

FIRST_RETRY = 30 * MINUTE
LONGEST_PAUSE = 4 * HOUR
LIFETIME = 5 * DAY


def expired(world: World, letter: Letter) -> bool:
    """Whether a letter has waited so long that its sender must be told."""
    return world.now - letter.arrived >= LIFETIME


def next_try(world: World, letter: Letter) -> int:
    """When to try again: after half an hour, then after as long again as the letter has waited so far."""
    waited = world.now - letter.arrived
    return world.now + min(max(waited, FIRST_RETRY), LONGEST_PAUSE)


def enqueue(world: World, letter: Letter, due: int) -> World:
    """Let a letter wait until `due`."""
    waiting = world.queue.get(due) or List()
    return world._replace(queue=world.queue.insert(due, waiting.push_front(letter)))


def wait(world: World, seconds: int, settle: Callable[[World], World]) -> World:
    """Let simulated time pass; every letter that falls due on the way is tried at its time."""
    end = world.now + seconds
    while (due := min(world.queue, default=end + 1)) <= end:
        letters = world.queue[due]
        world = world._replace(now=max(due, world.now), queue=world.queue.remove(due))
        for letter in letters:
            world = world._replace(under_way=world.under_way.push_front(letter))
        world = settle(world)
    return world._replace(now=end)
