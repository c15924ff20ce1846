"""Carrying out a `:` line."""

from __future__ import annotations

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.answer import Refused
from smtpsim.shell.commands import load
from smtpsim.shell.shell import Shell, carry_out, standing


def run(simulation: Simulation, line: str) -> Turn | Refused:
    """The one turn of a line, or why there is none."""
    made = carry_out(simulation, line)
    if isinstance(made, Refused):
        return made
    (turn,) = made
    return turn


def done(simulation: Simulation, line: str) -> Turn:
    turn = run(simulation, line)
    assert isinstance(turn, Turn)
    return turn


def refused(simulation: Simulation, line: str) -> str:
    """The sentence that says why; there must be one in every language."""
    wrong = run(simulation, line)
    assert isinstance(wrong, Wrong)
    assert all(words(lang)(f"command.{wrong.key}", **wrong.values) for lang in LANGUAGES)
    return wrong.key


def arguments(name: str, simulation: Simulation) -> tuple[str, ...]:
    """What completion offers after the name."""
    return tuple(load(name).arguments(Shell(standing(simulation), words("en"))))
