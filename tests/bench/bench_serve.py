"""How many mails a second `smtpsim serve` takes, beside aiosmtpd, which does nothing with them: in one run, in turns.

    python -m tests.bench.bench_serve [--source PATH] [--mails 5000] [--rounds 5]

The client is Postfix's smtp-source (Debian package postfix): `smtp-source -d -s 20 -l 1000`.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

AIOSMTPD = """
import asyncio
from aiosmtpd.smtp import SMTP
class Handler:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"
async def main():
    made = lambda: SMTP(Handler(), enable_SMTPUTF8=True)
    server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", {port})
    await server.serve_forever()
asyncio.run(main())
"""

SERVERS: Mapping[str, tuple[str, ...]] = {
    "aiosmtpd": (),
    "delivers": ("--host", "mx.hogefuga.com"),
    "relays": ("--host", "smtp.example.com"),
    "accept-any": ("--accept-any",),
}
"""What is measured: at the host that delivers, by the relay with its second dialogue, and for who tests a program."""


SENDING = ("-d", "-s", "20", "-l", "1000", "-f", "a@example.com", "-t", "test@hogefuga.com", "-m")
"""Twenty sessions that stay open, letters of a thousand octets."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(name: str) -> Iterator[tuple[int, int]]:
    """A server in a process of its own: its port, and the number of the process."""
    port = free_port()
    line = [sys.executable, "-m", "smtpsim", "serve", "--listen", f"127.0.0.1:{port}", "--quiet", *SERVERS[name]]
    if name == "aiosmtpd":
        line = [sys.executable, "-c", AIOSMTPD.format(port=port)]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL) as process:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionError:
                time.sleep(0.05)
        yield port, process.pid
        process.send_signal(signal.SIGTERM)


def sent(source: str, port: int, mails: int) -> float:
    """Mails a second."""
    folder = os.path.join(os.path.dirname(source), "..", "lib", "postfix")
    begun = time.perf_counter()
    subprocess.run(
        [source, *SENDING, str(mails), f"127.0.0.1:{port}"],
        check=True,
        env={**os.environ, "LD_LIBRARY_PATH": folder},
    )
    return mails / (time.perf_counter() - begun)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--source", default="/usr/sbin/smtp-source")
    options.add_argument("--mails", type=int, default=5000)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    rates: dict[str, list[float]] = {name: [] for name in SERVERS}
    costs: dict[str, list[float]] = {name: [] for name in SERVERS}
    for _ in range(given.rounds):
        for name in SERVERS:
            with running(name) as (port, process):
                sent(given.source, port, 200)
                before = processor_seconds(process)
                rates[name].append(sent(given.source, port, given.mails))
                costs[name].append((processor_seconds(process) - before) / given.mails * 1e6)
    for name, found in rates.items():
        ratios = [mine / theirs for mine, theirs in zip(found, rates["aiosmtpd"], strict=True)]
        cost = [theirs / mine for mine, theirs in zip(costs[name], costs["aiosmtpd"], strict=True)]
        told = f"{name:12} {max(found):7.0f} mails/s   {statistics.median(ratios):.2f} x aiosmtpd"
        print(f"{told}   {min(costs[name]):5.0f} µs of CPU a mail   {statistics.median(cost):.2f} x aiosmtpd's thrift")


def processor_seconds(process: int) -> float:
    """What a process has used of the processor, in user and system time: where others work on the machine beside, this
    tells more than the clock does."""
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(") ")[2].split(" ")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
