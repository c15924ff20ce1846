"""DMARC records: what counts, what is passed over, and that nothing makes the reader fail (RFC 9989 4.7, 4.8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.auth.record import Note, Policy, parse

NO_RECORDS = (
    b"",
    b"v=spf1 -all",
    b"p=none; v=DMARC1",
    b"v=DMARC2; p=none",
    b"v=dmarc1; p=none",
    b"v=DMARC1p=none",
    b" v=DMARC1; p=none",
    b"v=DMARC10; p=none",
)


@pytest.mark.parametrize("octets", NO_RECORDS)
def test_what_does_not_begin_with_the_version_is_no_record(octets: bytes) -> None:
    assert parse(octets) is None


@pytest.mark.parametrize("octets", [b"v=DMARC1", b"V = DMARC1 ;", b"v=DMARC1;p=none", b"v=DMARC1\t;\tp = none ;"])
def test_white_space_and_the_capital_of_the_name_do_not_matter(octets: bytes) -> None:
    record = parse(octets)
    assert record is not None
    assert [tag.note for tag in record.tags] == [None] * len(record.tags)


TAGS = {
    "p=reject": ("p", None),
    "p=Reject": ("p", None),
    "p=refuse": ("p", Note.BAD_VALUE),
    "sp=quarantine": ("sp", None),
    "np=": ("", Note.UNREADABLE),
    "adkim=s": ("adkim", None),
    "adkim=x": ("adkim", Note.BAD_VALUE),
    "t=y": ("t", None),
    "t=yes": ("t", Note.BAD_VALUE),
    "psd=u": ("psd", None),
    "pct=50": ("pct", Note.REMOVED),
    "ri=86400": ("ri", Note.REMOVED),
    "rf=afrf": ("rf", Note.REMOVED),
    "colour=red": ("colour", Note.UNKNOWN),
    "nonsense": ("", Note.UNREADABLE),
    "p2=none": ("", Note.UNREADABLE),
    "rua=mailto:a@example.com,mailto:b@example.com": ("rua", None),
    "rua=a@example.com": ("rua", Note.BAD_VALUE),
    "fo=d:s": ("fo", None),
    "fo=0:1": ("fo", Note.BAD_VALUE),
    "v=DMARC1": ("v", Note.TWICE),
}


@pytest.mark.parametrize("text", TAGS)
def test_each_tag_counts_or_is_told_why_not(text: str) -> None:
    record = parse(f"v=DMARC1; {text}".encode())
    assert record is not None
    (tag,) = record.tags[1:]
    assert (tag.name, tag.note) == TAGS[text]
    assert tag.column == 11


def test_of_two_the_first_counts() -> None:
    record = parse(b"v=DMARC1; p=none; p=reject")
    assert record is not None
    assert record.policy("p") is Policy.NONE
    assert [tag.note for tag in record.tags] == [None, None, Note.TWICE]


def test_what_is_not_said_has_its_default() -> None:
    record = parse(b"v=DMARC1; p=none; adkim=x; psd=maybe; t=maybe")
    assert record is not None
    assert (record.strict("adkim"), record.strict("aspf")) == (False, False)
    assert (record.public_suffix, record.testing, record.reports_to) == ("u", False, ())
    assert record.policy("sp") is None


@given(st.binary(max_size=200))
def test_any_octets_give_a_record_or_none(octets: bytes) -> None:
    record = parse(b"v=DMARC1;" + octets)
    assert record is not None
    for tag in record.tags:
        assert 1 <= tag.column <= len(record.text)
    for name in ("p", "sp", "np"):
        assert record.policy(name) in (None, *Policy)
    assert record.public_suffix in ("y", "n", "u")
