"""SPF's rows: identity, verdict, the term that decided, and the record."""

from __future__ import annotations

from smtpsim.views.row import Mark
from tests.views.conftest import Shown


def test_nothing_was_checked(shown: Shown) -> None:
    assert shown("spf")["none"].value == "nothing checked yet"
    assert shown("spf", host="mx.arnazon.co.jp")["none"].value == "this server checks none"


def test_both_identities(shown: Shown) -> None:
    rows = shown("spf", "HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>")
    helo, mail = rows["helo"], rows["mailfrom"]
    assert (helo.label, helo.value, helo.mark) == ("HELO", "pass  cgi.example.com", Mark.GOOD)
    assert (mail.label, mail.value, mail.mark) == ("MAIL FROM", "pass  example.com", Mark.GOOD)
    assert mail.remark == "by ip4:192.0.2.0/24 (RFC\u00a07208\u00a05.6)"
    record = rows["mailfrom-record"]
    assert (record.value, record.depth) == ("v=spf1 ip4:192.0.2.0/24 -all", 1)


def test_why_no_term_decided(shown: Shown) -> None:
    rows = shown("spf", "HELO nowhere.invalid", "MAIL FROM:<a@attacker.example>")
    assert rows["helo"].remark.startswith("the domain does not exist")
    assert rows["mailfrom"].mark is Mark.NOTE


def test_a_forged_sender_fails(shown: Shown) -> None:
    rows = shown("spf", "HELO host.attacker.example", "MAIL FROM:<x@amazon.co.jp>", client_ip="203.0.113.66")
    assert (rows["mailfrom"].value, rows["mailfrom"].mark) == ("fail  amazon.co.jp", Mark.BAD)
