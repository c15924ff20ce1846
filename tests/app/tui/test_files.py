"""Saving, opening, the journal and the history: what is on the disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from smtpsim.app.tui import actions
from smtpsim.app.tui.history import MOST_LINES, LineHistory
from smtpsim.shell.autosave import Autosave
from smtpsim.shell.journal import Journal
from smtpsim.shell.paths import history_path, keep_lost, lost_journal, new_journal, state_folder
from smtpsim.transcript import Dialogue, read
from smtpsim.transcript.credentials import without_credentials
from smtpsim.transcript.recording import recorded
from tests.app.tui.conftest import Begin


def cut_off(keeper: Autosave) -> str:
    """The process of a session is gone: its files are closed, and nothing was tidied up. Gives its journal."""
    journal = keeper._journal
    assert journal is not None
    os.close(journal._file)
    return journal.path


def test_save_writes_a_transcript_up_to_the_step_that_is_shown(begin: Begin, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    state = begin("HELO a", "NOOP", ":undo", f":save {file}")
    assert file.read_text() == (
        "# title: mail\n# client: 192.0.2.10\n$ telnet smtp.example.com smtp\n220 Connected\n> HELO a\n"
        "250 Hello smtp.example.com\n"
    )
    assert not state.unsaved
    actions.send(state, ("RSET",))
    assert state.unsaved
    actions.send(state, (":save",))
    assert "> RSET\n" in file.read_text()
    assert os.listdir(tmp_path) == ["mail.txt"]


def test_save_asks_before_it_replaces_what_is_not_its_own(begin: Begin, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("mine")
    state = begin("HELO a", f":save {file}")
    assert state.ask is not None
    actions.answer(state, yes=False)
    assert file.read_text() == "mine"
    actions.send(state, (f":save {file}",))
    actions.answer(state, yes=True)
    assert "> HELO a" in file.read_text()


@pytest.mark.parametrize("name", ["mail.jsonl", "mail.json", "mail.log", "mail"])
def test_save_writes_a_transcript_that_can_be_opened_again(begin: Begin, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    state = begin("HELO a", f":save {file}")
    assert not state.unsaved
    found = read(file.read_bytes())
    assert isinstance(found, Dialogue)
    assert found == recorded(state.timeline.turns, "mail")
    assert found.format == ("json" if "json" in name else "text")
    actions.send(state, ("NOOP", ":save", f":open {file}"))
    assert (state.now.number, state.now.line) == (2, "NOOP")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("mail.html", b"<!doctype html>"),
        ("mail.svg", b"<svg"),
        ("mail.md", b"<!-- smtpsim transcript -->"),
        ("mail.cast", b'{"version": 2'),
        ("mail.eml", b"Subject: hi\r\n"),
    ],
)
def test_save_shows_the_session_in_other_ways(begin: Begin, tmp_path: Path, name: str, begins: bytes) -> None:
    """That is no way to keep it: the session still counts as not saved, and `:save` alone writes where it was."""
    file, kept = tmp_path / name, tmp_path / "kept.txt"
    letter = (
        "HELO a",
        "MAIL FROM:<webmaster@example.com>",
        "RCPT TO:<test@hogefuga.com>",
        "DATA",
        "Subject: hi",
        "",
        ".",
    )
    state = begin(*letter, f":save {kept}", "NOOP", f":save {file}")
    assert file.read_bytes().startswith(begins)
    assert state.unsaved
    assert state.message is not None
    assert ".txt" in state.message.value
    actions.send(state, (":save",))
    assert "> NOOP" in kept.read_text()
    assert not state.unsaved


@pytest.mark.parametrize(("name", "mark"), [("x.foo", "warn"), ("x", "good"), ("x.txt", "good")])
def test_an_ending_that_means_nothing_is_told(begin: Begin, tmp_path: Path, name: str, mark: str) -> None:
    state = begin("HELO a", f":save {tmp_path / name}")
    assert state.message is not None
    assert (state.message.mark, ".jsonl" in state.message.value) == (mark, mark == "warn")
    assert "> HELO a" in (tmp_path / name).read_text()


def test_what_cannot_be_written_is_said(begin: Begin, tmp_path: Path) -> None:
    state = begin("HELO a", f":save {tmp_path / 'none.mbox'}")
    assert state.message is not None
    assert "none.mbox" in state.message.value
    assert os.listdir(tmp_path) == []


def test_open_plays_a_file_and_asks_before_turns_are_lost(begin: Begin, tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text("# client: 203.0.113.66\n$ telnet mx.hogefuga.com smtp\n220 hi\n> HELO b\n250 hi\n:wait 1m\n")
    state = begin(f":open {file}")
    assert (state.now.number, state.simulation.connection.client_ip) == (2, "203.0.113.66")
    assert state.simulation.connection.host.name == "mx.hogefuga.com"
    assert not state.unsaved
    actions.send(state, ("NOOP", ":open first-mail"))
    assert state.ask is not None
    actions.answer(state, yes=True)
    assert state.message is not None
    assert state.now.line == "QUIT"


@pytest.mark.parametrize("content", ["", "no transcript\n", "> HELO a\n:nothing\n"])
def test_a_file_that_cannot_be_played_changes_nothing(begin: Begin, tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(content)
    state = begin("HELO a")
    state.shell.saved = state.last
    actions.send(state, (f":open {file}",))
    assert state.message is not None
    assert str(file) in state.message.value
    assert state.now.line == "HELO a"


def journalled(path: str) -> Dialogue:
    found = read(Path(path).read_bytes())
    assert isinstance(found, Dialogue)
    return found


def test_the_journal_is_the_session_at_every_step(begin: Begin) -> None:
    state, journal = begin(), Journal(*new_journal())
    steps = ("EHLO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA", "..x", ":undo 3", "RSET", ":goto 1")
    for line in steps:
        actions.send(state, (line,))
        journal.follow(state.timeline)
        assert journalled(journal.path) == recorded(state.timeline.turns)
    journal.close()
    assert not os.path.exists(journal.path)


def test_a_journal_is_for_its_owner_alone(begin: Begin) -> None:
    journal = Journal(*new_journal())
    assert os.stat(journal.path).st_mode & 0o077 == 0
    journal.close()


def test_only_a_session_that_was_cut_off_is_lost(begin: Begin) -> None:
    state, keeper = begin(), Autosave()
    keeper.follow(state.timeline)
    assert journals() == []
    actions.send(state, ("HELO a",))
    keeper.follow(state.timeline)
    assert not keep_lost()
    cut_off(keeper)
    assert (keep_lost(), keep_lost()) == (True, False)
    assert journalled(lost_journal()) == recorded(state.timeline.turns)
    fresh = begin(":recover")
    assert fresh.now.line == "HELO a"


def journals() -> list[str]:
    """The journals of sessions that live, or whose end nobody has found yet."""
    return [name for name in os.listdir(state_folder()) if name.startswith("session-")]


def test_a_session_with_the_process_number_of_one_cut_off_destroys_nothing(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container the number is always the same."""
    monkeypatch.setattr("smtpsim.shell.paths.os.getpid", lambda: 1)
    lines = [f"HELO number{number}" for number in range(5)]
    alive = []
    for line in lines:
        state, keeper = begin(line), Autosave()
        keeper.follow(state.timeline)
        alive.append(keeper)
    assert not keep_lost()
    for keeper in alive:
        cut_off(keeper)
    assert keep_lost()
    folder = Path(state_folder())
    assert sorted(line for path in folder.iterdir() for line in path.read_text().splitlines() if "HELO" in line) == [
        f"> {line}" for line in lines
    ]


