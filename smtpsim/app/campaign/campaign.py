"""A campaign from the command line: its options checked, its runs shown while they go on, its report written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.app.campaign.recipients import chosen_cells
from smtpsim.app.campaign.screen import Screen, screen
from smtpsim.app.environment import Environment
from smtpsim.app.overwriting import save
from smtpsim.campaign.audience import Cell, size_of
from smtpsim.campaign.customer import Customer, customers, no_account
from smtpsim.campaign.mailer import Mailer
from smtpsim.campaign.mailing import Mailing
from smtpsim.campaign.plan import Plan
from smtpsim.campaign.report import Report, Run
from smtpsim.campaign.run import run
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.chosen_world import open_world
from smtpsim.world.model import World

HYGIENE = {"off": (False,), "on": (True,), "both": (False, True)}

RATES = ("dead", "traps", "allow_listed", "complaints", "opens", "receipts")

COUNTS = {"recipients": (1, 10_000_000), "days": (1, 3650), "every": (1, 3650)}
"""The least and the most that each may be."""


class Wishes(NamedTuple):
    """What was asked for; `counted` tells that --recipients was given."""

    plan: Plan
    list_file: str
    counted: bool
    hygiene: str
    service: str
    json: bool
    export: str
    world: str


def campaign(wishes: Wishes, say: Words, environment: Environment) -> None:
    """Run it and show what came of it. Raises Failure for wishes that cannot be granted."""
    _check(wishes, say)
    world = open_world(wishes.world, say)
    customer = _customer(world, wishes.service, say)
    cells = chosen_cells(wishes.plan, wishes.list_file, customer, say, environment)
    plan = wishes.plan._replace(recipients=size_of(cells))
    report = Report(plan, size_of(cells), customer.host.name, customer.account.name, customer.thresholds, ())
    runs = HYGIENE[wishes.hygiene]
    with screen(report, say, environment, wishes.json, len(runs)) as shown:
        for hygiene in runs:
            report = _run(report, cells, customer, hygiene, shown)
    if wishes.export:
        _export(report, wishes.export, say, environment)
    _print(report, wishes, say, environment)


def _check(wishes: Wishes, say: Words) -> None:
    plan = wishes.plan
    for name in RATES:
        if not 0 <= getattr(plan, name) <= 1:
            found = getattr(plan, name)
            raise Failure(say("campaign.rate-range", name=name.replace("_", "-"), found=found))
    if plan.dead + plan.traps + plan.allow_listed > 1:
        raise Failure(say("campaign.rates-sum", found=round(plan.dead + plan.traps + plan.allow_listed, 4)))
    for name, (least, most) in COUNTS.items():
        if not least <= getattr(plan, name) <= most:
            raise Failure(say("campaign.count-range", name=name, found=getattr(plan, name), least=least, most=most))
    if wishes.hygiene not in HYGIENE:
        raise Failure(say("campaign.hygiene-word", found=wishes.hygiene))
    if wishes.list_file and wishes.counted:
        raise Failure(say("campaign.list-and-recipients"))
    if wishes.export and not wishes.export.lower().endswith(tuple(EXPORTS)):
        raise Failure(say("campaign.unknown-export", name=wishes.export, known=", ".join(EXPORTS)))


def _customer(world: World, service: str, say: Words) -> Customer:
    """The sending service by its name, or the world's first one."""
    there = customers(world)
    if not there and not service and no_account(world):
        raise Failure(say("campaign.no-account", host=no_account(world)))
    if not there or (service and service.lower() not in there):
        raise Failure(say("campaign.no-service", found=service or "-", known=", ".join(there) or "-"))
    return there[service.lower()] if service else next(iter(there.values()))


def _run(report: Report, cells: tuple[Cell, ...], customer: Customer, hygiene: bool, shown: Screen) -> Report:
    """The report with one run more; it is shown as it grows."""
    done = report.runs
    mailings: tuple[Mailing, ...] = ()
    for mailing in run(report.plan, cells, Mailer(customer, cells), hygiene):
        kept = mailings[:-1] if mailings and mailings[-1].day == mailing.day else mailings
        mailings = (*kept, mailing)
        report = report._replace(runs=(*done, Run(hygiene, mailings)))
        shown.show(report)
    return report


def _print(report: Report, wishes: Wishes, say: Words, environment: Environment) -> None:
    for line in _json_lines(report) if wishes.json else _text_lines(report, say, environment):
        print(line, file=environment.out)


def _json_lines(report: Report) -> Iterator[str]:
    from smtpsim.render.campaign.json import campaign_json

    yield campaign_json(report)


def _text_lines(report: Report, say: Words, environment: Environment) -> Iterator[str]:
    from smtpsim.render.rows import plain
    from smtpsim.views.campaign import campaign_panel

    yield from plain(campaign_panel(report, say), environment.columns).splitlines()


def _svg(report: Report, say: Words) -> str:
    from smtpsim.render.campaign.svg import campaign_svg

    return campaign_svg(report, say)


def _html(report: Report, say: Words) -> str:
    from smtpsim.render.campaign.page import campaign_html

    return campaign_html(report, say)


EXPORTS = {".html": _html, ".svg": _svg}
"""What can be written, by the ending of the file's name."""


def _export(report: Report, path: str, say: Words, environment: Environment) -> None:
    made = next(make for ending, make in EXPORTS.items() if path.lower().endswith(ending))(report, say)
    save(path, made.encode(), say, environment)
