"""A campaign's mail in the simulated world. One mail for each cell is really sent, from the customer's log-in to the
receiver's last word; the others of the cell fare alike, and are counted in the books of all who keep any."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.campaign.audience import Cell
from smtpsim.campaign.customer import Customer
from smtpsim.campaign.people import address_of, peopled
from smtpsim.kernel.address import split_address
from smtpsim.kernel.duration import DAY, HOUR
from smtpsim.protocol.smtp.state import State
from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world.blocklists import as_of, listings_of
from smtpsim.world.disposition import JUNK
from smtpsim.world.memory import remember
from smtpsim.world.model import Alike, Case, DeliveryStatus, Host, Outcome, UsedPolicy, World
from smtpsim.world.queue import wait
from smtpsim.world.sending.books import Books, books
from smtpsim.world.sending.rates import Meter, per_mille
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
    """What came of a cell's mail, under a name of `mailing.FATES`. `outcome` is that of the mail that was really sent,
    None where the service refused it, and `after` the world then."""

    name: str
    outcome: Outcome | None
    after: World

    def alike(self, cell: Cell, size: int, complaints: int = 0) -> Alike:
        """So many mails of the cell that fared so."""
        return Alike(size, split_address(address_of(cell)), self.outcome, self.after, complaints)


class Mailer:
    """The world as the campaign changes it: the clock, the lists, and what is counted."""

    def __init__(self, customer: Customer, cells: Iterable[Cell]) -> None:
        self._customer = customer
        self._world = peopled(customer.world, cells)
        self._begun = self._world.now
        self._address = customer.host.addresses[0]
        self._hosts = {cell.domain: self._world.host_for(cell.domain) for cell in cells}

    @property
    def world(self) -> World:
        """As it is after the batches that are counted so far."""
        return self._world

    def begin(self, day: int, batch: int) -> None:
        """It is the time of this batch now; listings that are over are gone."""
        self._world = as_of(self._world, self._begun + day * DAY + batch * BETWEEN)

    @property
    def meter(self) -> Meter:
        return self._books.meter(self._customer.account.name)

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
        hosts = {host.name: host for host in self._hosts.values() if host}
        return tuple(name for name in sorted(hosts) if "refused" in self._held(hosts[name]))

    def _held(self, host: Host) -> list[str]:
        """What a host has against the service's address, by the policies that remember something of it."""
        return [used.policy.holds(self._case(host, used)).result for used in host.policies if used.policy.holds]

    def _case(self, host: Host, used: UsedPolicy, user: str | None = None) -> Case:
        return Case(self._world, host, self._address, State(user=user), used.settings)

    def mail(self, cell: Cell) -> Fate:
        """Send the mail to the one who stands for the cell. The campaign's world does not change by that."""
        turn = self._handed_in(address_of(cell))
        if turn is None:
            return Fate("refused", None, self._world)
        number = turn.transaction.first_outcome
        world = turn.world
        if world.outcomes[number].status == DeliveryStatus.DEFERRED:
            world = wait(world, PATIENCE, run_queue)
        outcome = world.outcomes[number]
        name = FATES[outcome.status]
        if name == "delivered" and outcome.mailbox.endswith(f"/{JUNK}"):
            name = "junked"
        return Fate(name, outcome, world)

    def _handed_in(self, address: str) -> Simulation | None:
        """The customer's program at work; None where the service does not take the mail."""
        account = self._customer.account
        user, sender = account.users[0], f"news@{account.domains[0]}"
        secret = b64encode(f"\0{user}\0{self._customer.host.users[user]}".encode()).decode()
        simulation = open_simulation(self._world, self._customer.host).after
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

    def count(self, batch: Iterable[tuple[Cell, Alike]]) -> None:
        """A batch is out. The service and the hosts it went to take it into their books, each by its policies."""
        batch = tuple(batch)
        self._count_at(self._customer.host, tuple(mails for _, mails in batch), self._customer.account.users[0])
        for host in {host.name: host for cell, _ in batch if (host := self._hosts[cell.domain])}.values():
            self._count_at(host, tuple(mails for cell, mails in batch if self._hosts[cell.domain] is host))

    def _count_at(self, host: Host, mails: tuple[Alike, ...], user: str | None = None) -> None:
        """Let the policies of a host count mails; `user` has logged in."""
        for used in host.policies:
            if used.policy.at_once:
                self._world = remember(self._world, used.policy.at_once(self._case(host, used, user), mails))

    @property
    def _books(self) -> Books:
        return books(self._world, self._customer.sending)
