"""`replay A B --compare`: two recordings side by side, as text or, with --step, on the full screen."""

from __future__ import annotations

from collections.abc import Sequence

from smtpsim.app.environment import Environment
from smtpsim.app.stepping import played_show
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.recording import Recording


def compare_two(recordings: Sequence[Recording], step: bool, say: Words, environment: Environment) -> None:
    """Show where the two part; how they are shown is for `step` to say."""
    from smtpsim.views.versus import versus

    if step and not environment.interactive:
        raise Failure(say("cli.step-no-terminal"))
    left, right = (played_show(recording, say) for recording in recordings)
    shown = versus(left, right, say)
    if step:
        from smtpsim.app.beside.run import run

        run(shown, say)
        return
    from smtpsim.render.versus import versus_lines

    for line in versus_lines(shown, environment.columns, say):
        print(line, file=environment.out)
