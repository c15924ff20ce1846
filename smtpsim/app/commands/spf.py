"""`smtpsim spf`: may this address speak for this sender? The verdict, and how it came about."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import LangOption, WorldOption


def spf(
    ip: Annotated[str, typer.Argument(metavar="IP")],
    mail_from: Annotated[str, typer.Argument(metavar="MAIL_FROM")],
    helo: Annotated[str, typer.Option("--helo", metavar="NAME")] = "",
    zone: Annotated[str, typer.Option("--zone", metavar="FILE")] = "",
    dns: Annotated[str, typer.Option("--dns", metavar="world|live|HOST:PORT")] = "",
    record: Annotated[
        str | None,
        typer.Option("--record", metavar="'v=spf1 ...'"),
    ] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
    world: WorldOption = "",
    lang: LangOption = "",
) -> None:
    """Check a sender by SPF (RFC 7208), with every step shown.

    The exit status is 0 whatever the verdict is.
    """
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.spf_check import Question, check

    environment = real()
    say = chosen_words(lang, environment.variables)
    question = Question(ip, mail_from, helo, zone, dns, record, world)
    check(question, json, say, environment)
