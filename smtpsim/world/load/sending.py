"""What makes a host a sending service: the `[sending]` table of its TOML file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smtpsim.kernel.domain import a_labels
from smtpsim.world.accounts import login_name
from smtpsim.world.load.names import is_domain
from smtpsim.world.load.table import Table
from smtpsim.world.sending.account import ID, Account, Limits, Sending
from smtpsim.world.sending.lists import MODES


def read_sending(table: Table, host: str, users: Iterable[str]) -> Sending | None:
    """The sending service of the host called `host`, None where the file has no such table. `users` are its log-ins."""
    if not table.has("sending"):
        return None
    own = table.table("sending")
    accounts = own.table("accounts")
    sending = Sending(
        region=own.text("region", host),
        suppression=own.word("suppression", "shared", tuple(MODES)),
        accounts={name: _account(name, accounts.table(name), tuple(users)) for name in accounts.data},
        helo=_domain(own, "helo", host),
        return_domain=_domain(own, "return-domain", host),
        local=_local(own),
        feedback=own.text("feedback", "complaints").lower(),
        simulator=_domain(own, "simulator", ""),
        limits=_limits(own.table("limits")),
    )
    own.close()
    return sending


def _account(name: str, table: Table, known: tuple[str, ...]) -> Account:
    account = Account(
        name=name,
        users=tuple(_user(table, user, known) for user in table.texts("users")),
        domains=tuple(a_labels(domain).lower() for domain in _domains(table, table.texts("domains"))),
        mail_from=_domain(table, "mail-from", ""),
        own_list=table.flag("own-list", True),
    )
    table.close()
    return account


def _user(table: Table, user: str, known: tuple[str, ...]) -> str:
    name = login_name(user)
    if name not in known:
        table.wrong("users", "not-a-word", found=user, known=", ".join(known))
    return name


def _domains(table: Table, domains: tuple[str, ...]) -> tuple[str, ...]:
    for domain in domains:
        if not is_domain(domain):
            table.wrong("domains", "not-a-domain", found=domain)
    return tuple(filter(is_domain, domains))


def _domain(table: Table, name: str, default: str) -> str:
    domain = table.text(name, default)
    if domain == default or is_domain(domain):
        return a_labels(domain).lower()
    table.wrong(name, "not-a-domain", found=domain)
    return default


def _local(table: Table) -> str:
    """The form of the envelope sender's local part; a letter must be found again by it."""
    local = table.text("local", ID)
    if local.count(ID) == 1:
        return local.lower().replace(ID.lower(), ID)
    table.wrong("local", "no-id", found=local)
    return ID


def _limits(table: Table) -> Limits:
    usual: Mapping[str, int] = Limits()._asdict()
    limits = Limits(**{name: table.number(name.replace("_", "-"), number) for name, number in usual.items()})
    if not limits.volume:
        table.wrong("volume", "no-volume")
        limits = limits._replace(volume=usual["volume"])
    table.close()
    return limits
