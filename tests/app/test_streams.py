"""Streams that are closed or full, and options in places where people put them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.conftest import Run

PROGRAM = f"{sys.executable} -m smtpsim"


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("command", "status", "out", "err"),
    [
        ("{} <&-", 0, "220 Connected\n", ""),
        ("{} </dev/null >&-", 0, "", ""),
        ("{} --help >&-", 0, "", ""),
        ("{} </dev/null >/dev/full", 2, "", "smtpsim: No space left on device\n"),
        ("{} --version >/dev/full", 2, "", "smtpsim: No space left on device\n"),
        ("{} replay --instant first-mail >/dev/full", 2, "", "smtpsim: No space left on device\n"),
        ("{} replay --instant first-mail | head -n 1", 0, "220 Connected\n", ""),
    ],
)
def test_a_stream_that_is_closed_or_full(command: str, status: int, out: str, err: str) -> None:
    ran = shell(command.format(PROGRAM))
    assert (ran.returncode, ran.stdout, ran.stderr) == (status, out, err)


def test_options_before_a_command_hold_for_it(run: Run) -> None:
    assert run("--client-ip", "203.0.113.66", "replay", "--panel", "first-mail").out.count("203.0.113.66")
    assert run("--lang", "ja", "world", "check", "default").out == run("world", "check", "default", "--lang", "ja").out


def test_the_option_behind_the_command_wins(run: Run) -> None:
    both = run("--lang", "ja", "replay", "--lang", "en", "--check", "first-mail")
    assert both.out == run("replay", "--check", "first-mail").out


@pytest.mark.parametrize(
    "command", [("spf", "192.0.2.10", "a@example.com"), ("world", "check"), ("transcript", "list")]
)
def test_an_option_that_the_command_does_not_have_is_refused(run: Run, command: tuple[str, ...]) -> None:
    ran = run("--client-ip", "192.0.2.10", *command)
    assert (ran.status, ran.err) == (2, f"smtpsim: {command[0]} has no option --client-ip.\n")


def test_a_sender_without_a_name_to_check(run: Run) -> None:
    ran = run("spf", "192.0.2.10", "<>")
    assert (ran.status, ran.err.count("--helo")) == (2, 1)
    assert run("spf", "192.0.2.10", "<>", "--helo", "cgi.example.com").status == 0


def test_an_empty_record_is_one_that_is_not_there(run: Run) -> None:
    assert run("spf", "192.0.2.10", "a@example.com", "--record", "").out.splitlines()[1].startswith("none:")


def test_one_transcript_is_exported_at_a_time(run: Run, tmp_path: Path) -> None:
    ran = run("replay", "first-mail", "bounce", "--export", str(tmp_path / "a.svg"))
    assert (ran.status, list(tmp_path.iterdir())) == (2, [])


def test_what_a_client_would_say_goes_into_a_file(run: Run, tmp_path: Path) -> None:
    arguments = ("compose", "--from", "webmaster@example.com", "--to", "test@hogefuga.com", "--body", "hi", "--text")
    file = tmp_path / "said.txt"
    assert run(*arguments, "-o", str(file)).out == ""
    assert file.read_text(encoding="utf-8") == run(*arguments).out


def test_a_recording_connects_where_it_was_made(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("220 mx.hogefuga.com ESMTP Postfix\nRCPT TO:<nobody@hogefuga.com>\n", encoding="utf-8")
    assert run("replay", "--instant", str(file)).out.startswith("220 mx.hogefuga.com")
    assert not run("replay", "--instant", str(file), "--host", "smtp.example.com").out.startswith("220 mx.")
