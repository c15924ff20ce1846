"""A transcript becomes the session: its lines are said to the simulation, one by one."""

from __future__ import annotations

from smtpsim.app.failure import Failure
from smtpsim.app.opening import Choice
from smtpsim.app.playing import ordering
from smtpsim.app.recording import open_recording
from smtpsim.app.repl.leaving import before_losing
from smtpsim.app.repl.state import State
from smtpsim.transcript.comparison import play
from smtpsim.transcript.notes import Notes
from smtpsim.views.row import Mark, Row


def open_session(state: State, path: str) -> None:
    """Play the file in the world that the session began in, and put it in the session's place. A file that cannot
    be played changes nothing; a session that is not saved is asked about first."""
    try:
        recording = open_recording(path, "", _same_world(state.choice), state.words)
        played = tuple(play(recording.dialogue, recording.first, ordering(recording.name, state.words)))
    except Failure as wrong:
        state.message = Row("message", "", str(wrong), Mark.BAD)
        return

    def begin(state: State) -> None:
        state.begin([one.turn for one in played], Notes(recording.dialogue, played))
        state.tell("command.open-done", Mark.GOOD, file=path, count=len(played) - 1)

    before_losing(state, "repl.ask-open", begin)


def _same_world(choice: Choice) -> Choice:
    """What goes for every session of this run; who talks to whom is for the file to say."""
    return Choice(world=choice.world, seed=choice.seed)
