"""How much mail the server holds in memory, over all connections, worlds and mailboxes, and how much more has room.

Octets are counted as they came, without what Python needs around them; for that each mail counts a little more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from smtpsim.app.serve.limits import Limits
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.fault_action import Action, OrderedFault
from smtpsim.world.model import DeliveryStatus, Hop, Outcome, World

NO_ROOM = ReplyRule("serve-no-room", 452, "4.3.1", "Insufficient system storage", Ref(5321, "4.2.3"))

EACH = 1000
"""Octets that a mail takes beside its own."""

MOST_OUTCOMES = 200_000
"""Fates that are remembered one by one."""

HOP_OCTETS = 67_108_864
"""Octets of dialogues between servers that are remembered; of older ones only the heads are left."""

FORGOTTEN = Outcome("", "", DeliveryStatus.DROPPED, 0, "")
"""Stands for an outcome of long ago, so that the others keep their numbers."""

_UNDER_WAY = frozenset({DeliveryStatus.ACCEPTED, DeliveryStatus.QUEUED, DeliveryStatus.DEFERRED})


class Lying:
    """The octets of the mail that lies in mailboxes and queues of one world, counted anew where that has changed."""

    def __init__(self, world: World) -> None:
        self._counted: tuple[object, object] = (None, None)
        self._octets = 0
        self._first = self.octets(world)

    def octets(self, world: World) -> int:
        found = (world.mailboxes, world.queue)
        if found[0] is not self._counted[0] or found[1] is not self._counted[1]:
            self._counted = found
            lying = sum(box.octets + EACH * box.length for box in world.mailboxes.values())
            queued = sum(len(letter.octets) + EACH for letters in world.queue.values() for letter in letters)
            self._octets = lying + queued
        return self._octets

    def more(self, world: World) -> int:
        """Octets beyond those at the beginning, which all worlds share."""
        return max(0, self.octets(world) - self._first)


class Room:
    """`coming` are the octets of letters and dialogues of the connections that last, `lying` those of mail that was
    taken: added to with each letter, and counted now and then, each second where half of the memory is used."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.coming = self.lying = 0

    def lacks(self, octets: int = 0) -> bool:
        """Whether so many octets more are too many."""
        return self.coming + self.lying + octets >= self._limits.memory

    def full(self, world: World) -> bool:
        """Whether nothing more has room."""
        return self.lacks() or len(world.mailboxes) > self._limits.mailboxes

    @property
    def overflows(self) -> bool:
        """Whether the limit is passed by so much that waiting for a good moment is no use."""
        return self.coming + self.lying > self._limits.memory + self._limits.memory // 4

    @property
    def half_full(self) -> bool:
        """Whether it begins to matter how much there is exactly."""
        return self.lacks(self._limits.memory // 2)

    def count(self, worlds: Iterable[int]) -> None:
        """Take in how many octets lie in each world now."""
        self.lying = sum(worlds)

    def refusals(self, host: str, world: World, letter: int, cut: bool) -> tuple[OrderedFault, ...]:
        """What is refused now at this host: a new transaction where nothing more has room, and the end of a letter of
        so many octets where it has none, or of one that was `cut`."""
        stages = [
            stage for stage, lacks in (("mail", self.full(world)), ("message", cut or self.lacks(letter))) if lacks
        ]
        return tuple(OrderedFault(0, host, stage, Action(NO_ROOM)) for stage in stages)


class Trimmed:
    """What a world remembers of the past, kept short while the world goes on: dialogues between servers, and fates.
    `octets` are those of the dialogues."""

    def __init__(self, world: World) -> None:
        self._begin(world)

    def trim(self, world: World) -> World:
        """The world without the oldest, where there is too much."""
        if len(world.hops) < self._seen_hops or len(world.outcomes) < self._seen_outcomes:
            self._begin(world)
        if len(world.hops) != self._seen_hops:
            world = self._hops_of(world)
        if len(world.outcomes) != self._seen_outcomes:
            world = self._outcomes_of(world)
        return world

    def _begin(self, world: World) -> None:
        self._hops: deque[tuple[int, int]] = deque()
        self.octets = 0
        self._seen_hops, self._seen_outcomes = len(world.hops), len(world.outcomes)

    def _hops_of(self, world: World) -> World:
        hops = world.hops
        for number in range(self._seen_hops + 1, len(hops) + 1):
            size = sum(len(said.client) for said in hops[number].said)
            self._hops.append((number, size))
            self.octets += size
        self._seen_hops = len(hops)
        while self.octets > HOP_OCTETS and len(self._hops) > 1:
            number, size = self._hops.popleft()
            self.octets -= size
            hops = hops.insert(number, _headed(hops[number]))
        return world._replace(hops=hops)

    def _outcomes_of(self, world: World) -> World:
        outcomes, before = world.outcomes, self._seen_outcomes
        self._seen_outcomes = len(outcomes)
        for number in range(max(1, before - MOST_OUTCOMES + 1), len(outcomes) - MOST_OUTCOMES + 1):
            if outcomes[number].status not in _UNDER_WAY:
                outcomes = outcomes.insert(number, FORGOTTEN)
        return world if outcomes is world.outcomes else world._replace(outcomes=outcomes)


def _headed(hop: Hop) -> Hop:
    return hop._replace(said=(), findings=())
