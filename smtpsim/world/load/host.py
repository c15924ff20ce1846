"""One host from its TOML file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from smtpsim.protocol.smtp import offer
from smtpsim.protocol.smtp.extensions import load as load_extension
from smtpsim.protocol.smtp.extensions import names as extension_names
from smtpsim.protocol.smtp.extensions.auth import MECHANISMS
from smtpsim.protocol.smtp.service import Limits, Service
from smtpsim.world import policies
from smtpsim.world.load.table import Table
from smtpsim.world.model import Host, Setting, UsedPolicy
from smtpsim.world.policy import Policy


class LoadedHost(NamedTuple):
    """A host, and the owners of its mailboxes by local part."""

    host: Host
    owners: dict[str, str]


def read_host(name: str, table: Table) -> LoadedHost:
    """Read a host's table; mistakes go into the table's report."""
    host = Host(
        name=name,
        addresses=_checked(table, "addresses", is_address, "not-an-address"),
        service=_service(name, table),
        domains=frozenset(domain.lower() for domain in table.texts("domains")),
        relay_for=_checked(table, "relay-for", is_network, "not-a-network"),
        policies=_policies(table),
        users=table.mapping("users"),
        about=table.mapping("about"),
    )
    owners = table.mapping("mailboxes")
    if not host.addresses and not table.has("addresses"):
        table.wrong("addresses", "key-missing")
    table.close()
    return LoadedHost(host, owners)


def is_address(text: str) -> bool:
    from ipaddress import ip_address

    return _parses(ip_address, text)


def is_network(text: str) -> bool:
    from ipaddress import ip_network

    return _parses(ip_network, text)


def _parses(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _checked(table: Table, name: str, good: Callable[[str], bool], key: str) -> tuple[str, ...]:
    values = table.texts(name)
    for value in values:
        if not good(value):
            table.wrong(name, key, found=value)
    return values


def _service(name: str, table: Table) -> Service:
    limits = table.table("limits")
    defaults = Limits()
    made = offer.service(
        name,
        _known(table, "extensions", load_extension, "extension-unknown", extension_names),
        Limits(
            size=limits.number("size", defaults.size),
            recipients=limits.number("recipients", defaults.recipients),
            errors=limits.number("errors", defaults.errors),
        ),
        tuple(m for m in table.texts("mechanisms") if _mechanism(table, m)),
        table.mapping("replies"),
    )
    limits.close()
    for key in made.texts:
        if key not in made.rules:
            table.wrong(key, "reply-unknown")
    return made


def _mechanism(table: Table, name: str) -> bool:
    if name not in MECHANISMS:
        table.wrong("mechanisms", "mechanism-unknown", found=name, known=", ".join(MECHANISMS))
    return name in MECHANISMS


def _known(
    table: Table,
    name: str,
    load: Callable[[str], object],
    key: str,
    known: Callable[[], tuple[str, ...]],
) -> list[str]:
    """The names in a list that there is a file for; the others are reported."""
    good = []
    for value in table.texts(name):
        try:
            load(value)
        except LookupError:
            table.wrong(name, key, found=value, known=", ".join(known()))
        else:
            good.append(value)
    return good


def _policies(table: Table) -> tuple[UsedPolicy, ...]:
    names = _known(table, "policies", policies.load, "policy-unknown", policies.names)
    settings = table.table("policy")
    used = tuple(_used(policies.load(name), settings.table(name)) for name in names)
    settings.close()
    return used


def _used(policy: Policy, table: Table) -> UsedPolicy:
    settings = {name: _setting(policy, table, name, default) for name, default in policy.settings.items()}
    table.close()
    return UsedPolicy(policy, settings)


def _setting(policy: Policy, table: Table, name: str, default: Setting) -> Setting:
    if isinstance(default, bool):
        value = table.raw(name)
        return value if isinstance(value, bool) else default
    if isinstance(default, int):
        return table.number(name, default)
    if isinstance(default, tuple):
        return table.texts(name) if table.has(name) else default
    text = table.text(name, default)
    allowed = policy.choices.get(name, ())
    if allowed and text not in allowed:
        table.wrong(name, "not-a-word", found=text, known=", ".join(allowed))
        return default
    return text
