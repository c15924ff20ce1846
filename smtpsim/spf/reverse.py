"""The validated names of the client: those of its PTR records that point back to it (RFC 7208 5.5)."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.kernel.dns import Answer
from smtpsim.spf.name import under, usable
from smtpsim.spf.run import NAME_RECORD_LIMIT, Run

UNKNOWN = "unknown"


def candidate_names(answer: Answer) -> Iterator[str]:
    """The names of a PTR answer that are looked at: the first 10, those left out that no query fits."""
    for record in answer.records[:NAME_RECORD_LIMIT]:
        if isinstance(record, str) and usable(record):
            yield record


def validated_name(run: Run, domain: str) -> str:
    """What %{p} stands for: the domain itself, else a name below it, else any validated name (7.3)."""
    names = _validated(run)
    lower = domain.lower()
    for name in names:
        if name.lower() == lower:
            return name
    below = [name for name in names if under(name, domain)]
    return next(iter(below or names), UNKNOWN)


def _validated(run: Run) -> tuple[str, ...]:
    """Every validated name, looked up once a check. A name whose addresses cannot be had is left out."""
    if run.validated is None:
        pointers = run.query(run.client.reverse, "PTR")
        names = candidate_names(pointers)
        run.validated = tuple(name for name in names if run.holds_client(run.query(name, run.client.rdtype)))
    return run.validated
