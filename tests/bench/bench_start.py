"""How long the program takes to start, as ratios to the bare interpreter in the same run. Prints JSON.

    python tests/bench/bench_start.py

The package must be installed (`pip install .`), so that its modules are compiled, as they are for its users.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time

RUNS = 21

DIALOGUE = b"""HELO cgi.example.com\r
MAIL FROM:webmaster@example.com\r
RCPT TO:test@hogefuga.com\r
DATA\r
From: webmaster@example.com\r
To: test@hogefuga.com\r
Subject: hello\r
\r
Hello.\r
\r
.\r
QUIT\r
"""

CASES = {
    "version": (["-m", "smtpsim", "--version"], b""),
    "pipe_dialogue": (["-m", "smtpsim"], DIALOGUE),
}


def seconds(arguments: list[str], source: bytes) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], input=source, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def main() -> None:
    """Each round times the bare interpreter and then each case, so that both see the same machine."""
    ratios: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(RUNS):
        bare = seconds(["-c", "pass"], b"")
        for name, (arguments, source) in CASES.items():
            ratios[name].append(seconds(arguments, source) / bare)
    print(json.dumps({name: round(statistics.median(values), 2) for name, values in ratios.items()}))


if __name__ == "__main__":
    main()
