"""`replay --as-recorded`: what the program prints when the file's replies are the truth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app.conftest import Run

FOREIGN = """\
220 gw.corp.example ESMTP
> EHLO a.example
250 gw.corp.example
> MAIL FROM:<a@a.example>
250 ok
> RCPT TO:<test@hogefuga.com>
550 5.7.1 not from there
> RCPT TO:<bob@corp.example>
250 ok
> DATA
354 go
> Subject: yesterday
>
> hi
> .
250 queued as 4ABC
> QUIT
221 bye
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    written = tmp_path / "yesterday.txt"
    written.write_text(FOREIGN)
    return str(written)


def test_the_dialogue_is_the_file(run: Run, file: str) -> None:
    assert run("replay", file, "--as-recorded").out == FOREIGN


def test_the_panel_and_the_outcomes_are_built_from_it(run: Run, file: str) -> None:
    last = json.loads(run("replay", file, "--as-recorded", "--json").out.splitlines()[-1])
    fates = [(one["recipient"], one["status"], one["host"]) for one in last["state"]["outcomes"]]
    assert fates == [
        ("test@hogefuga.com", "rejected", "gw.corp.example"),
        ("bob@corp.example", "accepted", "gw.corp.example"),
    ]
    panel = run("replay", file, "--as-recorded", "--panel").out
    assert "550 5.7.1 not from there" in panel
    assert "gw.corp.example" in panel


def test_the_letter_that_was_recorded_is_exported(run: Run, file: str, tmp_path: Path) -> None:
    written = tmp_path / "letter.eml"
    assert run("replay", file, "--as-recorded", "--export", str(written)).status == 0
    assert written.read_bytes() == b"Subject: yesterday\r\n\r\nhi\r\n"


def test_a_file_without_replies_has_no_truth(run: Run, tmp_path: Path) -> None:
    silent = tmp_path / "silent.txt"
    silent.write_text("> HELO a.example\n> QUIT\n")
    ran = run("replay", str(silent), "--as-recorded")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "--as-recorded" in ran.err


def test_there_is_nothing_to_check(run: Run, file: str) -> None:
    assert run("replay", file, "--as-recorded", "--check").status == 2
