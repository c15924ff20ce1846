"""`smtpsim spf`: may this address speak for this sender? The verdict, and how it came about."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import LangOption, WorldOption


def spf(
    ip: Annotated[str, typer.Argument(metavar="IP", help="The client's address, IPv4 or IPv6.")],
    mail_from: Annotated[str, typer.Argument(metavar="MAIL_FROM", help="The envelope sender; '' for <>.")],
    helo: Annotated[str, typer.Option("--helo", metavar="NAME", help="The name that the client gives in HELO.")] = "",
    zone: Annotated[
        str, typer.Option("--zone", metavar="FILE", help="Answer from this zone file instead of the world.")
    ] = "",
    dns: Annotated[
        str, typer.Option("--dns", metavar="world|live|HOST:PORT", help="Who answers: by default the world.")
    ] = "",
    record: Annotated[
        str | None,
        typer.Option("--record", metavar="'v=spf1 ...'", help="Try this record in place of the published one."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The verdict and the whole trace as JSON.")] = False,
    world: WorldOption = "",
    lang: LangOption = "",
) -> None:
    """Check a sender by SPF (RFC 7208), with every step shown.

    The exit status is 0 whatever the verdict is.
    """
    from smtpsim.app.environment import real
    from smtpsim.app.options import chosen_words
    from smtpsim.app.spf_check import Question, check

    environment = real()
    say = chosen_words(lang, environment.variables)
    question = Question(ip, mail_from, helo, zone, dns, record, world)
    check(question, json, say, environment)
