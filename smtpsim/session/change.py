"""Turns that are made beside the dialogue: a change of the world or of the connection, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.session.simulation import About, Simulation, Turn, TurnKind, news, reconnect
from smtpsim.world.connection import rechecked
from smtpsim.world.model import Connection, Host, World
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue

MOST_DIGITS = 9


class Wrong(NamedTuple):
    """Why a command was not carried out: the sentence `command.KEY` in the catalogues, and its values."""

    key: str
    values: Mapping[str, str] = {}


def number(text: str) -> int | None:
    """The number that a text is, None for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def connected(simulation: Simulation, host: Host, client_ip: str) -> Turn:
    """The turn of a new connection in the same world."""
    turn = reconnect(simulation.world, host, client_ip, simulation.turns)
    return turn._replace(kind=TurnKind.SIMULATOR)


def changed(simulation: Simulation, world: World, connection: Connection, about: About | None = None) -> Turn:
    """The turn of a change in the world or the connection; nothing was said to the server."""
    later = simulation._replace(world=world, connection=connection, turns=simulation.turns + 1)
    return Turn(simulation.turns, TurnKind.SIMULATOR, "", None, (), (), (), later, about=about)


def looked(simulation: Simulation, line: str, command: str, about: About | None) -> Turn:
    """The turn of a look at something, which changes nothing."""
    later = simulation._replace(turns=simulation.turns + 1)
    return Turn(simulation.turns, TurnKind.SIMULATOR, line, None, (), (), (), later, command, about)


def happened(simulation: Simulation, world: World, about: About | None = None) -> Turn:
    """The turn of something that happened in the world: the queue has been run as far as it goes now."""
    settled, fates = news(run_queue(world))
    later = simulation._replace(world=settled, turns=simulation.turns + 1)
    return Turn(simulation.turns, TurnKind.SIMULATOR, "", None, (), (), fates, later, about=about)


def waited(simulation: Simulation, seconds: int) -> Turn:
    """The turn of simulated time that passes. What waits in queues is tried at its time; what was looked up about the
    client is looked up again; a server that hears nothing for long hangs up."""
    turn = happened(simulation, wait(simulation.world, seconds, run_queue))
    later = turn.after._replace(connection=rechecked(turn.after.world, turn.after.connection))
    if later.over or not later.idle_for_long:
        return turn._replace(after=later)
    ended = later.time_out()
    return turn._replace(reply=ended.reply, facts=ended.facts, after=ended.after._replace(turns=later.turns))
