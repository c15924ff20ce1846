"""Which hosts a relay tries for a letter, and what is left when all of them have had their turn (RFC 5321 5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from smtpsim.reports.reason import Cause, own
from smtpsim.world.delivery_attempt import Attempt, attempt_delivery
from smtpsim.world.model import Host, Letter, QueuedRecipient, World
from smtpsim.world.mta_sts.fetch import guard_for
from smtpsim.world.mta_sts.guard import NOT_NAMED, Guard
from smtpsim.world.mta_sts.tally import ROLE as TLS_REPORT
from smtpsim.world.mta_sts.tally import Talk, counted
from smtpsim.world.outcome import Attempted, failing
from smtpsim.world.relay_client import RelayClient
from smtpsim.world.relay_tls import NOT_VERIFIED
from smtpsim.world.routing import Exchange, Route, route

UNREACHABLE = "4.4.1"
LOOPS_BACK = "5.4.6"


class Peer(NamedTuple):
    """A host that answers, the address that the relay talks to it from, and the name that the DNS has for it."""

    host: Host
    client_ip: str
    mx: str


class Destination(NamedTuple):
    """Where a letter goes next, and what the relay goes by there."""

    route: Route
    guard: Guard | None = None


def relay_away(world: World, host: Host, letter: Letter, away: Iterable[QueuedRecipient]) -> Attempt:
    """Hand the letter on for those of its recipients who are elsewhere."""
    failures: tuple[Attempted, ...] = ()
    world, groups = _by_destination(world, host, away)
    for to, recipients in groups.items():
        attempt = relay(world, host, letter._replace(recipients=tuple(recipients)), to)
        world, failures = attempt.world, failures + attempt.failures
    return Attempt(world, failures)


def _by_destination(
    world: World, host: Host, recipients: Iterable[QueuedRecipient]
) -> tuple[World, dict[Destination, list[QueuedRecipient]]]:
    """Recipients that share their mail exchangers share one dialogue, unless their domains want it otherwise done."""
    groups: dict[Destination, list[QueuedRecipient]] = {}
    for queued in recipients:
        domain = queued.recipient.path.host
        # a report on TLS is delivered whatever is wrong with TLS, and not counted itself (RFC 8460 3)
        if world.outcomes[queued.outcome].role == TLS_REPORT:
            guard = None
        else:
            world, guard = guard_for(world, host, domain)
        groups.setdefault(Destination(route(world.zones, domain), guard), []).append(queued)
    return world, groups


def relay(world: World, host: Host, letter: Letter, to: Destination) -> Attempt:
    """Hand the letter on, to one exchange after the other, best first, as long as trying the next one may help
    some of its recipients (RFC 5321 5.1).

    What a host says of the letter or a recipient is final. One that turns the relay away before that has said nothing
    of them: the others are tried, and where one of them does not answer, the letter waits for it. (Custom: Postfix goes
    on so after a greeting with 5yz, `smtp_skip_5xx_greeting`.)
    """
    known = _in_turn(world, letter, _better_than(host, to.route))
    exchanges = tuple(exchange for exchange in known if not _barred(to.guard, exchange))
    barred = tuple(exchange for exchange in known if exchange not in exchanges)
    world = _told_of(world, host, to.guard, barred, letter)
    absent = tuple(exchange for exchange in exchanges if not any(_peers(world, host, (exchange,))))
    final: tuple[Attempted, ...] = ()
    cause = _no_way(host, to, absent or exchanges, known)
    waiting, hope = failing(letter.recipients, cause), bool(absent)
    for peer in _peers(world, host, exchanges):
        left = letter._replace(recipients=tuple(failure.queued for failure in waiting))
        talk = RelayClient(world, host, *peer, to.guard, left.recipients[0].outcome)
        world, failures, turned_away = attempt_delivery(talk, left)
        if turned_away and not failures[0].temporary:
            waiting = waiting if hope else failures
            continue
        final += tuple(failure for failure in failures if not failure.temporary)
        waiting, hope = tuple(failure for failure in failures if failure.temporary), True
        if not waiting:
            break
    return Attempt(world, final + waiting)


def _barred(guard: Guard | None, exchange: Exchange) -> bool:
    """Whether the receiver's policy forbids this host: it may be somebody else's, put into the DNS by him."""
    return guard is not None and guard.enforces and guard.bars(exchange.name)


def _told_of(world: World, host: Host, guard: Guard | None, barred: tuple[Exchange, ...], letter: Letter) -> World:
    """The hosts that the relay did not even try are told of in a report."""
    for exchange in barred:
        assert guard is not None
        talk = Talk(host.addresses[0], exchange.name, exchange.addresses[0], letter.recipients[0].outcome)
        world = counted(world, host, guard, NOT_NAMED, talk)
    return world


def _in_turn(world: World, letter: Letter, exchanges: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
    """Best first; equals in an order that differs from letter to letter, so that they share the work, and is the same
    in each session with this seed (RFC 5321 5.1: the sender must randomize them)."""

    def drawn(exchange: Exchange) -> tuple[int, int]:
        return exchange.preference, crc32(f"{world.seed}/{letter.id}/{exchange.name}".encode())

    return exchanges if len(exchanges) < 2 else tuple(sorted(exchanges, key=drawn))


def _better_than(host: Host, route: Route) -> tuple[Exchange, ...]:
    """The exchanges to try. A host that is one of them itself tries only better ones (RFC 5321 5.1)."""
    own = [e.preference for e in route.exchanges if not set(host.addresses).isdisjoint(e.addresses)]
    return tuple(e for e in route.exchanges if e.preference < min(own)) if own else route.exchanges


_ROUTE_REASONS = {
    "5.1.2": own("no-such-domain"),
    "5.1.10": own("null-mx"),
    "5.4.4": own("no-address"),
    "4.4.3": own("dns-trouble"),
}


def _no_way(host: Host, to: Destination, exchanges: tuple[Exchange, ...], known: tuple[Exchange, ...]) -> Cause:
    """What is said where nobody answers, or may be asked."""
    if not to.route.exchanges:
        return Cause(to.route.failure, _ROUTE_REASONS[to.route.failure])
    if known and not exchanges and to.guard:
        names = ", ".join(exchange.name for exchange in known)
        return Cause(NOT_VERIFIED, own(f"sts-{NOT_NAMED}", host=names, domain=to.guard.domain))
    if not exchanges:
        return Cause(LOOPS_BACK, own("loops-back", host=host.name))
    return Cause(UNREACHABLE, own("unreachable", hosts=", ".join(exchange.name for exchange in exchanges)))


def _peers(world: World, host: Host, exchanges: Iterable[Exchange]) -> Iterator[Peer]:
    """The hosts that answer at the addresses of the exchanges, each once; an IPv6 address needs one of one's own."""
    seen = set()
    for mx, address in ((exchange.name, address) for exchange in exchanges for address in exchange.addresses):
        found = world.host_at(address)
        own = next((own for own in host.addresses if (":" in own) == (":" in address)), "")
        if found and own and "smtp" in found.listens and found.name not in seen:
            seen.add(found.name)
            yield Peer(found, own, mx)
