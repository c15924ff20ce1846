"""Who a campaign is for: so many recipients of the world's hosts, or those that a file lists."""

from __future__ import annotations

from io import TextIOWrapper

from smtpsim.app.environment import Environment
from smtpsim.campaign.audience import Cell, audience
from smtpsim.campaign.customer import Customer
from smtpsim.campaign.plan import Plan
from smtpsim.campaign.recipients import ListFault, read_list
from smtpsim.disk.regular import MEBIBYTE, open_regular
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable
from smtpsim.shell.reading import why

MOST_OCTETS = 1024 * MEBIBYTE
"""A list may be so large; it is read line by line."""


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
        with TextIOWrapper(open_regular(path, MOST_OCTETS), "utf-8-sig", "replace", newline="") as file:
            found = read_list(file, customer.kind_of)
    except OSError as wrong:
        raise Failure(say("cli.unreadable", name=path, reason=why(wrong, say))) from wrong
    if isinstance(found, ListFault):
        raise Failure(f"{printable(path)}:{found.line}: {say(f'campaign.list-{found.key}', found=found.found)}")
    if found.repeated:
        print(say("campaign.repeated", count=found.repeated), file=environment.err)
    return found.cells
