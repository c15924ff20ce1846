"""`smtpsim compose`: what it prints can be replayed, and it tells what became of each recipient."""

from __future__ import annotations

import json
import mailbox
from pathlib import Path

import pytest

from tests.app.conftest import Run

BASIC = ("compose", "--from", "webmaster@example.com", "--to", "test@hogefuga.com")


def test_help_names_every_option(run: Run) -> None:
    shown = run("compose", "--help").out
    for option in ("--reply-to", "--bcc", "--list", "--each", "--receipt", "--envelope-from", "--text", "--output"):
        assert option in shown
    assert "class" not in shown


def test_the_dialogue_and_what_became_of_it(run: Run) -> None:
    lines = run(*BASIC, "--bcc", "bob@hogefuga.com,nobody@hogefuga.com", "--subject", "hello").out.splitlines()
    assert lines[:3] == ["# title: hello", "# client: 192.0.2.10", "$ telnet smtp.example.com smtp"]
    assert [line for line in lines if line.startswith("> RCPT")] == [
        "> RCPT TO:<test@hogefuga.com>",
        "> RCPT TO:<bob@hogefuga.com>",
        "> RCPT TO:<nobody@hogefuga.com>",
    ]
    notes = [line for line in lines if line.startswith("# note: ")]
    assert [note.split(": ")[1] for note in notes] == [
        "test@hogefuga.com",
        "bob@hogefuga.com",
        "nobody@hogefuga.com",
        "the report to the sender",
    ]
    assert not any(line.lower().startswith("> bcc") for line in lines)


def test_what_is_printed_can_be_replayed(run: Run, tmp_path: Path) -> None:
    printed = run(*BASIC, "--subject", "日本語 件名", "--body", ".dot\n\ttab\nくんにちは\n\x1b[31m").out
    file = tmp_path / "composed.txt"
    file.write_text(printed, encoding="utf-8")
    ran = run("replay", str(file), "--check")
    assert (ran.status, ran.err) == (0, "")


