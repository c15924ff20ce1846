"""Delivery status notifications and complaints read back, whatever they look like; automatic answers written."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.explain import LANGUAGES
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.mime import opened
from smtpsim.reports.auto_reply import Absence, auto_reply, wants_no_answer
from smtpsim.reports.delivery_report import Report, Reported, delivery_report
from smtpsim.reports.feedback_report import Abuse, feedback_report
from smtpsim.reports.reason import Cause, Reason
from smtpsim.reports.returned import MOST_RECIPIENTS, Complaint, Group, complaint, delivery_groups

MAIL = b"Return-Path: <x@ses.example>\r\nFrom: a@a.example\r\nSubject: hello\r\nMessage-ID: <1@a>\r\n\r\ntext\r\n"


def report(*recipients: Reported) -> bytes:
    return delivery_report(Report("mx.example", "x@ses.example", recipients, MAIL, False, "ID", 10, 5))


def abuse(recipient: str, language: str = "en") -> bytes:
    return feedback_report(
        Abuse("mx.example", "c@ses.example", recipient, MAIL, "x@ses.example", "192.0.2.1", "ID", 5, 10, language)
    )


ADDRESSES = st.from_regex(r"[a-z]{1,8}(\+[a-z]{1,3})?@[a-z]{1,8}\.example", fullmatch=True)
STATUSES = st.from_regex(r"[45]\.[0-7]\.[0-9]{1,2}", fullmatch=True)
WRITTEN = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=";"), min_size=1, max_size=40)


@given(st.lists(st.tuples(ADDRESSES, STATUSES, WRITTEN), min_size=1, max_size=5))
def test_a_notification_that_was_written_is_read_as_it_was_meant(told: list[tuple[str, str, str]]) -> None:
    written = report(
        *(
            Reported(who, "failed", Cause(status, Reason(reply=(words,)), "mx.next.example"))
            for who, status, words in told
        )
    )
    assert delivery_groups(written) == tuple(Group(who, "", "failed", status, words) for who, status, words in told)


@given(ADDRESSES, st.sampled_from(LANGUAGES))
def test_a_complaint_that_was_written_is_read_as_it_was_meant(recipient: str, language: str) -> None:
    assert complaint(abuse(recipient, language)) == Complaint("abuse", "x@ses.example", (recipient,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_programs_know_a_complaint(language: str) -> None:
    """RFC 5965 2: three parts, the second with the fields, the third the mail as it came."""
    read = message_from_bytes(abuse("ann@b.example", language), policy=policy.default)
    assert read["Content-Type"].params["report-type"] == "feedback-report"
    notice, fields, original = read.iter_parts()
    assert [part.defects for part in read.walk()] == [[]] * len(list(read.walk()))
    assert "ann@b.example" in notice.get_content()
    about = fields.get_payload(0)
    assert isinstance(about, Message)
    assert (about["Feedback-Type"], about["Version"], about["Source-IP"]) == ("abuse", "1", "192.0.2.1")
    assert about["User-Agent"]
    assert original.get_content()["Subject"] == "hello"


SUBJECTS = {
    b"Subject: hello": "hello",
    b"Subject: =?utf-8?B?44GT44KT44Gr44Gh44Gv?=": "こんにちは",
    b"Subject: two\r\n lines": "two lines",
    b"X: no subject": "A reader has marked your mail as spam",
    b"Subject:  ": "A reader has marked your mail as spam",
}


@pytest.mark.parametrize("line", SUBJECTS)
def test_a_complaint_has_the_subject_of_the_mail(line: bytes) -> None:
    """RFC 5965 2."""
    about = Abuse("h", "c@h", "r@h", line + b"\r\n\r\n", "s@h", "", "ID", 5, 10)
    read = message_from_bytes(feedback_report(about), policy=policy.default)
    assert read["Subject"] == SUBJECTS[line]


PIECES = st.sampled_from(
    [b"Content-Type: multipart/report; boundary=x\r\n", b"--x\r\n", b"--x--\r\n", b"\r\n", b"\n", b" ", b":", b"\xff",
     b"Content-Type: message/delivery-status\r\n\r\n", b"Content-Type: message/feedback-report\r\n\r\n",
     b"Final-Recipient: rfc822; a@b\r\n", b"Final-Recipient:;\r\n", b"Status: 5.1.1\r\n", b"Action: FAILED\r\n",
     b"Original-Mail-From: <a@b>\r\n", b"Original-Rcpt-To: c@d\r\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map(b"".join))
def test_anything_can_be_read(octets: bytes) -> None:
    assert all(isinstance(group, Group) for group in delivery_groups(octets))
    found = complaint(octets)
    assert found is None or isinstance(found, Complaint)


def test_an_ordinary_mail_is_neither() -> None:
    assert (delivery_groups(MAIL), complaint(MAIL)) == ((), None)


def test_there_is_an_end_to_the_recipients() -> None:
    many = report(*(Reported(f"a{n}@b.example", "failed", Cause("5.1.1")) for n in range(MOST_RECIPIENTS + 5)))
    assert len(delivery_groups(many)) <= MOST_RECIPIENTS


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_automatic_answer(language: str) -> None:
    headers = opened(MAIL.replace(b"hello", b"=?utf-8?B?44GT44KT44Gr44Gh44Gv?=")).headers
    written = auto_reply(Absence(NamedAddress("Out", "ooto@b.example"), "x@ses.example", headers, "ID", 10, language))
    read = message_from_bytes(written, policy=policy.default)
    assert (read["From"], read["To"], read["Auto-Submitted"]) == (
        "Out <ooto@b.example>",
        "x@ses.example",
        "auto-replied",
    )
    assert (read["In-Reply-To"], read["References"]) == ("<1@a>", "<1@a>")
    assert read["Subject"].endswith(": こんにちは")
    assert read.get_content().strip()


@pytest.mark.parametrize(
    ("line", "none"),
    [
        (b"", False),
        (b"Auto-Submitted: no\r\n", False),
        (b"Auto-Submitted: auto-generated\r\n", True),
        (b"Auto-submitted: AUTO-REPLIED\r\n", True),
        (b"List-Id: <team.example>\r\n", True),
    ],
)
def test_what_is_automatic_itself_or_from_a_list_is_not_answered(line: bytes, none: bool) -> None:
    assert wants_no_answer(opened(line + MAIL).headers) == none
