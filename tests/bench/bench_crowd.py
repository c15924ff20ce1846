"""What a crowd costs `smtpsim serve`: memory of open sessions, and the slowest of many mails, beside aiosmtpd; what ten
thousand connects and drops leave; and the next mail of a mailbox that holds 100,000. Prints JSON.

    python -m tests.bench.bench_crowd [--sessions 2000] [--drops 10000] [--mails 100000]

`kibibytes_each` is by how much the process grew. `slowest_over_median` is of mails that twenty clients send at once, as
fast as they can, from MAIL to the reply to the dot; `median_ms` is that of one. On a machine that does other work the
slowest says more of that than of the server: read it beside aiosmtpd's, and `p999_over_median`, of one in a thousand.
`full_over_empty` is the time of the next mail in the full mailbox over that in an empty one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import socket
import statistics
import time
from typing import Any

from rpds import List

from smtpsim.app.serve.clock import clock
from smtpsim.app.serve.owner import Owner
from smtpsim.protocol.smtp.framing import Line
from smtpsim.session.simulation import open_simulation
from smtpsim.world.accept_any import accepting_any
from smtpsim.world.load import shipped_world
from smtpsim.world.mailbox import Mailbox, StoredMail
from tests.bench.bench_serve import running

ADDRESS = "test@hogefuga.com"
SENDERS, MAILS_EACH = 20, 200
LETTER = "Subject: x\r\n\r\n" + ("x" * 98 + "\r\n") * 10 + "."


def kibibytes(process: int) -> int:
    """The memory that a process has now."""
    with open(f"/proc/{process}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def opened(port: int, count: int) -> list[socket.socket]:
    """Sessions that have said EHLO and wait."""
    clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
    for client in clients:
        client.recv(1000)
        client.sendall(b"EHLO c.example\r\n")
        client.recv(4000)
    return clients


def sessions(name: str, count: int) -> dict[str, Any]:
    """Memory of a session, and how long mails take while all of those are open."""
    with running(name) as (port, process):
        for client in opened(port, 50):
            client.close()
        before = kibibytes(process)
        clients = opened(port, count)
        each = (kibibytes(process) - before) / count
        took = sorted(asyncio.run(_mails(port)))
        for client in clients:
            client.close()
    median = statistics.median(took)
    return {
        "kibibytes_each": round(each, 1),
        "median_ms": round(median * 1000, 1),
        "p999_over_median": round(took[len(took) * 999 // 1000] / median, 1),
        "slowest_over_median": round(took[-1] / median, 1),
    }


async def _mails(port: int) -> list[float]:
    """How long each mail took, the first ones left out."""
    took = await asyncio.gather(*(_sender(port) for _ in range(SENDERS)))
    return [one for mails in took for one in mails[10:]]


async def _sender(port: int) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    await _said(reader, writer, "HELO c.example")
    found = []
    for _ in range(MAILS_EACH):
        begun = time.perf_counter()
        for line in ("MAIL FROM:<a@example.com>", f"RCPT TO:<{ADDRESS}>", "DATA", LETTER):
            await _said(reader, writer, line)
        found.append(time.perf_counter() - begun)
    writer.close()
    return found


async def _said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: str) -> None:
    writer.write(f"{line}\r\n".encode())
    assert (await reader.readline())[:1] in (b"2", b"3")


def drops(count: int) -> dict[str, Any]:
    """What connects and drops leave: the memory after as many again as the server has seen once."""
    with running("accept-any") as (port, process):
        sizes = []
        for _ in range(2):
            for _ in range(count):
                socket.create_connection(("127.0.0.1", port)).close()
            for client in opened(port, 1):
                client.close()
            sizes.append(kibibytes(process))
    return {"kibibytes_after": sizes[0], "growth_of_as_many_again": sizes[1] - sizes[0]}


def full_mailbox(mails: int) -> float:
    """The next mail of a full mailbox, by that of an empty one."""
    stored = [StoredMail(f"M{uid}", "", b"x" * 1000, uid) for uid in range(mails, 0, -1)]
    full = Mailbox(ADDRESS, "", mails=List(stored), octets=1000 * mails, uid_next=mails + 1)
    times = [min(_next_mail(box) for _ in range(3)) for box in (full, Mailbox(ADDRESS, ""))]
    return times[0] / times[1]


def _next_mail(box: Mailbox) -> float:
    world = shipped_world()
    world = accepting_any(world, world.hosts["mx.hogefuga.com"])
    owner = Owner(world._replace(mailboxes=world.mailboxes.insert(ADDRESS, box)), clock("held", 0))
    lines = ("EHLO c.example", "MAIL FROM:<a@x.example>", f"RCPT TO:<{ADDRESS}>", "DATA", "Subject: x", "", ".")
    begun = time.perf_counter()
    for _ in range(20):
        turn = owner.open(lambda now: open_simulation(now, now.hosts["mx.hogefuga.com"]))
        for line in lines:
            turn = owner.take(turn.after, Line(line.encode()))
    return time.perf_counter() - begun


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--sessions", type=int, default=2000)
    options.add_argument("--drops", type=int, default=10_000)
    options.add_argument("--mails", type=int, default=100_000)
    given = options.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    found: dict[str, Any] = {name: sessions(name, given.sessions) for name in ("delivers", "relays", "aiosmtpd")}
    found["drops"] = drops(given.drops)
    found["full_over_empty"] = round(full_mailbox(given.mails), 2)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
