"""A bounce after SMTP's end: a filter behind the mailbox gives a mail back, by the only address that is left."""

from __future__ import annotations

from smtpsim.kernel.address import split_address
from smtpsim.reports.delivery_report import Report, Reported, delivery_report
from smtpsim.reports.reason import Cause, own
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import World, queue_id
from smtpsim.world.posting import post
from smtpsim.world.stored import about, keeper, reading_of

REFUSED = "5.7.1"


def give_back(world: World, mailbox: Mailbox, mail: StoredMail) -> World:
    """Send a report of failure to the mail's Return-Path (RFC 5321 4.4); it is under way then.

    So does a filter of the mailbox's owner, as with Sieve's `reject` (RFC 5429 2.2). What MAIL and RCPT said of
    reports is gone with the envelope. The null sender gets none: the caller has seen to that.
    """
    host = keeper(world, mailbox).name
    report = Report(
        host=host,
        to=mail.return_path,
        recipients=(Reported(mailbox.address, "failed", Cause(REFUSED, own("given-back"))),),
        returned=mail.octets,
        whole=False,
        identity=queue_id(world),
        now=world.now,
        arrived=mail.arrived,
        language=world.language,
    )
    to = split_address(mail.return_path)._replace(route=())
    return post(world, host, (to,), delivery_report(report), about(world, mailbox, reading_of(mail), "report"))
