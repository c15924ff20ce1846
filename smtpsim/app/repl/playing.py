"""A transcript becomes the session: its lines are said to the simulation, one by one."""

from __future__ import annotations

from smtpsim.app.failure import Failure
from smtpsim.app.playing import ordering
from smtpsim.app.recording import open_recording
from smtpsim.app.repl.state import State
from smtpsim.transcript.replay import play
from smtpsim.views.row import Mark, Row


def play_file(state: State, path: str) -> None:
    """Play the file in the world that the session began in. A file that cannot be played changes nothing."""
    try:
        recording = open_recording(path, "", state.choice, state.words)
        order = ordering(recording.name, state.words)
        turns = [played.turn for played in play(recording.dialogue, recording.first, order)]
    except Failure as wrong:
        state.message = Row("message", "", str(wrong), Mark.BAD)
        return
    state.begin(turns)
    state.tell("command.open-done", Mark.GOOD, file=path, count=len(turns) - 1)
