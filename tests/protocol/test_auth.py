"""AUTH by PLAIN, LOGIN and CRAM-MD5 (RFC 4954; RFC 4616; RFC 2195)."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from smtpsim.protocol.dialogue import LoggedIn, LoginRefused
from smtpsim.protocol.smtp.offer import service as offered
from smtpsim.protocol.smtp.state import Phase
from tests.protocol.dialogue import BARE, CHALLENGE, HELLO, RCPT, Dialogue, arrived, digest
from tests.protocol.marked import pointed, terminal_capture


def base64(text: str) -> str:
    return b64encode(text.encode()).decode()


GOOD = base64("\0ann\0tea")

WAYS = {
    "PLAIN at once": (f"AUTH PLAIN {GOOD}",),
    "PLAIN, small letters": (f"auth plain {GOOD}",),
    "PLAIN in two steps": ("AUTH PLAIN", GOOD),
    "PLAIN with blanks": (f"AUTH  PLAIN \t {GOOD} ",),
    "PLAIN with an identity to act for": (f"AUTH PLAIN {base64(chr(0).join(('bob', 'ann', 'tea')))}",),
    "LOGIN in three steps": ("AUTH LOGIN", base64("ann"), base64("tea")),
    "LOGIN in two steps": (f"AUTH LOGIN {base64('ann')}", base64("tea")),
    "LOGIN, answers with blanks": ("AUTH LOGIN", f"  {base64('ann')}", f"{base64('tea')} \t"),
    "CRAM-MD5": ("AUTH CRAM-MD5", base64(f"ann {digest(CHALLENGE)}")),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_logging_in(way: tuple[str, ...]) -> None:
    dialogue = arrived(Phase.READY)
    before = dialogue.state
    for line in way[:-1]:
        assert dialogue.code(line) == 334
        assert dialogue.state.phase is Phase.AUTH
    assert dialogue.code(way[-1]) == 235
    assert dialogue.step.facts == (LoggedIn("ann"),)
    assert dialogue.state == before._replace(user="ann")


BAD_WAYS = {
    "PLAIN, wrong password": ("ann", f"AUTH PLAIN {base64(chr(0) + 'ann' + chr(0) + 'coffee')}"),
    "PLAIN, unknown user": ("bob", f"AUTH PLAIN {base64(chr(0) + 'bob' + chr(0) + 'tea')}"),
    "PLAIN, empty password": ("ann", f"AUTH PLAIN {base64(chr(0) + 'ann' + chr(0))}"),
    "LOGIN, wrong password": ("ann", "AUTH LOGIN", base64("ann"), base64("coffee")),
    "LOGIN, empty password": ("ann", "AUTH LOGIN", base64("ann"), ""),
    "CRAM-MD5, another challenge": ("ann", "AUTH CRAM-MD5", base64(f"ann {digest('<3.4@mx>')}")),
    "CRAM-MD5, the password itself": ("ann", "AUTH CRAM-MD5", base64("ann tea")),
}


@pytest.mark.parametrize("way", BAD_WAYS.values(), ids=BAD_WAYS)
def test_the_world_refuses_a_log_in(way: tuple[str, ...]) -> None:
    user, *lines = way
    dialogue = arrived(Phase.READY)
    before = dialogue.state
    assert dialogue.key(*lines) == "auth-failed"
    assert dialogue.step.facts == (LoginRefused(user),)
    assert dialogue.state == before._replace(errors=1)


@pytest.mark.parametrize(
    "lines",
    [
        ("AUTH PLAIN =",),
        ("AUTH PLAIN", ""),
        (f"AUTH PLAIN {base64('ann')}",),
        (f"AUTH PLAIN {base64('ann' + chr(0) + 'tea')}",),
        (f"AUTH PLAIN {base64(chr(0) * 2 + 'tea')}",),
        (f"AUTH PLAIN {base64(chr(0) * 3)}",),
        ("AUTH LOGIN =", base64("tea")),
        ("AUTH CRAM-MD5", base64("ann")),
    ],
)
def test_credentials_that_make_no_sense(lines: tuple[str, ...]) -> None:
    dialogue = arrived(Phase.READY)
    before = dialogue.state
    assert dialogue.key(*lines) == "auth-failed"
    assert dialogue.faults()[:1] == [("credentials-syntax", 0)]
    assert dialogue.state == before._replace(errors=1)


@pytest.mark.parametrize(
    ("lines", "columns"),
    [
        (("AUTH PLAIN ^!!!",), [12]),
        (("  AUTH  PLAIN  AB^*=",), [18]),
        (("AUTH PLAIN", "AB^テ="), []),
        (("AUTH PLAIN", "  A^=B="), []),
        (("AUTH PLAIN", "AHRlc3Q^"), []),
        (("AUTH PLAIN", "QUJD^ QUJD"), []),
        (("AUTH PLAIN", "Q^==="), []),
        (("AUTH LOGIN", base64("ann"), "^*x"), []),
        (("AUTH CRAM-MD5", "^-"), []),
        (("AUTH PLAIN AB^\u00a0CD",), []),
    ],
)
def test_answers_that_are_not_base64(lines: tuple[str, ...], columns: list[int]) -> None:
    *before, marked = lines
    line, columns = terminal_capture(marked)
    dialogue = arrived(Phase.READY)
    assert dialogue.key(*before, line) == "auth-base64"
    assert pointed(dialogue.step.faults) == [(columns[0], "base64-syntax")]
    assert dialogue.state.phase is Phase.READY
    assert dialogue.state.exchange is None


@pytest.mark.parametrize(("octets", "key"), [(12_286, "auth-base64"), (12_287, "auth-too-long")])
@pytest.mark.parametrize("before", ["AUTH PLAIN ", ""])
def test_an_answer_is_so_long(before: str, octets: int, key: str) -> None:
    """RFC 4954 4: 12,288 octets with CRLF."""
    dialogue = arrived(Phase.READY)
    lines = [before + "A" * octets] if before else ["AUTH PLAIN", "A" * octets]
    assert dialogue.key(*lines) == key
    assert dialogue.state.exchange is None
    assert dialogue.code("NOOP") == 250


@pytest.mark.parametrize("star", ["*", " *", "* \t"])
@pytest.mark.parametrize("way", [("AUTH PLAIN",), ("AUTH LOGIN", base64("ann")), ("AUTH CRAM-MD5",)])
def test_giving_up(way: tuple[str, ...], star: str) -> None:
    dialogue = arrived(Phase.READY)
    before = dialogue.state
    assert dialogue.code(*way) == 334
    assert dialogue.key(star) == "auth-cancelled"
    assert dialogue.state == before._replace(errors=1)


@pytest.mark.parametrize(
    ("marked", "code"),
    [
        ("AUTH^", 501),
        ("AUTH ^GSSAPI", 504),
        ("AUTH  ^GSSAPI abc", 504),
        ("AUTH ^=", 504),
        (f"AUTH PLAIN {GOOD} ^x", 501),
        (f"AUTH CRAM-MD5 ^{GOOD}", 501),
        ("AUTH CRAM-MD5 ^=", 501),
    ],
)
def test_commands_that_are_refused(marked: str, code: int) -> None:
    line, columns = terminal_capture(marked)
    dialogue = arrived(Phase.READY)
    before = dialogue.state
    assert dialogue.code(line) == code
    assert pointed(dialogue.step.faults) == [(columns[0], "auth-syntax")]
    assert dialogue.state == before._replace(errors=1)


def test_a_mechanism_that_the_host_does_not_have() -> None:
    only_plain = offered("mx.example.net", ["auth"], mechanisms=("PLAIN",))
    assert Dialogue(only_plain).key(*HELLO, "AUTH LOGIN") == "auth-mechanism"
    assert Dialogue(only_plain).code(*HELLO, f"AUTH PLAIN {GOOD}") == 235


def test_what_the_server_asks() -> None:
    def asked(*lines: str) -> bytes:
        return b64decode(arrived(Phase.READY).reply(*lines).lines[0])

    assert asked("AUTH PLAIN") == b""
    assert asked("AUTH LOGIN") == b"Username:"
    assert asked("AUTH LOGIN", base64("ann")) == b"Password:"
    assert asked("AUTH CRAM-MD5") == CHALLENGE.encode()
    assert arrived(Phase.READY).reply("AUTH PLAIN").wire() == "334 \r\n"


def test_order() -> None:
    assert Dialogue().key(f"AUTH PLAIN {GOOD}") == "need-hello"
    dialogue = Dialogue()
    assert dialogue.key("HELO c.example", f"AUTH PLAIN {GOOD}") == "auth-needs-ehlo"
    assert pointed(dialogue.step.faults) == [(6, "extension-without-ehlo")]
    assert Dialogue().key(*HELLO, f"AUTH PLAIN {GOOD}", f"AUTH PLAIN {GOOD}") == "auth-already"
    assert Dialogue().key(*RCPT, f"AUTH PLAIN {GOOD}") == "in-transaction"
    assert Dialogue(BARE).key(*HELLO, f"AUTH PLAIN {GOOD}") == "auth-not-offered"


def test_a_fault_does_not_repeat_what_may_be_a_secret() -> None:
    for lines in (("AUTH PLAIN x!",), (f"AUTH PLAIN {GOOD}",) * 2, (f"AUTH PLAIN {GOOD} x",), ("AUTH PLAIN", "x!")):
        dialogue = arrived(Phase.READY)
        dialogue.say(*lines)
        assert [fault.found for fault in dialogue.step.faults] in ([""], ["PLAIN"])


def test_a_log_in_lasts_until_the_end() -> None:
    dialogue = Dialogue()
    dialogue.say(*HELLO, f"AUTH PLAIN {GOOD}", "RSET", *RCPT, "DATA", ".", "EHLO again.example.com")
    assert dialogue.state.user == "ann"


def test_octets_of_an_answer_may_be_anything() -> None:
    dialogue = arrived(Phase.READY)
    assert dialogue.key("AUTH LOGIN", b64encode(b"\xff\xfe\r\n").decode(), "") == "auth-failed"
    assert dialogue.step.facts == (LoginRefused("\udcff\udcfe\r\n"),)
