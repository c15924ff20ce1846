"""What a stranger can send and what a file can hold, each up to its limit: CPU time and memory for a size and for ten
times as much, and their ratio. 10 is in proportion, less where the limit or the start tells.

python -m tests.bench.bench_limits [WORD]     all things, or those with WORD in their name
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import NamedTuple

from tests.bench.limits import ROWS, Row

ROUNDS = 3


class Cost(NamedTuple):
    """CPU time in seconds, and by how many KiB the memory grew."""

    seconds: float
    memory: int


def cost(row: Row, size: int) -> Cost:
    """The least of a few rounds, each in a process of its own."""
    return min(_measured(row, size) for _ in range(ROUNDS))


def _measured(row: Row, size: int) -> Cost:
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        row.work(size)
        seconds = time.process_time() - begun
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(writes, json.dumps([seconds, grown]).encode())
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as told:
        found = Cost(*json.loads(told.read()))
    os.waitpid(child, 0)
    return found


def main(word: str = "") -> None:
    form = "{:28} {:>11} {:>9} {:>9} {:>6} {:>8} {:>8}  {}"
    print(form.format("thing", "limit", "s for n", "s for 10n", "ratio", "KiB n", "KiB 10n", "beyond the limit"))
    for row in ROWS:
        if word not in row.thing:
            continue
        row.work(2)  # what is loaded and worked out once counts for neither
        one, ten = cost(row, row.size), cost(row, 10 * row.size)
        times = (f"{one.seconds:.4f}", f"{ten.seconds:.4f}", f"{ten.seconds / max(one.seconds, 1e-4):.1f}")
        print(form.format(row.thing, f"{row.limit:,}", *times, one.memory, ten.memory, row.told), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
