"""The DNS tree walk: which names are asked, where it ends, and whose organisation a domain is (RFC 9989 4.10)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.auth.walk import targets, walk
from smtpsim.kernel.dns import Status
from tests.auth.names import Known, Names

ASKED = {
    "example": ["example"],
    "example.com": ["example.com", "com"],
    "a.mail.example.com": ["a.mail.example.com", "mail.example.com", "example.com", "com"],
    "1.2.3.4.5.6.7.8": [
        "1.2.3.4.5.6.7.8",
        "2.3.4.5.6.7.8",
        "3.4.5.6.7.8",
        "4.5.6.7.8",
        "5.6.7.8",
        "6.7.8",
        "7.8",
        "8",
    ],
    "a.b.c.d.e.f.g.h.i.j.mail.example.com": [
        "a.b.c.d.e.f.g.h.i.j.mail.example.com",
        "g.h.i.j.mail.example.com",
        "h.i.j.mail.example.com",
        "i.j.mail.example.com",
        "j.mail.example.com",
        "mail.example.com",
        "example.com",
        "com",
    ],
}


@pytest.mark.parametrize("domain", ASKED)
def test_names_are_asked_from_the_domain_upwards(domain: str) -> None:
    assert targets(domain) == ASKED[domain]


@given(st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), min_size=1, max_size=60).map(".".join))
def test_there_are_never_more_than_eight_questions(domain: str) -> None:
    names = Names({})
    walked = walk(domain, names)
    assert len(names.asked) == len(set(names.asked)) == min(domain.count(".") + 1, 8)
    assert walked.organisation == domain


ORGANISATIONS: dict[str, tuple[Known, str, str, str]] = {
    "no record": ({}, "mail.example.com", "mail.example.com", "no-record"),
    "its own": ({"_dmarc.example.com": "v=DMARC1; p=none"}, "example.com", "example.com", "fewest-labels"),
    "above": ({"_dmarc.example.com": "v=DMARC1"}, "a.mail.example.com", "example.com", "fewest-labels"),
    "the topmost of two": (
        {"_dmarc.mail.example.com": "v=DMARC1", "_dmarc.example.com": "v=DMARC1"},
        "a.mail.example.com",
        "example.com",
        "fewest-labels",
    ),
    "psd=n ends the walk": (
        {"_dmarc.mail.example.com": "v=DMARC1; psd=n", "_dmarc.example.com": "v=DMARC1"},
        "a.mail.example.com",
        "mail.example.com",
        "psd-n",
    ),
    "psd=n at the domain itself": (
        {"_dmarc.a.example.com": "v=DMARC1; psd=n", "_dmarc.example.com": "v=DMARC1"},
        "a.example.com",
        "a.example.com",
        "psd-n",
    ),
    "one label below psd=y": ({"_dmarc.com": "v=DMARC1; psd=y"}, "a.mail.example.com", "example.com", "psd-y"),
    "below a suffix of two labels": (
        {"_dmarc.co.jp": "v=DMARC1; psd=y"},
        "mail.example.co.jp",
        "example.co.jp",
        "psd-y",
    ),
    "a suffix that sends mail": ({"_dmarc.co.jp": "v=DMARC1; psd=y"}, "co.jp", "co.jp", "fewest-labels"),
    "two records count as none": (
        {"_dmarc.example.com": ("v=DMARC1; p=none", "v=DMARC1; p=reject"), "_dmarc.com": "v=DMARC1; psd=y"},
        "mail.example.com",
        "example.com",
        "psd-y",
    ),
    "other TXT records do not count": (
        {"_dmarc.example.com": ("v=DMARC1; p=none", "hello", "v=spf1 -all")},
        "mail.example.com",
        "example.com",
        "fewest-labels",
    ),
}


@pytest.mark.parametrize("case", ORGANISATIONS)
def test_whose_organisation_it_is(case: str) -> None:
    known, domain, organisation, key = ORGANISATIONS[case]
    walked = walk(domain, Names(known))
    assert (walked.organisation, walked.key) == (organisation, key)
    assert not walked.failed


def test_a_record_that_says_what_it_is_ends_the_walk() -> None:
    names = Names({"_dmarc.example.com": "v=DMARC1; psd=n"})
    walk("a.example.com", names)
    assert names.asked == ["_dmarc.a.example.com TXT", "_dmarc.example.com TXT"]


@pytest.mark.parametrize("status", [Status.SERVFAIL, Status.TIMEOUT])
def test_a_failure_of_the_dns_ends_it_and_leaves_it_open(status: Status) -> None:
    names = Names({"_dmarc.example.com": status, "_dmarc.a.example.com": "v=DMARC1"})
    walked = walk("a.example.com", names)
    assert walked.failed
    assert names.asked == ["_dmarc.a.example.com TXT", "_dmarc.example.com TXT"]


def test_capitals_and_a_last_dot_do_not_matter() -> None:
    assert walk("Mail.Example.COM.", Names({"_dmarc.example.com": "v=DMARC1"})).organisation == "example.com"
