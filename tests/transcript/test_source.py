"""From octets to the lines that a person saw."""

from __future__ import annotations

import pytest

from smtpsim.transcript.source import lines_of, plain, quoted

JIS = "Subject: テストメール\n".encode("iso2022_jp")


@pytest.mark.parametrize(
    ("octets", "lines"),
    [
        (b"", []),
        (b"a", ["a"]),
        (b"a\nb\n", ["a", "b"]),
        (b"a\r\nb\r\r\n\n", ["a", "b", ""]),
        (b"a\rb\rc", ["a", "b", "c"]),
        (b"a\rb\n", ["a\rb"]),
        (b"\xef\xbb\xbfa\n", ["a"]),
        ("aテ\r\n".encode("utf-16"), ["aテ"]),
        (b"\xfe\xff\x00a\x00\n", ["a"]),
        ("テ\n".encode(), ["テ"]),
        (b"\x80\xff\n", ["\udc80\udcff"]),
        (JIS, ["Subject: テストメール"]),
        (JIS + "250 ok テ\n".encode(), ["Subject: テストメール", "250 ok テ"]),
        (b"\x1b$B\xff\n", ["\x1b$B\udcff"]),
        (b"Content-Type: text/plain; charset=ISO-2022-JP\n" + JIS, None),
    ],
)
def test_lines_of(octets: bytes, lines: list[str] | None) -> None:
    assert lines_of(octets) == (octets.decode("ascii").split("\n")[:-1] if lines is None else lines)


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["\x1b[1;32m220 hi\x1b[0m"], ["220 hi"]),
        (["\x1b]0;title\x07220 hi"], ["220 hi"]),
        (["\x1b]8;;http://x\x1b\\220 hi\x1b]8;;\x1b\\"], ["220 hi"]),
        (["\x1b[?2004hEHLO a\x1b(B\x1b[m\x1b7\x1b="], ["EHLO a"]),
        (["220 hi\r\x1b[K"], ["220 hi"]),
        (["HELP\b \bO a"], ["HELO a"]),
        (["HELX\bO a"], ["HELO a"]),
        (["\b\bNOOP"], ["NOOP"]),
        (["\x1b$B%F\x1b(B"], ["\x1b$B%F\x1b(B"]),
        (["  220 hi", "", "    EHLO a"], ["220 hi", "", "  EHLO a"]),
        (["```", "220 hi", "```"], ["", "220 hi", ""]),
        (["> 220 hi", ">", "> > EHLO a"], ["220 hi", "", "> EHLO a"]),
        (["> > 220 hi", "> EHLO a"], ["> 220 hi", "EHLO a"]),
        (["> EHLO a", "> DATA", "> x"], ["> EHLO a", "> DATA", "> x"]),
    ],
)
def test_plain(lines: list[str], shown: list[str]) -> None:
    assert plain(lines) == shown


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], False),
        (["> EHLO a"], False),
        (["> EHLO a", "250 ok"], False),
        (["> EHLO a", "> 250 ok"], True),
        (["> S: 250 ok"], True),
        (["> > EHLO a"], True),
        (["> # title: x", ">", "> NOOP"], True),
    ],
)
def test_quoted(lines: list[str], expected: bool) -> None:
    assert quoted(lines) is expected
