"""A campaign's mail in the simulated world. One mail for each cell is really sent, from the customer's log-in to the
receiver's last word; the others of the cell fare alike, and are counted in the books of all who keep any."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.campaign.audience import Cell, Kind
from smtpsim.campaign.office import Office
from smtpsim.campaign.people import address_of, peopled
from smtpsim.kernel.duration import DAY, HOUR
from smtpsim.protocol.smtp.state import State
from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world.blocklists import TrapHit, as_of, hit, listings_of
from smtpsim.world.disposition import JUNK
from smtpsim.world.memory import remember
from smtpsim.world.model import Case, Host, Outcome
from smtpsim.world.policies.own_list import heard_of, standing_of
from smtpsim.world.queue import wait
from smtpsim.world.sending.books import Books, books, mode, with_books
from smtpsim.world.sending.lists import MODES, Lists
from smtpsim.world.sending.rates import NOTHING, Meter, Tally, handed_in, per_mille
from smtpsim.world.switching import used_policy
from smtpsim.world.transport import run_queue

BETWEEN = HOUR
"""From one batch of a mailing to the next."""

PATIENCE = 12 * HOUR
"""How long a deferred mail is waited for; greylisting and a provider's pause are over by then."""

FATES = {
    "delivered": "delivered",
    "dropped": "dropped",
    "deferred": "deferred",
    "suppressed": "suppressed",
    "bounced": "bounced",
    "discarded": "bounced",
}
"""What an outcome's status means for the sums."""


class Fate(NamedTuple):
    """What came of a cell's mail, under a name of `mailing.FATES`. `no_such_user` tells that the sender takes the
    address for dead; `lists` are the service's suppression lists as this mail has left them."""

    name: str
    no_such_user: bool = False
    lists: Lists | None = None


