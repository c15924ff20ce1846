"""The command line: what it prints, and one line with exit status 2 for every wrong use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import smtpsim
from smtpsim.explain import LANGUAGES
from smtpsim.render.cells import width
from tests.app.conftest import Run

TRANSCRIPTS = sorted((Path(__file__).parent.parent.parent / "transcripts").glob("*.txt"))


def test_version(run: Run) -> None:
    assert run("--version").out == f"smtpsim {smtpsim.__version__}\n"


@pytest.mark.parametrize("command", [[], ["repl"], ["replay"], ["spf"], ["world"], ["transcript"]])
def test_every_command_has_help(run: Run, command: list[str]) -> None:
    ran = run(*command, "--help")
    assert ran.status == 0
    assert ran.out.startswith("Usage: smtpsim")


WRONG_USE = {
    "unknown option": (["--hots", "x"], "--hots"),
    "unknown command": (["frobnicate"], "frobnicate"),
    "unknown host": (["--host", "nosuch.example"], "nosuch.example"),
    "unknown host of repl": (["repl", "--host", "nosuch.example"], "mx.hogefuga.com"),
    "unknown language": (["--lang", "tlh"], ", ".join(LANGUAGES)),
    "client address": (["--client-ip", "192.0.2.999"], "192.0.2.999"),
    "client address with a zone": (["--client-ip", "fe80::1%eth0"], "fe80::1%eth0"),
    "client address of a replay": (["replay", "first-mail", "--client-ip", "fe80::1%eth0"], "fe80::1%eth0"),
    "no such world": (["--world", "/nonexistent"], "/nonexistent"),
    "no such transcript": (["replay", "nosuch"], "transcript list"),
    "no transcript named": (["replay"], "FILE|NAME"),
    "unknown format": (["replay", "first-mail", "--from", "nosuch"], "swaks"),
    "format that is only read": (["transcript", "convert", "first-mail", "--to", "nosuch"], "json"),
    "export without an ending": (["replay", "first-mail", "--export", "svg"], ".svg"),
    "export of an unknown kind": (["replay", "first-mail", "--export", "mail.gif"], ".mbox"),
    "spf address": (["spf", "192.0.2", "a@example.com"], "192.0.2.10"),
    "spf address with a zone": (["spf", "fe80::1%eth0", "a@example.com"], "fe80::1%eth0"),
    "speed": (["replay", "first-mail", "--speed", "0"], "0.01"),
    "speed that is no number": (["replay", "first-mail", "--speed", "nan"], "nan"),
    "world with a control character": (["--world", "\x1b[31m"], "\N{SYMBOL FOR ESCAPE}[31m"),
    "transcript with a control character": (["replay", "\x1b[31m"], "\N{SYMBOL FOR ESCAPE}[31m"),
    "spf sources": (["spf", "192.0.2.1", "a@b", "--zone", "x", "--dns", "live"], "--zone"),
    "spf zone": (["spf", "192.0.2.1", "a@b", "--zone", "/nonexistent"], "/nonexistent"),
    "spf server": (["spf", "192.0.2.1", "a@b", "--dns", "127.0.0.1:x"], "127.0.0.1:x"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG_USE.values(), ids=WRONG_USE)
@pytest.mark.parametrize("lang", ["en_US.UTF-8", "ja_JP.UTF-8"])
def test_wrong_use_is_one_line(run: Run, arguments: list[str], told: str, lang: str) -> None:
    ran = run(*arguments, variables={"LANG": lang})
    assert ran.status == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert ran.octets == b""


def test_an_unreadable_transcript(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.txt"
    file.write_bytes(b"\xff\xfe\x00\x01 nothing like SMTP\n")
    ran = run("replay", str(file))
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert str(file) in ran.err


def test_file_names_reach_no_terminal_raw(run: Run, tmp_path: Path) -> None:
    """In front of the message, where the words' own care does not reach."""
    file = tmp_path / "\x1b[31mred.txt"
    file.write_bytes(b"\xff\xfe\x00\x01 nothing like SMTP\n")
    folder = tmp_path / "\x9b31mworld"
    assert run("world", "init", str(folder)).status == 0
    (folder / "world.toml").write_text("= nonsense")
    for arguments in (["replay", str(file)], ["world", "check", str(folder)], ["--world", str(folder)]):
        ran = run(*arguments)
        assert ran.status == 2
        assert ran.err.removesuffix("\n").isprintable()


