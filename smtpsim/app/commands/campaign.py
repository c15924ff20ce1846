"""`smtpsim campaign`: many mails through a sending service, over simulated days."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import LangOption, WorldOption


def campaign(
    recipients: Annotated[
        int | None, typer.Option("--recipients", metavar="N", help="How many are on the list (10000).")
    ] = None,
    list_file: Annotated[
        str, typer.Option("--list", metavar="FILE.csv", help="The list: address[,reader|dead|trap|allow-listed].")
    ] = "",
    dead: Annotated[float, typer.Option("--dead", metavar="SHARE", help="Addresses that exist no more.")] = 0.05,
    traps: Annotated[float, typer.Option("--traps", metavar="SHARE", help="Spam traps.")] = 0.001,
    allow_listed: Annotated[
        float, typer.Option("--allow-listed", metavar="SHARE", help="Readers who take mail of other domains only.")
    ] = 0.02,
    complaints: Annotated[
        float, typer.Option("--complaints", metavar="SHARE", help="Mails that their readers call spam.")
    ] = 0.001,
    opens: Annotated[float, typer.Option("--opens", metavar="SHARE", help="Mails that are opened.")] = 0.25,
    receipts: Annotated[
        float, typer.Option("--receipts", metavar="SHARE", help="Opened mails that a read receipt confirms.")
    ] = 0.05,
    days: Annotated[int, typer.Option("--days", metavar="N", help="How long the campaign goes on.")] = 30,
    every: Annotated[int, typer.Option("--every", metavar="N", help="Days from one mailing to the next.")] = 5,
    hygiene: Annotated[
        str,
        typer.Option("--hygiene", metavar="on|off|both", help="Keep the list clean; by default both, side by side."),
    ] = "both",
    service: Annotated[str, typer.Option("--service", metavar="HOST", help="The sending service.")] = "",
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Readers' chance is drawn from this number.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    export: Annotated[
        str, typer.Option("--export", metavar="FILE.html|.svg", help="Write the picture, or a page with it.")
    ] = "",
    world: WorldOption = "",
    lang: LangOption = "",
) -> None:
    """Send many mails through a sending service, over simulated days: bounces, blocklists, suppression.

    Without --hygiene the campaign runs twice, with the list as it is and with a list that is kept clean.
    """
    from smtpsim.app.campaign.campaign import Wishes, campaign
    from smtpsim.app.environment import real
    from smtpsim.app.options import chosen_words
    from smtpsim.campaign.plan import Plan

    environment = real()
    say = chosen_words(lang, environment.variables)
    count = Plan().recipients if recipients is None else recipients
    plan = Plan(count, dead, traps, allow_listed, complaints, opens, receipts, days, every, seed)
    wishes = Wishes(plan, list_file, recipients is not None, hygiene, service, json, export, world)
    campaign(wishes, say, environment)
