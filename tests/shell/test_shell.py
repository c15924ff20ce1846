"""A shell gives values: what each command's example comes to, what a front end must grant, and what looking leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import (
    Begin,
    Display,
    Grant,
    Leave,
    Moved,
    Page,
    Question,
    ReadFile,
    Refused,
    Speak,
    Told,
    Turns,
    WriteFile,
    told,
)
from smtpsim.shell.commands import load, meant, names
from smtpsim.shell.disk import performed
from smtpsim.shell.shell import Shell, carry_out, standing
from tests.shell.conftest import Begin as Begun

MAIL = (
    "EHLO cgi.example.com",
    "MAIL FROM:<webmaster@example.com>",
    "RCPT TO:<test@hogefuga.com>",
    "RCPT TO:<alice@hogefuga.com>",
    "DATA",
    "Subject: hello",
    "",
    ".",
    "NOOP",
    ":undo",
)
EVERYTHING = frozenset(Grant)

COMES_TO = {
    **dict.fromkeys(("back", "fold", "large", "panel", "theme"), Display),
    **dict.fromkeys(("undo", "redo"), Moved),
    **dict.fromkeys(("dmarc", "explain", "hop", "hosts", "inbox", "queue", "reputation", "spf"), Page),
    **dict.fromkeys(("policy", "rbl", "subscriber", "suppression", "tlsrpt"), Page),
    **dict.fromkeys(("bounce", "complain", "compose", "connect", "dns", "fault", "host", "ip", "read"), Turns),
    **dict.fromkeys(("receipts", "wait"), Turns),
    **dict.fromkeys(("export", "save"), WriteFile),
    "goto": Moved,
    "help": Told,
    "lang": Speak,
    "lesson": Question,
    "open": Question,
    "quit": Question,
    "recover": Told,
}


def test_every_command_is_here() -> None:
    assert sorted(COMES_TO) == list(names())


@pytest.fixture(autouse=True)
def nothing_was_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


@pytest.mark.parametrize("name", names())
def test_an_example_can_be_typed(begin: Begun, name: str) -> None:
    shell = begin(*MAIL)
    shell.grants = EVERYTHING
    answer = shell.command(load(name).example)
    assert isinstance(answer, COMES_TO[name])
    if isinstance(answer, Turns) and name != "compose":
        assert all(words(lang).has(f"command.{name}-done") for lang in LANGUAGES)
        assert {turn.command for turn in answer.turns} == {name}


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_happens_that_was_not_granted(begin: Begun, name: str, lang: str) -> None:
    """Nothing but what the answer says, and no answer that needs a grant."""
    shell = begin(*MAIL)
    shell.words = words(lang)
    now, ahead = shell.now, shell.timeline.ahead
    answer = shell.command(load(name).example)
    assert (shell.now, shell.timeline.ahead) == (now, ahead)
    assert not isinstance(answer, ReadFile | WriteFile | Display)
    if load(name).grants and name not in ("compose", "open"):
        assert isinstance(answer, Refused)
        assert told(answer, words(lang))


@pytest.mark.parametrize(
    "line", [":rbl 203.0.113.66", ":suppression", ":reputation", ":dmarc", ":queue", ":dns example.com", ":policy spf"]
)
def test_looking_is_no_step(begin: Begun, line: str) -> None:
    shell = begin("HELO a", "NOOP", ":undo")
    now = shell.now
    assert isinstance(shell.input(line), Page)
    assert (shell.now, shell.timeline.ahead) == (now, 1)


@pytest.mark.parametrize("line", [":rbl 203.0.113.66", ":suppression", ":queue"])
def test_in_a_recording_a_look_is_a_step_that_changes_nothing(begin: Begun, line: str) -> None:
    simulation = begin("HELO a").simulation
    turns = carry_out(simulation, line)
    assert not isinstance(turns, Refused)
    (turn,) = turns
    assert (turn.line, turn.after) == (line, simulation._replace(turns=simulation.turns + 1))


@pytest.mark.parametrize("line", [":save x.txt", ":export test@hogefuga.com x", ":panel", ":quit", ":undo"])
def test_a_recording_reaches_neither_disk_nor_screen(begin: Begun, line: str) -> None:
    assert isinstance(carry_out(begin("HELO a").simulation, line), Refused)


def test_a_transcript_names_a_world_on_the_disk_only_where_files_may_be_read(begin: Begun, tmp_path: Path) -> None:
    shell = begin()
    content = b"# world: /etc\n> HELO a\n"
    shell.grants = frozenset({Grant.READ, Grant.DISK})
    answer = shell.command(f":open {tmp_path}/x.txt")
    assert isinstance(answer, ReadFile)
    shell.grants = frozenset({Grant.READ})
    assert answer.then(content) == Wrong("not-granted-disk")


def test_a_browser_learns_nothing_of_the_disk(begin: Begun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("> HELO a\n")
    (tmp_path / "box").mkdir()
    shell = begin("HELO a")
    shell.grants = frozenset({Grant.READ, Grant.WRITE, Grant.SCREEN})
    assert shell.command(":recover") == Wrong("not-granted-disk")
    assert "secret.txt" not in load("open").arguments(shell)
    for name in ("secret.txt", "nothing.txt"):
        assert isinstance(shell.command(f":open {name}"), ReadFile)
    for name in ("box", "nothing"):
        assert isinstance(shell.command(f":export test@hogefuga.com {name}"), WriteFile)
    home = shell.command(":save ~/x.txt")
    assert isinstance(home, WriteFile)
    assert home.path == "~/x.txt"


def test_names_may_be_cut_short_and_the_step_holds_the_whole_one(begin: Begun) -> None:
    answer = begin().command(":wai 4h")
    assert isinstance(answer, Turns)
    assert [turn.line for turn in answer.turns] == [":wait 4h"]


@pytest.mark.parametrize(
    ("typed", "key"), [("nothing", "unknown"), ("", "unknown"), ("re", "unclear"), ("h", "unclear")]
)
def test_a_name_that_is_none(typed: str, key: str) -> None:
    found = meant(typed)
    assert isinstance(found, Wrong)
    assert found.key == key


def test_a_shell_goes_on_from_where_it_is_put(begin: Begun) -> None:
    simulation = begin("HELO a").simulation
    shell = Shell(standing(simulation), words("en"))
    assert isinstance(shell.input("NOOP"), Turns)
    assert (shell.now.number, shell.now.after.turns) == (simulation.turns, simulation.turns + 1)


def test_a_saved_session_is_left_without_a_question(begin: Begun, tmp_path: Path) -> None:
    shell = begin("HELO a")
    shell.grants = EVERYTHING
    assert isinstance(shell.command(":quit"), Question)
    assert isinstance(performed(shell.command(f":save {tmp_path}/a.txt"), shell), Told)
    assert isinstance(shell.command(":quit"), Leave)
    assert isinstance(shell.command(":open first-mail"), Begin)


def test_a_file_of_somebody_else_is_asked_about(begin: Begun, tmp_path: Path) -> None:
    shell = begin("HELO a")
    shell.grants = EVERYTHING
    (tmp_path / "a.txt").write_text("mine")
    answer = performed(shell.command(f":save {tmp_path}/a.txt"), shell)
    assert isinstance(answer, Question)
    assert (tmp_path / "a.txt").read_text() == "mine"
    answer.yes()
    assert "HELO a" in (tmp_path / "a.txt").read_text()


IDLES = (
    ":fault rcpt 451 next at mx.bigmail.example",
    "EHLO cgi.example.com",
    "MAIL FROM:<webmaster@example.com>",
    "RCPT TO:<yuki@bigmail.example>",
    "DATA",
    ".",
    ":wait 25m",
    ":connect imap.bigmail.example:143",
    "a LOGIN yuki example",
    "b SELECT INBOX",
    "c IDLE",
)
"""A mail waits in the relay's queue for half an hour, and a reader's program for less, so that it is not hung up on."""


def test_a_client_that_idles_is_told_what_a_command_has_brought(begin: Begun) -> None:
    """IMAP's server speaks unasked (RFC 2177), also when simulated time has passed."""
    shell = begin(*IDLES)
    answer = shell.input(":wait 20m")
    assert isinstance(answer, Turns)
    waited, told = answer.turns
    assert (waited.line, waited.reply) == (":wait 20m", None)
    assert told.reply is not None
    assert told.reply.lines == ("* 1 EXISTS", "* 1 RECENT")
    shell.input(":wait 1m")
    assert shell.last.reply is None
