"""Keep a seeded sample of a cosmic-ray session's mutants, so that a run ends; drop those that change no behaviour.

    python tests/mutation/sample.py SESSION COUNT [SEED]

Dropped are `|` in annotations, which are never evaluated, decorators that only keep what was worked out before, and
`is` for `==` or the reverse, which say the same of enumerations and None.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Mutant(NamedTuple):
    job: str
    module: str
    operator: str
    row: int


SAME = ("_Is_Eq", "_IsNot_NotEq", "_Eq_Is", "_NotEq_IsNot")


def meaningful(mutant: Mutant) -> bool:
    """Whether a test could tell the mutant from the code."""
    line = Path(mutant.module).read_text(encoding="utf-8").splitlines()[mutant.row - 1]
    if "BitOr_" in mutant.operator:
        return "<<" in line or ">>" in line
    if mutant.operator.endswith(SAME):
        return False
    return not (mutant.operator.endswith("RemoveDecorator") and ("cache" in line or "overload" in line))


def keep(session: sqlite3.Connection, jobs: Iterable[str]) -> None:
    session.execute("CREATE TEMP TABLE kept (job_id VARCHAR)")
    session.executemany("INSERT INTO kept VALUES (?)", [(job,) for job in jobs])
    for table in ("mutation_specs", "work_items"):
        session.execute(f"DELETE FROM {table} WHERE job_id NOT IN (SELECT job_id FROM kept)")
    session.commit()


def main(name: str, count: str, seed: str = "1") -> None:
    with sqlite3.connect(name) as session:
        rows = session.execute("SELECT job_id, module_path, operator_name, start_pos_row FROM mutation_specs")
        mutants = sorted(filter(meaningful, map(Mutant._make, rows)), key=lambda mutant: mutant[1:])
        chosen = random.Random(int(seed)).sample(mutants, min(int(count), len(mutants)))
        keep(session, (mutant.job for mutant in chosen))
        print(f"{len(chosen)} of {len(mutants)} mutants")


if __name__ == "__main__":
    main(*sys.argv[1:])
