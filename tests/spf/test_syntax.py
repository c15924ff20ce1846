"""Records read and printed: what is a fault, where, and what the parts are (RFC 7208 4.6.1, 5 to 7, 12)."""

from __future__ import annotations

import pytest

from smtpsim.spf import Record, SyntaxFault, parse_record
from smtpsim.spf.macro import DomainSpec, Macro
from smtpsim.spf.mechanisms.a import A
from smtpsim.spf.mechanisms.all import All
from smtpsim.spf.mechanisms.exists import Exists
from smtpsim.spf.mechanisms.include import Include
from smtpsim.spf.mechanisms.ip4 import Ip4
from smtpsim.spf.mechanisms.ip6 import Ip6
from smtpsim.spf.mechanisms.mx import Mx
from smtpsim.spf.mechanisms.ptr import Ptr
from smtpsim.spf.modifiers.exp import Exp
from smtpsim.spf.modifiers.redirect import Redirect
from smtpsim.spf.modifiers.unknown import Unknown
from smtpsim.spf.prefix import Prefixes

FAULTS = [
    ("v=spf2 -all", "version-missing", 1),
    ("v=spf10", "version-missing", 1),
    ("v=spf1\t-all", "version-missing", 1),
    ("v=spf1 a\x00 -all", "control-octet", 9),
    ("v=spf1 a\r -all", "control-octet", 9),
    ("v=spf1 a -all\x7f", "control-octet", 14),
    ("v=spf1 \x80a -all", "not-ascii", 8),
    ("v=spf1 -all moo", "mechanism-unknown", 13),
    ("v=spf1 -moo", "mechanism-unknown", 9),
    ("v=spf1 all.", "mechanism-unknown", 8),
    ("v=spf1 ++all", "term-unreadable", 8),
    ("v=spf1 =all", "term-unreadable", 8),
    ("v=spf1 1up=x", "term-unreadable", 8),
    ("v=spf1 :a", "term-unreadable", 8),
    ("v=spf1 -", "term-unreadable", 8),
    ("v=spf1 redirect:example.com", "modifier-as-mechanism", 8),
    ("v=spf1 exp:example.com", "modifier-as-mechanism", 8),
    ("v=spf1 +redirect=example.com", "modifier-as-mechanism", 9),
    ("v=spf1 moo.cow/far=x", "mechanism-unknown", 8),
    ("v=spf1 all:example.com", "argument-unexpected", 11),
    ("v=spf1 all/8", "argument-unexpected", 11),
    ("v=spf1 include", "argument-missing", 15),
    ("v=spf1 include:", "argument-missing", 16),
    ("v=spf1 include:example.com/24", "domain-end", 16),
    ("v=spf1 include/24", "prefix-unexpected", 15),
    ("v=spf1 a:", "argument-missing", 10),
    ("v=spf1 a:/24", "argument-missing", 10),
    ("v=spf1 a/33", "prefix-too-long", 10),
    ("v=spf1 a//129", "prefix-too-long", 11),
    ("v=spf1 a/024", "prefix-syntax", 10),
    ("v=spf1 a/1234", "prefix-syntax", 10),
    ("v=spf1 a/24/64", "prefix-unexpected", 9),
    ("v=spf1 a//64/24", "prefix-unexpected", 9),
    ("v=spf1 a/", "prefix-unexpected", 9),
    ("v=spf1 a:example.com//", "domain-end", 10),
    ("v=spf1 a:example.com:8080", "domain-end", 10),
    ("v=spf1 a:museum", "domain-end", 10),
    ("v=spf1 a:museum.", "domain-end", 10),
    ("v=spf1 a:example.-com", "domain-end", 10),
    ("v=spf1 a:example.com-", "domain-end", 10),
    ("v=spf1 a:example.com..", "domain-end", 10),
    ("v=spf1 a:abc.123", "domain-end", 10),
    ("v=spf1 a:192.0.2.1", "domain-is-address", 10),
    ("v=spf1 mx:%{d}com", "domain-end", 11),
    ("v=spf1 mx/32/128", "prefix-unexpected", 10),
    ("v=spf1 ptr/0", "prefix-unexpected", 11),
    ("v=spf1 ptr:", "argument-missing", 12),
    ("v=spf1 ip4", "argument-missing", 11),
    ("v=spf1 ip4:", "argument-missing", 11),
    ("v=spf1 ip4=192.0.2.1 ip4", "argument-missing", 25),
    ("v=spf1 ip4:192.0.2", "ip4-syntax", 12),
    ("v=spf1 ip4:192.0.2.256", "ip4-syntax", 12),
    ("v=spf1 ip4:192.0.2.01", "ip4-syntax", 12),
    ("v=spf1 ip4:2001:db8::1", "ip4-syntax", 12),
    ("v=spf1 ip4:192.0.2.1/33", "prefix-too-long", 22),
    ("v=spf1 ip4:192.0.2.1/", "prefix-syntax", 22),
    ("v=spf1 ip4:192.0.2.1/08", "prefix-syntax", 22),
    ("v=spf1 ip4:192.0.2.1//32", "prefix-syntax", 22),
    ("v=spf1 ip6:2001:db8::g", "ip6-syntax", 12),
    ("v=spf1 ip6:192.0.2.1", "ip6-syntax", 12),
    ("v=spf1 ip6:fe80::1%eth0", "ip6-syntax", 12),
    ("v=spf1 ip6:2001:db8::/129", "prefix-too-long", 23),
    ("v=spf1 exists", "argument-missing", 14),
    ("v=spf1 exists:%{i}.example.com/24", "domain-end", 15),
    ("v=spf1 redirect=", "argument-missing", 17),
    ("v=spf1 redirect=-all", "domain-end", 17),
    ("v=spf1 exp=", "argument-missing", 12),
    ("v=spf1 exp=a.example exp=a.example", "modifier-twice", 22),
    ("v=spf1 REDIRECT=a.example redirect=b.example", "modifier-twice", 27),
    ("v=spf1 exists:%(ir).example.com", "percent-alone", 15),
    ("v=spf1 exists:a%.example.com", "percent-alone", 16),
    ("v=spf1 exists:example.com%", "percent-alone", 26),
    ("v=spf1 exists:a%{i}%%bc%{d}.%{x}", "macro-letter", 29),
    ("v=spf1 exists:a%{i}%%bc%{d}.d%(", "percent-alone", 30),
    ("v=spf1 exists:%{ir4}.example.com", "macro-syntax", 15),
    ("v=spf1 exists:%{i!}.example.com", "macro-syntax", 15),
    ("v=spf1 exists:%{}.example.com", "macro-syntax", 15),
    ("v=spf1 exists:%{i", "macro-syntax", 15),
    ("v=spf1 exists:%{d0}", "macro-zero", 15),
    ("v=spf1 exists:%{d00r}", "macro-zero", 15),
    ("v=spf1 exists:%{x}", "macro-letter", 15),
    ("v=spf1 exists:%{a}", "macro-letter", 15),
    ("v=spf1 exists:%{c}", "macro-only-in-exp", 15),
    ("v=spf1 exists:%{R}", "macro-only-in-exp", 15),
    ("v=spf1 exp=%{t}.example.com", "macro-only-in-exp", 12),
    ("v=spf1 foo=%abc", "percent-alone", 12),
    ("v=spf1 foo=%{c}", "macro-only-in-exp", 12),
]


