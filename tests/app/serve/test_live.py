"""The table of sessions in the terminal, and one of them opened."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from re import MULTILINE, findall, search

import pytest

from smtpsim.app.serve.history import History
from smtpsim.app.serve.live import LiveScreen
from smtpsim.app.serve.server import Server, Wishes
from smtpsim.app.serve.service import KINDS, Client, Port, opened
from smtpsim.app.serve.session import Session
from smtpsim.explain import words
from smtpsim.world.accept_any import accepting_any
from smtpsim.world.load import shipped_world
from tests.e2e.repl.terminal import Terminal

HOST = "smtp.example.com"


def server() -> tuple[Server, History]:
    world = shipped_world()
    found, history = Server(Wishes((), HOST, clock="held"), accepting_any(world, world.hosts[HOST])), History()
    found.observers.append(history)
    return found, history


def begun(on: Server, ip: str = "203.0.113.66") -> Session:
    client = Client(ip)
    return on.begun(Port("smtp", KINDS["smtp"], HOST), client, opened(on.owner.world, KINDS["smtp"], HOST, client))


def ended(on: Server, session: Session) -> None:
    on.sessions.pop(session.number)
    session.ended = 1
    for observer in on.observers:
        observer.ended(session)


def shown(screen: LiveScreen, columns: int = 120, rows: int = 20) -> str:
    return "\n".join("".join(text for _, text, *_ in line) for line in screen.table(columns, rows))


def test_a_session_is_a_row_that_grows() -> None:
    on, history = server()
    session = begun(on)
    screen = LiveScreen(on, history, "ready", words("en"))
    simulation = session.simulation
    lines = ("EHLO c\x1b[31m.example", "EHLO c.example", "MAIL FROM:<a@example.com>", "RCPT TO:<b@y.example>", "DATA x")
    for line in lines:
        turn = simulation.say(line)
        simulation = session.simulation = turn.after
        on.heard(session, turn)
    text = shown(screen, 160)
    assert search(r"^1 +203\.0\.113\.66 +c\.example +rcpt +<a@example\.com> → b@y\.exa", text, MULTILINE)
    assert "spf" in text
    assert "something after" in text  # the last mistake
    assert "\x1b" not in text
    ended(on, session)
    assert shown(screen).count("203.0.113.66") == 1


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_only_as_many_rows_as_there_are_lines(lang: str) -> None:
    on, history = server()
    for _ in range(300):
        ended(on, begun(on))
    screen = LiveScreen(on, history, "ready", words(lang))
    numbers = findall(r"^(\d+) ", shown(screen, 80, 10), MULTILINE)
    assert numbers == [str(number) for number in range(300, 290, -1)]


@contextmanager
def watching(folder: Path, *options: str, columns: int = 120, rows: int = 36) -> Iterator[tuple[Terminal, int]]:
    """A server in a terminal, and its port."""
    line = ("serve", "--accept-any", "--listen", "127.0.0.1:0", "--clock", "held", *options)
    terminal = Terminal(folder, *line, columns=columns, rows=rows)
    try:
        found = search(r"SMTP .*127\.0\.0\.1:(\d+)", terminal.wait("Enter"))
        assert found
        yield terminal, int(found[1])
    finally:
        terminal.child.close(force=True)


@pytest.mark.parametrize(("columns", "rows", "lang"), [(120, 36, "en"), (80, 24, "ja")])
def test_a_session_is_opened_and_grows(tmp_path: Path, columns: int, rows: int, lang: str) -> None:
    with watching(tmp_path, "--lang", lang, columns=columns, rows=rows) as (terminal, port):
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            client.ehlo("first.example")
            terminal.wait("first.e")
            with socket.create_connection(("127.0.0.1", port), timeout=10) as other:
                other.sendall(b"EHLO other.example\r\n")
                terminal.wait("other.e")
                terminal.press("down", "enter")
                terminal.wait("#1 smtp")
                terminal.wait("ehlo first.example")
                client.mail("ann@x.example")
                terminal.wait("mail FROM:<ann@x.example>")
                assert "ann@x.example" in terminal.wait(lambda text: text.count("ann@x.example") > 1)
                terminal.press("esc" if columns > 100 else "left")
                terminal.wait("other.e")
        terminal.type("q")
        assert terminal.ended() == 0
        assert (b"stopped: 2 sessions" in terminal.raw) is (lang == "en")


def test_ctrl_c_stops_the_server(tmp_path: Path) -> None:
    with watching(tmp_path) as (terminal, _):
        terminal.press("ctrl-c")
        assert terminal.ended() == 130
