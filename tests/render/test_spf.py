"""An SPF verdict as text: aligned in every language, and safe to print and to copy."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.render.cells import width
from smtpsim.render.spf import verdict_lines
from tests.spf.conftest import checked


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pointer_stands_below_the_term(lang: str) -> None:
    lines = list(verdict_lines(checked('example.com. TXT "v=spf1 mx ip4:192.0.2.0/24 -all"'), words(lang)))
    record, pointer = lines[1:3]
    before = record[: record.index("ip4:")]
    assert width(pointer[: pointer.index("^")]) == width(before)
    assert pointer.count("^") == len("ip4:192.0.2.0/24")


ZONES = {
    "controls in a record": 'example.com. TXT "v=spf1 \\027[31ma -all"\nexample.com. TXT "\\027]0;owned\\007"',
    "octets beyond ASCII": 'example.com. TXT "v=spf1 \\155 -all"',
    "controls in an explanation": 'example.com. TXT "v=spf1 -all exp=a.example"\na.example. TXT "\\027[31m"',
    "the DNS failed": "example.com. TIMEOUT",
    "fail": 'example.com. TXT "v=spf1 -all"',
}


@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_that_a_terminal_would_obey(zone: str, lang: str) -> None:
    lines = list(verdict_lines(checked(zone), words(lang)))
    assert len(lines) > 3
    assert all(line.isprintable() for line in lines)