@pytest.mark.parametrize(("text", "key", "column"), FAULTS)
def test_fault(text: str, key: str, column: int) -> None:
    fault = parse_record(text.encode("latin-1"))
    assert isinstance(fault, SyntaxFault)
    assert (fault.key, fault.column) == (key, column)
    assert fault.ref.rfc == 7208


@pytest.mark.parametrize(("text", "key", "column"), [row for row in FAULTS if row[0].startswith("v=spf1 ")])
def test_a_fault_moves_with_its_term(text: str, key: str, column: int) -> None:
    for spaces in range(1, 9):
        fault = parse_record((text[:6] + " " * spaces + text[6:]).encode("latin-1"))
        assert isinstance(fault, SyntaxFault)
        assert (fault.key, fault.column) == (key, column + spaces)


def _name(text: str) -> DomainSpec:
    return DomainSpec((text,), text.removesuffix("."))


TERMS = [
    ("all", All("+", 8)),
    ("?ALL", All("?", 8)),
    ("+a", A("+", 8, None, Prefixes())),
    ("a/0", A("+", 8, None, Prefixes(0, 128))),
    ("~A/24//64", A("~", 8, None, Prefixes(24, 64))),
    ("a//0", A("+", 8, None, Prefixes(32, 0))),
    ("a:b.example/9", A("+", 8, _name("b.example"), Prefixes(9))),
    ("a:foo:bar/baz.example", A("+", 8, _name("foo:bar/baz.example"), Prefixes())),
    ("a:b.example.", A("+", 8, _name("b.example."), Prefixes())),
    ("a:b.xn--zckzah", A("+", 8, _name("b.xn--zckzah"), Prefixes())),
    ("a:b.1-2", A("+", 8, _name("b.1-2"), Prefixes())),
    ("a:b..example", A("+", 8, _name("b..example"), Prefixes())),
    ("-mx:m.example//96", Mx("-", 8, _name("m.example"), Prefixes(32, 96))),
    ("ptr", Ptr("+", 8, None)),
    ("ptr:p.example", Ptr("+", 8, _name("p.example"))),
    ("ip4:192.0.2.1", Ip4("+", 8, "192.0.2.1", 0xC0000201, 32)),
    ("ip4:192.0.2.1/0", Ip4("+", 8, "192.0.2.1", 0xC0000201, 0)),
    ("ip6:2001:DB8::/32", Ip6("+", 8, "2001:DB8::", 0x20010DB8 << 96, 32)),
    ("ip6:::192.0.2.1", Ip6("+", 8, "::192.0.2.1", 0xC0000201, 128)),
    ("include:_spf.example", Include("+", 8, _name("_spf.example"))),
    ("exists:%{i}.x.example", Exists("+", 8, DomainSpec((Macro("i"), ".x.example"), None))),
    ("exists:%{L2r+-}", Exists("+", 8, DomainSpec((Macro("l", 2, True, "+-", True),), None))),
    ("exists:%{d99999999999}", Exists("+", 8, DomainSpec((Macro("d", 999_999_999),), None))),
    ("exists:a%%b%_c%-", Exists("+", 8, DomainSpec(("a%b c%20",), "a%b c%20"))),
    ("redirect=r.example", Redirect(8, _name("r.example"))),
    ("Exp=%{d}", Exp(8, DomainSpec((Macro("d"),), None))),
    ("moo.cow-far_out=man:dog/cat", Unknown(8, "moo.cow-far_out", ("man:dog/cat",))),
    ("default=", Unknown(8, "default", ())),
]


