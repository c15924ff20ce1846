"""The table of sessions in the terminal."""

from __future__ import annotations

import io

from rich.console import Console

from smtpsim.app.serve.live import LiveTable
from smtpsim.app.serve.service import KINDS, Client, opened
from smtpsim.app.serve.session import Session
from smtpsim.explain import words
from smtpsim.world.accept_any import accepting_any
from smtpsim.world.load import shipped_world


def shown(table: LiveTable, width: int = 120) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(table.table())
    return out.getvalue()


def test_a_session_is_a_row_that_grows() -> None:
    world = shipped_world()
    world = accepting_any(world, world.hosts["smtp.example.com"])
    client = Client("203.0.113.66")
    turn = opened(world, KINDS["smtp"], "smtp.example.com", client)
    session = Session(7, "smtp", client, turn, kept=False)
    table = LiveTable(io.StringIO(), words("en"))
    for line in ("EHLO c\x1b[31m.example", "EHLO c.example", "MAIL FROM:<a@example.com>", "RCPT TO:<b@y.example>"):
        turn = turn.after.say(line)
        session.heard(turn, ())
        session.simulation = turn.after
        table.heard(session, turn)
    text = shown(table)
    assert "7 " in text
    assert "203.0.113.66" in text
    assert "<a@example.com> → b@y" in text
    assert "spf" in text
    assert "\x1b[31m" not in text
    session.ended = 1
    table.ended(session)
    assert shown(table).count("203.0.113.66") == 1


def test_only_as_many_rows_as_there_are_lines() -> None:
    world = shipped_world()
    client = Client("192.0.2.10")
    turn = opened(world, KINDS["smtp"], "smtp.example.com", client)
    table = LiveTable(io.StringIO(), words("ja"))
    for number in range(1, 500):
        table.ended(Session(number, "smtp", client, turn, kept=False))
    text = shown(table)
    assert "499" in text
    assert text.count("192.0.2.10") < 30
