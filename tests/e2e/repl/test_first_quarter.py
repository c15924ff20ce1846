"""The first quarter of an hour of somebody who has only the README: by the grey hints a mail is written, sent and
found; one bounces; one is forged and refused. Each station says what comes next, on a small screen too."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from tests.e2e.repl.conftest import Start
from tests.e2e.repl.terminal import Terminal

SIZES = [(80, 24), (120, 36)]

HINTS = (
    "HELO cgi.example.com",
    "MAIL FROM:<webmaster@example.com>",
    "RCPT TO:<test@hogefuga.com>",
    "DATA",
    "From: webmaster@example.com",
    "To: test@hogefuga.com",
    "Subject: hello",
)


def squeezed(text: str) -> str:
    """Without spaces and line ends: a sentence is folded to the width of the window."""
    return "".join(text.split())


def shows(terminal: Terminal, *wanted: str) -> None:
    """All of it stands on the screen at once, wherever lines are broken."""
    terminal.wait(lambda text: all(squeezed(one) in squeezed(text) for one in wanted))


def take_hint(terminal: Terminal, line: str) -> None:
    """The grey line is that one; the right arrow takes it, Enter gives it."""
    terminal.wait(f"> {line}" if not line.startswith(("From", "To", "Subject")) else line)
    terminal.press("right", "enter")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_newcomer_sends_finds_bounces_and_forges(start: Start, columns: int, rows: int, lang: str) -> None:
    terminal, say = start("--lang", lang, columns=columns, rows=rows), words(lang)
    shows(terminal, f"→ {say('repl.bar-hint')}", f"^D {say('repl.bar-leave')}")
    for step, line in enumerate(HINTS, 1):
        take_hint(terminal, line)
        terminal.step(step)
    terminal.enter("", "Hello!")
    terminal.step(9)
    take_hint_of_the_dot(terminal)
    shows(terminal, say("after.look", told=say("after.delivered", who="test@hogefuga.com"), look=INBOX))
    open_page(terminal, INBOX)
    shows(terminal, "Hello!", "Return-Path: <webmaster@example.com>")
    terminal.type("q")
    terminal.wait("> QUIT")

    terminal.enter(HINTS[1], "RCPT TO:<nobody@hogefuga.com>", "DATA", "", "Anybody?", ".")
    terminal.step(16)
    open_page(terminal, ":inbox webmaster@example.com 1")
    shows(terminal, "MAILER-DAEMON", "550 5.1.1 <nobody@hogefuga.com> User unknown")
    terminal.type("q")
    terminal.wait("> QUIT")

    terminal.enter(":ip 203.0.113.66", ":connect mx.hogefuga.com")
    terminal.step(18)
    take_hint(terminal, "HELO host.attacker.example")
    terminal.enter(HINTS[1], HINTS[2], "DATA", "Subject: pay", "", "Now!", ".")
    terminal.step(26)
    shows(terminal, say("after.only-marked-here", host="mx.hogefuga.com", other="mx.example.net"))
    open_page(terminal, ":inbox test@hogefuga.com 2")
    shows(terminal, "Now!")
    terminal.type("q")
    take_hint(terminal, ":connect mx.example.net")
    terminal.step(27)
    take_hint(terminal, "HELO host.attacker.example")
    terminal.enter(HINTS[1])
    terminal.step(29)
    shows(terminal, "550 5.7.23 SPF check failed", say("reply.spf-fail"))
    terminal.enter(":quit")
    shows(terminal, say("repl.ask-leave"))
    terminal.type("y")
    assert terminal.ended() == 0


INBOX = ":inbox test@hogefuga.com 1"


def open_page(terminal: Terminal, line: str) -> None:
    """What is told after the dot is also the grey line; what it opens is closed by q."""
    terminal.wait(f"> {line}")
    terminal.press("right", "enter")
    terminal.wait("q Esc")


def take_hint_of_the_dot(terminal: Terminal) -> None:
    terminal.wait("10 │ .")
    terminal.press("right", "enter")
    terminal.step(10)
