"""Authentication-Results: what is told of each method, and that nobody else speaks for the server (RFC 8601)."""

from __future__ import annotations

import pytest

from smtpsim.kernel.finding import Finding, Identity
from smtpsim.kernel.ref import Ref
from smtpsim.reports.authentication_results import authentication_results, without_own

SERVER = "mx.example.net"


def spf(identity: Identity, subject: str) -> Finding:
    return Finding("spf", identity, subject, "example.com", "pass", "mx", "matched", Ref(7208))


def test_nothing_checked_is_none() -> None:
    assert authentication_results(SERVER, ()) == "Authentication-Results: mx.example.net;\r\n\tnone\r\n"


def test_each_identity_has_its_property() -> None:
    findings = (spf("helo", "a.example"), spf("mailfrom", 'x "y"@example.com'), spf("header-from", "z@example.com"))
    assert authentication_results(SERVER, findings) == (
        "Authentication-Results: mx.example.net;\r\n"
        "\tspf=pass smtp.helo=a.example;\r\n"
        '\tspf=pass smtp.mailfrom="x \\"y\\"@example.com"\r\n'
    )


@pytest.mark.parametrize("helo", [(), (spf("helo", "example.com"),)])
def test_the_null_sender_is_told_by_the_name_in_helo(helo: tuple[Finding, ...]) -> None:
    """RFC 7208 2.4: what was asked is postmaster at that name; the same result is not told twice."""
    told = authentication_results(SERVER, (*helo, spf("mailfrom", "")))
    assert told == "Authentication-Results: mx.example.net;\r\n\tspf=pass smtp.helo=example.com\r\n"


def test_other_kinds_are_not_told() -> None:
    lookalike = Finding("lookalike", "mailfrom", "x", "y", "resembles", "z", "k", Ref(7208))
    assert authentication_results(SERVER, (lookalike,)) == authentication_results(SERVER, ())


REST = b"Subject: x\r\n\r\nAuthentication-Results: mx.example.net; spf=pass\r\n"

CLAIMS = (
    b"Authentication-Results: mx.example.net; spf=pass\r\n",
    b"authentication-results:MX.EXAMPLE.NET;spf=pass\r\n",
    b"Authentication-Results:\r\n mx.example.net;\r\n\tdmarc=pass\r\n",
    b"Authentication-Results : mx.example.net 1; spf=pass\r\n",
    b"Authentication-Results: mx.example.net\r\n ; none\r\n",
)


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_claims_to_be_the_servers_own_goes(claim: bytes) -> None:
    assert without_own(claim + REST, SERVER) == REST
    assert without_own(b"To: y\r\n" + claim + claim + REST, SERVER) == b"To: y\r\n" + REST


@pytest.mark.parametrize("server", [b"mx.example.org", b"mx.example.net.example", b"a.mx.example.net"])
def test_what_others_told_stays(server: bytes) -> None:
    letter = b"Authentication-Results: " + server + b"; spf=pass\r\n" + REST
    assert without_own(letter, SERVER) == letter


def test_the_null_sender_is_known_by_its_helo_name() -> None:
    """Its identity is postmaster at HELO's (RFC 7208 2.4), which is then told once."""
    null = Finding("spf", "mailfrom", "", "mx.example.com", "pass", "a", "matched", Ref(7208))
    helo = null._replace(identity="helo", subject="mx.example.com")
    expected = "Authentication-Results: mx.example.net;\r\n\tspf=pass smtp.helo=mx.example.com\r\n"
    assert authentication_results(SERVER, (null,)) == authentication_results(SERVER, (helo, null)) == expected
