"""What gets on after a refusal: the line mended, or another way to the same end."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import NamedTuple

from smtpsim.kernel.printable import encoded
from smtpsim.session.simulation import Simulation, Turn, client_name
from smtpsim.views.advice.correction import is_in_order, mended
from smtpsim.views.advice.nearest import one_edit
from smtpsim.views.advice.said import Advice
from smtpsim.world.routing import route


def remedies(turn: Turn, before: Turn | None) -> tuple[str, ...]:
    """The lines that get on after a turn, the likeliest first; none where nothing was refused or nothing is known."""
    line = mended(turn, before)
    if line and before is not None and is_in_order(line, before):
        return (line,)
    return _other_ways(turn)


def way_on(turn: Turn) -> Advice | None:
    """The words for what gets on after a refusal that is no mistake of the line."""
    ways = _other_ways(turn)
    if not ways or turn.reply is None:
        return None
    values = {"meant": ways[0], "second": ways[-1]}
    way = _WAYS[turn.reply.key]
    return Advice(f"{way.words}-or-log-in" if len(ways) > 1 else way.words, values)


class _Way(NamedTuple):
    """How a refusal is got over: its words (`advice.WORDS`), and what finds the lines."""

    words: str
    find: Callable[[Turn], tuple[str, ...]]


def _other_ways(turn: Turn) -> tuple[str, ...]:
    if turn.reply is None or turn.after.access or turn.reply.key not in _WAYS:
        return ()
    return _WAYS[turn.reply.key].find(turn)


def _log_in(simulation: Simulation) -> tuple[str, ...]:
    """EHLO first, since HELO offers no AUTH; then one line that logs the host's first user in (RFC 4616 2)."""
    state, host = simulation.connection.state, simulation.connection.host
    if state.user is not None or "PLAIN" not in host.service.mechanisms or not host.users:
        return ()
    if not state.esmtp:
        return (f"EHLO {state.helo or client_name(simulation)}",)
    user, secret = next(iter(host.users.items()))
    answer = "\0".join(("", user, secret))
    return (f"AUTH PLAIN {b64encode(encoded(answer)).decode()}",)


def _refused(turn: Turn) -> tuple[str, str]:
    """Local part and domain of the recipient that was refused last."""
    named = turn.after.transaction.recipients
    local, _, domain = (named[-1].address if named else "").rpartition("@")
    return local, domain


def _elsewhere(turn: Turn) -> tuple[str, ...]:
    """The mail exchanger that takes mail for the recipient (RFC 5321 5.1), or a log-in here."""
    simulation = turn.after
    exchanges = route(simulation.world.zones, _refused(turn)[1]).exchanges
    known = tuple(one.name for one in exchanges if one.name in simulation.world.hosts)
    return (*(f":connect {name}" for name in known[:1]), *_log_in(simulation))


def _neighbour(turn: Turn) -> tuple[str, ...]:
    """A mailbox of the same domain whose name is one slip of the fingers away."""
    simulation, (local, domain) = turn.after, _refused(turn)
    names = (address.partition("@") for address in sorted(simulation.world.mailboxes) if "/" not in address)
    near = (name for name, _, at in names if at == domain and one_edit(local, name))
    return tuple(f"RCPT TO:<{name}@{domain}>" for name in near)[:1]


_LOG_IN = _Way("log-in-first", lambda turn: _log_in(turn.after))

_WAYS: Mapping[str, _Way] = {
    "relay-denied": _Way("relay-elsewhere", _elsewhere),
    "user-unknown": _Way("misspelt", _neighbour),
    "auth-required": _LOG_IN,
    "sending-auth-required": _LOG_IN,
}
"""By the key of the reply."""
