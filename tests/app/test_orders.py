"""`:compose` and its kin in transcripts and on a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.conftest import Run

COMPOSE = ":compose from=webmaster@example.com to=test@hogefuga.com bcc=bob@hogefuga.com subject=hello"
ANSWERS = """\
250-smtp.example.com
250 OK
250 ok
250 ok
250 ok
354 go
250 ok
"""


def transcript(folder: Path, *lines: str) -> str:
    file = folder / "composed.txt"
    file.write_text("\n".join(("$ telnet smtp.example.com smtp", "220 Connected", *lines, "")), encoding="utf-8")
    return str(file)


def test_a_transcript_may_compose_a_mail(run: Run, tmp_path: Path) -> None:
    lines = run("replay", transcript(tmp_path, COMPOSE, "> QUIT")).out.splitlines()
    assert "> EHLO cgi.example.com" in lines
    assert "> RCPT TO:<bob@hogefuga.com>" in lines
    assert lines[-2:] == ["> QUIT", "221 2.0.0 bye."]


def test_its_replies_are_compared_like_any(run: Run, tmp_path: Path) -> None:
    good = transcript(tmp_path, COMPOSE, *ANSWERS.splitlines(), "> QUIT", "221 bye")
    assert run("replay", good, "--check").status == 0
    worse = transcript(tmp_path, COMPOSE, *ANSWERS.replace("354 go", "451 no").splitlines())
    ran = run("replay", worse, "--check")
    assert (ran.status, "recorded 451, answered 354" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("line", "told"),
    [(":compose from=a@example.com", "bcc"), (":compose from=ann to=b@example.net", "ann"), (":read test 9", "test@")],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_line_that_cannot_be_carried_out_names_its_place(
    run: Run, tmp_path: Path, line: str, told: str, lang: str
) -> None:
    file = transcript(tmp_path, line)
    ran = run("replay", file, "--lang", lang)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert f"{file}:3: " in ran.err
    assert told in ran.err


def test_on_a_pipe_the_server_s_lines_come_out(run: Run) -> None:
    source = f"{COMPOSE}\r\nQUIT\r\n".encode()
    codes = [line[:3] for line in run("--commands", source=source).octets.split(b"\r\n") if line[3:4] == b" "]
    assert codes == [b"220", b"250", b"250", b"250", b"250", b"354", b"250", b"221"]


def test_on_a_pipe_a_bad_draft_is_complained_of(run: Run) -> None:
    ran = run("--commands", source=b":compose from=x\r\nNOOP\r\n")
    assert ran.octets == b"220 Connected\r\n250 Ok\r\n"
    assert ":compose from=x" in ran.err
