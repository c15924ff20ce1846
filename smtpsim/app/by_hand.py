"""SMTP typed by hand: the full screen on a terminal, plain SMTP on a pipe."""

from __future__ import annotations

from smtpsim.app.chosen import chosen_theme, chosen_words
from smtpsim.shell.opening import Choice, open_session


def begin(choice: Choice, commands: bool = False) -> int:
    """Connect as the options say, and answer until the session ends; gives the exit status. With `commands` the lines
    of a pipe that begin with a colon are commands of the simulator."""
    from smtpsim.app.environment import real

    environment = real()
    say = chosen_words(choice.lang, environment.variables)
    if choice.theme or environment.interactive:
        choice = choice._replace(theme=chosen_theme(choice.theme, environment.variables, say))
    first = open_session(choice, say)
    if environment.interactive:
        from smtpsim.app.tui.run import run

        return run(first, say.lang, choice)
    from smtpsim.app.pipe import serve, unencrypted

    first = unencrypted(first)
    if not commands:
        serve(first, environment.source, environment.sink)
        return 0
    from smtpsim.app.pipe_commands import GRANTED, Commands, serve_with_commands
    from smtpsim.shell.shell import Shell

    shell = Shell(first, say, choice, GRANTED)
    serve_with_commands(Commands(shell, environment), environment.source, environment.sink)
    return 0
