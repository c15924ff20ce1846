"""How an address that is being typed in the form goes on."""

from __future__ import annotations

from smtpsim.session.simulation import Simulation
from smtpsim.shell.hints import addresses


def suggestion(text: str, simulation: Simulation) -> str:
    """The rest of the first known address that begins like the last one in the list, "" when there is none."""
    begun = text.rpartition(",")[2].lstrip().rpartition("<")[2].lower()
    if not begun:
        return ""
    found = next((known for known in addresses(simulation) if known.startswith(begun) and known != begun), "")
    return found[len(begun) :]
