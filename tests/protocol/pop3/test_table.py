"""The transition table, walked: every phase answers every verb, and the state changes as the table says."""

from __future__ import annotations

from hashlib import md5

import pytest

from smtpsim.protocol.dialogue import STAY
from smtpsim.protocol.pop3.service import Cell
from smtpsim.protocol.pop3.state import Phase
from smtpsim.protocol.pop3.table import CONTINUED_PHASES, KNOWN, TABLE, VERBS
from tests.protocol.pop3.dialogue import STAMP, arrived

LINES = {
    "USER": "USER ann",
    "PASS": "PASS tea",
    "APOP": f"APOP ann {md5(f'{STAMP}tea'.encode()).hexdigest()}",
    "AUTH": "AUTH PLAIN",
    "RETR": "RETR 1",
    "TOP": "TOP 1 1",
    "DELE": "DELE 1",
}
"""A good line of each verb; the others stand alone."""

CELLS = [(phase, verb, cell) for phase, row in TABLE.items() for verb, cell in row.items()]


def test_every_phase_has_a_row_and_every_verb_a_column() -> None:
    assert set(TABLE) == set(Phase) - CONTINUED_PHASES
    assert all(set(row) == set(VERBS) for row in TABLE.values())


def test_every_verb_that_is_ever_accepted_has_a_handler() -> None:
    accepted = {verb for _, verb, cell in CELLS if cell is STAY or isinstance(cell, Phase)}
    assert accepted == set(KNOWN)
    assert all(verb.name == name for name, verb in KNOWN.items())


@pytest.mark.parametrize(("phase", "verb", "cell"), CELLS)
def test_what_a_verb_does_in_a_phase(phase: Phase, verb: str, cell: Cell) -> None:
    dialogue = arrived(phase, STAMP)
    before = dialogue.state
    step = dialogue.say(LINES.get(verb, verb))
    if cell is STAY:
        assert (step.reply.accepts, step.state.phase) == (True, phase)
    elif isinstance(cell, Phase):
        assert (step.reply.accepts, step.state.phase) == (True, cell)
    else:
        assert step.reply.key == cell
        assert not step.reply.accepts
        assert not step.facts
        assert step.state._replace(errors=before.errors) == before


@pytest.mark.parametrize("phase", TABLE)
def test_a_verb_that_nobody_knows(phase: Phase) -> None:
    expected = "closed" if phase is Phase.CLOSED else "unknown-command"
    assert arrived(phase).reply("EHLO x").key == expected


@pytest.mark.parametrize("verb", VERBS)
def test_the_case_of_verbs_is_free(verb: str) -> None:
    line = LINES.get(verb, verb)
    behind = line.removeprefix(verb)
    keys = {arrived(Phase.TRANSACTION).reply(name + behind).key for name in (verb, verb.lower(), verb.title())}
    assert len(keys) == 1