def test_a_file_gets_the_transcript(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "composed.txt"
    ran = run(*BASIC, "-o", str(file))
    assert ran.out.splitlines() == ["test@hogefuga.com: lies in the mailbox test@hogefuga.com at mx.hogefuga.com"]
    assert "# note" not in file.read_text(encoding="utf-8")
    assert run("replay", str(file), "--check").status == 0


def test_the_same_seed_gives_the_same_bytes(run: Run) -> None:
    assert run(*BASIC, "--seed", "3").out == run(*BASIC, "--seed", "3").out
    assert run(*BASIC, "--seed", "3").out != run(*BASIC, "--seed", "4").out


def test_text_sends_nothing(run: Run) -> None:
    printed = run(*BASIC, "--cc", "alice@hogefuga.com", "--each", "--text").out
    assert sum(line.startswith("> MAIL") for line in printed.splitlines()) == 2
    assert not any(line[:1].isdigit() for line in printed.splitlines())
    assert "# note" not in printed


def test_text_and_dialogue_say_the_same(run: Run) -> None:
    def client(*more: str) -> list[str]:
        return [line for line in run(*BASIC, *more).out.splitlines() if line.startswith(">")]

    assert client("--text") == client()


def test_as_json(run: Run) -> None:
    turns = [json.loads(line) for line in run(*BASIC, "--json").out.splitlines()]
    assert turns[-1]["client"] == "QUIT"
    assert turns[-1]["state"]["outcomes"][0]["status"] == "delivered"


def test_the_final_panel(run: Run) -> None:
    panel = run(*BASIC, "--subject", "テスト", "--panel").out
    assert "Subject" in panel
    assert "テスト" in panel


def test_in_japanese(run: Run) -> None:
    assert "メールボックス test@hogefuga.com" in run(*BASIC, "--lang", "ja").out


def test_a_list_of_recipients(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# readers\nalice@hogefuga.com\n\nBob <bob@hogefuga.com>, carol@example.net\n", encoding="utf-8")
    lines = run(*BASIC, "--list", str(file), "--each").out.splitlines()
    assert sum(line.startswith("> DATA") for line in lines) == 4
    assert "> To: test@hogefuga.com" in lines


def test_the_body_from_a_file_or_the_pipe(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "body.txt"
    file.write_bytes("\ufeffこんにちは\r\n".encode())
    assert "> こんにちは" in run(*BASIC, "--body-file", str(file)).out.splitlines()
    assert "> from the pipe" in run(*BASIC, "--body-file", "-", source=b"from the pipe\n").out.splitlines()


@pytest.mark.parametrize(("given", "mail"), [("<>", "<>"), ("bounces@example.com", "<bounces@example.com>")])
def test_the_sender_on_the_envelope(run: Run, given: str, mail: str) -> None:
    lines = run(*BASIC, "--envelope-from", given).out.splitlines()
    assert any(line.startswith(f"> MAIL FROM:{mail}") for line in lines)
    assert "> From: webmaster@example.com" in lines


def test_reply_to_receipt_and_helo(run: Run) -> None:
    lines = run(*BASIC, "--reply-to", "office@example.com", "--receipt", "--helo", "pc.example.com").out.splitlines()
    assert "> Reply-To: office@example.com" in lines
    assert "> Disposition-Notification-To: webmaster@example.com" in lines
    assert "> EHLO pc.example.com" in lines


def test_another_world_is_named_in_the_transcript(run: Run, tmp_path: Path) -> None:
    folder, file = tmp_path / "world", tmp_path / "composed.txt"
    run("world", "init", str(folder))
    assert run(*BASIC, "--world", str(folder), "-o", str(file)).status == 0
    assert f"# world: {folder}" in file.read_text(encoding="utf-8")


def test_what_a_stranger_wrote_reaches_no_terminal(run: Run) -> None:
    assert "\x1b" not in run(*BASIC, "--body", "\x1b]0;title\x07 \u202eabc").out
    assert "\u202e" not in run(*BASIC, "--body", "\u202eabc").out


WRONG = {
    "no author": (("compose", "--to", "a@x.example"), "--from"),
    "nobody": (("compose", "--from", "a@x.example"), "bcc"),
    "bad address": ((*BASIC, "--cc", "bob@"), "bob@"),
    "bad author": (("compose", "--from", "bob", "--to", "a@x.example"), "bob"),
    "header injection": ((*BASIC, "--subject", "x\nBcc: b@x.example"), "subject"),
    "two bodies": ((*BASIC, "--body", "x", "--body-file", "y"), "--body-file"),
    "no such body": ((*BASIC, "--body-file", "/nonexistent"), "/nonexistent"),
    "no such list": ((*BASIC, "--list", "/nonexistent"), "/nonexistent"),
    "odd name": ((*BASIC, "--helo", "a b"), "a b"),
    "two lines in the name": ((*BASIC, "--helo", "a\r\nMAIL"), "--helo"),
    "no such host": ((*BASIC, "--host", "nosuch.example"), "nosuch.example"),
    "cannot be written": ((*BASIC, "-o", "/nonexistent/file"), "/nonexistent/file"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("lang", ["en_US.UTF-8", "ja_JP.UTF-8"])
def test_wrong_use_is_one_line(run: Run, arguments: tuple[str, ...], told: str, lang: str) -> None:
    ran = run(*arguments, variables={"LANG": lang})
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert told in ran.err
    assert ran.out == ""


def test_a_mistake_in_a_list_names_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("a@x.example\nb@\n", encoding="utf-8")
    ran = run(*BASIC, "--list", str(file))
    assert ran.status == 2
    assert f"{file}:2" in ran.err


def test_files_that_are_not_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "octets"
    file.write_bytes(b"\xff")
    for option in ("--list", "--body-file"):
        assert str(file) in run(*BASIC, option, str(file)).err


def test_mailboxes_that_were_reached_are_exported(run: Run, tmp_path: Path) -> None:
    file, folder = tmp_path / "all.mbox", tmp_path / "maildir"
    assert run("replay", "several-recipients", "--export", str(file)).status == 0
    assert run("replay", "several-recipients", "--export", f"{folder}/").status == 0
    box = mailbox.mbox(file, create=False)
    assert [mail["Subject"] for mail in box] == ["minutes of the meeting"] * 4
    box.close()
    assert len(mailbox.Maildir(folder, create=False)) == 4


def test_where_nothing_was_delivered_there_is_nothing_to_export(run: Run, tmp_path: Path) -> None:
    ran = run("replay", "relay-denied", "--export", str(tmp_path / "x.mbox"))
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert not (tmp_path / "x.mbox").exists()
