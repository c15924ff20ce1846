"""When each mechanism matches (RFC 7208 4.6.2, 5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.spf import Verdict

Finding = Callable[..., Verdict]

RECORD = 'example.com. TXT "v=spf1 {} -all"\n'

ADDRESSES = """\
example.com. A 192.0.2.10
example.com. AAAA 2001:db8::10
near.example.com. A 198.51.100.1
near.example.com. A 192.0.2.99
six.example.com. AAAA 2001:db8:0:1::1
alias.example.com. CNAME example.com.
example.com. MX 20 near.example.com.
example.com. MX 10 six.example.com.
null.example.com. MX 0 .
near.example.com. MX 10 example.com.
foo:bar/baz.example.com. A 192.0.2.10
slow.example.com TIMEOUT
broken.example.com SERVFAIL
slowmx.example.com. MX 10 slow.example.com.
pass.example.com. TXT "v=spf1 +all"
fail.example.com. TXT "v=spf1 -all"
softfail.example.com. TXT "v=spf1 ~all"
neutral.example.com. TXT "v=spf1 ?all"
empty.example.com. TXT "v=spf1"
wrong.example.com. TXT "v=spf1 moo"
twice.example.com. TXT "v=spf1 -all"
twice.example.com. TXT "v=spf1 +all"
"""

LABEL = "a" * 64

IP4_CASES = [
    ("all", "pass"),
    ("-all", "fail"),
    ("~all", "softfail"),
    ("?all", "neutral"),
    ("ip4:192.0.2.10", "pass"),
    ("ip4:192.0.2.11", "fail"),
    ("ip4:192.0.2.11/31", "pass"),
    ("ip4:192.0.2.12/31", "fail"),
    ("ip4:192.0.2.255/24", "pass"),
    ("ip4:8.8.8.8/0", "pass"),
    ("ip6:::ffff:192.0.2.10", "fail"),
    ("ip6:::/0", "fail"),
    ("?ip4:192.0.2.10", "neutral"),
    ("~ip4:192.0.2.0/24 +all", "softfail"),
    ("a", "pass"),
    ("A:EXAMPLE.com.", "pass"),
    ("a:alias.example.com", "pass"),
    ("a:near.example.com", "fail"),
    ("a:near.example.com/25", "pass"),
    ("a:near.example.com/26", "fail"),
    ("a:six.example.com/0", "fail"),
    ("a:six.example.com//0", "fail"),
    ("a:none.example.com/0", "fail"),
    ("a:foo:bar/baz.example.com", "pass"),
    ("a:slow.example.com", "temperror"),
    ("a:broken.example.com", "temperror"),
    ("a:b..example.com", "fail"),
    (f"a:{LABEL}.example.com", "fail"),
    ("mx", "fail"),
    ("mx/25", "pass"),
    ("mx:near.example.com", "pass"),
    ("mx:six.example.com", "fail"),
    ("mx:null.example.com", "fail"),
    ("mx:none.example.com", "fail"),
    ("mx:slow.example.com", "temperror"),
    ("mx:slowmx.example.com", "temperror"),
    (f"mx:{LABEL}.example.com", "fail"),
    ("exists:near.example.com", "pass"),
    ("exists:six.example.com", "fail"),
    ("exists:none.example.com", "fail"),
    ("exists:slow.example.com", "temperror"),
    (f"exists:{LABEL}.example.com", "fail"),
    ("include:pass.example.com", "pass"),
    ("~include:pass.example.com", "softfail"),
    ("include:pass.example.com.", "pass"),
    ("include:fail.example.com", "fail"),
    ("?include:softfail.example.com", "fail"),
    ("?include:neutral.example.com", "fail"),
    ("?include:empty.example.com", "fail"),
    ("include:slow.example.com", "temperror"),
    ("include:wrong.example.com", "permerror"),
    ("include:twice.example.com", "permerror"),
    ("include:none.example.com", "permerror"),
    ("include:near.example.com", "permerror"),
    (f"include:{LABEL}.example.com", "permerror"),
    ("include:%{l}", "permerror"),
]

IP6_CASES = [
    ("all", "pass"),
    ("ip6:2001:db8::10", "pass"),
    ("ip6:2001:db8::/32", "pass"),
    ("ip6:2001:db9::/32", "fail"),
    ("ip6:2001:db9::/31", "pass"),
    ("ip6:::/0", "pass"),
    ("ip4:0.0.0.0/0", "fail"),
    ("a", "pass"),
    ("a:six.example.com", "fail"),
    ("a:six.example.com/0", "fail"),
    ("a:six.example.com//63", "pass"),
    ("a:near.example.com/0//0", "fail"),
    ("mx//48", "pass"),
    ("exists:near.example.com", "pass"),
    ("exists:six.example.com", "fail"),
]


@pytest.mark.parametrize(("term", "result"), IP4_CASES)
def test_for_an_ip4_client(check: Finding, term: str, result: str) -> None:
    assert check(RECORD.format(term) + ADDRESSES).result == result


@pytest.mark.parametrize(("term", "result"), IP6_CASES)
def test_for_an_ip6_client(check: Finding, term: str, result: str) -> None:
    assert check(RECORD.format(term) + ADDRESSES, "2001:db8::10").result == result


def test_an_ip6_client_is_not_taken_for_the_ip4_one_with_its_number(check: Finding) -> None:
    assert check('example.com. TXT "v=spf1 ip4:192.0.2.10 -all"', "::c000:20a").result == "fail"


REVERSE4 = "10.2.0.192.in-addr.arpa"
REVERSE6 = "0.1" + ".0" * 22 + ".8.b.d.0.1.0.0.2.ip6.arpa"

PTR_CASES = [
    ("ptr", "mail.example.com. A 192.0.2.10\n{}. PTR mail.example.com.", "pass"),
    ("ptr", "example.com. A 192.0.2.10\n{}. PTR EXAMPLE.Com.", "pass"),
    ("ptr:Mail.example.COM", "mail.example.com. A 192.0.2.10\n{}. PTR mail.example.com.", "pass"),
    ("ptr:ail.example.com", "mail.example.com. A 192.0.2.10\n{}. PTR mail.example.com.", "fail"),
    ("ptr:other.example", "mail.example.com. A 192.0.2.10\n{}. PTR mail.example.com.", "fail"),
    ("ptr", "mail.example.com. A 192.0.2.11\n{}. PTR mail.example.com.", "fail"),
    ("ptr", "mail.example.com TIMEOUT\n{}. PTR mail.example.com.", "fail"),
    (
        "ptr",
        "slow.example.com SERVFAIL\n{0}. PTR slow.example.com.\nm.example.com. A 192.0.2.10\n{0}. PTR m.example.com.",
        "pass",
    ),
    ("ptr", "loop.example.com. CNAME loop.example.com.\n{}. PTR loop.example.com.", "fail"),
    ("ptr", "{} TIMEOUT", "fail"),
    ("ptr", "{} SERVFAIL", "fail"),
    ("ptr", "x.example. A 192.0.2.10", "fail"),
]


@pytest.mark.parametrize(("term", "zone", "result"), PTR_CASES)
def test_ptr(check: Finding, term: str, zone: str, result: str) -> None:
    assert check(RECORD.format(term) + zone.format(REVERSE4)).result == result


@pytest.mark.parametrize(("term", "zone", "result"), PTR_CASES)
def test_ptr_for_an_ip6_client(check: Finding, term: str, zone: str, result: str) -> None:
    six = zone.replace(" A 192.0.2.", " AAAA 2001:db8::").format(REVERSE6)
    assert check(RECORD.format(term) + six, "2001:db8::10").result == result


def test_the_first_match_decides(check: Finding) -> None:
    verdict = check('example.com. TXT "v=spf1 ip4:10.0.0.0/8 ?ip4:192.0.2.0/24 -all moo=x a:none.example"')
    assert (verdict.result, verdict.term, len(verdict.trace.steps)) == ("neutral", "?ip4:192.0.2.0/24", 2)


def test_nothing_matched_is_neutral(check: Finding) -> None:
    verdict = check('example.com. TXT "v=spf1 ip4:10.0.0.0/8"')
    assert (verdict.result, verdict.reason, verdict.term) == ("neutral", "no-term-matched", "")
    assert str(verdict.ref) == "RFC 7208 4.7"
