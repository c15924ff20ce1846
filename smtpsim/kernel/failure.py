"""Wrong use of the program: one line for the person who made it, and exit status 2."""

from __future__ import annotations


class Failure(Exception):
    """`str()` is the one line: what is wrong, where, and what to do. Only app and shell raise it; below them faults are
    values."""
