"""Values of header fields: quoted where they must be, and where they need not, as they are."""

from __future__ import annotations

from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.address import unquoted
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.message.addresses import NamedAddress, written
from smtpsim.message.parameters import quoted
from smtpsim.reports.authentication_results import authentication_results
from smtpsim.reports.received_spf import Session, received_spf

VALUES = {
    "ann": ("ann", "ann", "ann"),
    "ann.lee": ("ann.lee", "ann.lee", '"ann.lee"'),
    "ann@example.com": ('"ann@example.com"', "ann@example.com", '"ann@example.com"'),
    "a b": ('"a b"', '"a b"', "a b"),
    'a"b\\c': ('"a\\"b\\\\c"', '"a\\"b\\\\c"', '"a\\"b\\\\c"'),
    "a;b": ('"a;b"', '"a;b"', '"a;b"'),
    "": ('""', "", ""),
}
"""As Received-SPF has them, as Authentication-Results, and as the name before an address."""


def check(subject: str) -> Finding:
    return Finding("spf", "mailfrom", subject, "example.com", "pass", "mx", "matched", Ref(7208, "5.4"))


@pytest.mark.parametrize(("text", "forms"), VALUES.items())
def test_each_field_quotes_what_it_must(text: str, forms: tuple[str, str, str]) -> None:
    spf, results, phrase = forms
    assert f"\tenvelope-from={spf};\r\n" in received_spf(check(""), Session("mx", "192.0.2.1", "a", text))
    told = f"smtp.mailfrom={results}" if results else "smtp.helo=example.com"
    assert authentication_results("mx", (check(text),)).endswith(f" {told}\r\n")
    named = f"{phrase} <a@example.com>" if phrase else "a@example.com"
    assert written(NamedAddress(text, "a@example.com")) == named


@pytest.mark.parametrize("text", ["\x1b[31m", "a\r\nX: y", "\x9b\udcff"])
def test_controls_stay_out(text: str) -> None:
    fields = received_spf(check(""), Session("mx", "192.0.2.1", text, text)) + authentication_results(
        "mx", (check(text),)
    )
    assert all(line.lstrip("\t").isprintable() for line in fields.removesuffix("\r\n").split("\r\n"))
    assert "\nX:" not in fields


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1))
def test_what_is_quoted_is_read_as_it_was(text: str) -> None:
    assert unquoted(quoted(text)) == text


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="="), min_size=1, max_size=20))
def test_another_reader_reads_the_name_as_it_was(name: str) -> None:
    assert parseaddr(written(NamedAddress(name, "a@example.com"))) == (name, "a@example.com")
