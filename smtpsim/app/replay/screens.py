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
    from smtpsim.app.tui.presenter.presentation import Manner


def step_through(
    recordings: Sequence[Recording], manner: Manner, choice: Choice, say: Words, environment: Environment
) -> int:
    """Show one recording after the other, each until the person leaves it; gives the exit status. Those that play on
    and on follow one another by themselves."""
    if not environment.interactive:
        raise Failure(say("cli.step-no-terminal"))
    from smtpsim.app.tui.run import step

    shows = [played_show(recording, say) for recording in recordings]
    for shown in [shows] if manner.pace.loop else [[one] for one in shows]:
        status = step(shown, manner, say.lang, choice)
        if status:
            return status
    return 0


def played_show(recording: Recording, say: Words) -> Show:
    """A recording with the turns that playing it makes."""
    return show(recording.name, recording.dialogue, recording.turns(say))


def compare_two(recordings: Sequence[Recording], step: bool, say: Words, environment: Environment) -> None:
    """Show where the two part; how they are shown is for `step` to say."""
    from smtpsim.views.versus import versus

    if step and not environment.interactive:
        raise Failure(say("cli.step-no-terminal"))
    left, right = (played_show(recording, say) for recording in recordings)
    shown = versus(left, right, say)
    if step:
        from smtpsim.app.tui.beside.run import run

        run(shown, say)
        return
    from smtpsim.render.versus import versus_lines

    for line in versus_lines(shown, environment.columns, say):
        print(line, file=environment.out)
