"""The parameters of MAIL and RCPT, extension by extension (RFC 5321 4.1.1.11)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.smtp.service import Limits
from smtpsim.protocol.smtp.state import Phase
from tests.protocol.dialogue import FULL, HELLO, MAIL, Dialogue, service
from tests.protocol.marked import pointed, terminal_capture

MAIL_PARAMETERS: list[tuple[str, int, list[str]]] = [
    # SIZE (RFC 1870)
    ("SIZE=0", 250, []),
    ("size=100", 250, []),
    ("SIZE=10485760", 250, []),
    ("SIZE=^10485761", 552, ["size-over-limit"]),
    ("SIZE=^99999999999999999999", 552, ["size-over-limit"]),
    ("SIZE=^" + "9" * 400, 552, ["size-over-limit"]),
    ("SIZE=^-1", 552, ["size-value"]),
    ("^SIZE", 501, ["size-value"]),
    ("SIZE=^1=2", 501, ["size-value"]),
    ("SIZE=^", 250, ["size-value"]),
    ("SIZE=^x", 250, ["size-value"]),
    ("SIZE=^²", 250, ["size-value"]),
    ("SIZE=^10²", 250, ["size-value"]),
    ("SIZE=^١٠", 250, ["size-value"]),
    ("SIZE=^+5", 250, ["size-value"]),
    # BODY (RFC 6152, RFC 3030)
    ("BODY=7BIT", 250, []),
    ("BODY=8bitmime", 250, []),
    ("BODY=BINARYMIME", 250, []),
    ("BODY=^9BIT", 501, ["body-value"]),
    ("BODY=^", 501, ["body-value"]),
    ("^BODY", 501, ["body-value"]),
    # SMTPUTF8 (RFC 6531)
    ("SMTPUTF8", 250, []),
    ("SmtpUtf8", 250, []),
    ("SMTPUTF8=^x", 555, ["smtputf8-value"]),
    # DSN (RFC 3461)
    ("RET=FULL", 250, []),
    ("ret=hdrs", 250, []),
    ("RET=^SOME", 501, ["ret-value"]),
    ("RET=^", 501, ["ret-value"]),
    ("^RET", 501, ["ret-value"]),
    ("RET=FULL ^RET=FULL", 501, ["parameter-twice"]),
    ("ENVID=QQ314159", 250, []),
    ("ENVID=a+2Bb", 250, []),
    ("ENVID=a+2bb", 250, []),
    ("ENVID=^a+b", 501, ["envid-value"]),
    ("ENVID=^a=b", 501, ["envid-value"]),
    ("ENVID=^", 501, ["envid-value"]),
    ("^ENVID", 501, ["envid-value"]),
    ("ENVID=^é", 501, ["envid-value"]),
    ("ENVID=" + "x" * 100, 250, []),
    ("ENVID=^" + "x" * 101, 250, ["envid-value"]),
    ("ENVID=a ^ENVID=b", 501, ["parameter-twice"]),
    # AUTH (RFC 4954 5)
    ("AUTH=<>", 250, []),
    ("AUTH=ann@example.com", 250, []),
    ("AUTH=ann+40example.com", 250, []),
    ("AUTH=^a+b", 250, ["auth-value"]),
    ("AUTH=^", 250, ["auth-value"]),
    ("^AUTH", 501, ["auth-value"]),
    # several, unknown ones, and words that are none
    ("SIZE=1 BODY=8BITMIME RET=FULL ENVID=x SMTPUTF8", 250, []),
    ("SIZE=1 ^SIZE=2", 250, ["parameter-twice"]),
    ("  \t  SIZE=x   BODY=^y", 501, ["body-value"]),
    ("^FOO", 555, ["parameter-unknown"]),
    ("^FOO=BAR", 555, ["parameter-unknown"]),
    ("SIZE=1 ^NOTIFY=NEVER", 555, ["parameter-unknown"]),
    ("^=1", 555, ["parameter-syntax"]),
    ("^-A=1", 555, ["parameter-syntax"]),
    ("A^_B=1", 555, ["parameter-syntax"]),
    ("SIZE^:1", 555, ["parameter-syntax"]),
    ("SIZE=1   ^テ", 555, ["parameter-syntax"]),
    ("SIZ^É=1", 555, ["parameter-syntax"]),
]

RCPT_PARAMETERS: list[tuple[str, int, list[str]]] = [
    ("NOTIFY=NEVER", 250, []),
    ("notify=success", 250, []),
    ("NOTIFY=SUCCESS,FAILURE,DELAY", 250, []),
    ("NOTIFY=delay,Failure", 250, []),
    ("NOTIFY=^NEVER,SUCCESS", 501, ["notify-value"]),
    ("NOTIFY=^SUCCESS,", 501, ["notify-value"]),
    ("NOTIFY=^SUCCESS;DELAY", 501, ["notify-value"]),
    ("NOTIFY=^", 501, ["notify-value"]),
    ("^NOTIFY", 501, ["notify-value"]),
    ("NOTIFY=NEVER ^NOTIFY=NEVER", 501, ["parameter-twice"]),
    ("ORCPT=rfc822;bob@example.net", 250, []),
    ("ORCPT=RFC822;bob+2Bx@example.net", 250, []),
    ("ORCPT=x-local;anything", 250, []),
    ("ORCPT=^rfc822;", 250, ["orcpt-value"]),
    ("ORCPT=^rfc822;a=b", 250, ["orcpt-value"]),
    ("ORCPT=^rfc822;a+b", 501, ["orcpt-value"]),
    ("ORCPT=^rfc822", 501, ["orcpt-value"]),
    ("ORCPT=^;bob", 501, ["orcpt-value"]),
    ("ORCPT=^rfc822;ボブ", 501, ["orcpt-value"]),
    ("ORCPT=^", 501, ["orcpt-value"]),
    ("^ORCPT", 501, ["orcpt-value"]),
    ("ORCPT=rfc822;" + "x" * 493, 250, []),
    ("ORCPT=^rfc822;" + "x" * 494, 501, ["orcpt-value"]),
    ("ORCPT=rfc822;a ^ORCPT=rfc822;a", 501, ["parameter-twice"]),
    ("^SIZE=1", 555, ["parameter-unknown"]),
    ("^FOO", 555, ["parameter-unknown"]),
]


def judged(way: tuple[str, ...], line: str, code: int, keys: list[str]) -> None:
    """Say the marked line and check its code, its faults, and that a refusal changes nothing."""
    text, columns = terminal_capture(line)
    dialogue = Dialogue()
    dialogue.say(*way)
    before = dialogue.state
    assert dialogue.code(text) == code
    found = [(column, key) for column, key in pointed(dialogue.step.faults) if key != "line-too-long"]
    assert found == list(zip(columns, keys, strict=True))
    if code >= 400:
        assert dialogue.state == before._replace(errors=1)


@pytest.mark.parametrize(("text", "code", "keys"), MAIL_PARAMETERS, ids=range(len(MAIL_PARAMETERS)))
def test_parameters_of_mail(text: str, code: int, keys: list[str]) -> None:
    judged(HELLO, f" MAIL FROM:<ann@example.com> {text}", code, keys)


@pytest.mark.parametrize(("text", "code", "keys"), RCPT_PARAMETERS, ids=range(len(RCPT_PARAMETERS)))
def test_parameters_of_rcpt(text: str, code: int, keys: list[str]) -> None:
    judged(MAIL, f"RCPT TO:<bob@example.net> {text}", code, keys)


@pytest.mark.parametrize(
    ("extension", "line"),
    [
        ("size", "MAIL FROM:<a@b> SIZE=1"),
        ("eightbitmime", "MAIL FROM:<a@b> BODY=8BITMIME"),
        ("binarymime", "MAIL FROM:<a@b> BODY=BINARYMIME"),
        ("smtputf8", "MAIL FROM:<a@b> SMTPUTF8"),
        ("dsn", "MAIL FROM:<a@b> RET=HDRS"),
    ],
)
def test_a_parameter_is_known_where_its_extension_is_offered(extension: str, line: str) -> None:
    assert Dialogue(service(extension)).code(*HELLO, line) == 250
    assert Dialogue(service()).code(*HELLO, line) == 555


def test_binary_letters_need_their_own_extension() -> None:
    assert Dialogue(service("eightbitmime")).code(*HELLO, "MAIL FROM:<a@b> BODY=BINARYMIME") == 501
    for both in (("eightbitmime", "binarymime"), ("binarymime", "eightbitmime")):
        assert Dialogue(service(*both)).code(*HELLO, "MAIL FROM:<a@b> BODY=BINARYMIME") == 250


def test_auth_on_mail_is_taken_where_nobody_can_log_in() -> None:
    assert Dialogue(service()).code(*HELLO, "MAIL FROM:<a@b> AUTH=<>") == 250


def test_after_helo_parameters_are_odd() -> None:
    dialogue = Dialogue()
    assert dialogue.faults("HELO c.example", "MAIL FROM:<a@b> SIZE=1") == [("parameter-without-ehlo", 17)]
    assert dialogue.faults("RCPT TO:<a@b>  NOTIFY=NEVER") == [("parameter-without-ehlo", 16)]
    assert dialogue.state.phase is Phase.RCPT


def test_without_a_limit_every_size_is_taken() -> None:
    endless = service("size", limits=Limits(size=0))
    assert Dialogue(endless).code(*HELLO, "MAIL FROM:<a@b> SIZE=99999999999999999999") == 250
    assert "SIZE 0" in Dialogue(endless).reply(*HELLO).lines


def test_the_envelope_keeps_its_parameters() -> None:
    dialogue = Dialogue(FULL)
    dialogue.say(*HELLO, "MAIL FROM:<a@b> Size=5 SMTPUTF8", "RCPT TO:<c@d> notify=Never")
    envelope = dialogue.state.envelope
    assert envelope is not None
    assert [envelope.parameter(name) for name in ("SIZE", "SMTPUTF8", "BODY")] == ["5", "", None]
    (recipient,) = envelope.recipients
    assert [tuple(parameter) for parameter in recipient.parameters] == [("NOTIFY", "Never", 15)]
