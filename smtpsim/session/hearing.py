"""A session with a server whose replies are known from a recording: the turns that its lines and replies make."""

from __future__ import annotations

from smtpsim.kernel.printable import decoded
from smtpsim.protocol.smtp.framing import Line, Octets, Unit
from smtpsim.protocol.smtp.recorded import RULES, SILENT, Recorded
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.session.simulation import KINDS, Simulation, Turn, TurnKind
from smtpsim.world.mail_access.access import AccessReply
from smtpsim.world.recorded import greet, interrupt
from smtpsim.world.recorded import hear as heard

_YES = frozenset({"+OK", "+", "OK", "PREAUTH", "BYE"})
"""The status words of POP3 and IMAP that accept, and the one that every IMAP session ends with."""


def hear(simulation: Simulation, unit: Unit, said: Recorded) -> Turn:
    """Send one unit to a server that answers as recorded; SILENT for no reply."""
    if simulation.access:
        turn = simulation.say(decoded(unit.text)) if isinstance(unit, Line) else simulation.take(unit)
        return _picked_up(turn, simulation, said)
    connection = simulation.connection
    kind = TurnKind.OCTETS if isinstance(unit, Octets) else KINDS.get(connection.state.phase, TurnKind.COMMAND)
    taken = heard(simulation.world, connection, unit, said)
    return simulation.turn_of(kind, decoded(unit[0]), taken)


def greeted(turn: Turn, said: Recorded) -> Turn:
    """The turn of a new connection with the greeting that was recorded."""
    simulation = turn.after
    if simulation.access:
        return turn._replace(reply=_retold(turn.reply, said))
    taken = greet(simulation.world, simulation.connection, said)
    later = simulation._replace(connection=taken.connection)
    return turn._replace(reply=taken.step.reply, facts=taken.step.facts, after=later)


def interrupted(simulation: Simulation, said: Recorded) -> Turn:
    """The server speaks unasked."""
    if simulation.access:
        later = simulation._replace(turns=simulation.turns + 1)
        return Turn(simulation.turns, TurnKind.CONNECT, "", _retold(None, said), (), (), (), later)
    return simulation.turn_of(TurnKind.CONNECT, "", interrupt(simulation.world, simulation.connection, said))


def _picked_up(turn: Turn, before: Simulation, said: Recorded) -> Turn:
    """In POP3 and IMAP what was refused changes nothing; what only the recorded server accepts cannot be shown."""
    if turn.reply is None:
        return turn
    reply = _retold(turn.reply, said)
    if reply is None or reply.accepts or not turn.reply.accepts:
        return turn._replace(reply=reply)
    return turn._replace(reply=reply, facts=(), after=before._replace(turns=turn.after.turns))


def _retold(own: Reply | None, said: Recorded) -> Reply | None:
    """The recorded reply; its reason is the simulated server's where both accept or both refuse."""
    if said is SILENT:
        return None
    accepts = not _YES.isdisjoint((said.lines[0].split(" ", 1)[0], *said.lines[-1].split()[1:2]))
    if own and own.accepts == accepts:
        return own._replace(lines=said.lines)
    rule = RULES[2 if accepts else 5]
    return AccessReply(rule.key, 0 if accepts else 500, "", said.lines, rule.ref)
