"""`replay --step`: recordings on the full screen, one step a key press, or playing by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from smtpsim.app.environment import Environment
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.opening import Choice
from smtpsim.shell.recording import Recording
from smtpsim.transcript.show import Show, show

if TYPE_CHECKING:
    from smtpsim.app.repl.present import Manner


def step_through(
    recordings: Sequence[Recording], manner: Manner, choice: Choice, say: Words, environment: Environment
) -> int:
    """Show one recording after the other, each until the person leaves it; gives the exit status. Those that play on
    and on follow one another by themselves."""
    if not environment.interactive:
        raise Failure(say("cli.step-no-terminal"))
    from smtpsim.app.repl.run import step

    shows = [played_show(recording, say) for recording in recordings]
    for shown in [shows] if manner.pace.loop else [[one] for one in shows]:
        status = step(shown, manner, say.lang, choice)
        if status:
            return status
    return 0


def played_show(recording: Recording, say: Words) -> Show:
    """A recording with the turns that playing it makes."""
    return show(recording.name, recording.dialogue, recording.turns(say))
