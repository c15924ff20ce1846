""":fault: order something to go wrong at a server: a refusal, a reply that comes late, a connection that breaks.

    :fault [STAGE] CODE [ENHANCED] [xN|next] [for ADDRESS] [at HOST] [say TEXT]
    :fault [STAGE] delay TIME ...      :fault [STAGE] drop ...      :fault off [NUMBER]

Alone it shows those that stand. Without a count it stands until it is called off. Nothing goes wrong by chance.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.session.change import Wrong, changed, number
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.answer import Answer, Page, Turns
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.world.fault_action import NAMES, STAGES, Action, OrderedFault, delayed, read_action, refusal
from smtpsim.world.faults import ordered

OFF = ("off", "clear", "none")
MOST = 100
"""So many faults stand at once."""

_COUNT = re.compile(r"x(\d{1,3})|(\d{1,3})x", re.ASCII)
_ENHANCED = re.compile(r"[45]\.\d{1,3}\.\d{1,3}", re.ASCII)


class Qualified(NamedTuple):
    """What stands behind the action: how often (0 for always), for whom, at which host, in which words."""

    left: int = 0
    recipient: str = ""
    host: str = ""
    text: str = ""


def _run(place: Place, argument: str) -> Answer:
    words = argument.split()
    if not words:
        return _standing(place)
    made = _ordered(place.simulation, words)
    return made if isinstance(made, Wrong) else Turns((made,))


def _standing(place: Place) -> Page | Wrong:
    """The faults that stand, or how one is ordered where there is none."""
    from smtpsim.views.page import page, part
    from smtpsim.views.sections.faults import fault_rows

    rows, words = fault_rows(place.simulation.world, place.words), place.words
    if not rows:
        return Wrong("fault-missing")
    return Page(lambda unfolded: page(words("panel.faults"), part("", rows)))


def _ordered(simulation: Simulation, words: list[str]) -> Turn | Wrong:
    if words[0].lower() in OFF:
        return _called_off(simulation, words[1:])
    made = _read(simulation, words)
    if isinstance(made, Wrong):
        return made
    if len(simulation.world.faults) >= MOST:
        return Wrong("fault-too-many", {"most": str(MOST)})
    return changed(simulation, ordered(simulation.world, made), simulation.connection)


def _called_off(simulation: Simulation, words: list[str]) -> Turn | Wrong:
    """All faults, or the one of this number."""
    world = simulation.world
    wanted = number(words[0]) if words else 0
    left = tuple(fault for fault in world.faults if wanted and fault.number != wanted)
    if len(left) == len(world.faults):
        return Wrong("fault-none", {"found": " ".join(words)}) if words else Wrong("fault-none-stands")
    return changed(simulation, world._replace(faults=left), simulation.connection)


def _read(simulation: Simulation, words: list[str]) -> OrderedFault | Wrong:
    stage = NAMES.get(words[0].lower(), "")
    rest = words[1:] if stage else words
    action, behind = _action(rest)
    if action is None:
        known = ", ".join((*STAGES, "delay", "drop"))
        return Wrong("fault-action", {"found": " ".join(rest[:2]) or words[0], "known": known})
    qualified = _qualified(behind)
    if isinstance(qualified, Wrong):
        return qualified
    host = qualified.host or simulation.connection.host.name
    if host not in simulation.world.hosts:
        return Wrong("host-unknown", {"found": host, "known": ", ".join(sorted(simulation.world.hosts))})
    if action.rule and qualified.text:
        action = refusal(str(action.rule.code), action.rule.enhanced, qualified.text) or action
    return OrderedFault(0, host, stage, action, qualified.left, qualified.recipient)


def _action(words: list[str]) -> tuple[Action | None, list[str]]:
    """The action, and the words behind it."""
    first = words[0].lower() if words else ""
    if first == "delay":
        return (delayed(words[1]) if len(words) > 1 else None), words[2:]
    if len(words) > 1 and _ENHANCED.fullmatch(words[1]):
        return refusal(first, words[1]), words[2:]
    return read_action(first), words[1:]


def _qualified(words: list[str]) -> Qualified | Wrong:
    found = Qualified()
    while words:
        word = words[0].lower()
        count = _COUNT.fullmatch(word)
        if word == "say":
            return found._replace(text=" ".join(words[1:]))
        if word in ("next", "once", "always"):
            found, words = found._replace(left=0 if word == "always" else 1), words[1:]
        elif count and int(count[1] or count[2]):
            found, words = found._replace(left=int(count[1] or count[2])), words[1:]
        elif word in ("for", "at") and len(words) > 1:
            named = words[1].strip("<>").lower()
            found = found._replace(recipient=named) if word == "for" else found._replace(host=named)
            words = words[2:]
        else:
            return Wrong("fault-word", {"found": words[0]})
    return found


def _arguments(place: Place) -> tuple[str, ...]:
    return (*STAGES, "dot", "451", "delay 5s", "drop", "x2", "next", "off")


COMMAND = Command("fault", _run, ":fault rcpt 451 x2", _arguments, pages=True, alters=True, group="world")
