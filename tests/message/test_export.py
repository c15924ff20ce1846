"""Mailboxes as files, read back by Python's mailbox module, and by mutt and s-nail where they are installed."""

from __future__ import annotations

import contextlib
import mailbox
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.export import maildir, mbox

NINE = 1_775_034_000
"""2026-04-01 09:00:00 UTC."""


class Mail(NamedTuple):
    """What stands in for a stored mail."""

    id: str
    return_path: str
    octets: bytes
    arrived: int = 0


def stored(number: int, sender: str = "a@x.example", body: str = "hello") -> Mail:
    lines = (
        f"Return-Path: <{sender}>",
        f"Received: from x ([192.0.2.1]) by y with SMTP id z; Wed, 01 Apr 2026 09:00:{number:02} +0000",
        "From: a@x.example",
        f"Subject: mail {number}",
        "",
        body,
        "",
    )
    return Mail(f"ID{number}", sender, "\r\n".join(lines).encode(), NINE + number)


MAILS = (stored(1), stored(2, "", "From here on\n>From there\n From x"), stored(3, "b@y.example", "日本語\r\n."))


def test_an_mbox_in_full() -> None:
    mail = Mail(
        "1", "a@x.example", b"Received: by y; Wed, 01 Apr 2026 09:00:00 +0000\r\n\r\nFrom me\r\n>From you\r\n", NINE
    )
    assert mbox([mail]) == (
        b"From a@x.example Wed Apr  1 09:00:00 2026\n"
        b"Received: by y; Wed, 01 Apr 2026 09:00:00 +0000\n\n>From me\n>>From you\n\n"
    )


def test_senders_that_an_mbox_cannot_write() -> None:
    assert mbox([stored(1, "")]).startswith(b"From MAILER-DAEMON Wed")
    assert mbox([stored(1, '"a b"@x.example')]).startswith(b'From "a_b"@x.example Wed')
    assert mbox([stored(1, "管理者@x.example")]).startswith(b"From MAILER-DAEMON Wed")


def test_no_mails() -> None:
    assert mbox([]) == b""
    assert list(maildir([], "x.example")) == []


@pytest.fixture
def mbox_file(tmp_path: Path) -> Path:
    path = tmp_path / "test.mbox"
    path.write_bytes(mbox(MAILS))
    return path


def test_python_reads_the_mbox(mbox_file: Path) -> None:
    box = mailbox.mbox(mbox_file, create=False)
    assert [mail["Subject"] for mail in box] == ["mail 1", "mail 2", "mail 3"]
    assert list(box)[2].get_payload(decode=True) == "日本語\n.\n".encode()
    box.close()


@pytest.fixture
def maildir_folder(tmp_path: Path) -> Path:
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    for name, octets in maildir(MAILS, "mx.x.example"):
        (tmp_path / "new" / name).write_bytes(octets)
    return tmp_path


def test_python_reads_the_maildir(maildir_folder: Path) -> None:
    box = mailbox.Maildir(maildir_folder, create=False)
    assert sorted(mail["Subject"] for mail in box) == ["mail 1", "mail 2", "mail 3"]
    assert {message.get_subdir() for message in box} == {"new"}


def test_maildir_names_are_safe_unique_and_in_order() -> None:
    mails = [Mail("../..", "", b""), Mail("../..", "", b""), stored(1)]
    names = [file.name for file in maildir(mails, "[IPv6:2001:db8::1]/")]
    assert len({*names}) == 3
    assert all(re.fullmatch(r"\d+\.[A-Za-z0-9._@+-]+", name) for name in names)
    assert names[0].startswith("0.000000_")


def read_by_python(path: Path) -> str:
    box: mailbox.Mailbox[mailbox.Message] = (mailbox.Maildir if path.is_dir() else mailbox.mbox)(path, create=False)
    with contextlib.closing(box):
        return " ".join(str(mail["Subject"]) for mail in box)


def read_by_s_nail(path: Path) -> str:
    name = f"maildir://{path}" if path.is_dir() else str(path)
    command = ["s-nail", "-:/", "-R", "-f", name]
    ran = subprocess.run(command, input=b"headers\nexit\n", capture_output=True, timeout=PATIENCE, check=False)
    return ran.stdout.decode()


def read_by_mutt(path: Path) -> str:
    """mutt wants a terminal; its index lists the mails."""
    variables = {**os.environ, "TERM": "vt100", "LC_ALL": "C.UTF-8"}
    command = ["-n", "-F", "/dev/null", "-e", f"set folder={path.parent}", "-R", "-f", str(path)]
    screen = pexpect.spawn("mutt", command, env=variables, dimensions=(24, 100), timeout=PATIENCE, encoding="utf-8")
    screen.expect("Msgs:3")
    shown = str(screen.before)
    screen.send("x")
    screen.expect(pexpect.EOF)
    return shown


PATIENCE = 30
INSTALLED = [reader for name, reader in (("s-nail", read_by_s_nail), ("mutt", read_by_mutt)) if shutil.which(name)]
READERS = [read_by_python, *INSTALLED]
"""Python's reader always reads; the others where they are installed (the CI installs them)."""


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_other_programs_read_the_mbox(mbox_file: Path, reader: Callable[[Path], str]) -> None:
    found = reader(mbox_file)
    assert all(f"mail {number}" in found for number in (1, 2, 3))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_other_programs_read_the_maildir(maildir_folder: Path, reader: Callable[[Path], str]) -> None:
    found = reader(maildir_folder)
    assert all(f"mail {number}" in found for number in (1, 2, 3))


BODIES = st.text(alphabet="From >\nx:日\t", max_size=60)


@given(st.lists(st.tuples(st.sampled_from(["", "a@x.example"]), BODIES), max_size=4))
def test_each_mail_begins_once_and_can_be_unquoted(bodies: list[tuple[str, str]]) -> None:
    mails = [stored(number, sender, body.replace("\n", "\r\n")) for number, (sender, body) in enumerate(bodies)]
    octets = mbox(mails)
    begins = [line for line in octets.split(b"\n") if line.startswith(b"From ")]
    assert len(begins) == len(mails)
    for mail in mails:
        quoted = b"\n".join(re.sub(rb"^(>*From )", rb">\1", line) for line in mail.octets.split(b"\r\n"))
        assert quoted in octets
