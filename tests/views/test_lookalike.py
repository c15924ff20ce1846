"""Look-alikes: the warning beside SPF's pass, and the letters that tell two names apart."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.kernel.finding import Finding, Identity
from smtpsim.kernel.ref import Ref
from smtpsim.views.lookalike import GAP, aligned, lookalike_rows
from smtpsim.views.row import Badge, Mark
from tests.views.conftest import Said, section_of

ALIGNED = (
    ("arnazon.co.jp", "amazon.co.jp", "am·azon.co.jp", " ^^"),
    ("hogefuag.com", "hogefuga.com", "hogefuga.com", "      ^^"),
    ("arnaz0n.co.jp", "amazon.co.jp", "am·azon.co.jp", " ^^  ^"),
    ("exarnple.corn", "example.com", "exam·ple.com·", "   ^^      ^^"),
    ("amazoon.co.jp", "amazon.co.jp", "amaz·on.co.jp", "    ^"),
    ("vvorld.net", "world.net", "w·orld.net", "^^"),
    ("abc", "xyz", "xyz", "^^^"),
)


@pytest.mark.parametrize(("one", "other", "below", "pointer"), ALIGNED)
def test_what_differs_is_pointed_at(one: str, other: str, below: str, pointer: str) -> None:
    assert aligned(one, other) == (one, below, pointer)


@pytest.mark.parametrize(("one", "other"), [("amazn.co.jp", "amazon.co.jp"), ("xample.com", "example.com")])
def test_a_missing_letter_leaves_a_gap(one: str, other: str) -> None:
    found = aligned(one, other)
    assert found.one.replace(GAP, "") == one
    assert found.other == other
    assert found.one[len(found.pointer) - 1] == GAP


def spelled(domain: str, original: str, *identities: Identity, reason: str = "confusable-letters") -> list[Finding]:
    ref = Ref(7208, "11.2")
    return [
        Finding("lookalike", identity, f"a@{domain}", domain, "resembles", original, reason, ref)
        for identity in identities
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", ["unseen-characters", "confusable-letters", "one-letter-off"])
def test_envelope_and_letter_are_one_finding(lang: str, reason: str) -> None:
    findings = spelled("arnazon.co.jp", "amazon.co.jp", "mailfrom", "header-from", reason=reason)
    warning, *names = lookalike_rows(findings, words(lang))
    assert warning.mark is Mark.WARN
    assert "arnazon.co.jp" in warning.value
    assert "amazon.co.jp" in warning.value
    assert "MAIL FROM, From:" in warning.remark
    assert [row.value for row in names] == list(aligned("arnazon.co.jp", "amazon.co.jp"))


def test_two_domains_are_two_findings() -> None:
    findings = spelled("arnazon.co.jp", "amazon.co.jp", "mailfrom") + spelled(
        "examp1e.com", "example.com", "header-from"
    )
    rows = tuple(lookalike_rows(findings, words("en")))
    assert [row.key for row in rows if row.mark is Mark.WARN] == ["lookalike-0", "lookalike-1"]
    assert len({row.key for row in rows}) == len(rows)


def test_a_labels_are_shown_as_a_reader_sees_them() -> None:
    findings = spelled("xn--mazon-3ve.co.jp", "amazon.co.jp", "mailfrom")
    warning, wire, shown, _, pointer, letter = lookalike_rows(findings, words("en"))
    assert warning.value == "\u0430mazon.co.jp is not amazon.co.jp"
    assert "xn--mazon-3ve.co.jp" in wire.value
    assert (shown.value, pointer.value) == ("\u0430mazon.co.jp", "^")
    assert letter.value == "\u0430  U+0430 CYRILLIC SMALL LETTER A"


def test_the_warning_stands_beside_the_pass(said: Said) -> None:
    lines = ("EHLO mx.arnazon.co.jp", "MAIL FROM:<order-update@arnazon.co.jp>")
    section = section_of(said(*lines, host="mx.example.net", client_ip="203.0.113.80"), "spf")
    verdicts = section.rows[0]
    assert verdicts.badges[1:] == (
        Badge("MAIL FROM", "pass", Mark.GOOD),
        Badge("From:", "not yet", Mark.WAIT),
        Badge("look-alike", "amazon.co.jp", Mark.WARN),
    )
    assert [row.key for row in section.rows if row.mark is Mark.WARN] == ["lookalike-0"]
    assert section.digest.mark is Mark.WARN
