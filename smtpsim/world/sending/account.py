"""What a sending service is, as its host's file says: a region, its customers' accounts, its limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

ID = "{id}"
"""Stands for the queue's name of a letter in the local part of the envelope sender that the service writes."""


class Limits(NamedTuple):
    """When an account is looked at, and when it is stopped: mails in a thousand, over the last `volume` mails or so,
    once there were `minimum` of them. `patience` is how many letters a paused account may hand in before it is
    suspended.

    5 % and 10 % of bounces, 0.1 % and 0.5 % of complaints are what Amazon SES documents ("Reputation metrics"); it
    does not tell the volume that it goes by.
    """

    volume: int = 1000
    minimum: int = 20
    bounce_review: int = 50
    bounce_pause: int = 100
    complaint_review: int = 1
    complaint_pause: int = 5
    patience: int = 3


class Account(NamedTuple):
    """A customer: whose log-ins may send from which domains (lower case, A-labels). `mail_from` is the customer's own
    domain for the envelope sender, "" for the service's; `own_list` tells that the account keeps a suppression
    list of its own, which an old account may not."""

    name: str
    users: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    mail_from: str = ""
    own_list: bool = True


class Sending(NamedTuple):
    """A sending service. `region` is what its lists and meters belong to; `suppression` is one of the modes in
    `smtpsim.world.sending.lists`; `helo` is the name that it sends under; envelope senders are written as `local` at
    `return_domain`; complaints come to `feedback` at that domain; `simulator` is a domain for trying things out, whose
    addresses count for nothing, "" for none."""

    region: str
    suppression: str
    accounts: Mapping[str, Account]
    helo: str
    return_domain: str
    local: str = ID
    feedback: str = "complaints"
    simulator: str = ""
    limits: Limits = Limits()

    @property
    def return_domains(self) -> tuple[str, ...]:
        """The domains that the service takes bounces for: its own, and those that customers let point to it."""
        own = (account.mail_from for account in self.accounts.values() if account.mail_from)
        return tuple(dict.fromkeys((self.return_domain, *own)))

    def account_of(self, user: str | None) -> Account | None:
        """The account that a log-in belongs to."""
        return next((account for account in self.accounts.values() if user in account.users), None)

    def simulated(self, address: str) -> str:
        """Which address of the mailbox simulator this is, without its `+label`; "" for any other address."""
        local, _, domain = address.rpartition("@")
        return local.partition("+")[0] if self.simulator and domain == self.simulator else ""
