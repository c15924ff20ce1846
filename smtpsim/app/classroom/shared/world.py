"""The one world of a class: who may see what of it, what belongs to whom, and who wrote to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from rpds import HashTrieMap, List

from smtpsim.app.classroom.shared.domain import DOMAIN, address_of, with_class_domain, with_mailbox
from smtpsim.app.classroom.shared.shell import SharedShell
from smtpsim.app.classroom.worlds import Wrote, course_of
from smtpsim.app.serve.owner import Owner, in_world
from smtpsim.explain import Words
from smtpsim.goals.task import Task
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable
from smtpsim.message.addresses import addresses_in
from smtpsim.protocol.smtp.facts import LetterTaken
from smtpsim.session.simulation import Simulation, Turn, TurnKind, open_simulation
from smtpsim.shell import commands
from smtpsim.shell.opening import Choice
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import Hop, Letter, Outcome, World

MOST_WRITERS = 5_000
"""So many different pairs of a writer and a recipient are remembered."""

_NOTHING_WAITS: HashTrieMap[int, List[Letter]] = HashTrieMap()


class Entry(NamedTuple):
    """A step of the class: who made it, when (simulated seconds since 1970), after which step of theirs, and the line
    with its kind (`TurnKind`). Where a task begins, `kind` is the part of a lesson, `line` its name, `before` -1."""

    who: str
    at: int
    before: int
    kind: str
    line: str


class Member:
    """One pupil in the shared world: what is the pupil's, by its numbers, and what the shell asks for."""

    def __init__(self, shared: SharedWorld, alias: str, address: str) -> None:
        self._shared, self.alias, self.address = shared, alias, address
        self.outcomes: HashTrieMap[int, Outcome] = HashTrieMap()
        self.hops: HashTrieMap[int, Hop] = HashTrieMap()

    def look_again(self, world: World) -> None:
        """See what has become of what is the pupil's."""
        self.outcomes = self.outcomes.update({number: world.outcomes[number] for number in self.outcomes})

    def advance(self) -> None:
        self._shared.owner.advance()

    def joined(self, simulation: Simulation) -> Simulation:
        return in_world(self._shared.newest, simulation)

    def looking(self, world: World) -> World:
        return self._shared.seen(self, world)._replace(queue=_filtered(world, self))

    def connect(self, where: Choice) -> Turn:
        return self._shared.connect(where)

    def take(self, turns: Sequence[Turn], before: int) -> tuple[Turn, ...]:
        taken = []
        for step, turn in enumerate(turns, before):
            self._shared.told(Entry(self.alias, self._shared.newest.now, step, turn.kind, turn.line))
            taken.append(self._shared.taken(self, turn))
        return tuple(taken)

    def begin(self, turns: Sequence[Turn], task: Task) -> tuple[Turn, ...]:
        told = task.told
        self._shared.told(Entry(self.alias, self._shared.newest.now, -1, told.part, told.name))
        return tuple(self._shared.taken(self, turn) for turn in turns)

    def allows(self, name: str) -> bool:
        return name in self._shared.allowed


