"""What a domain publishes for MTA-STS and TLSRPT is read as RFC 8461 3 and RFC 8460 3 have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.dns import Answer, Status
from smtpsim.world.mta_sts.policy import LONGEST_AGE, matches, policy_id, read_policy, reports_to

GOOD = """\
version: STSv1
mode: enforce
mx: mail.example.com
mx: *.example.net
mx: Backupmx.example.com
max_age: 604800
"""


def test_the_example_of_the_rfc_is_read() -> None:
    policy = read_policy(GOOD.replace("\n", "\r\n"))
    assert policy is not None
    assert (policy.mode, policy.max_age) == ("enforce", 604_800)
    assert policy.mx == ("mail.example.com", "*.example.net", "backupmx.example.com")
    assert policy.lines[0] == "version: STSv1"


READ = {
    "unknown keys are passed over": GOOD + "colour: red\n",
    "no blank after the colon": GOOD.replace(": ", ":"),
    "blanks": GOOD.replace(": ", " :  ").replace("\n", " \n"),
    "no end of the last line": GOOD.removesuffix("\n"),
    "of a key that stands there twice the first counts": GOOD + "mode: perhaps\nmax_age: x\nversion: 2\n",
    "a year": GOOD.replace("604800", str(LONGEST_AGE)),
    "without mx, where nothing is wanted": "version: STSv1\nmode: none\nmax_age: 0\n",
}


@pytest.mark.parametrize("name", READ)
def test_it_is_valid(name: str) -> None:
    assert read_policy(READ[name]) is not None


NOT_READ = {
    "nothing": "",
    "no version": GOOD.replace("version: STSv1\n", ""),
    "another version": GOOD.replace("STSv1", "STSv2"),
    "no mode": GOOD.replace("mode: enforce\n", ""),
    "a mode that nobody knows": GOOD.replace("enforce", "Enforce"),
    "no mx": "version: STSv1\nmode: testing\nmax_age: 86400\n",
    "no age": GOOD.replace("max_age: 604800\n", ""),
    "more than a year": GOOD.replace("604800", str(LONGEST_AGE + 1)),
    "no number": GOOD.replace("604800", "²"),
    "less than nothing": GOOD.replace("604800", "-1"),
    "a number without end": GOOD.replace("604800", "9" * 5_000),
    "HTML": "<html>Not found</html>",
}


@pytest.mark.parametrize("name", NOT_READ)
def test_it_is_not_valid(name: str) -> None:
    assert read_policy(NOT_READ[name]) is None


@given(st.text("versionSTSv1: \nmodemxmax_age0*.", max_size=100))
def test_anything_is_read(text: str) -> None:
    policy = read_policy(text)
    assert policy is None or policy.mode in ("enforce", "testing", "none")


MATCHES = {
    ("mx.example.com", "mx.example.com"): True,
    ("mx.example.com", "MX.example.com."): True,
    ("*.example.com", "mx.example.com"): True,
    ("*.example.com", "example.com"): False,
    ("*.example.com", "a.mx.example.com"): False,
    ("*.example.com", "mx.example.net"): False,
    ("*", "example"): False,
    ("mx.*.com", "mx.example.com"): False,
    ("mx.example.com", "mx2.example.com"): False,
}


@pytest.mark.parametrize("pair", MATCHES, ids=str)
def test_a_star_stands_for_one_label(pair: tuple[str, str]) -> None:
    assert matches(*pair) is MATCHES[pair]


def answer(*records: str) -> Answer:
    return Answer("x", "TXT", Status.NOERROR, tuple(record.encode() for record in records))


IDS = {
    ("v=STSv1; id=20160831085700Z;",): "20160831085700Z",
    ("v=STSv1;id=1",): "1",
    ("v=STSv1; colour=red; id=a1 ; x=y",): "a1",
    ("hello", "v=STSv1; id=1"): "1",
    ("v=STSv1; id=1", "v=STSv1; id=2"): "",
    ("v=STSv1; id=1-2",): "",
    ("v=STSv1; id=" + "1" * 33,): "",
    ("v=STSv1; id=",): "",
    ("v=STSv2; id=1",): "",
    ("id=1; v=STSv1",): "",
    (): "",
}


@pytest.mark.parametrize("records", IDS, ids=str)
def test_the_id_of_a_record(records: tuple[str, ...]) -> None:
    assert policy_id(answer(*records)) == IDS[records]


REPORTS = {
    ("v=TLSRPTv1; rua=mailto:reports@example.com",): ("mailto:reports@example.com",),
    ("v=TLSRPTv1;rua=https://example.com/v1/tlsrpt , mailto:a@b.example;",): (
        "https://example.com/v1/tlsrpt",
        "mailto:a@b.example",
    ),
    ("v=TLSRPTv1; rua=ftp://example.com",): (),
    ("v=TLSRPTv1; rua=mailto:a@b.example", "v=TLSRPTv1; rua=mailto:c@d.example"): (),
    ("v=TLSRPTv1",): (),
    (): (),
}


@pytest.mark.parametrize("records", REPORTS, ids=str)
def test_where_reports_go(records: tuple[str, ...]) -> None:
    assert reports_to(answer(*records)) == REPORTS[records]
