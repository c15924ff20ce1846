"""Which domain is checked, and which record is taken (RFC 7208 2.4, 3, 4.1 to 4.5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.spf import Reason, Result, Verdict, check_host, helo_identity, mail_from_identity
from smtpsim.world.dns.zones import Zones

Finding = Callable[..., Verdict]

LONG = "a" * 63
PLAIN = "example.com. TXT 'v=spf1 ip4:192.0.2.10 -all'".replace("'", '"')


@pytest.mark.parametrize(
    ("reverse_path", "helo", "sender", "domain"),
    [
        ("ann@example.com", "h.example", "ann@example.com", "example.com"),
        ("", "h.example", "postmaster@h.example", "h.example"),
        ("@example.com", "h.example", "postmaster@example.com", "example.com"),
        ("example.com", "h.example", "postmaster@example.com", "example.com"),
        ('"a@b"@example.com', "h.example", '"a@b"@example.com', "example.com"),
        ("a@b@example.com", "h.example", "a@b@example.com", "example.com"),
        ("ann@", "h.example", "ann@", ""),
    ],
)
def test_identity(reverse_path: str, helo: str, sender: str, domain: str) -> None:
    assert mail_from_identity(reverse_path, helo) == (sender, domain)


def test_helo_identity() -> None:
    assert helo_identity("h.example") == ("postmaster@h.example", "h.example")


def test_u_labels_are_checked_as_a_labels(check: Finding) -> None:
    """RFC 7208 4.3."""
    assert helo_identity("bücher.example") == ("postmaster@xn--bcher-kva.example", "xn--bcher-kva.example")
    assert mail_from_identity("ü@BÜCHER.example", "h.example").sender == "ü@xn--bcher-kva.example"
    zone = 'bücher.example. TXT "v=spf1 exists:%{o}.x.example -all"\nxn--bcher-kva.example.x.example. A 127.0.0.2'
    verdict = check(zone, mail_from="ann@bücher.example")
    assert (verdict.result, verdict.domain) == (Result.PASS, "xn--bcher-kva.example")


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "example.com..",
        ".",
        "com.",
        "com",
        "a..example.com",
        ".example.com",
        f"{LONG}a.example.com",
        ".".join([LONG] * 4),
        "[192.0.2.10]",
        "exa mple.com",
        "\udcff.jp",
        "例え..jp",
        "a\x00.example.com",
        "x" * 100_000,
        "x." * 100_000,
    ],
)
def test_malformed_domain_is_none(check: Finding, domain: str) -> None:
    verdict = check(PLAIN, mail_from=f"ann@{domain}")
    assert (verdict.result, verdict.reason) == (Result.NONE, Reason.MALFORMED_DOMAIN)
    assert str(verdict.ref) == "RFC 7208 4.3"
    assert verdict.trace.answer is None


def test_the_longest_names_are_checked(check: Finding) -> None:
    domain = ".".join([LONG, LONG, LONG, "a" * 61])
    assert len(domain) == 253
    assert check(f'{domain}. TXT "v=spf1 -all"', mail_from=f"a@{domain}").result is Result.FAIL


@pytest.mark.parametrize(
    ("zone", "result", "reason"),
    [
        ("other.example. A 192.0.2.1", "none", "no-such-domain"),
        ("example.com. A 192.0.2.1", "none", "no-record"),
        ("sub.example.com. A 192.0.2.1", "none", "no-record"),
        ('example.com. TXT "google-site-verification=x"', "none", "no-record"),
        ('example.com. TXT "v=spf10 -all"', "none", "no-record"),
        ('example.com. TXT "v=spf1-all"', "none", "no-record"),
        ('example.com. TXT " v=spf1 -all"', "none", "no-record"),
        ('example.com. SPF "v=spf1 -all"', "none", "no-record"),
        ("example.com TIMEOUT", "temperror", "dns-timeout"),
        ("example.com SERVFAIL", "temperror", "dns-failure"),
        ('example.com. TXT "v=spf1"', "neutral", "no-term-matched"),
        ('example.com. TXT "v=spf1 "', "neutral", "no-term-matched"),
        ('example.com. TXT "V=SpF1 -all"', "fail", "matched"),
        ('example.com. TXT "v=spf1" " -all"', "fail", "matched"),
        ('example.com. TXT "v=spf1 -" "all"', "fail", "matched"),
        ('example.com. TXT "v=spf1 -all"\nexample.com. TXT "v=spf1 +all"', "permerror", "multiple-records"),
        ('example.com. TXT "v=spf1 -all"\nexample.com. TXT "V=SPF1 ~all"', "permerror", "multiple-records"),
        ('example.com. TXT "v=spf1 -all"\nexample.com. TXT "v=spf1x"', "fail", "matched"),
        ('example.com. TXT "v=spf1 -all"\nexample.com. TXT "\\200\\201"', "fail", "matched"),
        ('example.com. TXT "v=spf1 -all"\nexample.com. SPF "v=spf1 +all"', "fail", "matched"),
        ('example.com. CNAME a.example.\na.example. TXT "v=spf1 -all"', "fail", "matched"),
        ("example.com. CNAME example.com.", "temperror", "dns-failure"),
        ('example.com. TXT "v=spf1 ip4:192.0.2.10 moo -all"', "permerror", "syntax"),
        ('example.com. TXT "v=spf1 ip4:192.0.2.10 a:\\195\\188.example"', "permerror", "syntax"),
    ],
)
def test_record_selection(check: Finding, zone: str, result: str, reason: str) -> None:
    verdict = check(zone)
    assert (verdict.result, verdict.reason) == (result, reason)


@pytest.mark.parametrize("ip", ["192.0.2.10", "::ffff:192.0.2.10", "::FFFF:C000:020A"])
def test_a_mapped_client_is_an_ip4_client(check: Finding, ip: str) -> None:
    assert check(PLAIN, ip).result is Result.PASS


def test_null_sender_is_checked_at_helo(check: Finding) -> None:
    zone = 'mail.example.com. TXT "v=spf1 exists:%{l}.%{o} -all"\npostmaster.mail.example.com. A 127.0.0.1'
    verdict = check(zone, mail_from="")
    assert (verdict.result, verdict.domain) == (Result.PASS, "mail.example.com")


def test_an_empty_sender_is_the_null_sender(zones: Callable[[str], Zones]) -> None:
    world = zones('h.example. TXT "v=spf1 -all exp=why.example"\nwhy.example. TXT "%{s}"')
    assert check_host("192.0.2.1", "h.example", "", "h.example", world).explanation == "postmaster@h.example"


@pytest.mark.parametrize("ip", ["", "192.0.2", "192.0.2.1/32", "1.2.3.4.5", "::g", "fe80::1%eth0", "localhost"])
def test_what_is_no_address_is_refused(zones: Callable[[str], Zones], ip: str) -> None:
    with pytest.raises(ValueError, match="not an IP address"):
        check_host(ip, "example.com", "ann@example.com", "h.example", zones(PLAIN))


@pytest.mark.parametrize("mail_from", ["ann@example.com.", "", "@example.com."])
def test_a_final_dot_changes_nothing(check: Finding, mail_from: str) -> None:
    """An empty label is allowed at the end (RFC 7208 4.3), and macros do not see it."""
    exists = "example.com.example.com.x.example.com. A 127.0.0.2"
    text = f'example.com. TXT "v=spf1 exists:%{{o}}.%{{d}}.x.%{{d}} -all"\n{exists}\n'
    verdict = check(text, mail_from=mail_from, helo="example.com.")
    assert (verdict.result, verdict.domain) == (Result.PASS, "example.com")
