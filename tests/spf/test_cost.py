"""What a record may cost: in proportion to its size, whatever the identities are (RFC 7208 11.1)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.spf import Reason, check_host
from smtpsim.spf.address import client_at
from smtpsim.spf.expand import TEXT_LIMIT, VALUE_END, ends, target_name
from smtpsim.spf.macro import DomainSpec, parse_domain_spec
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Evaluation
from smtpsim.world.dns.zones import Zones

LONG = "-a+b_c.d" * 125_000
RECORD = 64_000

HOSTILE = {
    "macros": "v=spf1 " + " ".join(["exists:" + "%{l1r-+_}" * (RECORD // 100) + ".b.example"] * 10),
    "upper-case macros": "v=spf1 " + " ".join(["exists:" + "%{S1r-+_}" * (RECORD // 100) + ".b.example"] * 10),
    "macros of many kinds": "v=spf1 exists:" + "".join(f"%{{h{n}r-+_./,=}}" for n in range(1, RECORD // 14)) + ".a.b",
    "an explanation": "v=spf1 exp=e.example -all",
    "networks": "v=spf1 " + "ip4:10.0.0.0/8 " * (RECORD // 15) + "-all",
    "nearly networks": "v=spf1 " + "ip4:10.0.0.0/8 " * (RECORD // 15) + "ip4:10.0.0.0/8x",
    "many colons": "v=spf1 ip6:" + ":" * RECORD,
    "groups": "v=spf1 ip6:" + "1:" * (RECORD // 2),
    "digits": "v=spf1 ip4:" + "1" * RECORD + " a/" + "2" * RECORD,
    "percent signs": "v=spf1 a:" + "%%" * (RECORD // 2) + ".example",
    "open macros": "v=spf1 a:" + "%{" * (RECORD // 2),
    "spaces": "v=spf1" + " " * RECORD + "-all",
    "modifiers": "v=spf1 " + "a=b " * (RECORD // 4) + "-all",
    "labels": "v=spf1 a:" + "a." * (RECORD // 2) + "example",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_record_takes_long(name: str) -> None:
    zones = Zones().with_record("a.example", "TXT", HOSTILE[name].encode())
    zones = zones.with_record("e.example", "TXT", b"%{l1r-+_}%{s}%{h}" * (RECORD // 17))
    begun = time.process_time()
    verdict = check_host("192.0.2.10", "a.example", f"{LONG}@a.example", LONG, zones)
    assert time.process_time() - begun < 2
    assert len(verdict.explanation) <= TEXT_LIMIT
    assert verdict.reason in Reason


def test_a_long_explanation_is_cut() -> None:
    zones = Zones().with_record("a.example", "TXT", b"v=spf1 exp=e.example -all")
    for size in (4_095, 4_096, 4_097):
        told = zones.with_record("e.example", "TXT", b"x" * (size - 12) + b"%{i} is not")
        verdict = check_host("192.0.2.10", "a.example", "b@a.example", "h.example", told)
        assert verdict.explanation == ("x" * (size - 12) + "192.0.2.10 is not")[:4_096]


values = st.lists(st.sampled_from(["", "a", "b" * 60, "c." * 100, "d" * 250]), max_size=40).map("-.+".join)
macros = st.builds(
    "%{{{}{}{}{}}}".format,
    st.sampled_from("lhosLH"),
    st.sampled_from(["", "1", "3", "99"]),
    st.sampled_from(["", "r"]),
    st.sampled_from(["", "-", "-+", "."]),
)


@given(st.lists(macros, min_size=1, max_size=3), values, values)
def test_a_name_is_the_same_without_the_middle_of_what_is_long(found: list[str], local: str, helo: str) -> None:
    spec = parse_domain_spec(".".join(found), 1)
    assert isinstance(spec, DomainSpec)

    def name(local: str, helo: str) -> str:
        run = Run(_never, client_at("192.0.2.1"), local, "o.example", helo, Zones(), "r", 0)
        return target_name(spec, run, "d.example")

    assert name(ends(local), ends(helo)) == name(local, helo)
    assert len(ends(local)) <= 2 * VALUE_END


def _never(run: Run, domain: str) -> Evaluation:
    raise AssertionError
