"""IP addresses as text: one form for all the ways to write one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.ip import is_address, is_loopback, normal

FORMS = {
    "192.0.2.10": "192.0.2.10",
    "2001:DB8:0::0010": "2001:db8::10",
    "::ffff:192.0.2.10": "192.0.2.10",
    "::FFFF:c000:20a": "192.0.2.10",
    "::192.0.2.10": "::c000:20a",
    "::1": "::1",
}

NONE = (
    "",
    "192.0.2",
    "192.0.2.256",
    "192.0.2.010",
    "192.0.2.1/24",
    " 192.0.2.1",
    "192.0.2.1\n",
    "[192.0.2.1]",
    "a.example",
    "fe80::1%eth0",
    "::1%",
    "2001:db8::/32",
    "12345",
    "\N{FULLWIDTH DIGIT ONE}92.0.2.1",
)


@pytest.mark.parametrize(("text", "usual"), FORMS.items())
def test_the_usual_form(text: str, usual: str) -> None:
    assert is_address(text)
    assert normal(text) == usual


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)
    assert normal(text) == ""


@given(st.ip_addresses())
def test_the_usual_form_is_its_own(address: object) -> None:
    usual = normal(str(address))
    assert usual
    assert normal(usual) == usual


@pytest.mark.parametrize(
    ("text", "its_own"),
    [
        ("127.0.0.1", True),
        ("127.255.0.9", True),
        ("::1", True),
        ("0:0:0:0:0:0:0:1", True),
        ("::2", False),
        ("fe80::1", False),
        ("192.0.2.1", False),
        ("128.0.0.1", False),
        ("::", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_by_what_a_machine_reaches_itself(text: str, its_own: bool) -> None:
    assert is_loopback(text) is its_own