@pytest.mark.parametrize(("text", "term"), TERMS)
def test_term(text: str, term: object) -> None:
    record = parse_record(b"v=spf1 " + text.encode())
    assert isinstance(record, Record), record
    assert record.terms == (term,)


PRINTED = [
    "v=spf1",
    "v=spf1 a mx -all",
    "v=spf1   a    mx -all",
    "v=spf1 a/24//64 a:b.example/9 mx:%{d2}//96 ~ptr:p.example ?include:i.example",
    "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -exists:%{ir}.%{L1r+-}.%%%_%-.example",
    "v=spf1 redirect=r.example. exp=%{d} Default=x%%2y",
]


@pytest.mark.parametrize("text", PRINTED)
def test_prints_as_published(text: str) -> None:
    assert str(parse_record(text.encode())) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("V=SPF1 +A +ALL", "v=spf1 a  all"),
        ("v=spf1 a/32//128 mx", "v=spf1 a         mx"),
        ("v=spf1 exists:%{d007.}.a.example mx", "v=spf1 exists:%{d7}.a.example    mx"),
        ("v=spf1 -all  ", "v=spf1 -all"),
        ("v=spf1 a=%%20 mx", "v=spf1 a=%-   mx"),
    ],
)
def test_prints_the_short_form_at_the_same_columns(text: str, printed: str) -> None:
    assert str(parse_record(text.encode())) == printed
    assert parse_record(printed.encode()) == parse_record(text.encode())


def test_picks_out_modifiers() -> None:
    record = parse_record(b"v=spf1 exp=e.example a x=y redirect=r.example")
    assert isinstance(record, Record)
    assert [str(term) for term in record.mechanisms] == ["a"]
    assert (record.redirect, record.exp) == (record.terms[3], record.terms[0])


SECTIONS = {
    "all": "5.1",
    "include:a.example": "5.2",
    "a": "5.3",
    "mx": "5.4",
    "ptr": "5.5",
    "ip4:192.0.2.1": "5.6",
    "IP4:192.0.2.1": "5.6",
    "ip6:2001:db8::1": "5.6",
    "exists:a.example": "5.7",
    "redirect=a.example": "6.1",
    "exp=a.example": "6.2",
    "x=y": "6",
}


@pytest.mark.parametrize("text", SECTIONS)
def test_each_term_knows_its_section(text: str) -> None:
    record = parse_record(f"v=spf1 {text}".encode())
    assert isinstance(record, Record)
    assert [str(term.ref) for term in record.terms] == [f"RFC 7208 {SECTIONS[text]}"]
