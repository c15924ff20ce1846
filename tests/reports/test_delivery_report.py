"""What a delivery status notification says of a failure: the other host's words whole, our own in every language."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage, Message

import pytest
from flufl.bounce import scan_message

from smtpsim.explain import words
from smtpsim.reports.delivery_report import Report, Reported, delivery_report
from smtpsim.reports.reason import NO_REASON, Cause, Reason, own, said

MAIL = b"From: a@a.example\r\nSubject: hello\r\n\r\ntext\r\n"
REPLY = ("550-5.7.26 This mail is unauthenticated:", "550-5.7.26 SPF [a.example] = fail", "550 5.7.26 see the help")


def report(one: Reported, language: str = "en") -> EmailMessage:
    octets = delivery_report(Report("mx.example", "a@a.example", (one,), MAIL, False, "ID", 10, 5, language=language))
    message = message_from_bytes(octets, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk()] == [[]] * len(list(message.walk()))
    return message


def group(message: Message) -> Message:
    """The fields about the first recipient."""
    *_, status, _ = list(message.iter_parts()) if isinstance(message, EmailMessage) else []
    found = status.get_payload(1)
    assert isinstance(found, Message)
    return found


def test_a_reply_of_several_lines_is_told_whole() -> None:
    """RFC 3461 9.2: an exact transcription, with a space before each line after the first."""
    message = report(Reported("b@b.example", "failed", Cause("5.7.26", Reason(reply=REPLY), "mx.b.example")))
    raw = message.as_bytes(policy=policy.SMTP)
    folded = "\r\n ".join(REPLY)
    assert f"Diagnostic-Code: smtp; {folded}\r\n".encode() in raw
    assert group(message)["Diagnostic-Code"].split() == " ".join(("smtp;", *REPLY)).split()
    assert scan_message(message) == {b"b@b.example"}
    notice = next(iter(message.iter_parts())).get_content()
    assert all(line in notice for line in REPLY)


def test_no_line_of_a_reply_can_begin_a_field() -> None:
    """Whatever a host says, it is a part of its diagnostic."""
    message = report(
        Reported("b@b.example", "failed", Cause("5.0.0", Reason(reply=("550-x\r\nStatus: 2.0.0", "550 y"))))
    )
    raw = message.as_bytes(policy=policy.SMTP.clone(utf8=True))
    assert [line for line in raw.split(b"\r\n") if line.startswith(b"Status:")] == [b"Status: 5.0.0"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_our_own_words_have_a_type_of_their_own_and_a_language(language: str) -> None:
    """RFC 3464 2.3.6: the type smtp is for replies that came over SMTP. Programs read English, people theirs."""
    reason = own("needs-smtputf8", host="mx.b.example")
    message = report(Reported("b@b.example", "failed", Cause("5.6.7", reason, "mx.b.example")), language)
    english, people = said(reason, words("en")), said(reason, words(language))
    assert group(message)["Diagnostic-Code"] == f"x-smtpsim; {english}"
    assert people in next(iter(message.iter_parts())).get_content()
    assert (english == people) == (language == "en")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_report_after_days_says_that_time_ran_out(language: str) -> None:
    reason = Reason(reply=("450 4.2.0 greylisted",), days=5)
    message = report(Reported("b@b.example", "failed", Cause("4.4.7", reason, "mx.b.example")), language)
    notice = next(iter(message.iter_parts())).get_content()
    assert words(language)("report.expired", days=5) in notice
    assert "450 4.2.0 greylisted" in notice
    assert group(message)["Diagnostic-Code"] == "smtp; 450 4.2.0 greylisted"


def test_a_success_needs_no_reason() -> None:
    message = report(Reported("b@b.example", "delivered", Cause("2.0.0")))
    assert group(message)["Diagnostic-Code"] is None


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        (NO_REASON, ""),
        (Reason(reply=("550 5.1.1 no",)), "550 5.1.1 no"),
        (Reason(reply=REPLY), "550 5.7.26 This mail is unauthenticated: SPF [a.example] = fail see the help"),
        (Reason(reply=("554-first", "554 second")), "554 first second"),
        (own("user-unknown"), "User unknown"),
        (own("user-unknown")._replace(days=5), "given up after 5 days; User unknown"),
        (Reason(text="Permanent/Suppressed"), "Permanent/Suppressed"),
    ],
)
def test_a_reason_in_one_line(reason: Reason, line: str) -> None:
    assert said(reason, words("en")) == reason.plain == line


def test_a_rule_is_known_to_programs_by_its_key() -> None:
    rule = Reason(key="handling.trap")
    assert (rule.plain, said(rule, words("en"))) == ("trap", words("en")("handling.trap"))
