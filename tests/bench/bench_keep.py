"""What kept mails cost: opening a folder with many, beside a plain reading of the same rows; the next mail to a full
mailbox, beside that to an empty one. Ratios of one run, and seconds for whoever wants them. Prints JSON.

    python -m tests.bench.bench_keep [--mails 100000] [--octets 1000]

`open_over_read` is the time of opening over that of reading all rows from the same file. `ten_times_over_one` is the
time of opening all mails over that of opening a tenth of them: 10 where the cost grows as the mails do. `peak_mib` is
the memory of the whole process with all mails in it, `mails_mib` what the mails alone have in octets.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import tempfile
import time
from pathlib import Path

from smtpsim.app.serve.keeping import FILE
from smtpsim.app.serve.owner import Owner
from tests.app.serve.test_keeping import filled, kept, send

NEXT = 50


def opened(folder: Path) -> tuple[float, Owner]:
    begun = time.perf_counter()
    owner, keeper = kept(folder)
    took = time.perf_counter() - begun
    keeper.close()
    return took, owner


def read(folder: Path) -> float:
    begun = time.perf_counter()
    store = sqlite3.connect(folder / FILE)
    store.execute("SELECT * FROM mails").fetchall()
    store.close()
    return time.perf_counter() - begun


def next_mails(folder: Path) -> float:
    owner, keeper = kept(folder)
    begun = time.perf_counter()
    for _ in range(NEXT):
        send(owner, "u@y.example")
    took = time.perf_counter() - begun
    keeper.close()
    return took


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--mails", type=int, default=100_000)
    options.add_argument("--octets", type=int, default=1000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        all_, tenth, few = (Path(folder) / name for name in ("all", "tenth", "few"))
        for where, mails in ((all_, given.mails), (tenth, given.mails // 10), (few, 1)):
            filled(where, mails, given.octets)
        shorter = min(opened(tenth)[0] for _ in range(3))
        took, owner = opened(all_)
        assert owner.world.mailboxes["u@y.example"].length == given.mails
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        del owner
        found = {
            "open_seconds": round(took, 2),
            "open_over_read": round(took / read(all_), 1),
            "ten_times_over_one": round(took / shorter, 1),
            "next_full_over_empty": round(next_mails(all_) / next_mails(few), 2),
            "peak_mib": round(peak),
            "mails_mib": round(given.mails * given.octets / 2**20),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
