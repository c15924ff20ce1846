"""Whether bounces would hit somebody else than the client: said only where something speaks for it."""

from __future__ import annotations

import pytest

from smtpsim.views.forgery import forged
from tests.views.conftest import Said

WEBMASTER = "AHdlYm1hc3RlckBleGFtcGxlLmNvbQBleGFtcGxl"

EVIDENCE = (
    # client, sender, what speaks for a forgery
    ("192.0.2.10", "webmaster@example.com", ""),
    ("192.0.2.10", "", ""),
    ("203.0.113.66", "webmaster@example.com", "spf"),
    ("192.0.2.10", "a@fail.spf.example", "spf"),
    ("192.0.2.10", "a@softfail.spf.example", "stranger"),
    ("192.0.2.10", "a@none.spf.example", "stranger"),
    ("203.0.113.66", "a@attacker.example", ""),
    ("203.0.113.99", "a@attacker.example", "stranger"),
    ("198.51.100.40", "carol@example.net", ""),
    ("192.0.2.99", "order-update@arnazon.co.jp", "spf"),
)


@pytest.mark.parametrize(("client_ip", "sender", "evidence"), EVIDENCE)
def test_what_speaks_for_a_forged_sender(said: Said, client_ip: str, sender: str, evidence: str) -> None:
    timeline = said("HELO a.example", f"MAIL FROM:<{sender}>", client_ip=client_ip)
    assert forged(timeline.now.after) == evidence


def test_a_host_of_the_domain_is_no_stranger_whatever_its_record_says(said: Said) -> None:
    lines = (":dns set example.net TXT v=spf1 -all", "HELO mx.example.net", "MAIL FROM:<carol@example.net>")
    assert forged(said(*lines, client_ip="198.51.100.40").now.after) == ""


def test_whoever_has_logged_in_speaks_for_the_own_domain_from_anywhere(said: Said) -> None:
    login = ("EHLO a.example", f"AUTH PLAIN {WEBMASTER}")
    own = said(*login, "MAIL FROM:<newsletter@example.com>", client_ip="203.0.113.9")
    assert forged(own.now.after) == ""
    other = said(*login, "MAIL FROM:<order-update@amazon.co.jp>", client_ip="203.0.113.9")
    assert forged(other.now.after) == "spf"


def test_where_spf_is_not_asked_the_name_decides(said: Said) -> None:
    client = "203.0.113.80"
    own = said("HELO a", "MAIL FROM:<x@arnazon.co.jp>", host="mx.arnazon.co.jp", client_ip=client)
    assert forged(own.now.after) == ""
    other = said("HELO a", "MAIL FROM:<x@amazon.co.jp>", host="mx.arnazon.co.jp", client_ip=client)
    assert forged(other.now.after) == "stranger"


def test_there_is_nobody_to_hit_before_a_sender_is_named(said: Said) -> None:
    assert forged(said("HELO a").now.after) == ""
