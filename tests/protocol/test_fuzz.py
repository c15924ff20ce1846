"""200,000 random and mutated lines: always a well-formed reply, never an exception (seeded, so repeatable)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from smtpsim.protocol.smtp.framing import Framer, Line
from smtpsim.protocol.smtp.service import Limits
from smtpsim.protocol.smtp.state import Phase
from tests.protocol.checked import CheckedDialogue
from tests.protocol.dialogue import BARE, FULL

LINES = 200_000
SESSION = 60
"""Most lines a session has before the next one begins."""

GOOD = [
    line.encode()
    for line in (
        "HELO client.example.com",
        "EHLO client.example.com",
        "EHLO [IPv6:2001:db8::1]",
        "MAIL FROM:<ann@example.com>",
        "MAIL FROM:<> SIZE=1000 BODY=8BITMIME RET=HDRS ENVID=a+2Bb",
        "MAIL FROM:<アン@例え.jp> SMTPUTF8",
        "MAIL FROM:ann@example.com AUTH=<>",
        "RCPT TO:<bob@example.net>",
        "RCPT TO:<nobody@example.net>",
        'RCPT TO:<"bob lee"@[192.0.2.1]> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bob@example.net',
        "RCPT TO:<@a.example,@b.example:bob@example.net>",
        "RCPT TO: < bob (Bob) @ example.net >",
        "RCPT TO:<postmaster>",
        "DATA",
        "Subject: テスト",
        "",
        "..",
        ".",
        "BDAT 10",
        "BDAT 10 LAST",
        "BDAT 0 LAST",
        "RSET",
        "NOOP",
        "HELP",
        "VRFY ann",
        "EXPN staff",
        "STARTTLS",
        "AUTH PLAIN AGFubgB0ZWE=",
        "AUTH LOGIN",
        "YW5u",
        "dGVh",
        "AUTH CRAM-MD5",
        "*",
        "QUIT",
    )
]

PIECES = [
    *(b"\r", b"\n", b"\0", b"\x1b[31m", b"\x7f", b"\t", b" ", b"  ", b"<", b">", b"@", b":", b'"', b"\\", b".", b".."),
    *(b"(", b")", b"[", b"]", b",", b"=", b"+", b"-", b"*", b"{", b"}", b"{0}", b"{server}", b"x" * 70, b"x" * 600),
    *("é".encode(), "\u202e".encode(), "\u0085".encode(), "\u2028".encode(), "𝄞".encode()),
    *(b"\xff", b"\x80", b"\xed\xa0\x80"),
]

Mutation = Callable[[Random, bytes], bytes]


def _at(random: Random, line: bytes) -> int:
    return random.randint(0, len(line))


def inserted(random: Random, line: bytes) -> bytes:
    at = _at(random, line)
    return line[:at] + random.choice(PIECES) + line[at:]


def removed(random: Random, line: bytes) -> bytes:
    at = _at(random, line)
    return line[:at] + line[at + random.randint(1, 4) :]


def flipped(random: Random, line: bytes) -> bytes:
    at = _at(random, line)
    return line[:at] + random.randbytes(1) + line[at + 1 :]


def cut(random: Random, line: bytes) -> bytes:
    return line[: _at(random, line)]


def repeated(random: Random, line: bytes) -> bytes:
    at = _at(random, line)
    return line[:at] + line[at : at + 8] * random.randint(2, 9) + line[at:]


def crossed(random: Random, line: bytes) -> bytes:
    return cut(random, line) + random.choice(GOOD)[_at(random, line) :]


def recased(random: Random, line: bytes) -> bytes:
    return line.swapcase()


def replaced(random: Random, line: bytes) -> bytes:
    return random.randbytes(random.randint(0, 30))


MUTATIONS: list[Mutation] = [inserted, removed, flipped, cut, repeated, crossed, recased, replaced]


def lines(random: Random) -> Iterator[bytes]:
    """Good lines, half of them mutated once or more often."""
    while True:
        line = random.choice(GOOD)
        while random.random() < 0.5:
            line = random.choice(MUTATIONS)(random, line)
        yield line


@pytest.mark.parametrize("seed", range(4))
def test_any_lines(seed: int) -> None:
    random = Random(seed)
    source = lines(random)
    phases: set[Phase] = set()
    left = LINES // 4
    while left:
        dialogue = CheckedDialogue(random.choice((FULL, FULL, BARE)))
        for _ in range(min(left, random.randint(1, SESSION))):
            left -= 1
            _feed(dialogue, random, next(source))
            phases.add(dialogue.state.phase)
    assert phases == set(Phase) - {Phase.TURNED_AWAY}


def _feed(dialogue: CheckedDialogue, random: Random, line: bytes) -> None:
    """Send a line as octets where a chunk wants them, else as one unit, nearly always with CRLF."""
    if dialogue.state.wants_octets or random.random() < 0.1:
        dialogue.feed(line + random.choice((b"\r\n", b"\n", b"\r\n.\r\n")))
    else:
        dialogue.take(Line(line.replace(b"\n", b""), random.choice((b"\r\n",) * 30 + (b"\n", b""))))


@pytest.mark.parametrize("seed", range(4))
def test_any_octets(seed: int) -> None:
    random = Random(seed)
    tight = FULL._replace(limits=Limits(size=1000, recipients=2, errors=10))
    for _ in range(100):
        dialogue, framer = CheckedDialogue(tight), Framer()
        data = b"\r\n".join(line for _, line in zip(range(SESSION), lines(random), strict=False))
        size = random.choice((1, 3, 50, len(data)))
        for at in range(0, len(data), size):
            dialogue.feed(data[at : at + size], framer)
