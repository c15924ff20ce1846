"""The command line: every command and option, as typer holds them."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from click import ClickException
from click.exceptions import Abort, Exit

from smtpsim import __version__
from smtpsim.app.commands import (
    campaign,
    classroom,
    compose,
    explain,
    grade,
    lesson,
    repl,
    replay,
    sendmail,
    serve,
    spf,
    transcript,
)
from smtpsim.app.commands import world as world_command
from smtpsim.app.options import (
    ClientIpOption,
    CommandsOption,
    HostOption,
    LangOption,
    PupilOption,
    SeedOption,
    ThemeOption,
    WorldOption,
)
from smtpsim.app.pass_on import pass_on
from smtpsim.app.spoken import SpokenCommand, SpokenGroup, spoken
from smtpsim.kernel.failure import Failure

app = typer.Typer(
    name="smtpsim",
    cls=SpokenGroup,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"smtpsim {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True),
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    lang: LangOption = "",
    seed: SeedOption = 0,
    theme: ThemeOption = "",
    commands: CommandsOption = False,
    pupil: PupilOption = "",
) -> None:
    """Without a command: the REPL on a terminal; on a pipe SMTP in, the server's lines out."""
    if context.invoked_subcommand is not None:
        pass_on(context)
    else:
        repl.begin(world, client_ip, host, lang, seed, theme, commands, pupil)


app.command("repl", cls=SpokenCommand)(repl.begin)
app.command("replay", cls=SpokenCommand)(replay.replay)
app.command("serve", cls=SpokenCommand)(serve.serve)
app.command("sendmail", cls=SpokenCommand)(sendmail.sendmail)
app.command("class", cls=SpokenCommand)(classroom.classroom)
app.command("spf", cls=SpokenCommand)(spf.spf)
app.command("explain", cls=SpokenCommand)(explain.explain)
app.command("compose", cls=SpokenCommand)(compose.compose)
app.command("campaign", cls=SpokenCommand)(campaign.campaign)
app.command("grade", cls=SpokenCommand)(grade.grade)
app.add_typer(lesson.app, name="lesson")
app.add_typer(world_command.app, name="world")
app.add_typer(transcript.app, name="transcript")


def run(given: Sequence[str]) -> int:
    """Parse the arguments and run the command that they name; gives its exit status. Raises Failure with one line for
    arguments that are wrong, KeyboardInterrupt for a question that was left."""
    try:
        status = app(args=list(given), prog_name="smtpsim", standalone_mode=False, obj=list(given))
    except ClickException as wrong:
        from smtpsim.app.environment import real
        from smtpsim.app.usage import told

        raise Failure(told(wrong, spoken(given, real().variables))) from wrong
    except Exit as leave:
        return leave.exit_code
    except Abort:
        raise KeyboardInterrupt from None
    return status if isinstance(status, int) else 0
