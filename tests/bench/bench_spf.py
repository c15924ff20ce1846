"""How fast SPF is checked, with its trace, as ratios to pyspf in the same run. Prints JSON.

    python tests/bench/bench_spf.py

A ratio of 3 is three times as fast. Every check meets records that no check before it has met, so that no cache of
either side helps. Both ask records held in memory: DNS packets are no part of it.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import spf

from smtpsim.kernel.dns import MX, Record
from smtpsim.spf import check_host
from smtpsim.world.dns.zones import Zones

ROUNDS = 15
CHECKS = 40

CLIENT = "192.0.2.10"
HELO = "mail.example.com"

Published = tuple[str, str, Record]


class Case(NamedTuple):
    """`records` gives those of the number-th domain, the first of them the one that is checked."""

    result: str
    records: Callable[[int], Iterator[Published]]


def text(name: str, *terms: str) -> Published:
    return name, "TXT", " ".join(("v=spf1", *terms)).encode()


def networks(number: int, count: int) -> list[str]:
    """`count` networks that the client is not in, IPv4 and IPv6 in turn, others for each number."""
    high, low = divmod(number % 0xFFFF, 256)
    ip4 = [f"ip4:10.{high}.{low}.{at}/{24 + at % 9}" for at in range(0, count, 2)]
    ip6 = [f"ip6:2001:db8:{number % 0xFFFF:x}:{at:x}::/{48 + at}" for at in range(1, count, 2)]
    return [term for pair in zip(ip4, ip6, strict=True) for term in pair]


def one_ip4(number: int) -> Iterator[Published]:
    yield text(f"one{number}.example", *networks(number, 2)[:1], "ip4:192.0.2.10", "-all")


def chain(number: int) -> Iterator[Published]:
    for level in range(4):
        yield text(f"c{level}-{number}.example", f"include:c{level + 1}-{number}.example", "-all")
    yield text(f"c4-{number}.example", "ip4:192.0.2.0/24", "-all")


def long_chain(number: int, count: int) -> Iterator[Published]:
    """Nine records, each including the next, with `count` networks in each; only the last has the client's."""
    for level in range(8):
        terms = networks(number * 9 + level, count)
        yield text(f"l{level}-{number}.example", *terms, f"include:l{level + 1}-{number}.example", "-all")
    yield text(f"l8-{number}.example", *networks(number * 9 + 8, count), "ip4:192.0.2.0/24", "-all")


def prefix(number: int) -> Iterator[Published]:
    name = f"p{number}.example"
    yield text(name, f"mx:{name}/28", "a/24", "-all")
    yield name, "MX", MX(10, f"mx.{name}")
    yield f"mx.{name}", "A", "198.51.100.1"
    yield name, "A", f"192.0.2.{number % 256}"


def macro(number: int) -> Iterator[Published]:
    name = f"m{number}.example"
    yield text(name, f"exists:%{{ir}}.%{{l1r+-}}._spf{number}.%{{d2}}", "-all")
    yield f"10.2.0.192.ann._spf{number}.{name}", "A", "127.0.0.2"


def many(number: int) -> Iterator[Published]:
    yield text(f"t{number}.example", *(f"a:h{at}-{number}.example" for at in range(12)), "-all")
    for at in range(12):
        yield f"h{at}-{number}.example", "A", "198.51.100.1"


def ten_includes(number: int) -> Iterator[Published]:
    """Ten includes are allowed, the eleventh is one look-up too many."""
    yield text(f"i{number}.example", *(f"include:i{at}-{number}.example" for at in range(11)), "-all")
    for at in range(11):
        yield text(f"i{at}-{number}.example", *networks(number * 11 + at, 6), "~all")


def faulty(number: int) -> Iterator[Published]:
    yield text(f"f{number}.example", *networks(number, 10), "include:%{i", "-all")


CASES = {
    "one_ip4_match": Case("pass", one_ip4),
    "four_level_include_chain": Case("pass", chain),
    "nine_records_60_networks_in_all": Case("pass", lambda number: long_chain(number, 8)),
    "nine_records_60_networks_each": Case("pass", lambda number: long_chain(number, 60)),
    "mx_and_a_with_prefix": Case("pass", prefix),
    "exists_macro": Case("pass", macro),
    "too_many_lookups": Case("permerror", many),
    "ten_includes_up_to_a_permerror": Case("permerror", ten_includes),
    "syntax_fault_after_ten_networks": Case("permerror", faulty),
}


class Held:
    """The records of one round, for both sides; pyspf takes them in the shapes of its DNS library."""

    def __init__(self, case: Case, numbers: range) -> None:
        self.domains: list[str] = []
        self.zones = Zones()
        self.answers: dict[tuple[str, str], list[tuple[tuple[str, str], object]]] = {}
        for number in numbers:
            records = list(case.records(number))
            self.domains.append(records[0][0])
            for name, rdtype, record in records:
                self.zones = self.zones.with_record(name, rdtype, record)
                self.answers.setdefault((name, rdtype), []).append(((name, rdtype), _pyspf_shape(record)))

    def look_up(self, name: str, rdtype: str, *_: object) -> list[tuple[tuple[str, str], object]]:
        return self.answers.get((name.lower().rstrip("."), rdtype), [])


def _pyspf_shape(record: Record) -> object:
    if isinstance(record, bytes):
        return (record,)
    return tuple(record) if isinstance(record, MX) else record


def seconds(check: Callable[[str], str], domains: list[str], expected: str) -> float:
    """How long it takes to check all the domains, which must come out as expected."""
    begun = time.process_time()
    results = list(map(check, domains))
    taken = time.process_time() - begun
    if wrong := {result for result in results if result != expected}:
        raise SystemExit(f"{domains[0]}: {wrong} instead of {expected}")
    return taken


def ratio(case: Case) -> float:
    """The median over rounds that time one after the other, so that both see the same machine."""
    return statistics.median(_round(case, range(at * CHECKS, (at + 1) * CHECKS)) for at in range(ROUNDS))


def _round(case: Case, numbers: range) -> float:
    held = Held(case, numbers)
    spf.DNSLookup = held.look_up

    def ours(domain: str) -> str:
        return check_host(CLIENT, domain, f"ann-x@{domain}", HELO, held.zones).result

    def theirs(domain: str) -> str:
        return str(spf.query(i=CLIENT, s=f"ann-x@{domain}", h=HELO, strict=True).check()[0])

    return seconds(theirs, held.domains, case.result) / seconds(ours, held.domains, case.result)


def main() -> None:
    print(json.dumps({name: round(ratio(case), 2) for name, case in CASES.items()}))


if __name__ == "__main__":
    main()
