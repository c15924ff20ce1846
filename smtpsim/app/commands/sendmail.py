"""`smtpsim sendmail`: what PHP, cron and mail programs call to send mail; it hands over to `smtpsim serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import LangOption

Ignored = Annotated[list[str], typer.Option("-o", "-b", "-N", "-R", "-V", "-B", hidden=True, default_factory=list)]


def sendmail(
    ignored: Ignored,
    recipients: Annotated[list[str] | None, typer.Argument(metavar="[ADDRESS]...")] = None,
    from_header: Annotated[bool, typer.Option("-t")] = False,
    dots: Annotated[bool, typer.Option("-i")] = False,
    sender: Annotated[str, typer.Option("-f", "-r", metavar="ADDRESS")] = "",
    name: Annotated[str, typer.Option("-F", metavar="NAME")] = "",
    verbose: Annotated[bool, typer.Option("-v", hidden=True)] = False,
    server: Annotated[str, typer.Option("--server", metavar="HOST:PORT")] = "",
    lang: LangOption = "",
) -> None:
    """Stand in for sendmail: send the message on standard input to a running 'smtpsim serve'.

    Other options of sendmail (-oi, -bm, -N, ...) are taken; only -oi means something here. The exit status is 0, 75
    when the server said to try again, 69 when it refused or was not there.
    """
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import read_input, real
    from smtpsim.app.sendmail import Asked, address_of, hand_over, prepared, this_user
    from smtpsim.kernel.failure import Failure

    environment = real()
    say = chosen_words(lang, environment.variables)
    asked = Asked(recipients or (), from_header, dots or "i" in ignored, sender, name, server)
    where = address_of(asked, environment.variables, say)
    source = read_input(environment.source, "-", say)
    posted = prepared(asked, source, this_user(environment.variables))
    if not posted.recipients:
        raise Failure(say("serve.no-recipients"))

    def complain(line: str) -> None:
        print(f"smtpsim: {line}", file=environment.err)

    raise typer.Exit(hand_over(posted, where, say, complain))
