"""The DNS tree walk: which DMARC records there are at a domain and above it, and whose organisation it is
(RFC 9989 4.10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.auth.record import Record, parse
from smtpsim.kernel.dns import Answer, Resolver
from smtpsim.kernel.ref import Ref

MOST_LABELS = 7
"""Labels of the second name that is asked, so that there are never more than eight questions (RFC 9989 4.10)."""

REF = Ref(9989, "4.10")
ORGANISATION = Ref(9989, "4.10.2")


class Asked(NamedTuple):
    """The question for one domain's record. `found` are the DMARC records of the answer; with more than one none of
    them counts, and `record` is None."""

    domain: str
    answer: Answer
    found: tuple[Record, ...]

    @property
    def record(self) -> Record | None:
        return self.found[0] if len(self.found) == 1 else None


class Walk(NamedTuple):
    """The questions in their order, from the domain itself upwards; `organisation` is the organisational domain, and
    `key` tells by which rule: psd-n, psd-y, fewest-labels or no-record."""

    domain: str
    asked: tuple[Asked, ...]
    organisation: str
    key: str

    @property
    def failed(self) -> bool:
        """Whether the DNS did not answer, so that nothing is known."""
        return any(step.answer.failed for step in self.asked)

    def at(self, domain: str) -> Record | None:
        """The record of that domain, where the walk came by one."""
        return next((step.record for step in self.asked if step.domain == domain), None)


def walk(domain: str, resolver: Resolver) -> Walk:
    """Walk from `domain` (A-labels) up to the root, or to the record that ends the walk."""
    domain = domain.lower().rstrip(".")
    asked = tuple(_steps(domain, resolver))
    organisation, key = _organisation(domain, asked)
    return Walk(domain, asked, organisation, key)


def _steps(domain: str, resolver: Resolver) -> Iterator[Asked]:
    for name in targets(domain):
        step = _asked(name, resolver)
        yield step
        record = step.record
        if step.answer.failed or (record and _ends(record, first=name == domain)):
            return


def targets(domain: str) -> list[str]:
    """The domains to ask at: the whole name, and then its ends, of which the longest has seven labels.

    >>> targets("mail.example.com")
    ['mail.example.com', 'example.com', 'com']
    """
    labels = domain.split(".")
    above = min(len(labels) - 1, MOST_LABELS)
    return [domain, *(".".join(labels[len(labels) - left :]) for left in range(above, 0, -1))]


def _ends(record: Record, first: bool) -> bool:
    """psd=n ends the walk everywhere, psd=y only above the domain that it began at (RFC 9989 4.10)."""
    return record.public_suffix == "n" or (record.public_suffix == "y" and not first)


def _asked(domain: str, resolver: Resolver) -> Asked:
    answer = resolver.query(f"_dmarc.{domain}", "TXT")
    texts = (record for record in answer.records if isinstance(record, bytes))
    return Asked(domain, answer, tuple(found for text in texts if (found := parse(text)) is not None))


def _organisation(domain: str, asked: tuple[Asked, ...]) -> tuple[str, str]:
    """Choose from the longest name to the shortest (RFC 9989 4.10.2)."""
    with_record = [step for step in asked if step.record is not None]
    for step in with_record:
        assert step.record is not None
        if step.record.public_suffix == "n":
            return step.domain, "psd-n"
        if step.record.public_suffix == "y" and step.domain != domain:
            return _below(step.domain, domain), "psd-y"
    return (with_record[-1].domain, "fewest-labels") if with_record else (domain, "no-record")


def _below(suffix: str, domain: str) -> str:
    """The domain one label below `suffix` on the way to `domain`."""
    count = suffix.count(".") + 2
    return ".".join(domain.split(".")[-count:])
