"""One host from its TOML file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from smtpsim.auth.sign import SigningKey
from smtpsim.kernel.domain import a_labels
from smtpsim.kernel.ip import is_address, normal
from smtpsim.world import mail_access, policies
from smtpsim.world.accounts import login_name
from smtpsim.world.load.forms import check_forms
from smtpsim.world.load.keys import read_keys
from smtpsim.world.load.names import is_domain, is_network
from smtpsim.world.load.people import People, read_people
from smtpsim.world.load.sending import read_sending
from smtpsim.world.load.service import known, read_service
from smtpsim.world.load.source import Source
from smtpsim.world.load.subscribers import Subscribers, read_subscribers
from smtpsim.world.load.table import Table
from smtpsim.world.model import Host, Policy, Setting, UsedPolicy
from smtpsim.world.mta_sts.guard import CERTIFICATES
from smtpsim.world.reactions import REACTIONS

LISTENS = ("smtp", *mail_access.names())
"""The protocols that a host can listen for."""


class LoadedHost(NamedTuple):
    """A host, the table it was read from, and who gets mail there."""

    host: Host
    table: Table
    people: People
    subscribers: Subscribers


def read_host(name: str, table: Table, source: Source) -> LoadedHost:
    """Read a host's table; mistakes go into the table's report. `name` is that of the file, in lower case,
    `source` where its keys are."""
    people = read_people(table)
    domains = _domains(table, "domains")
    users = {login_name(user): password for user, password in table.mapping("users").items()}
    sending = read_sending(table, name, users)
    used = _policies(table, frozenset(f"{local}@{domain}" for local in people.owners for domain in domains))
    signs = read_keys(table.table("dkim"), source) if table.has("dkim") else ()
    host = Host(
        name=name,
        addresses=_addresses(table),
        service=read_service(name, table),
        domains=frozenset((*domains, *(sending.return_domains if sending else ()))),
        relay_for=_checked(table, "relay-for", is_network, "not-a-network"),
        policies=used,
        users=users,
        aliases=people.aliases,
        lists=people.lists,
        plus=table.flag("plus", False),
        listens=_known_words(table, "listens", LISTENS, ("smtp",)),
        serves=_domains(table, "serves"),
        about=table.mapping("about"),
        sending=sending,
        reacts=_reacts(table),
        signs=signs,
        arc=_sealing_key(table, signs),
        list_tags=people.list_tags,
        list_from=people.list_from,
        list_unsubscribe=people.list_unsubscribe,
        junk=table.flag("junk", False),
        tls=table.word("tls", "may", ("none", "may", "encrypt")),
        srs=table.text("srs", ""),
        mta_sts=table.flag("mta-sts", False),
        certificate=tuple(name.lower() for name in table.texts("certificate")),
        certificate_state=table.word("certificate-state", "valid", tuple(CERTIFICATES)),
        eight_bit=table.word("eight-bit", "convert", ("convert", "bounce", "send")),
        double_bounces=table.word("double-bounces", "discard", ("discard", "postmaster")),
    )
    if not is_domain(name):
        table.report.at(0, "not-a-domain", name="host", found=name)
    subscribers = read_subscribers(table, used, people.owners)
    table.close()
    return LoadedHost(host, table, people, subscribers)


def _domains(table: Table, name: str) -> tuple[str, ...]:
    """The domains in the form in which they are compared (RFC 6531 3.2)."""
    return tuple(a_labels(domain).lower() for domain in _checked(table, name, is_domain, "not-a-domain"))


def _addresses(table: Table) -> tuple[str, ...]:
    """The host's IP addresses in their usual form."""
    if not table.data.get("addresses"):
        table.wrong("addresses", "key-missing")
    return tuple(map(normal, _checked(table, "addresses", is_address, "not-an-address")))


def _checked(table: Table, name: str, good: Callable[[str], bool], key: str) -> tuple[str, ...]:
    values = table.texts(name)
    for value in values:
        if not good(value):
            table.wrong(name, key, found=value)
    return tuple(filter(good, values))


def _sealing_key(table: Table, keys: tuple[SigningKey, ...]) -> SigningKey | None:
    """The key of the domain that `arc` names, None where it names none."""
    domain = a_labels(table.text("arc", "")).lower()
    found = next((key for key in keys if key.domain == domain), None)
    if domain and found is None:
        table.wrong("arc", "not-a-word", found=domain, known=", ".join(key.domain for key in keys))
    return found


def _reacts(table: Table) -> dict[str, str]:
    """What a reader's program does with mail, by local part."""
    reacts = table.table("reacts")
    return {local.lower(): reacts.word(local, "", REACTIONS) for local in reacts.data}


def _known_words(table: Table, name: str, words: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    values = table.texts(name, default)
    for value in values:
        if value not in words:
            table.wrong(name, "not-a-word", found=value, known=", ".join(words))
    return tuple(value for value in values if value in words)


def _policies(table: Table, mailboxes: frozenset[str]) -> tuple[UsedPolicy, ...]:
    """The policies in use. Settings of a policy that is switched off are read all the same."""
    names = known(table, "policies", policies.load, "policy-unknown", policies.names)
    settings = table.table("policy")
    off = [name for name in settings.data if name not in names and name in policies.names()]
    used = {name: _used(policies.load(name), settings.table(name), mailboxes) for name in (*names, *off)}
    settings.close()
    return tuple(used[name] for name in names)


def _used(policy: Policy, table: Table, mailboxes: frozenset[str]) -> UsedPolicy:
    settings = {name: _setting(policy, table, name, default) for name, default in policy.settings.items()}
    check_forms(policy, table, settings, mailboxes)
    table.close()
    return UsedPolicy(policy, settings)


def _setting(policy: Policy, table: Table, name: str, default: Setting) -> Setting:
    """A setting has the type of its default."""
    if isinstance(default, bool):
        return table.flag(name, default)
    if isinstance(default, int):
        return table.number(name, default)
    if isinstance(default, tuple):
        words = policy.choices.get(name)
        return _known_words(table, name, words, default) if words else table.texts(name, default)
    return table.word(name, default, policy.choices.get(name, ()))
