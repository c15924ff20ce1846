"""The trace: every step with its column, target, answers, counts and section; as data and as lines."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from smtpsim.spf import Verdict
from smtpsim.spf.lines import trace_lines
from smtpsim.spf.plain import plain_verdict

Check = Callable[..., Verdict]

ZONE = """\
example.com. TXT "v=spf1 a:none.example mx ~include:inc.example redirect=r.example"
example.com. MX 10 mx.example.com.
mx.example.com. A 198.51.100.1
inc.example. TXT "v=spf1 include:deep.example -all"
deep.example. TXT "v=spf1 ip4:10.0.0.0/8"
r.example. TXT "v=spf1 exists:%{ir}.bl.example -all exp=why.example"
why.example. TXT "You, %{c}, are not %{d}"
"""


def test_each_step(check: Check) -> None:
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


def test_the_deciding_path(check: Check) -> None:
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


def test_a_fault_is_found_in_whichever_record_it_is(check: Check) -> None:
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
def test_reason_and_section(check: Check, zone: str, reason: str, ref: str) -> None:
    verdict = check(zone)
    assert (verdict.reason, str(verdict.ref)) == (reason, ref)


def test_plain_data(check: Check) -> None:
    plain = plain_verdict(check(ZONE))
    assert json.loads(json.dumps(plain)) == plain
    assert {key: plain[key] for key in ("result", "reason", "domain", "term", "ref", "lookups", "voids")} == {
        "result": "fail",
        "reason": "matched",
        "domain": "example.com",
        "term": "-all",
        "ref": "RFC 7208 5.1",
        "lookups": 6,
        "voids": 2,
    }
    assert plain["explanation"] == plain["explained"]["text"] == "You, 192.0.2.10, are not r.example"
    (outer,) = plain["trace"]
    assert outer["query"]["records"] == [outer["record"]]
    assert outer["steps"][1] == {
        "term": "mx",
        "column": 23,
        "target": "example.com",
        "answers": [
            {
                "name": "example.com",
                "type": "MX",
                "status": "noerror",
                "records": ["10 mx.example.com"],
                "aliases": [],
            },
            {
                "name": "mx.example.com",
                "type": "A",
                "status": "noerror",
                "records": ["198.51.100.1"],
                "aliases": [],
            },
        ],
        "matched": False,
        "result": None,
        "reason": "no-match",
        "lookups": 2,
        "voids": 1,
        "ref": "RFC 7208 5.4",
        "nested": None,
    }
    assert outer["steps"][3]["nested"]["steps"][1]["term"] == "-all"


def test_plain_fault(check: Check) -> None:
    plain = plain_verdict(check('example.com. TXT "v=spf1 a:1.2.3.4"'))
    assert plain["fault"] == plain["trace"][0]["fault"]
    assert plain["fault"] == {
        "key": "domain-is-address",
        "column": 10,
        "found": "1.2.3.4",
        "ref": "RFC 7208 7.1",
    }
    assert (plain["term"], plain["explained"]) == ("", None)


LINES = """\
  example.com TXT: v=spf1 a:none.example mx ~include:inc.example redirect=r.example
    8: a:none.example -> no-match 1/10 1/2 [RFC 7208 5.3]
      none.example A: nxdomain
    23: mx -> no-match 2/10 1/2 [RFC 7208 5.4]
      example.com MX: 10 mx.example.com
      mx.example.com A: 198.51.100.1
    26: ~include:inc.example -> no-match 3/10 1/2 [RFC 7208 5.2]
      inc.example TXT: v=spf1 include:deep.example -all
        8: include:deep.example -> no-match 4/10 1/2 [RFC 7208 5.2]
          deep.example TXT: v=spf1 ip4:10.0.0.0/8
            8: ip4:10.0.0.0/8 -> no-match 4/10 1/2 [RFC 7208 5.6]
          deep.example: neutral (no-term-matched) [RFC 7208 4.7]
        29: -all -> fail (matched) 4/10 1/2 [RFC 7208 5.1]
      inc.example: fail (matched) [RFC 7208 5.1]
>   47: redirect=r.example -> fail (matched) 5/10 1/2 [RFC 7208 6.1]
      r.example TXT: v=spf1 exists:%{ir}.bl.example -all exp=why.example
        8: exists:%{ir}.bl.example -> no-match 6/10 2/2 [RFC 7208 5.7]
          10.2.0.192.bl.example A: nxdomain
>       32: -all -> fail (matched) 6/10 2/2 [RFC 7208 5.1]
      r.example: fail (matched) [RFC 7208 5.1]
  example.com: fail (matched) [RFC 7208 6.1]
  37: exp=why.example -> explained [RFC 7208 6.2]
    why.example TXT: You, %{c}, are not %{d}
    You, 192.0.2.10, are not r.example
"""


def test_lines(check: Check) -> None:
    assert "".join(f"{line}\n" for line in trace_lines(check(ZONE))) == LINES


def test_lines_carry_no_control_sequence(check: Check) -> None:
    zone = 'example.com. TXT "v=spf1 \\027[31ma -all"\nexample.com. TXT "\\027]0;owned\\007"'
    text = "".join(map(str, trace_lines(check(zone))))
    assert text.isprintable()
    assert "column 8: control-octet" in text
