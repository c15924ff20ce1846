""":fold [helo|mailfrom|header-from]: unfold the SPF steps in the panel, or fold them again; alone, those of all."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.views.identity import ASKED
from smtpsim.views.row import Mark

ALL = frozenset(ASKED)


def _run(state: State, argument: str) -> None:
    wanted = argument.lower()
    if wanted and wanted not in ASKED:
        state.tell("command.fold-unknown", Mark.BAD, found=argument, known=", ".join(ASKED))
    elif not _has_steps(state):
        state.tell("command.spf-none")
    elif wanted:
        state.unfold(state.unfolded ^ {wanted})
    else:
        state.unfold(frozenset() if state.unfolded else ALL)


def _has_steps(state: State) -> bool:
    """Whether there is anything to unfold, on the page that is open or in the panel."""
    simulation = state.simulation
    checked = any(check.kind == "spf" for check in simulation.connection.findings)
    return bool(state.page_again) or (checked and simulation.access is None)


ORDER = Order("fold", _run, lambda state: ASKED)
