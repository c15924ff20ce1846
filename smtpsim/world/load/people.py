"""Who gets mail on a host: its mailboxes, aliases and lists. Every name of a local part is there once."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.world.load.names import is_local_part, is_mailbox
from smtpsim.world.load.table import Table
from smtpsim.world.mailing_list import FROM_SETTINGS

Targets = dict[str, tuple[str, ...]]
"""Local parts and the addresses behind them."""


class People(NamedTuple):
    """`owners` are those of the mailboxes, `quotas` the octets that some of these may hold, `list_tags` what lists
    write before each subject, `list_from` and `list_unsubscribe` what else they do with a letter
    (`smtpsim.world.mailing_list`). All by their local part in lower case."""

    owners: dict[str, str]
    quotas: dict[str, int]
    aliases: Targets
    lists: Targets
    list_tags: dict[str, str]
    list_from: dict[str, str]
    list_unsubscribe: dict[str, str]


def read_people(table: Table) -> People:
    """Read a host's people; mistakes go into the table's report."""
    taken: dict[str, str] = {}
    owners = _owners(table.table("mailboxes"), taken)
    aliases = _targets(table.table("aliases"), "aliases", taken)
    lists = _targets(table.table("lists"), "lists", taken)
    return People(
        owners,
        _quotas(table.table("quotas"), owners),
        aliases,
        lists,
        _tags(table.table("list-tags"), lists),
        _froms(table.table("list-from"), lists),
        _unsubscribes(table.table("list-unsubscribe"), lists),
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


def _of_lists(table: Table, lists: Targets) -> list[str]:
    """The lists that there are, among those that the table names."""
    for local in table.data:
        if local.lower() not in lists:
            table.wrong(local, "list-unknown", known=", ".join(lists))
    return [local for local in table.data if local.lower() in lists]


def _froms(table: Table, lists: Targets) -> dict[str, str]:
    return {local.lower(): table.word(local, "keep", FROM_SETTINGS) for local in _of_lists(table, lists)}


def _unsubscribes(table: Table, lists: Targets) -> dict[str, str]:
    """Where one click leads must be reached by HTTPS (RFC 8058 3.1)."""
    named = _of_lists(table, lists)
    for local in named:
        if not _HTTPS.fullmatch(table.text(local)):
            table.wrong(local, "not-https", found=table.text(local))
    return {local.lower(): table.text(local) for local in named}


# an absolute https URI without query and fragment (RFC 3986 4.3)
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~%/-]*)?")


def _tags(tags: Table, lists: Targets) -> dict[str, str]:
    """Words for the subjects of lists that there are; without control characters, as they go into a header."""
    named = _of_lists(tags, lists)
    for local in named:
        if not tags.text(local).isprintable():
            tags.wrong(local, "not-one-line")
    return {local.lower(): tags.text(local) for local in named}


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
