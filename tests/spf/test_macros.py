"""What macros expand to (RFC 7208 7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.spf import Verdict

Finding = Callable[..., Verdict]

ZONE = """\
example.com. TXT "v=spf1 -all exp=why.example"
mail.example.com. TXT "v=spf1 -all exp=why.example"
why.example. TXT "{}"
"""

SENDER = "strong-bad@email.example.com"

IP4_TEXTS = [
    ("%{s}", "strong-bad@email.example.com"),
    ("%{o}", "email.example.com"),
    ("%{d}", "email.example.com"),
    ("%{d4}", "email.example.com"),
    ("%{d3}", "email.example.com"),
    ("%{d2}", "example.com"),
    ("%{d1}", "com"),
    ("%{dr}", "com.example.email"),
    ("%{d2r}", "example.email"),
    ("%{D2R}", "example.email"),
    ("%{l}", "strong-bad"),
    ("%{l-}", "strong.bad"),
    ("%{lr}", "strong-bad"),
    ("%{lr-}", "bad.strong"),
    ("%{l1r-}", "strong"),
    ("%{dr-}", "email.example.com"),
    ("%{i}", "192.0.2.3"),
    ("%{ir}", "3.2.0.192"),
    ("%{c}", "192.0.2.3"),
    ("%{v}", "in-addr"),
    ("%{h}", "mx.example.org"),
    ("%{r}", "receiver.example"),
    ("%{t}", "1700000000"),
    ("%{p}", "unknown"),
    ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
    ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
    ("%%%_%-", "% %20"),
    ("%{S}", "strong-bad%40email.example.com"),
]


@pytest.mark.parametrize(("macro", "text"), IP4_TEXTS)
def test_expansion(check: Finding, macro: str, text: str) -> None:
    zone = ZONE.format(macro) + 'email.example.com. TXT "v=spf1 -all exp=why.example"\n'
    verdict = check(zone, "192.0.2.3", SENDER, "mx.example.org", receiver="receiver.example", now=1_700_000_000)
    assert verdict.explanation == text


@pytest.mark.parametrize(
    ("macro", "text"),
    [
        ("%{c}", "2001:db8::cb01"),
        ("%{i}", "2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.C.B.0.1"),
        ("%{i1r}", "2"),
        ("%{v}", "ip6"),
    ],
)
def test_expansion_for_an_ip6_client(check: Finding, macro: str, text: str) -> None:
    verdict = check(ZONE.format(macro), "2001:DB8::CB01")
    assert verdict.explanation == text


@pytest.mark.parametrize(
    ("local", "macro", "text"),
    [
        ("a-b+c,d/e_f=g", "%{l-+,/_=}", "a.b.c.d.e.f.g"),
        ("a-b+c,d/e_f=g", "%{l+-}", "a.b.c,d/e_f=g"),
        ("a-b+c,d/e_f=g", "%{lr=}", "g.a-b+c,d/e_f"),
        ("a.b-c", "%{l-}", "a.b.c"),
        ("a.b-c", "%{l1r-}", "a.b"),
        ("a..b", "%{lr}", "b..a"),
        ("-", "%{l-}", "."),
        ("~jack&jill=up-a_b3.c", "%{L}", "~jack%26jill%3Dup-a_b3.c"),
        ("ü", "%{L}", "%C3%BC"),
        ("ü", "%{l}", "ü"),
        ("a%{d}", "%{l}", "a%{d}"),
        ('"a b"', "%{l}", '"a b"'),
    ],
)
def test_local_parts(check: Finding, local: str, macro: str, text: str) -> None:
    assert check(ZONE.format(macro), mail_from=f"{local}@example.com").explanation == text


def test_no_local_part_is_postmaster(check: Finding) -> None:
    assert check(ZONE.format("%{l} %{s}"), mail_from="@example.com").explanation == (
        "postmaster postmaster@example.com"
    )
    assert check(ZONE.format("%{l} %{s}"), mail_from="").explanation == ("postmaster postmaster@mail.example.com")


def test_the_domain_changes_with_redirect_and_the_sender_does_not(check: Finding) -> None:
    zone = 'example.com. TXT "v=spf1 redirect=r.example"\nr.example. TXT "v=spf1 -all exp=why.example"\n'
    assert check(zone + 'why.example. TXT "%{d} %{o}"').explanation == "r.example example.com"


POINTERS = """\
10.2.0.192.in-addr.arpa. PTR other.example.
10.2.0.192.in-addr.arpa. PTR forged.example.com.
10.2.0.192.in-addr.arpa. PTR sub.example.com.
10.2.0.192.in-addr.arpa. PTR {}.
other.example. A 192.0.2.10
forged.example.com. A 192.0.2.11
sub.example.com. A 192.0.2.10
Example.com. A 192.0.2.10
last.example. A 192.0.2.10
"""


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (POINTERS.format("EXAMPLE.com"), "EXAMPLE.com"),
        (POINTERS.format("last.example"), "sub.example.com"),
        (POINTERS.format("last.example").replace("sub.example.com", "sub.example.net"), "other.example"),
        ("10.2.0.192.in-addr.arpa. PTR forged.example.\nforged.example. A 192.0.2.11", "unknown"),
        ("10.2.0.192.in-addr.arpa SERVFAIL", "unknown"),
        ("10.2.0.192.in-addr.arpa. PTR slow.example.\nslow.example TIMEOUT", "unknown"),
    ],
)
def test_validated_name(check: Finding, zone: str, text: str) -> None:
    assert check(ZONE.format("%{p}") + zone).explanation == text


def test_validated_name_in_a_mechanism(check: Finding) -> None:
    zone = 'example.com. TXT "v=spf1 exists:%{p}.ok.example -all"\nlast.example.ok.example. A 127.0.0.1\n'
    pointer = "10.2.0.192.in-addr.arpa. PTR last.example.\nlast.example. A 192.0.2.10"
    assert check(zone + pointer).result == "pass"


@pytest.mark.parametrize(
    ("helo", "target"),
    [
        ("a" * 60 + ".b", "a" * 60 + ".b.example.com"),
        ("x." * 121, "x." * 120 + "x.example.com"),
        ("x." * 120 + "xyz", "x." * 118 + "x.xyz.example.com"),
        ("a" * 300, "example.com"),
        ("a." + "b" * 300, "example.com"),
        ("..." + "c." * 300, "c." * 120 + "c.example.com"),
    ],
)
def test_long_names_lose_labels_on_the_left(check: Finding, helo: str, target: str) -> None:
    verdict = check('example.com. TXT "v=spf1 exists:%{h}.example.com -all"', helo=helo.rstrip("."))
    assert verdict.trace.steps[0].target == target
    assert len(target) <= 253


@pytest.mark.parametrize("length", range(238, 244))
def test_a_label_is_lost_whole_where_a_macro_begins_in_it(check: Finding, length: int) -> None:
    helo = ".".join(["c" * 60] * 3) + "." + "c" * (length - 183)
    verdict = check('example.com. TXT "v=spf1 exists:ab%{h}.example.com -all"', helo=helo)
    whole = f"ab{helo}.example.com"
    rest = whole.partition(".")[2]
    assert verdict.trace.steps[0].target == (whole if len(whole) <= 253 else rest)


def test_a_foreign_local_part_never_matches(check: Finding) -> None:
    """RFC 8616 4: terms that would put it into a name do not match."""
    zone = 'example.com. TXT "v=spf1 exists:%{l}.example.com -all"\n*.example.com. A 127.0.0.1'
    verdict = check(zone, mail_from="ü@example.com")
    assert [step.reason for step in verdict.trace.steps] == ["target-unusable", "matched"]
