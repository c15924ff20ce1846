""":wait: simulated time passes."""

from __future__ import annotations

import pytest

from smtpsim.kernel.duration import seconds
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.commands.wait import LONGEST
from tests.shell.commands.orders import run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30s", 30),
        ("90m", 5400),
        ("4h", 14_400),
        ("1d12h", 129_600),
        ("1d 12h", 129_600),
        ("4H", 14_400),
        ("366d", LONGEST),
        ("367d", None),
        ("4", None),
        ("h", None),
        ("4w", None),
        ("-4h", None),
        ("4h!", None),
        ("٤h", None),
        ("9999999999h", None),
    ],
)
def test_durations(text: str, expected: int | None) -> None:
    assert seconds(text, LONGEST) == expected


def test_the_clock_moves_and_the_connection_stays(simulation: Simulation) -> None:
    said = simulation.say("HELO cgi.example.com").after
    turn = run(said, ":wait 4h")
    assert isinstance(turn, Turn)
    assert turn.after.world.now == simulation.world.now + 14_400
    assert turn.after.connection == said.connection
    assert (turn.reply, turn.after.turns) == (None, 3)


def test_what_was_due_is_tried(simulation: Simulation) -> None:
    broken = run(simulation, ":dns fail hogefuga.com timeout")
    assert isinstance(broken, Turn)
    simulation = broken.after
    for line in ("HELO cgi.example.com", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA", "hi", "."):
        simulation = simulation.say(line).after
    mended = run(simulation, ":dns fail hogefuga.com no")
    assert isinstance(mended, Turn)
    turn = run(mended.after, ":wait 1h")
    assert isinstance(turn, Turn)
    assert [fate.status for fate in turn.fates] == ["delivered"]


def test_refused(simulation: Simulation) -> None:
    assert run(simulation, ":wait") == Wrong("wait-missing")
    assert run(simulation, ":wait long") == Wrong("wait-syntax", {"found": "long"})
