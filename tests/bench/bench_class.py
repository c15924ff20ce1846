"""Forty pupils at full screens who type: how long a key takes until it is on the screen, and what a screen costs.

    python tests/bench/bench_class.py [PUPILS] [KEYS_A_SECOND] [OPTION ...]
    python tests/bench/bench_class.py 200 0.2                # two hundred who mostly think
    python tests/bench/bench_class.py 40 5 --shared-world

Prints JSON. The class runs in a process of its own, with the options, the load beside it in this one. Each pupil types
another mail, from when all screens are there; `served` is how many saw a key of theirs. The class
has one processor: 40 at 5 keys a second fill it at 5 ms a key.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from random import Random
from typing import Any

import aiohttp

PUPILS = int(sys.argv[1]) if len(sys.argv) > 1 else 40
RATE = float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
OPTIONS = sys.argv[3:]
SECONDS = 20.0


def resident(process: int) -> int:
    """The memory of a process in KiB."""
    with open(f"/proc/{process}/status", encoding="ascii") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1])  # type: ignore[index]


def cpu(process: int) -> float:
    """The seconds of processor time that a process has used: no other program on the machine changes them much."""
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def text(number: int) -> str:
    dice = Random(number)
    name = "".join(dice.choice("abcdefghij") for _ in range(8))
    body = "".join(dice.choice("abcdefghij ") for _ in range(400))
    lines = (f"EHLO {name}.example", f"MAIL FROM:<{name}@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA", "", body)
    return "\r".join(lines)


class Pupil:
    def __init__(self, number: int) -> None:
        self.number = number
        self.delays: list[float] = []
        self.first = 0.0

    async def run(self, session: aiohttp.ClientSession, url: str, code: str, ready: asyncio.Barrier) -> None:
        async with session.post(f"{url}/join", json={"code": code, "alias": f"p{self.number}"}) as answer:
            joined = await answer.json()
        begun = time.perf_counter()
        async with session.ws_connect(f"{url}/pupil", headers={"Origin": url}) as socket:
            await socket.send_json({**joined, "rows": 36, "columns": 120})
            await socket.receive_bytes()
            self.first = time.perf_counter() - begun
            await ready.wait()
            await self._type(socket)

    async def _type(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """A key is on the screen when something is drawn after it; what was drawn before has come by then."""
        dice, end = Random(self.number), time.perf_counter() + SECONDS
        drawn = asyncio.Event()
        reading = asyncio.ensure_future(self._read(socket, drawn))
        for letter in text(self.number):
            await asyncio.sleep(dice.uniform(0.5, 1.5) / RATE)
            if time.perf_counter() > end:
                break
            drawn.clear()
            sent = time.perf_counter()
            await socket.send_bytes(letter.encode())
            await drawn.wait()
            self.delays.append(time.perf_counter() - sent)
        reading.cancel()

    async def _read(self, socket: aiohttp.ClientWebSocketResponse, drawn: asyncio.Event) -> None:
        while True:
            await socket.receive()
            drawn.set()


async def load(url: str, code: str, process: int) -> tuple[list[Pupil], float]:
    """The pupils, and the processor time that the class had used when all screens were there."""
    pupils, ready = [Pupil(number) for number in range(PUPILS)], asyncio.Barrier(PUPILS + 1)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        typing = asyncio.gather(*(pupil.run(session, url, code, ready) for pupil in pupils))
        await ready.wait()
        opened = cpu(process)
        await typing
    return pupils, opened


def main() -> None:
    arguments = [sys.executable, "-m", "smtpsim", "class", "--listen", "127.0.0.1:0", "--lang", "en", *OPTIONS]
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, env=dict(os.environ)
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    url, code = re.search(r"http://[\d.:]+", said)[0], re.search(r"code (\d{6})", said)[1]  # type: ignore[index]
    empty, idle = resident(process.pid), cpu(process.pid)
    pupils, opened = asyncio.run(load(url, code, process.pid))
    full, used = resident(process.pid), cpu(process.pid)
    process.terminate()
    process.wait()
    delays = sorted(delay for pupil in pupils for delay in pupil.delays)
    found: dict[str, Any] = {
        "pupils": PUPILS,
        "keys_a_second": RATE,
        "served": sum(bool(pupil.delays) for pupil in pupils),
        "keys": len(delays),
        "median_ms": round(1000 * delays[len(delays) // 2], 1),
        "p99_ms": round(1000 * delays[int(len(delays) * 0.99)], 1),
        "last_first_screen_s": round(max(pupil.first for pupil in pupils), 2),
        "cpu_ms_a_screen": round(1000 * (opened - idle) / PUPILS, 2),
        "cpu_ms_a_key": round(1000 * (used - opened) / max(len(delays), 1), 2),
        "kib_each": round((full - empty) / PUPILS),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
