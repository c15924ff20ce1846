"""`replay --step`: a transcript, forwards and backwards, and on from anywhere."""

from __future__ import annotations

from tests.e2e.repl.conftest import Start


def test_a_step_a_key_press(start: Start) -> None:
    terminal = start("replay", "first-mail", "--step")
    assert "step 0 of 12" in terminal.text
    assert "0   220 Connected" in terminal.text
    assert "HELO cgi.example.com   (Space: next step" in terminal.text
    terminal.type(" ")
    terminal.wait("step 1 of 12")
    terminal.press("right", "right")
    screen = terminal.wait("step 3 of 12")
    assert "# MAIL and RCPT fill in the envelope" in screen
    terminal.press("left")
    screen = terminal.wait("step 2 of 12")
    assert "> RCPT TO:test@hogefuga.com\n" not in screen


def test_the_way_out_loses_nothing(start: Start) -> None:
    terminal = start("replay", "first-mail", "--step")
    terminal.type("   ")
    terminal.step(3)
    terminal.press("ctrl-d")
    assert terminal.ended() == 0


def test_whoever_types_goes_on_from_there(start: Start) -> None:
    terminal = start("replay", "first-mail", "--step")
    terminal.type("  ")
    terminal.step(2)
    terminal.enter("RCPT TO:<alice@hogefuga.com>")
    screen = terminal.step(3)
    assert "step 3" in screen
    assert "step 3 of" not in screen
