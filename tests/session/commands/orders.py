"""Carrying out a `:` line."""

from __future__ import annotations

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.command import Wrong
from smtpsim.session.commands import run
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn


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