def test_json_of_octets_that_are_no_utf8_is_safe_to_print(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "octets.txt"
    file.write_bytes(
        b"# host: smtp.example.com\n220 hi\n> HELO \xff\x9b\n"
        b"> MAIL FROM:<\xff@x.example>\n> MAIL FROM:<a@\xc2\x9b.example>\n"
    )
    out = run("replay", str(file), "--json").out
    assert out.encode()
    assert all(line.isprintable() for line in out.splitlines())


@pytest.mark.parametrize("client", ["::ffff:192.0.2.10", "::FFFF:C000:20A"])
def test_spf_and_relay_see_the_same_client(run: Run, tmp_path: Path, client: str) -> None:
    """An IPv4-mapped address is the IPv4 address in it, from an option as from a transcript's directive."""
    file = tmp_path / "mapped.txt"
    dialogue = "HELO cgi.example.com\n> MAIL FROM:<a@example.com>\n> RCPT TO:<bob@hogefuga.com>\n"
    file.write_text(f"# client: {client}\n$ telnet smtp.example.com smtp\n220 hi\n> {dialogue}")
    for arguments in (["replay", str(file)], ["replay", str(file), "--client-ip", client]):
        last = json.loads(run(*arguments, "--json").out.splitlines()[-1])
        assert last["state"]["connection"]["client_ip"] == "192.0.2.10"
        assert last["reply"]["code"] == 250
        assert [check["result"] for check in last["state"]["checks"] if check["kind"] == "spf"] == ["pass", "pass"]


@pytest.mark.parametrize("directive", ["client: 192.0.2", "client: fe80::1%eth0", "host: nosuch.example"])
def test_a_wrong_directive_names_its_file(run: Run, tmp_path: Path, directive: str) -> None:
    file = tmp_path / "wrong.txt"
    file.write_text(f"# {directive}\n$ telnet smtp.example.com smtp\n220 hi\n")
    ran = run("replay", str(file))
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith(f"smtpsim: {file}: ")
    assert directive.split()[1] in ran.err


def test_a_wrong_order_in_a_transcript_names_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "order.txt"
    file.write_text("$ telnet smtp.example.com smtp\n220 Connected\n:frobnicate\n")
    ran = run("replay", str(file))
    assert ran.status == 2
    assert f"{file}:3:" in ran.err


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_every_shipped_transcript_is_answered_as_recorded(run: Run, path: Path) -> None:
    ran = run("replay", path.stem, "--check")
    assert ran.status == 0, ran.out


def test_shipped_transcripts_are_found_without_their_number(run: Run) -> None:
    assert "221 bye." in run("replay", "first-mail", "--instant").out


def test_a_difference_is_shown_and_counts(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "differs.txt"
    file.write_text("$ telnet smtp.example.com smtp\n220 hi\n> NOOP\n451 not now\n> QUIT\n221 bye\n")
    ran = run("replay", str(file), "--check")
    assert ran.status == 1
    assert f"{file}:4: NOOP: recorded 451, answered 250" in ran.out


def test_replay_as_json(run: Run) -> None:
    turns = [json.loads(line) for line in run("replay", "first-mail", "--json").out.splitlines()]
    assert [turn["turn"] for turn in turns] == list(range(13))
    assert all(turn["schema"] == 1 for turn in turns)
    assert turns[0]["client"] is None
    assert turns[3]["reply"] == {
        "code": 250,
        "enhanced": "2.1.5",
        "lines": ["okay"],
        "key": "rcpt-ok",
        "rule": "RFC 5321 4.1.1.3",
    }
    assert turns[3]["state"]["envelope"] == {"from": "webmaster@example.com", "to": ["test@hogefuga.com"]}
    assert turns[5]["reply"] is None
    last = turns[-1]["state"]
    assert last["headers"][2] == ["Subject", "Test mail"]
    assert [(o["recipient"], o["status"], o["hop"]) for o in last["outcomes"]] == [
        ("test@hogefuga.com", "delivered", 1)
    ]
    assert {check["identity"]: check["result"] for check in last["checks"]} == {"helo": "pass", "mailfrom": "pass"}


def test_simulator_commands_in_json(run: Run) -> None:
    turns = [json.loads(line) for line in run("replay", "spf-macro", "--json").out.splitlines()]
    orders = [turn for turn in turns if "command" in turn]
    assert [turn["command"] for turn in orders] == [":ip 203.0.113.66"]


def test_the_final_panel(run: Run) -> None:
    panel = run("replay", "first-mail", "--panel").out
    assert "test@hogefuga.com" in panel
    assert "Test mail" in panel
    assert "\x1b" not in panel


def test_convert(run: Run, tmp_path: Path) -> None:
    written = tmp_path / "out.json"
    ran = run("transcript", "convert", "first-mail", "--to", "json", "-o", str(written))
    assert ran.status == 0
    entries = [json.loads(line) for line in written.read_text().splitlines()]
    assert {"who": "client", "text": "HELO cgi.example.com"} in entries
    assert {"who": "content", "text": "Subject: Test mail"} in entries


def test_secrets_are_masked_unless_kept(run: Run) -> None:
    assert b"ZXhhbXBsZQ==" not in run("transcript", "convert", "login", "--to", "text").octets
    kept = run("transcript", "convert", "login", "--to", "text", "--keep-secrets")
    assert b"ZXhhbXBsZQ==" in kept.octets


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_list_is_a_table_by_theme(run: Run, lang: str) -> None:
    out = run("transcript", "list", "--lang", lang).out
    heads = [line for line in out.splitlines() if line.startswith("── ")]
    used = {json.loads(line)["theme"] for line in run("transcript", "list", "--json").out.splitlines()}
    assert len(heads) == len(used)
    assert all(path.stem in out for path in TRANSCRIPTS)
    assert all(width(line) <= 100 for line in out.splitlines())


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_list_for_programs(run: Run, lang: str) -> None:
    listed = [json.loads(line) for line in run("transcript", "list", "--json", "--lang", lang).out.splitlines()]
    assert [one["name"] for one in listed] == [path.stem for path in TRANSCRIPTS]
    assert all(one[key] for one in listed for key in ("theme", "title", "about"))
    assert listed[0]["title"] == {"en": "The first mail", "ja": "はじめてのメール"}[lang]


def test_world_is_written_checked_and_used(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "world"
    assert run("world", "init", str(folder)).status == 0
    assert run("world", "check", str(folder)).status == 0
    host = folder / "hosts" / "mx.hogefuga.com.toml"
    host.write_text(host.read_text().replace('"mailbox"', '"mailbocks"', 1))
    ran = run("world", "check", str(folder))
    assert ran.status == 2
    assert f"{host}:5:" in ran.err
    assert run("--world", str(folder)).err.startswith(f"smtpsim: {host}:5:")
    again = run("world", "init", str(folder))
    assert (again.status, again.err.count("\n")) == (2, 1)


def test_world_show(run: Run) -> None:
    shown = run("world", "show").out
    assert "mx.hogefuga.com  198.51.100.25" in shown
    assert "v=spf1 ip4:192.0.2.0/24 -all" in shown


def test_a_replay_sends_secrets_and_shows_none(run: Run) -> None:
    for output in ("--json", "--instant", "--panel"):
        assert "ZXhhbXBsZQ==" not in run("replay", "login", output).out
    assert "> ********" in run("replay", "login", "--instant").out
    assert "> ZXhhbXBsZQ==" in run("replay", "login", "--instant", "--keep-secrets").out
    assert run("replay", "login", "--check").status == 0


def test_a_replay_shows_no_password_of_a_mailbox(run: Run) -> None:
    assert "> PASS ********" in run("replay", "pop3", "--instant").out
    assert "> a1 LOGIN test ********" in run("replay", "imap", "--instant").out
    assert run("replay", "pop3", "imap", "--check").status == 0
