"""The transition table, walked: every phase answers every verb, and the state changes as the table says.

`python -m tests.protocol.test_table` draws the table anew; `transitions.md` is its last drawing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpsim.protocol.dialogue import STAY
from smtpsim.protocol.smtp import extensions
from smtpsim.protocol.smtp.service import SmtpCell, SmtpStep, Verb
from smtpsim.protocol.smtp.state import CONTENT_PHASES, Phase, State
from smtpsim.protocol.smtp.table import KNOWN, TABLE, VERBS
from smtpsim.protocol.smtp.verbs import core
from tests.protocol.dialogue import FULL, arrived

DRAWING = Path(__file__).with_name("transitions.md")

LINES = {
    "HELO": "HELO other.example.com",
    "EHLO": "EHLO other.example.com",
    "MAIL": "MAIL FROM:<ann@example.com>",
    "RCPT": "RCPT TO:<carl@example.net>",
    "BDAT": "BDAT 5",
    "VRFY": "VRFY ann",
    "EXPN": "EXPN staff",
    "AUTH": "AUTH LOGIN",
}
"""A good line of each verb; of the others it is the form that the verb itself shows."""

RULES = FULL.rules
CELLS = [(phase, verb, cell) for phase, row in TABLE.items() for verb, cell in row.items()]
UNKNOWN = {Phase.TURNED_AWAY: "only-quit", Phase.CLOSED: "closed"}


def drawing() -> str:
    """The table as Markdown: verbs down, phases across."""
    rows = [["", *TABLE], ["---"] * (len(TABLE) + 1)]
    rows += [[verb, *(_cell(phase, TABLE[phase][verb]) for phase in TABLE)] for verb in VERBS]
    rows.append(["(unknown)", *(_refused(UNKNOWN.get(phase, "unknown-command")) for phase in TABLE)])
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["# What each verb does in each phase", "", *lines, ""])


def _cell(phase: Phase, cell: SmtpCell) -> str:
    if cell is STAY:
        return "."
    return f"**{cell}**" if isinstance(cell, Phase) else _refused(str(cell))


def _refused(key: str) -> str:
    return f"{RULES[key].code} {key}"


def sent(phase: Phase, line: str) -> tuple[State, SmtpStep]:
    """The state before a line, and the step that it makes; a refused chunk is sent to its end."""
    dialogue = arrived(phase)
    before = dialogue.state
    step = dialogue.say(line)
    if step.reply is None and dialogue.state.chunk and dialogue.state.chunk.refusal:
        step = dialogue.feed(b"a: b\r")[-1]
    return before, step


def test_the_drawing_is_up_to_date() -> None:
    """Every line of it is true, and the verbs of RFC 5321 are all in it. A verb that was added since is drawn with
    the next drawing."""
    drawn, now = DRAWING.read_text(encoding="utf-8").splitlines(), drawing().splitlines()
    assert [line for line in now if line in drawn] == drawn, "python -m tests.protocol.test_table draws it anew"
    assert {verb.name for verb in core() if verb.rank < UNRANKED} <= {
        line.split(" ")[1] for line in drawn if " | " in line
    }


UNRANKED = Verb._field_defaults["rank"]
"""The rank of a verb that says none."""


def test_every_phase_has_a_row_with_every_verb_or_reads_none() -> None:
    assert TABLE.keys() | CONTENT_PHASES == set(Phase)
    assert not TABLE.keys() & CONTENT_PHASES
    assert all(list(row) == list(dict.fromkeys(row)) and row.keys() == set(VERBS) for row in TABLE.values())


def test_the_verbs_of_the_table_are_those_of_the_core_and_the_extensions() -> None:
    loaded = [extensions.load(name) for name in extensions.names()]
    assert {verb.name for verb in core()} | {v.name for e in loaded for v in e.verbs} == set(VERBS)
    assert FULL.verbs.keys() == set(VERBS)


@pytest.mark.parametrize(("phase", "verb", "cell"), CELLS)
def test_each_cell(phase: Phase, verb: str, cell: SmtpCell) -> None:
    before, step = sent(phase, LINES.get(verb, KNOWN[verb].form))
    if isinstance(cell, Phase):
        assert step.state.phase is cell
        assert step.reply is None or step.reply.accepts
    elif cell is STAY:
        assert step.state == before
        assert step.reply is not None
        assert step.reply.key not in {other for _, _, other in CELLS}
    else:
        assert step.reply is not None
        assert step.reply.key == cell
        assert step.state == before._replace(errors=step.state.errors)
        assert step.facts == ()


@pytest.mark.parametrize("phase", TABLE)
def test_an_unknown_verb(phase: Phase) -> None:
    before, step = sent(phase, "FROBNICATE now")
    assert step.reply is not None
    assert step.reply.key == UNKNOWN.get(phase, "unknown-command")
    assert step.state == before._replace(errors=step.state.errors)


@pytest.mark.parametrize("verb", VERBS)
def test_in_the_letter_a_verb_is_text(verb: str) -> None:
    before, step = sent(Phase.DATA, verb)
    assert step.reply is None
    assert step.state == before._replace(content=before.content.add(verb.encode(), 0))


@pytest.mark.parametrize("verb", VERBS)
def test_in_a_chunk_a_verb_is_octets(verb: str) -> None:
    dialogue = arrived(Phase.CHUNK)
    steps = dialogue.feed(f"{verb}\r\n".encode()[:4])
    assert [step.reply for step in steps] == [None]
    assert dialogue.state.wants_octets == 1


@pytest.mark.parametrize("verb", VERBS)
def test_in_a_log_in_a_verb_is_an_answer(verb: str) -> None:
    _, step = sent(Phase.AUTH, verb)
    assert step.reply is not None
    assert step.reply.key in ("auth-challenge", "auth-base64")


@pytest.mark.parametrize("phase", Phase)
def test_only_transactions_have_an_envelope(phase: Phase) -> None:
    with_envelope = {Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.CHUNK, Phase.CHUNKS}
    assert (arrived(phase).state.envelope is not None) == (phase in with_envelope)


if __name__ == "__main__":
    DRAWING.write_text(drawing(), encoding="utf-8")
