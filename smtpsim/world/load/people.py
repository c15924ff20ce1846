"""Who gets mail on a host: its mailboxes, aliases and lists. Every name of a local part is there once."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.world.load.names import is_local_part, is_mailbox
from smtpsim.world.load.table import Table

Targets = dict[str, tuple[str, ...]]
"""Local parts and the addresses behind them."""


class People(NamedTuple):
    """`owners` are those of the mailboxes, `quotas` the octets that some of these may hold, `list_tags` what lists
    write before each subject. All by their local part in lower case."""

    owners: dict[str, str]
    quotas: dict[str, int]
    aliases: Targets
    lists: Targets
    list_tags: dict[str, str]


def read_people(table: Table) -> People:
    """Read a host's people; mistakes go into the table's report."""
    taken: dict[str, str] = {}
    owners = _owners(table.table("mailboxes"), taken)
    aliases = _targets(table.table("aliases"), "aliases", taken)
    lists = _targets(table.table("lists"), "lists", taken)
    return People(
        owners, _quotas(table.table("quotas"), owners), aliases, lists, _tags(table.table("list-tags"), lists)
    )


def _owners(mailboxes: Table, taken: dict[str, str]) -> dict[str, str]:
    _take(mailboxes, "mailboxes", taken)
    for local in mailboxes.data:
        if not is_local_part(local):
            mailboxes.wrong(local, "not-a-local-part", found=local)
    return {local.lower(): mailboxes.text(local) for local in mailboxes.data}


def _quotas(quotas: Table, owners: dict[str, str]) -> dict[str, int]:
    for local in quotas.data:
        if local.lower() not in owners:
            quotas.wrong(local, "mailbox-unknown", known=", ".join(owners))
    return {local.lower(): quotas.number(local, 0) for local in quotas.data}


def _tags(tags: Table, lists: Targets) -> dict[str, str]:
    """Words for the subjects of lists that there are; without control characters, as they go into a header."""
    for local in tags.data:
        if local.lower() not in lists:
            tags.wrong(local, "list-unknown", known=", ".join(lists))
        elif not tags.text(local).isprintable():
            tags.wrong(local, "not-one-line")
    return {local.lower(): tags.text(local) for local in tags.data}


def _targets(targets: Table, name: str, taken: dict[str, str]) -> Targets:
    """Each target is a whole address, on this host or another."""
    _take(targets, name, taken)
    found = {}
    for local in targets.data:
        addresses = targets.texts(local)
        if targets.data[local] == []:
            targets.wrong(local, "not-a-list")
        for address in addresses:
            if not is_mailbox(address):
                targets.wrong(local, "not-a-mailbox", found=address)
        found[local.lower()] = addresses
    return found


def _take(table: Table, name: str, taken: dict[str, str]) -> None:
    """Note the names of a table in `taken`, with the table; report those that are there."""
    for local in table.data:
        if local.lower() in taken:
            table.wrong(local, "mailbox-twice", other=taken[local.lower()])
        taken.setdefault(local.lower(), name)
