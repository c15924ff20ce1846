"""How many mails a second the engine takes, fed whole as a socket would feed them, and how many turns it makes where
somebody looks at each. Senders, recipients and contents all differ, so that no cache helps. Prints JSON.

python tests/bench/bench_feed.py                                  the figures of this tree
python tests/bench/bench_feed.py --beside PYTHON                  beside another tree's, as ratios: PYTHON is the
                                                                  interpreter that has the other one installed
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from statistics import median
from typing import NamedTuple

from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world.load import shipped_world

SIZE = 1000
"""Octets of a mail, its header included."""

MAILS = 400
ROUNDS = 5
BOXES = ("test", "alice", "bob")
LINE = "Line {number} of letter {letter}, which goes on as letters do."


class Case(NamedTuple):
    """A host that is sent to, and the domain of the recipients."""

    host: str
    domain: str


CASES = {
    "mails_fed_to_mx": Case("mx.hogefuga.com", "hogefuga.com"),
    "mails_fed_to_relay": Case("smtp.example.com", "hogefuga.com"),
}


def mail(number: int, case: Case) -> bytes:
    """One mail from RSET to the dot that ends it."""
    sender, recipient = f"sender{number}@example.com", f"{BOXES[number % len(BOXES)]}@{case.domain}"
    lines = [f"From: {sender}", f"To: {recipient}", f"Subject: letter {number}", ""]
    while sum(map(len, lines)) + 2 * len(lines) < SIZE:
        lines.append(LINE.format(number=len(lines), letter=number))
    commands = ("RSET", f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", "DATA")
    return "".join(f"{line}\r\n" for line in (*commands, *lines, ".")).encode()


def greeted(case: Case) -> Simulation:
    world = shipped_world()
    return open_simulation(world, world.hosts[case.host], "192.0.2.10").after.say("EHLO cgi.example.com").after


def fed(case: Case) -> float:
    """Mails a second of CPU time: what else the machine does counts less so."""
    simulation, mails = greeted(case), [mail(number, case) for number in range(MAILS)]
    begun = time.process_time()
    for octets in mails:
        simulation = simulation.feed(octets).after
    seconds = time.process_time() - begun
    statuses = [outcome.status for outcome in simulation.world.outcomes.values()]
    assert statuses == ["delivered"] * MAILS, statuses
    return MAILS / seconds


def turns(case: Case) -> float:
    """Turns a second of CPU time, line by line."""
    simulation, said = greeted(case), 0
    lines = [line for number in range(MAILS) for line in mail(number, case).decode().split("\r\n")[:-1]]
    begun = time.process_time()
    for line in lines:
        simulation = simulation.say(line).after
        said += 1
    return said / (time.process_time() - begun)


def figures() -> dict[str, float]:
    found = {name: median(fed(case) for _ in range(ROUNDS)) for name, case in CASES.items()}
    found["turns"] = median(turns(CASES["mails_fed_to_mx"]) for _ in range(ROUNDS))
    return {name: round(figure) for name, figure in found.items()}


def beside(python: str) -> dict[str, float]:
    """The ratios of this tree's figures to another one's, taken in turns."""
    ratios: dict[str, list[float]] = {}
    for _ in range(3):
        pair = [
            json.loads(subprocess.run([one, __file__], capture_output=True, check=True).stdout)
            for one in (sys.executable, python)
        ]
        for name, figure in pair[0].items():
            ratios.setdefault(name, []).append(figure / pair[1][name])
    return {f"{name}_ratio": round(median(found), 2) for name, found in ratios.items()}


if __name__ == "__main__":
    print(json.dumps(beside(sys.argv[2]) if sys.argv[1:2] == ["--beside"] else figures()))
