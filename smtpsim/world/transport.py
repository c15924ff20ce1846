"""The bucket brigade: what a host does with the letters it answers for, until nothing is left to do now."""

from __future__ import annotations

from smtpsim.kernel.duration import DAY
from smtpsim.message.header_block import occurrences
from smtpsim.reports.reason import Cause, own
from smtpsim.world.delivery import LOOP, deliver
from smtpsim.world.directory import is_local, place
from smtpsim.world.model import DeliveryStatus, Letter, QueuedRecipient, World
from smtpsim.world.outcome import Attempted, failing, rewritten
from smtpsim.world.queue import LIFETIME, delayed, enqueue, expired, next_try

HOPS_LIMIT = 50
"""More Received headers than this mean a loop (RFC 5321 6.3 asks for 100 at least; Postfix stops at 50)."""

UNKNOWN_USER = Cause("5.1.1", own("user-unknown"))
EXPIRED = "4.4.7"
"""Delivery time expired (RFC 3463 3.5)."""


def run_queue(world: World) -> World:
    """Carry every letter that is under way as far as it goes now."""
    while world.active_queue:
        letter = next(iter(world.active_queue))
        world = carry(world._replace(active_queue=world.active_queue.drop_first()), letter)
    return world


def carry(world: World, letter: Letter) -> World:
    """Deliver to the host's own people, relay the rest, and deal with what fails."""
    # a colon for each field: hardly any letter has so many that the header must be read to count
    if letter.octets.count(b":") > HOPS_LIMIT and occurrences(letter.octets, "Received") > HOPS_LIMIT:
        return _fail(world, letter, failing(letter.recipients, Cause(LOOP, own("too-many-hops"))))
    host = world.hosts[letter.host]
    failures: tuple[Attempted, ...] = ()
    away: list[QueuedRecipient] = []
    for queued in letter.recipients:
        path = queued.recipient.path
        if not is_local(host, path):
            away.append(queued)
            continue
        where = place(world, host, path)
        failure: Attempted | None = Attempted(queued, UNKNOWN_USER)
        if where:
            world, failure = deliver(world, letter, queued, where)
        failures += (failure,) if failure else ()
    if away:
        from smtpsim.world.relay import relay_away  # much mail is for the host's own people, and needs none of it

        attempt = relay_away(world, host, letter, away)
        world, failures = attempt.world, failures + attempt.failures
    return _fail(world, letter, failures) if failures else world


def _fail(world: World, letter: Letter, failures: tuple[Attempted, ...]) -> World:
    """Temporary failures wait in the queue; the others, and those that waited too long, bounce."""
    hope = not expired(world, letter)
    waiting = tuple(failure for failure in failures if hope and failure.temporary)
    for_good = tuple(
        _given_up(failure) if failure.temporary else failure for failure in failures if not (hope and failure.temporary)
    )
    told = letter
    if world.hosts[letter.host].sending:
        world, told = _by_service(world, letter, for_good)
    if for_good:
        from smtpsim.world.bounce import bounce

        world = bounce(world, told, for_good)
    return _defer(world, letter, told, waiting) if waiting else world


def _given_up(failure: Attempted) -> Attempted:
    """A failure that only time has made final (RFC 5321 4.5.4.1)."""
    cause = failure.cause
    return failure._replace(cause=cause._replace(status=EXPIRED, why=cause.why._replace(days=LIFETIME // DAY)))


def _by_service(world: World, letter: Letter, failures: tuple[Attempted, ...]) -> tuple[World, Letter]:
    """What a sending service makes of failures; the letter bears the sender that is told of them."""
    from smtpsim.world.sending.service import failed

    return failed(world, world.hosts[letter.host], letter, failures)


def _defer(world: World, letter: Letter, told: Letter, failures: tuple[Attempted, ...]) -> World:
    """Put the letter back into the queue; once it has waited for some hours, the sender of `told` is warned."""
    due = next_try(world, letter)
    for queued, cause in failures:
        number = queued.outcome
        outcome = world.outcomes[number]._replace(
            status=DeliveryStatus.DEFERRED,
            hop=cause.hop,
            host=letter.host,
            why=cause.why,
            next_try=due,
            way=letter.way,
        )
        world = rewritten(world, number, outcome)
    if delayed(world, letter) and not letter.warned:
        from smtpsim.world.bounce import warn

        world, letter = warn(world, told, failures), letter._replace(warned=True)
    left = letter._replace(recipients=tuple(failure.queued for failure in failures))
    return enqueue(world, left, due)
