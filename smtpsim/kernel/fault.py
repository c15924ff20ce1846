"""What was wrong with something that was typed, or only odd about it: where, and by which rule."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref


class Fault(NamedTuple):
    """`column` counts characters of the line from 1; 0 means the line as a whole. `found` is what stood there."""

    key: str
    column: int
    ref: Ref
    found: str = ""


Remarks = tuple[Fault, ...]
"""What is odd about a line that is taken all the same, or all that is wrong with one."""
