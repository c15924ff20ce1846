"""Bounces: a failed letter goes back to the envelope sender, whoever that was said to be (RFC 5321 6.1)."""

from __future__ import annotations

from smtpsim.kernel.address import NULL, split_address
from smtpsim.message.dsn import FailedRecipient, failure_report
from smtpsim.protocol.smtp.state import Recipient
from smtpsim.world.identity import queue_id
from smtpsim.world.model import Letter, Outcome, Receiver, World
from smtpsim.world.outcome import Failure, rewritten, with_outcome


def bounce(world: World, letter: Letter, failures: tuple[Failure, ...]) -> World:
    """Tell the reverse-path; a letter that has none (the null sender) is discarded and nobody is told."""
    told = "discarded" if letter.sender.null else "bounced"
    for failure in failures:
        number = failure.receiver.outcome
        outcome = world.outcomes[number]._replace(
            status=told,
            hop=failure.hop or letter.hop,
            host=failure.remote or letter.host,
            reason=failure.text,
            bounce_to=str(letter.sender),
            next_try=0,
        )
        world = rewritten(world, number, outcome)
    return world if letter.sender.null else _send_report(world, letter, failures)


def _send_report(world: World, letter: Letter, failures: tuple[Failure, ...]) -> World:
    identity = queue_id(world)
    to = split_address(str(letter.sender))
    about = failures[0].receiver.outcome
    outcome = Outcome(identity, str(to), "accepted", letter.hop, letter.host, reports_on=about)
    world = with_outcome(world, outcome)
    report = Letter(
        id=identity,
        host=letter.host,
        sender=NULL,
        receivers=(Receiver(Recipient(to), len(world.outcomes)),),
        octets=_report(world, letter, failures, identity),
        hop=letter.hop,
        arrived=world.now,
    )
    return world._replace(under_way=world.under_way.push_front(report), serial=world.serial + 1)


def _report(world: World, letter: Letter, failures: tuple[Failure, ...], identity: str) -> bytes:
    failed = tuple(
        FailedRecipient(str(f.receiver.recipient.path), f.status, f.text, f.remote) for f in failures
    )
    return failure_report(
        reporting_host=letter.host,
        to=str(letter.sender),
        failed=failed,
        original=letter.octets,
        identity=identity,
        now=world.now,
        arrived=letter.arrived,
    )
