"""One host from its TOML file."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import NamedTuple

from smtpsim.world import pickup, policies
from smtpsim.world.load.names import is_address, is_domain, is_local_part, is_mailbox, is_network
from smtpsim.world.load.service import known, read_service
from smtpsim.world.load.table import Table
from smtpsim.world.model import Host, Setting, UsedPolicy
from smtpsim.world.policy import Policy

LISTENS = ("smtp", *pickup.names())
"""The protocols that a host can listen for."""


class LoadedHost(NamedTuple):
    """A host, the table it was read from, the owners of its mailboxes by local part, and the octets that some of
    them may hold at most."""

    host: Host
    table: Table
    owners: dict[str, str]
    quotas: dict[str, int]


def read_host(name: str, table: Table) -> LoadedHost:
    """Read a host's table; mistakes go into the table's report. `name` is that of the file, in lower case."""
    host = Host(
        name=name,
        addresses=_addresses(table),
        service=read_service(name, table),
        domains=frozenset(domain.lower() for domain in _checked(table, "domains", is_domain, "not-a-domain")),
        relay_for=_checked(table, "relay-for", is_network, "not-a-network"),
        policies=_policies(table),
        users=table.mapping("users"),
        aliases=_targets(table, "aliases"),
        lists=_targets(table, "lists"),
        plus=table.flag("plus", False),
        listens=_known_words(table, "listens", LISTENS, ("smtp",)),
        serves=_checked(table, "serves", is_domain, "not-a-domain"),
        about=table.mapping("about"),
    )
    owners = _owners(table)
    quotas = _quotas(table)
    if not is_domain(name):
        table.report.at(0, "not-a-domain", name="host", found=name)
    table.close()
    return LoadedHost(host, table, owners, quotas)


def _addresses(table: Table) -> tuple[str, ...]:
    """The host's IP addresses in their usual form (RFC 5952 for IPv6)."""
    if not table.data.get("addresses"):
        table.wrong("addresses", "key-missing")
    found = _checked(table, "addresses", is_address, "not-an-address")
    return tuple(str(ip_address(address)) for address in found)


def _checked(table: Table, name: str, good: Callable[[str], bool], key: str) -> tuple[str, ...]:
    values = table.texts(name)
    for value in values:
        if not good(value):
            table.wrong(name, key, found=value)
    return tuple(filter(good, values))


def _owners(table: Table) -> dict[str, str]:
    mailboxes = table.table("mailboxes")
    for local in mailboxes.data:
        if not is_local_part(local):
            mailboxes.wrong(local, "not-a-local-part", found=local)
    return {local.lower(): mailboxes.text(local) for local in mailboxes.data}


def _known_words(table: Table, name: str, words: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    values = table.texts(name, default)
    for value in values:
        if value not in words:
            table.wrong(name, "not-a-word", found=value, known=", ".join(words))
    return tuple(value for value in values if value in words)


def _quotas(table: Table) -> dict[str, int]:
    quotas = table.table("quotas")
    return {local.lower(): quotas.number(local, 0) for local in quotas.data}


def _targets(table: Table, name: str) -> dict[str, tuple[str, ...]]:
    """Local parts and the addresses behind them. Each is a whole address, on this host or another."""
    targets = table.table(name)
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


def _policies(table: Table) -> tuple[UsedPolicy, ...]:
    """The policies in use. Settings of a policy that is switched off are read all the same."""
    names = known(table, "policies", policies.load, "policy-unknown", policies.names)
    settings = table.table("policy")
    off = [name for name in settings.data if name in policies.names() and name not in names]
    used = {name: _used(policies.load(name), settings.table(name)) for name in (*names, *off)}
    settings.close()
    return tuple(used[name] for name in names)


def _used(policy: Policy, table: Table) -> UsedPolicy:
    settings = {name: _setting(policy, table, name, default) for name, default in policy.settings.items()}
    table.close()
    return UsedPolicy(policy, settings)


def _setting(policy: Policy, table: Table, name: str, default: Setting) -> Setting:
    """A setting has the type of its default."""
    if isinstance(default, bool):
        return table.flag(name, default)
    if isinstance(default, int):
        return table.number(name, default)
    if isinstance(default, tuple):
        return table.texts(name, default)
    return _word(table, name, default, policy.choices.get(name, ()))


def _word(table: Table, name: str, default: str, allowed: tuple[str, ...]) -> str:
    word = table.text(name, default)
    if not allowed or word in allowed:
        return word
    table.wrong(name, "not-a-word", found=word, known=", ".join(allowed))
    return default