@pytest.mark.parametrize("when", [-1_000_000_000, 0, 32_000_000_000])
def test_the_last_session_cut_off_is_brought_back_whatever_the_clock_said(begin: Begin, when: int) -> None:
    for line, time in (("HELO first", when), ("HELO second", 1_000_000)):
        state, keeper = begin(line), Autosave()
        keeper.follow(state.timeline)
        os.utime(cut_off(keeper), (time, time))
        assert keep_lost()
    assert begin(":recover").now.line == "HELO second"


def test_what_was_put_aside_is_never_replaced(begin: Begin) -> None:
    path, file = new_journal()
    os.write(file, b"> HELO a\n")
    os.close(file)
    taken = Path(state_folder()) / "lost-session-000001.txt"
    taken.mkdir()
    assert keep_lost()
    assert Path(lost_journal()).read_bytes() == b"> HELO a\n"
    assert (taken.is_dir(), os.path.exists(path)) == (True, False)


def test_a_pipe_in_the_place_of_a_journal_stops_nothing() -> None:
    os.mkfifo(Path(state_folder()) / "session-1.txt")
    keep_lost()


def test_a_second_session_that_was_cut_off_does_not_take_the_place_of_the_first(begin: Begin) -> None:
    kept = []
    for number, line in enumerate(("HELO first", "HELO second")):
        state, keeper = begin(line), Autosave()
        keeper.follow(state.timeline)
        os.utime(cut_off(keeper), (number, number))
        assert keep_lost()
        kept.append(lost_journal())
    assert kept[0] != kept[1]
    assert [os.path.exists(path) for path in kept] == [True, True]
    assert begin(":recover").now.line == "HELO second"
    assert begin(f":open {kept[0]}").now.line == "HELO first"


