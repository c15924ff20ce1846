"""Reports on letters: failures go back to the envelope sender, whoever that was said to be (RFC 5321 6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smtpsim.kernel.address import Path
from smtpsim.protocol.smtp.state import Recipient
from smtpsim.reports.delivery_report import Report, Reported, delivery_report
from smtpsim.reports.reason import Cause
from smtpsim.world.directory import is_local
from smtpsim.world.model import DeliveryStatus, Letter, Outcome, QueuedRecipient, World, queue_id
from smtpsim.world.notify import envelope_id, original_recipient, wants, wants_whole
from smtpsim.world.outcome import Attempted, rewritten
from smtpsim.world.posting import post
from smtpsim.world.queue import LIFETIME

DELIVERED = Cause("2.0.0")

POSTMASTER = Path("postmaster", "")
"""Who answers for a host, on that host (RFC 5321 4.5.1)."""


def bounce(world: World, letter: Letter, failures: tuple[Attempted, ...]) -> World:
    """Write the failures down and tell the reverse-path, once for all of them.

    Nobody is told where there is no reverse-path (a bounce is never bounced), or where the sender wanted to hear
    of no failure. A host may tell its own postmaster of bounces that fail.
    """
    told: list[Attempted] = []
    for failure in failures:
        to = _concerned(world, letter, failure.queued)
        world = _failed(world, letter, failure, to)
        if to:
            told.append(failure)
    return _sent(world, letter, "failed", told, POSTMASTER if letter.sender.null else letter.sender)


def _concerned(world: World, letter: Letter, queued: QueuedRecipient) -> str:
    """The address that hears of a failure, "" for nobody. What fails on its way to the postmaster ends there."""
    recipient = queued.recipient
    if not letter.sender.null:
        return str(letter.sender) if wants(recipient, "FAILURE") else ""
    host = world.hosts[letter.host]
    doubled = host.double_bounces == "postmaster" and not (is_local(host, recipient.path) and _is_postmaster(recipient))
    return str(POSTMASTER) if doubled else ""


def _is_postmaster(recipient: Recipient) -> bool:
    return recipient.path.mailbox == POSTMASTER.local


def _failed(world: World, letter: Letter, failure: Attempted, bounce_to: str) -> World:
    number = failure.queued.outcome
    outcome = world.outcomes[number]._replace(
        status=DeliveryStatus.BOUNCED if bounce_to else DeliveryStatus.DISCARDED,
        hop=failure.cause.hop or letter.hop,
        host=failure.cause.remote or letter.host,
        why=failure.cause.why,
        bounce_to=bounce_to,
        next_try=0,
        way=letter.way,
    )
    return rewritten(world, number, outcome)


def warn(world: World, letter: Letter, failures: Iterable[Attempted]) -> World:
    """Tell the sender that the letter still waits, where it wants to know (RFC 3461 4.1)."""
    wanted = [failure for failure in failures if wants(failure.queued.recipient, "DELAY")]
    return report(world, letter, "delayed", wanted)


def confirm(
    world: World, letter: Letter, recipients: Iterable[QueuedRecipient], action: str, cause: Cause = DELIVERED
) -> World:
    """Tell the sender of a success, where it asked for that (RFC 3461 4.1). Where the letter was relayed, `cause` names
    the host that took it, and its reply (RFC 3461 6.3)."""
    wanted = [Attempted(r, cause) for r in recipients if wants(r.recipient, "SUCCESS")]
    return report(world, letter, action, wanted)


def report(world: World, letter: Letter, action: str, told: Sequence[Attempted]) -> World:
    """Send one report on these recipients to the sender; on a letter without one there is nobody to report to.
    `action` is one of RFC 3464 2.3.3."""
    return world if letter.sender.null else _sent(world, letter, action, told, letter.sender)


def _sent(world: World, letter: Letter, action: str, told: Sequence[Attempted], to: Path) -> World:
    """A report is a letter too, with the null sender (RFC 5321 4.5.5), and takes the same road."""
    if not told:
        return world
    to = to._replace(route=())
    about = told[0].queued.outcome
    outcome = Outcome("", "", DeliveryStatus.ACCEPTED, letter.hop, letter.host, follows=about, role="report")
    return post(world, letter.host, (to,), _written(world, letter, action, told, to), outcome)


def _written(world: World, letter: Letter, action: str, told: Sequence[Attempted], to: Path) -> bytes:
    return delivery_report(
        Report(
            host=letter.host,
            to=str(to),
            recipients=tuple(_reported(letter, action, one) for one in told),
            returned=letter.octets,
            whole=action == "failed" and wants_whole(letter),
            identity=queue_id(world),
            now=world.now,
            arrived=letter.arrived,
            envid=envelope_id(letter),
            language=world.language,
        )
    )


def _reported(letter: Letter, action: str, told: Attempted) -> Reported:
    recipient = told.queued.recipient
    return Reported(
        address=str(recipient.path),
        action=action,
        cause=told.cause,
        original=original_recipient(recipient),
        retry_until=letter.arrived + LIFETIME if action == "delayed" else 0,
    )
