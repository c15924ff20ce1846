"""Reports on letters: failures go back to the envelope sender, whoever that was said to be (RFC 5321 6.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.reports.delivery_report import Report, Reported, delivery_report
from smtpsim.reports.reason import NO_REASON, Reason
from smtpsim.world.identity import queue_id
from smtpsim.world.model import Letter, Outcome, QueuedRecipient, World
from smtpsim.world.notify import envelope_id, original_recipient, wants, wants_whole
from smtpsim.world.outcome import Failure, rewritten
from smtpsim.world.posting import post
from smtpsim.world.queue import LIFETIME

DELIVERED = "2.0.0"


class Event(NamedTuple):
    """Something to report on one recipient: the action (RFC 3464 2.3.3) and its status; the rest as in `Failure`."""

    receiver: QueuedRecipient
    action: str
    status: str
    why: Reason = NO_REASON
    remote: str = ""


def bounce(world: World, letter: Letter, failures: tuple[Failure, ...]) -> World:
    """Write the failures down and tell the reverse-path, once for all of them.

    Nobody is told where there is no reverse-path (a bounce is never bounced), or where the sender wanted to hear
    of no failure.
    """
    told: list[Event] = []
    for failure in failures:
        tell = not letter.sender.null and wants(failure.receiver.recipient, "FAILURE")
        world = _failed(world, letter, failure, "bounced" if tell else "discarded")
        if tell:
            told.append(Event(failure.receiver, "failed", failure.status, failure.why, failure.remote))
    return report(world, letter, told)


def _failed(world: World, letter: Letter, failure: Failure, status: str) -> World:
    number = failure.receiver.outcome
    outcome = world.outcomes[number]._replace(
        status=status,
        hop=failure.hop or letter.hop,
        host=failure.remote or letter.host,
        why=failure.why,
        bounce_to=str(letter.sender) if status == "bounced" else "",
        next_try=0,
        way=letter.way,
    )
    return rewritten(world, number, outcome)


def warn(world: World, letter: Letter, failures: Iterable[Failure]) -> World:
    """Tell the sender that the letter still waits, where it wants to know (RFC 3461 4.1)."""
    wanted = (failure for failure in failures if wants(failure.receiver.recipient, "DELAY"))
    return report(world, letter, [Event(f.receiver, "delayed", f.status, f.why, f.remote) for f in wanted])


def confirm(world: World, letter: Letter, receivers: Iterable[QueuedRecipient], action: str) -> World:
    """Tell the sender of a success, where it asked for that (RFC 3461 4.1)."""
    wanted = (receiver for receiver in receivers if wants(receiver.recipient, "SUCCESS"))
    return report(world, letter, [Event(receiver, action, DELIVERED) for receiver in wanted])


def report(world: World, letter: Letter, events: list[Event]) -> World:
    """Send one report on these recipients. It is a letter too, with the null sender (RFC 5321 4.5.5), and takes the
    same road; on a letter without a sender there is nobody to report to."""
    if not events or letter.sender.null:
        return world
    to = letter.sender._replace(route=())
    about = events[0].receiver.outcome
    outcome = Outcome("", "", "accepted", letter.hop, letter.host, follows=about, role="report")
    return post(world, letter.host, (to,), _written(world, letter, events, queue_id(world)), outcome)


def _written(world: World, letter: Letter, events: list[Event], identity: str) -> bytes:
    return delivery_report(
        Report(
            host=letter.host,
            to=str(letter.sender),
            recipients=tuple(_reported(letter, event) for event in events),
            returned=letter.octets,
            whole=events[0].action == "failed" and wants_whole(letter),
            identity=identity,
            now=world.now,
            arrived=letter.arrived,
            envid=envelope_id(letter),
            language=world.language,
        )
    )


def _reported(letter: Letter, event: Event) -> Reported:
    recipient = event.receiver.recipient
    return Reported(
        address=str(recipient.path),
        action=event.action,
        status=event.status,
        reason=event.why,
        remote=event.remote,
        original=original_recipient(recipient),
        retry_until=letter.arrived + LIFETIME if event.action == "delayed" else 0,
    )