class Post:
    """The world as the campaign changes it: the clock, the lists, and what is counted."""

    def __init__(self, office: Office, cells: Iterable[Cell]) -> None:
        self._office = office
        self._world = peopled(office.world, cells)
        self._begun = self._world.now
        self._address = office.host.addresses[0]
        self._hosts = {cell.domain: self._world.host_for(cell.domain) for cell in cells}

    def begin(self, day: int, batch: int) -> None:
        """It is the time of this batch now; listings that are over are gone."""
        self._world = as_of(self._world, self._begun + day * DAY + batch * BETWEEN)

    @property
    def meter(self) -> Meter:
        return self._books.meter(self._office.account.name)

    @property
    def standing(self) -> str:
        """The account's, in the words of `sending.rates`."""
        return self.meter.standing

    @property
    def stopped(self) -> bool:
        """Whether the service takes nothing more from the account."""
        return self.meter.stopped

    @property
    def bounce_rate(self) -> float:
        """Per mille, as the service counts."""
        return per_mille(self.meter.total.bounced, self.meter.total.sent)

    @property
    def complaint_rate(self) -> float:
        """Per mille, as the service counts."""
        return per_mille(self.meter.total.complained, self.meter.total.sent)

    @property
    def listed(self) -> tuple[str, ...]:
        """The blocklists that have the service's address."""
        return tuple(sorted({listing.zone for listing in listings_of(self._world, self._address)}))

    @property
    def blocked(self) -> tuple[str, ...]:
        """The hosts that turn the address away by a list of their own."""
        names = sorted({host.name for host in self._hosts.values() if host})
        return tuple(name for name in names if standing_of(self._world, name, self._address).level == "refused")

    def mail(self, cell: Cell) -> Fate:
        """Send the mail to the one who stands for the cell. The campaign's world does not change by that."""
        turn = self._handed_in(address_of(cell))
        if turn is None:
            return Fate("refused")
        number = turn.transaction.first_outcome
        world = turn.world
        if world.outcomes[number].status == "deferred":
            world = wait(world, PATIENCE, run_queue)
        outcome = world.outcomes[number]
        lists = books(world, self._office.sending).lists
        name = FATES[outcome.status]
        if name == "delivered" and outcome.mailbox.endswith(f"/{JUNK}"):
            name = "junked"
        return Fate(name, _no_such_user(outcome), lists)

    def _handed_in(self, address: str) -> Simulation | None:
        """The customer's program at work; None where the service does not take the mail."""
        account = self._office.account
        user, sender = account.users[0], f"news@{account.domains[0]}"
        secret = b64encode(f"\0{user}\0{self._office.host.users[user]}".encode()).decode()
        simulation = open_simulation(self._world, self._office.host).after
        for line in (
            f"EHLO {account.domains[0]}",
            f"AUTH PLAIN {secret}",
            f"MAIL FROM:<{sender}>",
            f"RCPT TO:<{address}>",
            "DATA",
            f"From: News <{sender}>",
            f"To: {address}",
            "Subject: News",
            "",
            "What is new.",
            ".",
        ):
            turn = simulation.say(line)
            if turn.reply is not None and not turn.reply.accepts:
                return None
            simulation = turn.after
        return simulation

    def count(self, batch: Iterable[tuple[Cell, int, Fate]], complaints: int) -> None:
        """A batch is out: each cell's mail went to so many. The service, the providers and the operators of blocklists
        take it into their books."""
        batch = tuple(batch)
        self._count_at_service(batch, complaints)
        for host in {host.name: host for cell, _, _ in batch if (host := self._hosts[cell.domain])}.values():
            self._count_at_provider(host, [one for one in batch if self._hosts[one[0].domain] is host])
        for cell, size, fate in batch:
            if cell.kind is Kind.TRAP and fate.name == "dropped":
                self._hit(self._hosts[cell.domain], size)

    @property
    def _books(self) -> Books:
        return books(self._world, self._office.sending)

    def _count_at_service(self, batch: tuple[tuple[Cell, int, Fate], ...], complaints: int) -> None:
        sending, account = self._office.sending, self._office.account
        kept, news, refused = self._books, Tally(complained=complaints), 0
        for _, size, fate in batch:
            if fate.lists is None:
                refused += size
                continue
            news = news.plus(_tally(fate, size, self._counts_suppressed))
            kept = kept._replace(lists=_joined(kept.lists, fate.lists))
        if news != NOTHING:
            kept = kept.counted(sending, account, news)
        for _ in range(min(refused, sending.limits.patience)):
            kept = kept.with_meter(account.name, handed_in(kept.meter(account.name), sending.limits))
        self._world = with_books(self._world, sending, kept)

    @property
    def _counts_suppressed(self) -> bool:
        """Whether a mail that is held back counts as a bounce: it does on the list of all customers."""
        used = MODES[mode(self._world, self._office.sending)]
        return "shared" in used.scopes(self._office.account)

    def _count_at_provider(self, host: Host, batch: list[tuple[Cell, int, Fate]]) -> None:
        """What a provider that keeps a list of its own hears of: everything but what never came to it."""
        used = used_policy(host, "own_list")
        came = [(size, fate) for _, size, fate in batch if fate.name not in ("suppressed", "refused")]
        if used is None or not came:
            return
        unknown = sum(size for size, fate in came if fate.name == "bounced" and fate.no_such_user)
        case = Case(self._world, host, self._address, State(), used.settings)
        heard = heard_of(case, sum(size for size, _ in came), unknown)
        self._world = remember(self._world, (heard.note,))

    def _hit(self, host: Host | None, hits: int) -> None:
        used = used_policy(host, "traps") if host else None
        zones = used.settings["lists"] if used else ()
        assert isinstance(zones, tuple)
        for zone in zones:
            for _ in range(hits):
                self._world = hit(self._world, TrapHit(zone, self._address))


def _no_such_user(outcome: Outcome) -> bool:
    """A refusal for policy (5.7.x) says nothing of the address."""
    return outcome.status in ("bounced", "suppressed") and " 5.7." not in outcome.reason


def _tally(fate: Fate, size: int, counts_suppressed: bool) -> Tally:
    if fate.name == "suppressed":
        return Tally(size, size) if counts_suppressed else NOTHING
    return Tally(size, size if fate.name == "bounced" else 0)


def _joined(lists: Lists, others: Lists) -> Lists:
    """The lists with what one mail has added to them."""
    for address, listed in others.shared.items():
        if address not in lists.shared or listed.since > lists.shared[address].since:
            lists = lists._replace(shared=lists.shared.insert(address, listed))
    for key, listed in others.own.items():
        lists = lists._replace(own=lists.own.insert(key, listed))
    return lists
