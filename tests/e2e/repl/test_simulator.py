"""Steps back and forth, and the simulator's own prompt."""

from __future__ import annotations

from tests.e2e.repl.conftest import MISSION, Start


def test_undo_and_redo(start: Start) -> None:
    terminal = start()
    terminal.enter(*MISSION[:3])
    terminal.step(3)
    terminal.press("f3", "ctrl-z")
    screen = terminal.wait("step 1 of 3")
    assert "MAIL FROM:webmaster" not in screen
    terminal.press("f4")
    terminal.wait("step 2 of 3")
    terminal.press("ctrl-y")
    terminal.wait(lambda text: "step 3" in text and " of " not in text.splitlines()[0])
    terminal.enter(":goto 1")
    terminal.wait("step 1 of 3")
    terminal.enter("MAIL FROM:<>")
    terminal.wait(lambda text: "step 2" in text and " of " not in text.splitlines()[0])


def test_after_quit_connect_begins_anew(start: Start) -> None:
    terminal = start()
    terminal.enter("QUIT", "HELO again")
    terminal.wait("Nobody is listening any more")
    terminal.enter(":connect mx.hogefuga.com")
    screen = terminal.step(2)
    assert "220 mx.hogefuga.com ESMTP" in screen


def test_the_simulators_prompt(start: Start) -> None:
    terminal = start()
    terminal.enter(*MISSION[:4])
    terminal.step(4)
    terminal.enter(":not an order here")
    terminal.wait("5 │ :not an order here")
    terminal.press("ctrl-]")
    terminal.wait("6 :")
    terminal.enter("inbox")
    terminal.wait("Mailboxes")
    terminal.press("esc")
    terminal.wait("What it did")
    terminal.step(5)


def test_a_new_address_is_a_new_connection(start: Start) -> None:
    terminal = start()
    terminal.enter(":ip 203.0.113.66")
    screen = terminal.step(1)
    assert "203.0.113.66 (host.attacker.example)" in screen
    terminal.enter(":ip 300.1.1.1")
    terminal.wait("300.1.1.1 is no IP address")
