"""The transition table, walked: every phase answers every verb, and the state changes as the table says."""

from __future__ import annotations

import pytest

from smtpsim.protocol.dialogue import STAY
from smtpsim.protocol.imap.service import Cell
from smtpsim.protocol.imap.state import Phase
from smtpsim.protocol.imap.table import CONTINUED_PHASES, KNOWN, TABLE, VERBS
from tests.protocol.imap.dialogue import arrived

LINES = {
    "LOGIN": "LOGIN ann tea",
    "AUTHENTICATE": "AUTHENTICATE PLAIN",
    "LIST": 'LIST "" *',
    "LSUB": 'LSUB "" *',
    "STATUS": "STATUS INBOX (MESSAGES)",
    "SELECT": "SELECT INBOX",
    "EXAMINE": "EXAMINE INBOX",
    "FETCH": "FETCH 1 FLAGS",
    "STORE": "STORE 1 FLAGS (\\Seen)",
    "SEARCH": "SEARCH ALL",
    "UID": "UID FETCH 7 FLAGS",
    "COPY": "COPY 1 Archive/2024",
    "APPEND": "APPEND INBOX {10}",
    "ID": "ID NIL",
    "CREATE": "CREATE New",
    "DELETE": "DELETE Archive/2024",
    "RENAME": "RENAME Archive/2024 Old",
    "SUBSCRIBE": "SUBSCRIBE INBOX",
    "UNSUBSCRIBE": "UNSUBSCRIBE INBOX",
}
"""A good command of each verb; the others stand alone."""

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
    dialogue = arrived(phase)
    before = dialogue.state
    dialogue.say(f"b2 {LINES.get(verb, verb)}")
    reply = dialogue.reply("Subject: x", "") if dialogue.state.wants_octets else dialogue.reply()
    step = dialogue.step
    if cell is STAY:
        assert (reply.accepts, step.state.phase) == (True, phase)
    elif isinstance(cell, Phase):
        assert (reply.accepts, step.state.phase) == (True, cell)
    else:
        assert reply.key == cell
        assert not reply.accepts
        assert not step.facts
        assert step.state._replace(errors=before.errors) == before
    assert reply.lines[-1].startswith("* BYE " if phase is Phase.CLOSED else ("b2 ", "+ "))


@pytest.mark.parametrize("phase", TABLE)
def test_a_verb_that_nobody_knows(phase: Phase) -> None:
    expected = "closed" if phase is Phase.CLOSED else "unknown-command"
    assert arrived(phase).reply("a FROB").key == expected


@pytest.mark.parametrize("verb", VERBS)
def test_the_case_of_verbs_is_free(verb: str) -> None:
    behind = LINES.get(verb, verb).removeprefix(verb)
    keys = {arrived(Phase.SELECTED).reply(f"a {name}{behind}").key for name in (verb, verb.lower(), verb.title())}
    assert len(keys) == 1


def test_a_literal_stands_between_the_phases() -> None:
    dialogue = arrived(Phase.LITERAL)
    assert dialogue.step.reply is not None
    assert dialogue.step.reply.lines == ("+ Ready for 3 octets",)
    assert dialogue.say("an").reply is None
    assert dialogue.state.wants_octets == 1
    assert dialogue.say("n").state.phase is Phase.REST
    assert dialogue.say(" tea").state.phase is Phase.AUTHENTICATED
