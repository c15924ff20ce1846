"""The connection's rows."""

from __future__ import annotations

from smtpsim.views.row import Mark
from tests.views.conftest import Shown


def test_the_client_has_the_name_of_its_address(shown: Shown) -> None:
    assert shown("connection")["client"].value == "192.0.2.10 (cgi.example.com)"
    assert shown("connection", client_ip="192.0.2.99")["client"].value == "192.0.2.99 (no name)"


def test_a_greeting_under_another_name_is_remarked(shown: Shown) -> None:
    assert shown("connection")["hello"].value == "not yet"
    own = shown("connection", "EHLO CGI.example.com")["hello"]
    assert (own.value, own.mark) == ("EHLO CGI.example.com", Mark.NONE)
    other = shown("connection", "HELO somebody.example")["hello"]
    assert (other.value, other.mark) == ("HELO somebody.example", Mark.NOTE)
    assert "cgi.example.com" in other.remark
    unnamed = shown("connection", "HELO a.example", client_ip="192.0.2.99")["hello"]
    assert "no name" in unnamed.remark


def test_tls_shows_a_lock_and_forgets_the_greeting(shown: Shown) -> None:
    rows = shown("connection", "EHLO cgi.example.com", "STARTTLS")
    assert rows["tls"].value.startswith("\N{LOCK}")
    assert rows["tls"].mark is Mark.GOOD
    assert rows["hello"].value == "not yet"


def test_who_is_logged_in(shown: Shown) -> None:
    credentials = "AHdlYm1hc3RlckBleGFtcGxlLmNvbQBleGFtcGxl"
    rows = shown("connection", "EHLO cgi.example.com", f"AUTH PLAIN {credentials}")
    assert rows["login"].value == "webmaster@example.com"


def test_a_closed_connection_says_so(shown: Shown) -> None:
    assert shown("connection", "QUIT")["server"].remark == "the connection is closed"
