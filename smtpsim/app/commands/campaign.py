"""`smtpsim campaign`: many mails through a sending service, over simulated days."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import ForceOption, LangOption, WorldOption


def campaign(
    recipients: Annotated[int | None, typer.Option("--recipients", metavar="N")] = None,
    list_file: Annotated[str, typer.Option("--list", metavar="FILE.csv")] = "",
    dead: Annotated[float, typer.Option("--dead", metavar="SHARE")] = 0.05,
    traps: Annotated[float, typer.Option("--traps", metavar="SHARE")] = 0.001,
    allow_listed: Annotated[float, typer.Option("--allow-listed", metavar="SHARE")] = 0.02,
    complaints: Annotated[float, typer.Option("--complaints", metavar="SHARE")] = 0.001,
    opens: Annotated[float, typer.Option("--opens", metavar="SHARE")] = 0.25,
    receipts: Annotated[float, typer.Option("--receipts", metavar="SHARE")] = 0.05,
    days: Annotated[int, typer.Option("--days", metavar="N")] = 30,
    every: Annotated[int, typer.Option("--every", metavar="N")] = 5,
    hygiene: Annotated[
        str,
        typer.Option("--hygiene", metavar="on|off|both"),
    ] = "both",
    service: Annotated[str, typer.Option("--service", metavar="HOST")] = "",
    seed: Annotated[int, typer.Option("--seed", metavar="N")] = 1,
    json: Annotated[bool, typer.Option("--json")] = False,
    export: Annotated[str, typer.Option("--export", metavar="FILE.html|.svg")] = "",
    world: WorldOption = "",
    force: ForceOption = False,
    lang: LangOption = "",
) -> None:
    """Send many mails through a sending service, over simulated days: bounces, blocklists, suppression.

    Without --hygiene the campaign runs twice, with the list as it is and with a list that is kept clean.
    """
    from smtpsim.app.campaign.campaign import Wishes, campaign
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.overwriting import cleared
    from smtpsim.campaign.plan import Plan

    environment = real()
    say = chosen_words(lang, environment.variables)
    cleared(export, force, say, environment)
    count = Plan().recipients if recipients is None else recipients
    plan = Plan(count, dead, traps, allow_listed, complaints, opens, receipts, days, every, seed)
    wishes = Wishes(plan, list_file, recipients is not None, hygiene, service, json, export, world)
    campaign(wishes, say, environment)
