"""A relay mails its reports on TLS when the day that they are about is over (RFC 8460 3, 5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from smtpsim.auth.sign import SigningKey, signature_field
from smtpsim.kernel.address import split_address
from smtpsim.kernel.duration import DAY
from smtpsim.reports.tls_report import TlsSessions, tls_report
from smtpsim.world.directory import own_domain
from smtpsim.world.model import DeliveryStatus, Host, Outcome, World, queue_id
from smtpsim.world.mta_sts.policy import reports_to
from smtpsim.world.mta_sts.tally import ROLE, Counts, Day, planned_reports, tally_of, with_planned
from smtpsim.world.posting import post
from smtpsim.world.signing import is_published

_NO_ADDRESS = set('<>()[]\\,;:" ')


def mailed(world: World) -> World:
    """The world in which the reports whose time has come are under way."""
    for due in sorted(due for due in planned_reports(world) if due <= world.now):
        reports = planned_reports(world)
        world = with_planned(world, reports.remove(due))
        for day in reports[due]:
            world = _mailed(world, day)
    return world


def report_of(world: World, counts: Iterable[tuple[TlsSessions, int]]) -> dict[str, Any]:
    """The report on dialogues of one sender, day and domain, as JSON data."""
    found = tuple(counts)
    sender = found[0][0].sender
    host = world.hosts.get(sender)
    return tls_report(found, postmaster(host) if host else f"postmaster@{sender}")


def postmaster(host: Host) -> str:
    """Whom reports come from, and who answers for them."""
    return f"postmaster@{own_domain(host)}"


def mailboxes(world: World, domain: str) -> tuple[str, ...]:
    """The addresses that want reports on a domain by mail (RFC 8460 3, RFC 6068 2)."""
    from urllib.parse import unquote

    uris = reports_to(world.zones.query(f"_smtp._tls.{domain}", "TXT"))
    mail = (uri.partition(":")[2].partition("?")[0] for uri in uris if uri.lower().startswith("mailto:"))
    return tuple(dict.fromkeys(filter(_is_address, map(unquote, mail))))


def signing_key(world: World, host: Host) -> SigningKey | None:
    """The key of the domain that reports come from. A receiver must pass over one without a signature (RFC 8460 3)."""
    return next((key for key in host.signs if key.domain == own_domain(host) and is_published(world, key)), None)


def _is_address(text: str) -> bool:
    path = split_address(text)
    return bool(path.local and path.domain) and text.isascii() and text.isprintable() and not set(text) & _NO_ADDRESS


def _mailed(world: World, day: Day) -> World:
    """One report sets out from the host that has counted, with the null sender: nobody there reads answers."""
    host, to = world.hosts.get(day.sender), mailboxes(world, day.domain)
    key = signing_key(world, host) if host else None
    if host is None or key is None or not to:
        return world
    counts = tally_of(world, day)
    about = min(tally.about for _, tally in counts)
    outcome = Outcome("", "", DeliveryStatus.ACCEPTED, 0, host.name, follows=about, role=ROLE)
    return post(world, host.name, map(split_address, to), _signed(world, host, key, counts, to), outcome)


def _signed(world: World, host: Host, key: SigningKey, counts: Counts, to: tuple[str, ...]) -> bytes:
    """The mail, signed with all of its header that matters."""
    from smtpsim.reports.tls_report_mail import SIGNED, Delivery, tls_report_mail

    begin = int(counts[0][0].day) * DAY
    delivery = Delivery(
        report=report_of(world, ((alike, tally.sessions) for alike, tally in counts)),
        begin=begin,
        end=begin + DAY - 1,
        submitter=host.name,
        sender=postmaster(host),
        to=to,
        identity=queue_id(world),
        now=world.now,
        language=world.language,
    )
    octets = tls_report_mail(delivery)
    return signature_field(octets, key, world.now, SIGNED) + octets
