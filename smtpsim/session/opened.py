"""A mail in a mailbox, as a person names it: by an address and a number."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.address import mailbox_address
from smtpsim.session.change import Wrong, number
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import World


class Opened(NamedTuple):
    """A mail and where it lies. The first mail that ever came to a mailbox is number 1."""

    mailbox: Mailbox
    number: int
    mail: StoredMail

    @property
    def name(self) -> str:
        """How it is named in a `:` line."""
        return f"{self.mailbox.name} {self.number}"


def find_mailbox(world: World, address: str) -> Mailbox | Wrong:
    """The mailbox of an address, or of a local part that only one mailbox has; a folder is named after a slash."""
    typed = address.removeprefix("<").removesuffix(">")
    _, slash, folder = typed.rpartition("@")[2].partition("/")
    wanted = mailbox_address(typed.removesuffix(f"{slash}{folder}"))
    meant = [
        found
        for found in world.mailboxes.values()
        if found.address in (wanted, f"{wanted}@{found.address.rpartition('@')[2]}")
        and found.folder.lower() == folder.lower()
    ]
    if len(meant) == 1:
        return meant[0]
    return Wrong("inbox-unknown", {"found": address, "known": ", ".join(addresses(world))})


def open_mail(world: World, address: str, wanted: str) -> Opened | Wrong:
    """The mail of that number in that mailbox."""
    mailbox = find_mailbox(world, address)
    if isinstance(mailbox, Wrong):
        return mailbox
    if not mailbox.length:
        return Wrong("inbox-empty", {"mailbox": mailbox.name})
    order = number(wanted)
    if order is None or not 1 <= order <= mailbox.length:
        values = {"found": wanted, "mailbox": mailbox.name, "count": str(mailbox.length)}
        return Wrong("inbox-number", values)
    mail = next(mail for index, mail in enumerate(mailbox.mails) if index == mailbox.length - order)
    return Opened(mailbox, order, mail)


def addresses(world: World) -> tuple[str, ...]:
    """All mailboxes by their addresses."""
    return tuple(sorted(world.mailboxes))


def names(world: World) -> tuple[str, ...]:
    """All mailboxes, and after each the mails in it, as they are named in a `:` line."""
    found = []
    for address in addresses(world):
        found += [address, *(f"{address} {order}" for order in range(world.mailboxes[address].length, 0, -1))]
    return tuple(found)
