"""How much of the DNS a record may use, and how it is counted (RFC 7208 4.6.4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.kernel.dns import MX, Answer, Record, Status
from smtpsim.spf import Reason, Verdict, check_host
from smtpsim.spf.name import malformed, usable

Finding = Callable[..., Verdict]

FOUND = "h.example. A 198.51.100.1\nh.example. MX 10 h.example.\n"


def many(count: int, term: str = "a:h.example") -> str:
    return " ".join([term] * count)


@pytest.mark.parametrize(
    ("terms", "result", "lookups"),
    [
        (many(10) + " ?all", "neutral", 10),
        (many(11) + " ?all", "permerror", 11),
        (many(10) + " ip4:192.0.2.10", "pass", 10),
        (many(11) + " ip4:192.0.2.10", "permerror", 11),
        ("ip4:192.0.2.10 " + many(30), "pass", 0),
        (many(5) + " " + many(5, "mx:h.example") + " ?all", "neutral", 10),
        (many(10) + " redirect=all.example", "permerror", 11),
        (many(9) + " redirect=all.example", "neutral", 10),
        (many(10) + " include:all.example", "permerror", 11),
        (many(10) + " ptr", "permerror", 11),
        (many(10) + " exists:h.example", "permerror", 11),
        (many(10) + " mx:h.example", "permerror", 11),
        ("include:five.example include:three.example ?all", "neutral", 10),
        ("include:five.example include:five.example ?all", "permerror", 11),
        ("include:example.com", "permerror", 11),
        ("ip4:192.0.2.10 include:example.com", "pass", 0),
        ("?ip4:192.0.2.10 redirect=example.com", "neutral", 0),
        ("redirect=example.com", "permerror", 11),
        ("include:ping.example", "permerror", 11),
        (many(200, "ip4:10.0.0.1") + " ip6:::1 ?all", "neutral", 0),
    ],
)
def test_terms_that_look_up(check: Finding, terms: str, result: str, lookups: int) -> None:
    strings = '"v=spf1"' + "".join(f' " {term}"' for term in terms.split())
    verdict = check(
        f"example.com. TXT ( {strings} )\n"
        'all.example. TXT "v=spf1 ?all"\n'
        f'five.example. TXT "v=spf1 {many(5)}"\nthree.example. TXT "v=spf1 {many(3)}"\n'
        'ping.example. TXT "v=spf1 include:pong.example"\npong.example. TXT "v=spf1 include:ping.example"\n' + FOUND
    )
    assert (verdict.result, verdict.lookups) == (result, lookups)
    if result == "permerror":
        assert (verdict.reason, str(verdict.ref)) == ("too-many-lookups", "RFC 7208 4.6.4")


VOID = """\
empty.example. TXT "x"
mx1.example. MX 10 n1.example.
mx3.example. MX 10 n1.example.
mx3.example. MX 20 n2.example.
mx3.example. MX 30 n3.example.
mxhit.example. MX 10 h.example.
mxhit.example. MX 20 n1.example.
mxhit.example. MX 20 n2.example.
mxhit.example. MX 20 n3.example.
h.example. A 192.0.2.10
inc1.example. TXT "v=spf1 a:n1.example"
"""


@pytest.mark.parametrize(
    ("terms", "result", "voids"),
    [
        ("a:n1.example a:n2.example ?all", "neutral", 2),
        ("a:n1.example a:n2.example a:n3.example ?all", "permerror", 3),
        ("a:n1.example a:n1.example a:n1.example ?all", "permerror", 3),
        ("a:empty.example mx:empty.example ?all", "neutral", 2),
        ("a:empty.example mx:empty.example exists:n1.example ?all", "permerror", 3),
        ("mx:mx1.example a:n1.example ?all", "neutral", 2),
        ("mx:mx3.example ?all", "permerror", 3),
        ("mx:mxhit.example -all", "pass", 0),
        ("ptr ptr ?all", "neutral", 2),
        ("ptr ptr ptr ?all", "permerror", 3),
        ("include:inc1.example include:inc1.example ?all", "neutral", 2),
        ("include:inc1.example a:n1.example include:inc1.example ?all", "permerror", 3),
        ("exists:%{p}.n.example a:n1.example ?all", "permerror", 3),
        ("exists:%{p}.n.example exists:%{p}.m.example ?all", "permerror", 3),
        ("a:n1.example a:n2.example include:%{p}.n.example ?all", "permerror", 3),
        ("a:n1.example a:n2.example redirect=%{p}.n.example", "permerror", 3),
        ("a:n1.example a:n2.example include:n3.example", "permerror", 2),
        (f"a:{'x' * 64}.example a:b..example a:{'x' * 64}.example ?all", "neutral", 0),
    ],
)
def test_void_lookups(check: Finding, terms: str, result: str, voids: int) -> None:
    verdict = check(f'example.com. TXT "v=spf1 {terms}"\n{VOID}')
    assert (verdict.result, verdict.voids) == (result, voids)
    if voids == 3:
        assert (verdict.reason, str(verdict.ref)) == ("too-many-void-lookups", "RFC 7208 4.6.4")


def test_a_failure_is_not_void(check: Finding) -> None:
    names = "".join(f"10.2.0.192.in-addr.arpa. PTR n{n}.example.\nn{n}.example SERVFAIL\n" for n in range(4))
    verdict = check('example.com. TXT "v=spf1 ptr -all"\n' + names)
    assert (verdict.result, verdict.voids) == ("fail", 0)


def exchangers(count: int) -> str:
    lines = (f"mx.example. MX {n} m{n}.example.\nm{n}.example. A 198.51.100.{n}\n" for n in range(count))
    return "".join(lines)


@pytest.mark.parametrize(
    ("count", "ip", "result"),
    [(10, "198.51.100.9", "pass"), (11, "198.51.100.0", "permerror"), (11, "192.0.2.10", "permerror")],
)
def test_ten_exchangers(check: Finding, count: int, ip: str, result: str) -> None:
    verdict = check('example.com. TXT "v=spf1 mx:mx.example -all"\n' + exchangers(count), ip)
    assert verdict.result == result
    if result == "permerror":
        assert verdict.reason == "too-many-mx"


@pytest.mark.parametrize(("place", "result"), [(9, "pass"), (10, "fail")])
def test_ten_pointers(check: Finding, place: int, result: str) -> None:
    """The rest are ignored: who sends mail has no say in the PTR records of the client."""
    pointers = "".join(f"10.2.0.192.in-addr.arpa. PTR n{n}.example.\n" for n in range(11))
    forward = "".join(f"n{n}.example. A {'192.0.2.10' if n == place else '198.51.100.1'}\n" for n in range(11))
    zone = f'example.com. TXT "v=spf1 ptr:n{place}.example -all"\n'
    assert check(zone + pointers + forward).result == result


def test_addresses_have_no_limit(check: Finding) -> None:
    addresses = "".join(f"example.com. A 198.51.100.{n}\n" for n in range(200))
    assert check('example.com. TXT "v=spf1 a -all"\nexample.com. A 192.0.2.10\n' + addresses).result == "pass"


class Endless:
    """A DNS where every name has a record as large as DNS allows, and every query is counted."""

    def __init__(self, terms: str) -> None:
        self.asked = 0
        self.records: dict[str, tuple[Record, ...]] = {
            "TXT": (b"v=spf1 " + terms.encode() * (65_000 // len(terms)),),
            "A": ("198.51.100.1",),
            "MX": tuple(MX(n, f"m{n}.example") for n in range(10)),
            "PTR": tuple(f"p{n}.example" for n in range(500)),
        }

    def query(self, name: str, rdtype: str) -> Answer:
        self.asked += 1
        return Answer(name, rdtype, Status.NOERROR, self.records[rdtype])


@pytest.mark.parametrize(
    "terms",
    [
        "include:%{d}.%{p}.%{s}%{s}%{s}%{s}.example ",
        "a:%{s}.%{p}.example ",
        "mx ",
        "ptr:%{p}.example ",
        "exists:%{i}%{h}.%{lr-+=/}%{p}.example ",
        "ip4:198.51.100.2 ",
        "redirect=%{d} ",
        "%{s}",
        "a:" + "%{s}" * 16_000 + ".example ",
        "a:" + "%%" * 30_000 + ".example ",
        "x=" + "%{p}" * 16_000 + " ",
        "a:" + "a-" * 30_000 + " ",
        "a:" + "/1" * 30_000 + " ",
        "ip6:" + ":" * 60_000 + " ",
        "a" * 60_000 + " ",
    ],
)
def test_the_largest_record_ends_within_the_limits(terms: str) -> None:
    world = Endless(terms)
    verdict = check_host("192.0.2.10", "example.com", "a" * 64 + "@example.com", "h.example", world)
    assert verdict.lookups <= 11
    assert world.asked <= 11 * 12 + 12


def test_a_name_may_have_253_characters() -> None:
    name = ".".join(["a" * 61] * 4) + ".b2345"
    assert len(name) == 253
    assert [usable(prefix + name) for prefix in ("", "x", "xy")] == [True, False, False]
    assert [malformed(prefix + name) for prefix in ("", "x")] == [None, Reason.MALFORMED_DOMAIN]
