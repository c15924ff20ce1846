"""The trace: every step with its column, target, answers, counts and section."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.spf import Verdict

Finding = Callable[..., Verdict]

ZONE = """\
example.com. TXT "v=spf1 a:none.example mx ~include:inc.example redirect=r.example"
example.com. MX 10 mx.example.com.
mx.example.com. A 198.51.100.1
inc.example. TXT "v=spf1 include:deep.example -all"
deep.example. TXT "v=spf1 ip4:10.0.0.0/8"
r.example. TXT "v=spf1 exists:%{ir}.bl.example -all exp=why.example"
why.example. TXT "You, %{c}, are not %{d}"
"""


def test_each_step(check: Finding) -> None:
    steps = check(ZONE).trace.steps
    assert [(str(s.term), s.term.column, s.target, s.reason, s.lookups, s.voids) for s in steps] == [
        ("a:none.example", 8, "none.example", "no-match", 1, 1),
        ("mx", 23, "example.com", "no-match", 2, 1),
        ("~include:inc.example", 26, "inc.example", "no-match", 3, 1),
        ("redirect=r.example", 47, "r.example", "matched", 5, 1),
    ]
    assert [[(a.name, a.rdtype, a.status) for a in s.answers] for s in steps] == [
        [("none.example", "A", "nxdomain")],
        [("example.com", "MX", "noerror"), ("mx.example.com", "A", "noerror")],
        [],
        [],
    ]
    assert [str(s.ref) for s in steps] == ["RFC 7208 5.3", "RFC 7208 5.4", "RFC 7208 5.2", "RFC 7208 6.1"]


def test_the_deciding_path(check: Finding) -> None:
    verdict = check(ZONE)
    assert [str(step.term) for step in verdict.path] == ["redirect=r.example", "-all"]
    assert (verdict.term, str(verdict.ref)) == ("-all", "RFC 7208 5.1")
    inside = check(ZONE, "10.1.2.3")
    assert [str(step.term) for step in inside.path] == [
        "~include:inc.example",
        "include:deep.example",
        "ip4:10.0.0.0/8",
    ]
    assert (inside.result, inside.term, str(inside.ref)) == (
        "softfail",
        "~include:inc.example",
        "RFC 7208 5.2",
    )


def test_a_fault_is_found_in_whichever_record_it_is(check: Finding) -> None:
    zone = 'example.com. TXT "v=spf1 include:a.example"\na.example. TXT "v=spf1 redirect=b.example"\n'
    verdict = check(zone + 'b.example. TXT "v=spf1 a ip4:300.0.0.1"')
    assert (verdict.result, verdict.reason) == ("permerror", "syntax")
    assert verdict.fault is not None
    assert (verdict.fault.key, verdict.fault.column, str(verdict.ref)) == ("ip4-syntax", 14, "RFC 7208 5.6")
    assert [str(step.term) for step in verdict.path] == ["include:a.example", "redirect=b.example"]


@pytest.mark.parametrize(
    ("zone", "reason", "ref"),
    [
        ('example.com. TXT "v=spf1 include:none.example"', "include-without-record", "RFC 7208 5.2"),
        ('example.com. TXT "v=spf1 redirect=none.example"', "redirect-without-record", "RFC 7208 6.1"),
        ('example.com. TXT "v=spf1 -all"\nexample.com. TXT "v=spf1"', "multiple-records", "RFC 7208 4.5"),
        ('example.com. TXT "v=spf1 a:x.example"\nx.example TIMEOUT', "dns-timeout", "RFC 7208 4.4"),
        ('example.com. TXT "v=spf1 -all"', "matched", "RFC 7208 5.1"),
    ],
)
def test_reason_and_section(check: Finding, zone: str, reason: str, ref: str) -> None:
    verdict = check(zone)
    assert (verdict.reason, str(verdict.ref)) == (reason, ref)