def test_without_a_place_to_write_the_session_goes_on(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null/nowhere")
    state, keeper = begin("HELO a"), Autosave()
    keeper.follow(state.timeline)
    keeper.follow(state.timeline)
    keeper.close()
    assert (history_path(), keep_lost(), lost_journal()) == (None, False, "")


def loaded(path: Path) -> list[str]:
    return list(LineHistory(str(path)).load_history_strings())


def test_every_line_is_in_the_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history"
    history = LineHistory(str(path))
    for line in ("HELO a", "MAIL FROM:<\udce9@b>", "件名", "  ", "HELO a"):
        history.append_string(line)
    assert path.read_bytes() == b"HELO a\nMAIL FROM:<" + b"\xe9@b>\n" + "件名\nHELO a\n".encode()
    assert loaded(path) == ["HELO a", "件名", "MAIL FROM:<\udce9@b>"]
    assert history.get_strings() == ["MAIL FROM:<\udce9@b>", "件名", "HELO a"]


def test_a_line_cut_off_by_a_crash_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("NOOP\nRSE")
    assert loaded(path) == ["NOOP"]


def test_a_long_history_is_cut_down(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("".join(f"NOOP {n}\n" for n in range(2 * MOST_LINES + 1)))
    assert loaded(path)[0] == f"NOOP {2 * MOST_LINES}"
    assert len(path.read_text().splitlines()) == MOST_LINES
    assert os.stat(path).st_mode & 0o777 == 0o600


def test_without_a_file_it_lasts_as_long_as_the_session() -> None:
    history = LineHistory("/dev/null/nowhere/history")
    history.append_string("NOOP")
    assert history.get_strings() == ["NOOP"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("AUTH PLAIN AGFubgBzZWNyZXQ=", "AUTH PLAIN"),
        (" auth  xoauth2   token", " auth  xoauth2"),
        ("AUTH LOGIN", "AUTH LOGIN"),
        ("AUTHOR x y", "AUTHOR x y"),
        ("MAIL FROM:<a@b> AUTH=<>", "MAIL FROM:<a@b> AUTH=<>"),
    ],
)
def test_credentials_are_not_kept(line: str, kept: str) -> None:
    assert without_credentials(line).rstrip() == kept
