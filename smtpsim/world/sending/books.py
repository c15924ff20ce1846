"""The books of a sending service in the world's memory: its lists and meters, and whose each letter was."""

from __future__ import annotations

from typing import NamedTuple

from rpds import HashTrieMap

from smtpsim.kernel.address import Path
from smtpsim.world.model import Host, Key, World
from smtpsim.world.sending import lists as listing
from smtpsim.world.sending.account import ID, Account, Sending
from smtpsim.world.sending.lists import Lists
from smtpsim.world.sending.rates import NEW, Meter, Tally, counted

_OWNER = "sending"


class Books(NamedTuple):
    """What a region keeps. `mode` is how its suppression lists are used since that was changed, "" before."""

    lists: Lists = listing.EMPTY
    meters: HashTrieMap[str, Meter] = HashTrieMap()
    mode: str = ""

    def meter(self, account: str) -> Meter:
        return self.meters.get(account) or NEW

    def with_meter(self, account: str, meter: Meter) -> Books:
        return self._replace(meters=self.meters.insert(account, meter))

    def counted(self, sending: Sending, account: Account, news: Tally) -> Books:
        """The books after some more mails, bounces or complaints of an account."""
        return self.with_meter(account.name, counted(self.meter(account.name), sending.limits, news))


class Sent(NamedTuple):
    """A letter that a customer handed in: the account, the customer's own envelope sender, to whom the service tells
    what came of it, the envelope sender that the service wrote, and the recipients (as mailboxes know them)."""

    account: str
    told: Path
    written: Path
    recipients: tuple[str, ...]


_NO_BOOKS = Books()


def key(sending: Sending) -> Key:
    """Where the world remembers the books of the service's region."""
    return (_OWNER, sending.region)


def books(world: World, sending: Sending) -> Books:
    found = world.memory.get(key(sending), _NO_BOOKS)
    assert isinstance(found, Books)
    return found


def with_books(world: World, sending: Sending, changed: Books) -> World:
    return world._replace(memory=world.memory.insert(key(sending), changed))


class Service(NamedTuple):
    """A host that is a sending service."""

    host: Host
    sending: Sending

    @property
    def name(self) -> str:
        return self.host.name


def services(world: World) -> tuple[Service, ...]:
    """The sending services of the world, in the order of their names."""
    return tuple(Service(host, host.sending) for _, host in sorted(world.hosts.items()) if host.sending)


def mode(world: World, sending: Sending) -> str:
    """How the suppression lists are used now."""
    return books(world, sending).mode or sending.suppression


def sent(world: World, sending: Sending, letter: str) -> Sent | None:
    """What is known of a letter by the queue's name for it, None where it is none of the service's customers'."""
    found = world.memory.get((*key(sending), letter))
    assert found is None or isinstance(found, Sent)
    return found


def with_sent(world: World, sending: Sending, letter: str, known: Sent) -> World:
    return world._replace(memory=world.memory.insert((*key(sending), letter), known))


def sent_as(world: World, sending: Sending, path: Path) -> Sent | None:
    """The letter whose envelope sender this is, as the service wrote it."""
    if path.host not in sending.return_domains:
        return None
    before, _, behind = sending.local.partition(ID)
    local = path.mailbox
    if not (local.startswith(before) and local.endswith(behind)):
        return None
    return sent(world, sending, local[len(before) : len(local) - len(behind)].upper())
