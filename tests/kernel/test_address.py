"""Paths as values: what stands between the angle brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.address import NULL, Path, mailbox_address, split_address, unquoted


@pytest.mark.parametrize(
    ("path", "text", "mailbox", "host"),
    [
        (Path("ann", "example.com"), "ann@example.com", "ann", "example.com"),
        (Path("Ann.Lee", "Example.COM."), "Ann.Lee@Example.COM.", "ann.lee", "example.com"),
        (Path('"Ann Lee"', "example.com"), '"Ann Lee"@example.com', "ann lee", "example.com"),
        (Path("postmaster", ""), "postmaster", "postmaster", ""),
        (Path("", ""), "", "", ""),
        (Path("ann", "[192.0.2.1]"), "ann@[192.0.2.1]", "ann", "[192.0.2.1]"),
        (Path("アン", "例え.jp"), "アン@例え.jp", "アン", "xn--r8jz45g.jp"),
        (Path("u", "BÜCHER.example."), "u@BÜCHER.example.", "u", "xn--bcher-kva.example"),
        (Path("u", "xn--BCHER-kva.example"), "u@xn--BCHER-kva.example", "u", "xn--bcher-kva.example"),
        (Path("u", "\udcff.example"), "u@\udcff.example", "u", "\udcff.example"),
        (Path("ann", "example.com", ("a.example",)), "ann@example.com", "ann", "example.com"),
    ],
)
def test_a_path(path: Path, text: str, mailbox: str, host: str) -> None:
    assert (str(path), path.mailbox, path.host) == (text, mailbox, host)


def test_only_the_null_sender_is_null() -> None:
    assert NULL.null
    assert not Path("postmaster", "").null
    assert not Path("", "example.com").null


@pytest.mark.parametrize(
    ("local", "plain"),
    [
        ("ann", "ann"),
        ('"ann"', "ann"),
        ('""', ""),
        (r'"a\ b"', "a b"),
        (r'"a\"b"', 'a"b'),
        (r'"a\\b"', r"a\b"),
        ('"', '"'),
        ('"ann', '"ann'),
        ('ann"', 'ann"'),
        (r'"a\"', "a"),
        ("", ""),
    ],
)
def test_unquoted(local: str, plain: str) -> None:
    assert unquoted(local) == plain


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_quoting_and_unquoting(local: str) -> None:
    escaped = local.replace("\\", "\\\\").replace('"', '\\"')
    assert unquoted(f'"{escaped}"') == local


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("Ann@Example.COM.", "ann@example.com"),
        ('"Ann"@example.com', "ann@example.com"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("Postmaster", "postmaster"),
        ("", ""),
    ],
)
def test_the_form_in_which_a_mailbox_is_known(address: str, known: str) -> None:
    assert mailbox_address(address) == known


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("ann@example.com", Path("ann", "example.com")),
        ("ann", Path("ann", "")),
        ("", NULL),
        ('"a@b"@example.com', Path('"a@b"', "example.com")),
        ("@example.com", Path("", "example.com")),
        ("ann@", Path("ann", "")),
    ],
)
def test_split_address(address: str, path: Path) -> None:
    assert split_address(address) == path
