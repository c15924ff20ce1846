"""Runs of ip4 and ip6 terms, of which most long records are made: checked as a whole, read only where it matters.

A record of 60 networks that are not the client's was read, term by term, in 90 microseconds; one regular expression
over all of them and one look for the client's first octets take 15. The typed terms and their steps are made when
somebody wants to see them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.mechanisms import ip4, ip6
from smtpsim.spf.result import QUALIFIED, Reason, Result
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Step, new

Network = ip4.Ip4 | ip6.Ip6

# Networks in the form in which nearly all are published: names in lower case, at least the first octet (ip4) or group
# (ip6) of the address within the length, and that written in the one way of Client.mark. Each term in this form is one
# that mechanisms.ip4 or ip6 can read; terms in others are left to them.
_QNUM = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IP4 = rf"ip4:{_QNUM}\.{_QNUM}\.{_QNUM}\.{_QNUM}(?:/(?:3[0-2]|[12][0-9]|[89]))?"
_IP6 = r"ip6:[1-9a-f][0-9a-f]{0,3}:(?:[0-9A-Fa-f]{1,4}:){0,6}:(?:/(?:1[01][0-9]|12[0-8]|1[6-9]|[2-9][0-9]))?"
RUN = rf"(?: [-+?~]?(?:{_IP4}|{_IP6})(?![^ ]))+"
"""A regular expression for networks, each after one space."""


class Networks(NamedTuple):
    """A run of ip4 and ip6 terms; `column` is that of the first, `text` has one space before each."""

    column: int
    text: str

    @property
    def terms(self) -> tuple[Network, ...]:
        """Every term, typed."""
        terms, column = [], self.column
        for text in self.text[1:].split(" "):
            terms.append(_read(text, column))
            column += len(text) + 1
        return tuple(terms)

    def evaluate(self, run: Run, domain: str) -> Passed | Matched:
        """Look for the first network that holds the client: only those that begin as it does are read."""
        client = run.client
        found = self.text.find(client.mark)
        while found >= 0:
            start = self.text.rfind(" ", 0, found) + 1
            term = _read(self.text[start:].partition(" ")[0], self.column + start - 1)
            if term.holds(client):
                return new(Matched, (self, term, QUALIFIED[term.qualifier], _MATCHED, run.lookups, run.voids))
            found = self.text.find(client.mark, found + 1)
        return new(Passed, (self, None, _NO_MATCH, run.lookups, run.voids))


@lru_cache(maxsize=1024)
def _read(text: str, column: int) -> Network:
    """One term of a run, of which it is known that it can be read."""
    qualifier, named = (text[0], text[1:]) if text[0] in QUALIFIED else ("+", text)
    term = _READERS[named[:3]](qualifier, column, text, text.index(":"))
    assert not isinstance(term, SyntaxFault)
    return term


_READERS: dict[str, Callable[[str, int, str, int], Network | SyntaxFault]] = {"ip4": ip4.parse, "ip6": ip6.parse}

_MATCHED, _NO_MATCH = Reason.MATCHED, Reason.NO_MATCH


class Passed(NamedTuple):
    """A run of networks none of which holds the client."""

    networks: Networks
    result: Result | None
    reason: Reason
    lookups: int
    voids: int

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(Step(term, "", (), None, _NO_MATCH, self.lookups, self.voids) for term in self.networks.terms)

    @property
    def last(self) -> Step:
        return self.steps[-1]


class Matched(NamedTuple):
    """A run of networks up to `term`, the first that holds the client."""

    networks: Networks
    term: Network
    result: Result
    reason: Reason
    lookups: int
    voids: int

    @property
    def steps(self) -> tuple[Step, ...]:
        passed = (term for term in self.networks.terms if term.column < self.term.column)
        before = (Step(term, "", (), None, _NO_MATCH, self.lookups, self.voids) for term in passed)
        return (*before, self.last)

    @property
    def last(self) -> Step:
        return Step(self.term, "", (), self.result, self.reason, self.lookups, self.voids)
