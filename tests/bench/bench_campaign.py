"""A campaign of a million recipients, five and more mailings, with the list as it is and kept clean. Prints JSON.

    python tests/bench/bench_campaign.py

`ratio_10x` is the time for ten times the mails over the time for the fewer: 10 means in proportion.
"""

from __future__ import annotations

import json
import resource
import time

from smtpsim.campaign.audience import audience
from smtpsim.campaign.customer import customers
from smtpsim.campaign.mailer import Mailer
from smtpsim.campaign.mailing import Mailing, totals
from smtpsim.campaign.plan import Plan
from smtpsim.campaign.run import run
from smtpsim.world.load import shipped_world

FEW, MANY = 100_000, 1_000_000


def mails(recipients: int) -> int:
    """Run it both ways; gives how many mails were handed in."""
    customer = next(iter(customers(shipped_world()).values()))
    plan = Plan(recipients)
    sent = 0
    for hygiene in (False, True):
        cells = audience(plan, customer.domains)
        last: dict[int, Mailing] = {}
        for mailing in run(plan, cells, Mailer(customer, cells), hygiene):
            last[mailing.day] = mailing
        sent += totals(tuple(last.values()))["sent"]
    return sent


def timed(recipients: int) -> tuple[float, int]:
    begun = time.perf_counter()
    sent = mails(recipients)
    return time.perf_counter() - begun, sent


def main() -> None:
    few, _ = timed(FEW)
    many, sent = timed(MANY)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = {"mails": sent, "seconds": round(many, 1), "ratio_10x": round(many / few, 2), "peak_mib": megabytes}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
