"""How fast SPF is checked, with its trace, as ratios to pyspf in the same run. Prints JSON.

    python tests/bench/bench_spf.py

A ratio of 3 is three times as fast. Both ask records held in memory: DNS packets are no part of it.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

import spf

from smtpsim.kernel.dns import MX, Record
from smtpsim.spf import check_host
from smtpsim.world.dns.zones import Zones

ROUNDS = 15
CHECKS = 300

CLIENT = "192.0.2.10"
HELO = "mail.example.com"

RECORDS: tuple[tuple[str, str, Record], ...] = (
    ("ip4.example", "TXT", b"v=spf1 ip4:192.0.2.10 -all"),
    ("chain.example", "TXT", b"v=spf1 include:c1.example -all"),
    ("c1.example", "TXT", b"v=spf1 include:c2.example -all"),
    ("c2.example", "TXT", b"v=spf1 include:c3.example -all"),
    ("c3.example", "TXT", b"v=spf1 include:c4.example -all"),
    ("c4.example", "TXT", b"v=spf1 ip4:192.0.2.0/24 -all"),
    ("prefix.example", "TXT", b"v=spf1 mx/28 a/24 -all"),
    ("prefix.example", "MX", MX(10, "mx.prefix.example")),
    ("mx.prefix.example", "A", "198.51.100.1"),
    ("prefix.example", "A", "192.0.2.77"),
    ("macro.example", "TXT", b"v=spf1 exists:%{ir}.%{l1r+-}._spf.%{d2} -all"),
    ("10.2.0.192.ann._spf.macro.example", "A", "127.0.0.2"),
    ("many.example", "TXT", b"v=spf1 " + b" ".join(b"a:h%d.example" % n for n in range(12)) + b" -all"),
    *((f"h{n}.example", "A", "198.51.100.1") for n in range(12)),
)

CASES = {
    "one_ip4_match": ("ip4.example", "pass"),
    "four_level_include_chain": ("chain.example", "pass"),
    "mx_and_a_with_prefix": ("prefix.example", "pass"),
    "exists_macro": ("macro.example", "pass"),
    "too_many_lookups": ("many.example", "permerror"),
}


def zones() -> Zones:
    held = Zones()
    for name, rdtype, record in RECORDS:
        held = held.with_record(name, rdtype, record)
    return held


def answer_pyspf() -> None:
    """Let pyspf ask the same records, in the shapes that it takes from its DNS library."""
    held: dict[tuple[str, str], list[tuple[tuple[str, str], object]]] = {}
    for name, rdtype, record in RECORDS:
        held.setdefault((name, rdtype), []).append(((name, rdtype), _pyspf_shape(record)))

    def look_up(name: str, rdtype: str, *_: object) -> list[tuple[tuple[str, str], object]]:
        return held.get((name.lower().rstrip("."), rdtype), [])

    spf.DNSLookup = look_up


def _pyspf_shape(record: Record) -> object:
    if isinstance(record, bytes):
        return (record,)
    return tuple(record) if isinstance(record, MX) else record


def seconds(check: Callable[[], object]) -> float:
    begun = time.perf_counter()
    for _ in range(CHECKS):
        check()
    return time.perf_counter() - begun


def ratio(domain: str, result: str, world: Zones) -> float:
    """The median over rounds that time one after the other, so that both see the same machine."""
    sender = f"ann-x@{domain}"

    def ours() -> str:
        return check_host(CLIENT, domain, sender, HELO, world).result

    def theirs() -> str:
        return str(spf.query(i=CLIENT, s=sender, h=HELO, strict=True).check()[0])

    if (ours(), theirs()) != (result, result):
        raise SystemExit(f"{domain}: {ours()} and {theirs()} instead of {result}")
    return statistics.median(seconds(theirs) / seconds(ours) for _ in range(ROUNDS))


def main() -> None:
    answer_pyspf()
    world = zones()
    print(json.dumps({name: round(ratio(*case, world), 2) for name, case in CASES.items()}))


if __name__ == "__main__":
    main()
