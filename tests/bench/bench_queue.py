"""A queue of many mails for a domain that was out of reach, tried again an hour later. Prints JSON.

    python tests/bench/bench_queue.py

`ratio_10x` is the time for ten times the mails over the time for the fewer: 10 means in proportion.
"""

from __future__ import annotations

import json
import time

from smtpsim.kernel.address import split_address
from smtpsim.kernel.dns import Status
from smtpsim.kernel.duration import HOUR
from smtpsim.protocol.smtp.state import Recipient
from smtpsim.world.load import shipped_world
from smtpsim.world.model import DeliveryStatus, Letter, Outcome, QueuedRecipient, World
from smtpsim.world.outcome import with_outcome
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue

FEW, MANY = 10_000, 100_000
SENDER, RECIPIENT = split_address("webmaster@example.com"), split_address("test@hogefuga.com")


def queued(mails: int) -> World:
    """The world with so many mails waiting at smtp.example.com, the recipients' domain in reach again."""
    world = shipped_world()
    world = world._replace(zones=world.zones.with_failure(RECIPIENT.domain, Status.TIMEOUT))
    for number in range(1, mails + 1):
        world = with_outcome(world, Outcome(str(number), str(RECIPIENT), DeliveryStatus.ACCEPTED, 0, world.start.host))
        letter = Letter(
            id=str(number),
            host=world.start.host,
            sender=SENDER,
            recipients=(QueuedRecipient(Recipient(RECIPIENT), number),),
            octets=b"Subject: x\r\n\r\nhi\r\n",
            hop=0,
            arrived=world.now,
            way=(world.start.host,),
        )
        world = world._replace(active_queue=world.active_queue.push_front(letter))
    world = run_queue(world)
    return world._replace(zones=world.zones.with_failure(RECIPIENT.domain, Status.NOERROR))


def seconds(mails: int) -> float:
    world = queued(mails)
    begun = time.perf_counter()
    delivered = wait(world, HOUR, run_queue).mailboxes[str(RECIPIENT)]
    assert delivered.length == mails
    return time.perf_counter() - begun


def main() -> None:
    few, many = seconds(FEW), seconds(MANY)
    print(json.dumps({"mails": MANY, "seconds": round(many, 1), "ratio_10x": round(many / few, 2)}))


if __name__ == "__main__":
    main()
