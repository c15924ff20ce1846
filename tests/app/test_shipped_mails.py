"""What the shipped transcripts leave in the mailboxes, read by programs that know nothing of us."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest
from flufl.bounce import all_failures

from smtpsim.app.replay.outputs import ordering
from smtpsim.explain import words
from smtpsim.shell.mailbox_files import write_mailbox
from smtpsim.shell.opening import Choice
from smtpsim.shell.recording import open_recording
from smtpsim.transcript.comparison import play
from smtpsim.transcript.shipped import names
from smtpsim.world.model import World

NAMES = names()
EN = words("en")

FAILURES = {"failed": 1, "delayed": 0}
"""Where flufl.bounce puts the recipients of a report, by its action: the permanent failures come second."""


@cache
def played(name: str) -> World:
    """The world at the end of a transcript."""
    recording = open_recording(name, "", Choice(), EN)
    *_, last = play(recording.dialogue, recording.first, ordering(name, EN))
    return last.turn.after.world


def mails(name: str) -> Iterator[EmailMessage]:
    """Every mail in every mailbox."""
    for box in played(name).mailboxes.values():
        for stored in box.mails:
            found = message_from_bytes(stored.octets, policy=policy.default)
            assert isinstance(found, EmailMessage)
            yield found


def header_defects(part: EmailMessage) -> list[object]:
    """What is wrong in the header. The email package takes headers in UTF-8 (RFC 6532) for damaged ones."""
    return [defect for value in part.values() if str(value).isascii() for defect in value.defects]


def status_fields(report: EmailMessage) -> Iterator[EmailMessage]:
    """The groups about recipients in a report on deliveries (RFC 3464 2.1)."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            assert isinstance(groups, list)
            yield from (group for group in groups[1:] if isinstance(group, EmailMessage))


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_parses_without_defects(name: str) -> None:
    for mail in mails(name):
        for part in mail.walk():
            assert part.defects == []
            assert header_defects(part) == []


@pytest.mark.parametrize("name", NAMES)
def test_another_program_finds_whoever_failed(name: str) -> None:
    for mail in mails(name):
        for group in status_fields(mail):
            action, recipient = str(group["Action"]), str(group["Final-Recipient"])
            if action in FAILURES:
                found = all_failures(mail)[FAILURES[action]]
                assert recipient.partition(";")[2].strip().encode() in found


def test_there_are_bounces_warnings_receipts_and_complaints_to_read() -> None:
    kinds = {
        str(mail.get_param("report-type")) + str(next((group["Action"] for group in status_fields(mail)), ""))
        for name in NAMES
        for mail in mails(name)
        if mail.get_content_type() == "multipart/report"
    }
    about_mail = {"delivery-statusfailed", "delivery-statusdelayed", "disposition-notification", "feedback-report"}
    assert kinds == about_mail | {"tlsrpt"}


@pytest.mark.parametrize("name", NAMES)
def test_mailboxes_are_read_as_files(name: str, tmp_path: Path) -> None:
    for box in played(name).mailboxes.values():
        kept_as = box.name.replace("/", "-")
        file, folder = tmp_path / f"{kept_as}.mbox", tmp_path / kept_as
        write_mailbox(str(file), box)
        write_mailbox(f"{folder}/", box)
        # a file of a mailbox has the line ends of its system, also inside of folded fields
        subjects = [message_from_bytes(mail.octets.replace(b"\r\n", b"\n"))["Subject"] for mail in box.mails][::-1]
        as_file = mailbox.mbox(file, create=False)
        assert [mail["Subject"] for mail in as_file] == subjects
        as_file.close()
        assert sorted(str(mail["Subject"]) for mail in mailbox.Maildir(folder, create=False)) == sorted(
            map(str, subjects)
        )