class SharedWorld:
    """`owner` holds the newest world. `allowed` are the names of the commands by which pupils may change it for all.
    `arrived` is told of an alias whose mailbox got a mail; `told` of each step before it is taken in."""

    shared = True

    def __init__(self, owner: Owner, choice: Choice, words: Words) -> None:
        self.owner, self.choice, self.words = owner, choice, words
        self.allowed: frozenset[str] = frozenset()
        self.members: dict[str, Member] = {}
        self.wrote: Counter[Wrote] = Counter()
        self.arrived: Callable[[str], None] = _nobody
        self.told: Callable[[Entry], None] = _nothing
        owner.first = owner.world = with_class_domain(owner.world)
        owner.tell = self._fared
        self._owners: dict[int, Member] = {}
        self._counted = len(owner.world.outcomes)
        self._public: tuple[object, HashTrieMap[str, Mailbox]] | None = None

    @property
    def newest(self) -> World:
        return self.owner.world

    def place(self, alias: str) -> tuple[Turn, Callable[..., SharedShell]]:
        """A pupil's first turn, and what makes the shell; the mailbox is there from now on."""
        taken = {member.address for member in self.members.values()}
        member = Member(self, alias, address_of(alias, len(self.members) + 1, taken))
        self.members[alias] = member
        self.owner.replace(with_mailbox(self.owner.now(), member.address, alias))
        return self.taken(member, self.connect(self.choice)), partial(SharedShell, member)

    def connect(self, where: Choice) -> Turn:
        """What `Share.connect` promises."""
        if where.world != self.choice.world:
            raise Failure(self.words("class.own-world-wanted"))
        world = self.owner.now()
        name = where.host or self.choice.host or world.start.host
        return open_simulation(world, world.hosts[name.lower()], where.client_ip or self.choice.client_ip)

    def seen(self, member: Member, world: World) -> World:
        """What a member may see: not the mailboxes of others in this class, nor what became of their mail. Queues are
        left out; a look at them takes longer."""
        mailboxes = self._without_members(world)
        own = world.mailboxes.get(member.address)
        return world._replace(
            outcomes=member.outcomes,
            hops=member.hops,
            mailboxes=mailboxes.insert(member.address, own) if own else mailboxes,
            queue=_NOTHING_WAITS,
        )

    def check(self, task: str) -> None:
        exercise = course_of(task, self.words).lesson.exercise
        if exercise.setup or exercise.world not in ("", self.choice.world):
            raise Failure(self.words("class.own-world-wanted"))

    def address(self, alias: str) -> str:
        return self.members[alias].address

    def welcome(self, alias: str) -> str:
        return self.words("class.your-address", address=self.address(alias))

    def letters(self) -> list[tuple[Wrote, int]]:
        """Who wrote to whom and how often, the most first."""
        return sorted(self.wrote.items(), key=lambda one: (-one[1], one[0]))

    def allow(self, name: str) -> bool:
        """Let pupils change the world for all by a command from now on, or no more; whether they may now. Raises
        Failure for one that changes nothing for others."""
        known = [one for one in commands.names() if commands.load(one).alters]
        if name not in known:
            raise Failure(self.words("class.not-to-allow", name=name, known=", ".join(known)))
        self.allowed ^= {name}
        return name in self.allowed

    def owner_of(self, address: str) -> str:
        """The alias of the one who has an address, "" for nobody's."""
        return next((one.alias for one in self.members.values() if one.address == address.lower()), "")

    def taken(self, member: Member, turn: Turn) -> Turn:
        """Take in a member's turn that was made in the newest world; it comes back as the member may see it."""
        hops = len(self.newest.hops)
        if turn.kind is TurnKind.SIMULATOR:
            self.owner.replace(turn.after.world)
        else:
            turn = self.owner.kept(turn)
        world = self.newest
        if self._share_out(member) or turn.fates:
            member.look_again(world)
        fresh = range(hops + 1, len(world.hops) + 1)
        member.hops = member.hops.update({number: world.hops[number] for number in fresh})
        for fact in turn.facts:
            if isinstance(fact, LetterTaken):
                self._note(member, fact)
        self._announce(turn.fates)
        return turn._replace(after=in_world(self.seen(member, world), turn.after))

    def _note(self, member: Member, fact: LetterTaken) -> None:
        """Who wrote to whom. The sender is somebody else where MAIL FROM or the From field names them."""
        authors = addresses_in(next(iter(fact.content.headers.values("From")), ""))
        named = (str(fact.envelope.sender), *authors[:1])
        others = (self.owner_of(address) for address in named if address.lower() != member.address)
        by = next(filter(None, others), "")
        for recipient in fact.envelope.recipients:
            address = str(recipient.path).lower()
            wrote = Wrote(member.alias, by, self.owner_of(address) or printable(address))
            if wrote in self.wrote or len(self.wrote) < MOST_WRITERS:
                self.wrote[wrote] += 1

    def _fared(self, world: World, fates: tuple[Outcome, ...]) -> None:
        """What became of mail beside all turns: each sees it of their own when the next line is said."""
        self._share_out(None)
        for member in self.members.values():
            member.look_again(world)
        self._announce(fates)

    def _share_out(self, member: Member | None) -> bool:
        """Give new outcomes to whom they belong: what follows from a mail to its writer, all else to the member whose
        turn it is. Whether there were any."""
        first, last = self._counted + 1, len(self.newest.outcomes)
        for number in range(first, last + 1):
            owner = self._owners.get(self.newest.outcomes[number].follows, member)
            if owner is not None:
                self._owners[number] = owner
                owner.outcomes = owner.outcomes.insert(number, self.newest.outcomes[number])
        self._counted = last
        return last >= first

    def _announce(self, fates: Iterable[Outcome]) -> None:
        for fate in fates:
            alias = self.owner_of(fate.mailbox) if fate.mailbox else ""
            if alias:
                self.arrived(alias)

    def _without_members(self, world: World) -> HashTrieMap[str, Mailbox]:
        """The mailboxes outside of the class, worked out once for each state of all mailboxes."""
        if self._public is None or self._public[0] is not world.mailboxes:
            found = world.mailboxes
            for name in world.mailboxes:
                if name.partition("/")[0].endswith(f"@{DOMAIN}"):
                    found = found.remove(name)
            self._public = world.mailboxes, found
        return self._public[1]


def _filtered(world: World, member: Member) -> HashTrieMap[int, List[Letter]]:
    """The letters that wait, those of a member alone."""
    found = _NOTHING_WAITS
    for due in world.queue:
        own = [letter for letter in world.queue[due] if _is_own(letter, member)]
        if own:
            found = found.insert(due, List(own))
    return found


def _is_own(letter: Letter, member: Member) -> bool:
    return all(queued.outcome in member.outcomes for queued in letter.recipients)


def _nobody(alias: str) -> None:
    return


def _nothing(entry: Entry) -> None:
    return
