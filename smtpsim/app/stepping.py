"""`replay --step`: recordings on the full screen, one step a key press."""

from __future__ import annotations

from collections.abc import Sequence

from smtpsim.app.environment import Environment
from smtpsim.app.failure import Failure
from smtpsim.app.opening import Choice
from smtpsim.app.playing import ordering
from smtpsim.app.recording import Recording
from smtpsim.explain import Words
from smtpsim.transcript.replay import play


def step_through(recordings: Sequence[Recording], choice: Choice, say: Words, environment: Environment) -> int:
    """Show one recording after the other, each until the person leaves it; gives the exit status."""
    if not environment.interactive:
        raise Failure(say("cli.step-no-terminal"))
    from smtpsim.app.repl.run import step

    for recording in recordings:
        played = tuple(play(recording.dialogue, recording.first, ordering(recording.name, say)))
        status = step(recording.dialogue, played, say.lang, choice)
        if status:
            return status
    return 0
