"""Who sends a campaign, and whom it can reach: a customer of one of the world's sending services, and the domains whose
hosts take mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.campaign.audience import Kind
from smtpsim.campaign.report import Thresholds
from smtpsim.kernel.address import split_address
from smtpsim.spf import Result, check_host
from smtpsim.world.directory import place
from smtpsim.world.model import Host, World
from smtpsim.world.sending.account import Account, Sending


class Customer(NamedTuple):
    """The service's host, the customer's account, and the domains with the kinds of people that there are at each."""

    world: World
    host: Host
    account: Account
    domains: Mapping[str, tuple[Kind, ...]]

    @property
    def sending(self) -> Sending:
        """What the host is as a sending service."""
        assert self.host.sending is not None
        return self.host.sending

    @property
    def thresholds(self) -> Thresholds:
        limits = self.sending.limits
        return Thresholds(limits.bounce_review, limits.bounce_pause, limits.complaint_review, limits.complaint_pause)

    def kind_of(self, address: str) -> Kind:
        """Who stands behind an address of this world."""
        path = split_address(address)
        host = self.world.host_for(path.host)
        if host is None or place(self.world, host, path) is None:
            return Kind.DEAD
        if address in trap_addresses(host):
            return Kind.TRAP
        return Kind.ALLOW_LISTED if choosy(self.world, address) else Kind.READER


def customers(world: World) -> dict[str, Customer]:
    """A customer who can send, for each sending service that has one, by the names of the services' hosts."""
    reached = _domains(world)
    return {
        name: Customer(world, host, account, reached)
        for name, host in sorted(world.hosts.items())
        if host.sending and (account := _best_account(world, host, host.sending))
    }


def no_account(world: World) -> str:
    """A sending service that nobody can send through, "" where there is none."""
    return next((name for name, host in sorted(world.hosts.items()) if host.sending), "")


def _best_account(world: World, host: Host, sending: Sending) -> Account | None:
    """The first account whose domain names the service in its SPF record, else the first one that can send."""
    able = [account for account in sending.accounts.values() if account.users and account.domains]
    return next((account for account in able if _vouched(world, host, account)), able[0] if able else None)


def _vouched(world: World, host: Host, account: Account) -> bool:
    domain = account.domains[0]
    sender, ip = f"news@{domain}", host.addresses[0]
    verdict = check_host(ip, domain, sender, domain, world.zones, receiver=host.name, now=world.now)
    return verdict.result is Result.PASS


def _domains(world: World) -> dict[str, tuple[Kind, ...]]:
    """Where a world has hosts with policies that big senders meet, its recipients are theirs."""
    hosts = [host for host in world.hosts.values() if host.sending is None and "smtp" in host.listens and host.domains]
    judging = [host for host in hosts if any(used.policy.bulk for used in host.policies)]
    return {domain: _kinds(host) for host in judging or hosts for domain in sorted(host.domains)}


def _kinds(host: Host) -> tuple[Kind, ...]:
    kinds = [Kind.READER, Kind.DEAD]
    if any(used.policy.traps for used in host.policies):
        kinds.append(Kind.TRAP)
    if any("allow" in used.policy.subscriber for used in host.policies):
        kinds.append(Kind.ALLOW_LISTED)
    return tuple(kinds)


def trap_addresses(host: Host) -> frozenset[str]:
    """The spam traps among a host's mailboxes."""
    found = [used.settings[name] for used in host.policies for name in used.policy.traps]
    return frozenset(address for addresses in found if isinstance(addresses, tuple) for address in addresses)


def choosy(world: World, address: str) -> bool:
    """Whether the mailbox's owner takes mail of named domains only."""
    mailbox = world.mailboxes.get(address)
    return mailbox is not None and bool(mailbox.subscriber.allow)
