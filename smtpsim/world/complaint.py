"""Marked as spam: a reader's program tells the mailbox's provider, and that a sending service with a feedback loop."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.address import Path
from smtpsim.reports.feedback_report import Abuse, feedback_report
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import Host, World, queue_id
from smtpsim.world.posting import post
from smtpsim.world.sending.account import Sending
from smtpsim.world.stored import about, flagged, keeper, reading_of

SPAM = "$Junk"
"""The flag of a mail that its reader calls spam (RFC 9051 2.3.2)."""


class Loop(NamedTuple):
    """A service that wants to hear of complaints, and the address that the mail came from."""

    sending: Sending
    source_ip: str


def complain(world: World, mailbox: Mailbox, mail: StoredMail) -> World:
    """The world in which the reader has marked the mail as spam. Where it came through a sending service, a report goes
    there with the null sender; it is under way then."""
    world = flagged(world, mailbox, mail, SPAM)
    reading = reading_of(mail)
    loop = _loop(world, tuple(passage.client_ip for passage in reading.way))
    if loop is None:
        return world
    host = keeper(world, mailbox).name
    to = Path(loop.sending.feedback, loop.sending.return_domain)
    abuse = Abuse(
        host=host,
        to=str(to),
        recipient=mailbox.address,
        mail=mail.octets,
        sender=mail.return_path,
        source_ip=loop.source_ip,
        identity=queue_id(world),
        arrived=mail.arrived,
        now=world.now,
        language=world.language,
    )
    return post(world, host, (to,), feedback_report(abuse), about(world, mailbox, reading, "complaint"))


def _loop(world: World, addresses: tuple[str, ...]) -> Loop | None:
    """The sending service that had the mail last, by the addresses in its Received lines, in the order of travel."""
    for address in reversed(addresses):
        host: Host | None = world.host_at(address)
        if host and host.sending:
            return Loop(host.sending, address)
    return None
