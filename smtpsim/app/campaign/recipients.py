"""Who a campaign is for: so many recipients of the world's hosts, or those that a file lists."""

from __future__ import annotations

from smtpsim.app.environment import Environment
from smtpsim.campaign.audience import Cell, audience
from smtpsim.campaign.customer import Customer
from smtpsim.campaign.plan import Plan
from smtpsim.campaign.recipients import ListFault, read_list
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable


def chosen_cells(
    plan: Plan, list_file: str, customer: Customer, say: Words, environment: Environment
) -> tuple[Cell, ...]:
    """The recipients in cells. Raises Failure where there is nobody to write to, or the list cannot be read."""
    if list_file:
        return _listed(list_file, customer, say, environment)
    if not customer.domains:
        raise Failure(say("campaign.no-receivers"))
    return audience(plan, customer.domains)


def _listed(path: str, customer: Customer, say: Words, environment: Environment) -> tuple[Cell, ...]:
    try:
        with open(path, encoding="utf-8-sig", newline="", errors="replace") as file:
            found = read_list(file, customer.kind_of)
    except OSError as wrong:
        raise Failure(say("cli.unreadable", name=path, reason=wrong.strerror or wrong)) from wrong
    if isinstance(found, ListFault):
        raise Failure(f"{printable(path)}:{found.line}: {say(f'campaign.list-{found.key}', found=found.found)}")
    if found.repeated:
        print(say("campaign.repeated", count=found.repeated), file=environment.err)
    return found.cells
