"""An Authentication-Results field read back (RFC 8601 2.2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.results import DEEPEST_COMMENT, MOST_RESULTS, MethodResult, Results, read_results

READ = {
    # the examples of RFC 8601 B, in short
    "example.org 1; none": Results("example.org"),
    "example.com; spf=pass smtp.mailfrom=example.net": Results(
        "example.com", (MethodResult("spf", "pass", (("smtp.mailfrom", "example.net"),)),)
    ),
    "example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=fail smtp.mailfrom=example.net": Results(
        "example.com",
        (
            MethodResult("auth", "pass", (("smtp.auth", "sender@example.net"),)),
            MethodResult("spf", "fail", (("smtp.mailfrom", "example.net"),)),
        ),
    ),
    'example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net header.b=oINEO8hg': Results(
        "example.com",
        (MethodResult("dkim", "pass", (("header.i", "@mail-router.example.net"), ("header.b", "oINEO8hg"))),),
    ),
    "foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait) fail policy (A dot) .expired": (
        Results("foo.example.net", (MethodResult("dkim", "fail"),))
    ),
    # what else is allowed, or is written
    "EXAMPLE.com; SPF = Pass": Results("example.com", (MethodResult("spf", "pass"),)),
    'a.example; arc=pass smtp.remote-ip="2001:db8::1"': Results(
        "a.example", (MethodResult("arc", "pass", (("smtp.remote-ip", "2001:db8::1"),)),)
    ),
    "a.example; dkim=pass header.b=ab+c=": Results(
        "a.example", (MethodResult("dkim", "pass", (("header.b", "ab+c="),)),)
    ),
    'a.example; spf=pass smtp.mailfrom="x; y"@b.example': Results(
        "a.example", (MethodResult("spf", "pass", (("smtp.mailfrom", 'x; y"@b.example'),)),)
    ),
    # what makes no sense is passed over
    "": Results(""),
    "a.example; smtp.mailfrom=x; spf; =; spf=none": Results("a.example", (MethodResult("spf", "none"),)),
}


@pytest.mark.parametrize("value", READ)
def test_it_is_read(value: str) -> None:
    assert read_results(value) == READ[value]


def test_what_a_method_says() -> None:
    found = read_results("a.example; dkim=fail header.d=x.example; dkim=pass header.d=y.example header.d=z.example")
    assert [one.about("header.d") for one in found.of("dkim")] == ["x.example", "y.example"]
    assert (found.of("spf"), found.of("dkim")[0].about("header.i")) == ((), "")


@given(st.text(' ()";=\\/.abc1@', max_size=200))
def test_anything_is_read(value: str) -> None:
    read_results(value)


@pytest.mark.parametrize("part", ["a", "a ", "(", '"', ";", "a=", " ", "a=b ", "a/1 ", '"\\'])
def test_none_takes_long(part: str) -> None:
    """So much as a header may hold; what backtracks would not come back."""
    assert len(read_results("a.example;" + part * (100_000 // len(part))).results) <= MOST_RESULTS


def test_comments_in_comments() -> None:
    deep = "(" * DEEPEST_COMMENT + ")" * DEEPEST_COMMENT
    assert read_results(f"a.example {deep}; spf=pass").of("spf")
