"""The walk of somebody who knows nothing and reads only the screen: from the first start through six lessons."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from smtpsim.explain import Words, words
from smtpsim.goals import shipped
from smtpsim.goals.lesson import Lesson
from tests.e2e.repl.conftest import Start
from tests.e2e.repl.terminal import Terminal

SCREENS = (("en", 80, 24), ("ja", 80, 24), ("ja", 120, 36))


class Slip(NamedTuple):
    """What a beginner types before the line of the solution that has this first word, and the key of what the screen
    says to it. A header is judged when it has ended, and is taken back by F3; a command that was refused changed
    nothing."""

    before: str
    typed: str
    answer: str
    in_header: bool = False


SLIPS = {
    "hello": Slip("HELO", "HELO", "wrong-no-name"),
    "first-mail": Slip("MAIL", "MAIL FROM webmaster@example.com", "wrong-no-colon"),
    "envelope-and-letter": Slip("From:", "From: <webmaster@example.com>", "wrong-same-from", True),
    "bcc": Slip("Subject:", "Bcc: <bob@hogefuga.com>", "wrong-told", True),
    "no-headers": Slip("", "Subject: hello", "wrong-a-header", True),
    "three-recipients": Slip("DATA", "RCPT TO:<alice@hogefuga.com>, <bob@hogefuga.com>", "wrong-several-in-one"),
}
"""By the names of the first six lessons."""


def told(text: str) -> str:
    """The text of a screen wherever its lines are broken: across the whole width, and at the right of the divider."""
    right = "".join(line.rpartition("│")[2] for line in text.splitlines())
    return re.sub(r"\s", "", text + right)


def sees(terminal: Terminal, sentence: str) -> str:
    return terminal.wait(lambda text: "".join(sentence.split()) in told(text))


@pytest.mark.parametrize(("lang", "columns", "rows"), SCREENS)
def test_the_first_six_lessons(start: Start, lang: str, columns: int, rows: int) -> None:
    say = words(lang)
    assert tuple(SLIPS) == shipped.names()[:6]
    terminal = start("--lang", lang, columns=columns, rows=rows)
    sees(terminal, say("lesson.offer"))
    for name in SLIPS:
        terminal.enter(":lesson next")
        lesson = shipped.load(name)
        opened(terminal, lesson, say)
        walked(terminal, lesson, say)
        sees(terminal, ":lesson next")


def opened(terminal: Terminal, lesson: Lesson, say: Words) -> None:
    """The page of a lesson tells why, what is to be done, how to get help, and how it is closed."""
    keys = ("title", "why", *(f"step-{step.id}" for step in lesson.exercise.steps))
    for text in (*(say(f"lessons/{lesson.name}.{key}") for key in keys), ":lesson hint", say("page.close")):
        sees(terminal, text)
    terminal.press("esc")
    terminal.wait(lambda text: ":lesson hint" not in text)


def walked(terminal: Terminal, lesson: Lesson, say: Words) -> None:
    """Every line of the solution, and a slip on the way; what is to be done can be read whole all the time."""
    slip, number = SLIPS[lesson.name], 0
    sentences = (say(f"lessons/{lesson.name}.step-{step.id}") for step in lesson.exercise.steps)
    steps = ["".join(sentence.split()) for sentence in sentences]
    for line in lesson.exercise.solution:
        assert any(step in told(terminal.step(number)) for step in steps), terminal.text
        if line.partition(" ")[0] == slip.before:
            number += slipped(terminal, slip, say(f"lessons/{lesson.name}.{slip.answer}"))
            terminal.step(number)
        terminal.enter(line)
        number += 1
    terminal.step(number)


def slipped(terminal: Terminal, slip: Slip, answer: str) -> int:
    """Type a slip, read the answer and mend it; gives the steps that this has taken."""
    terminal.enter(slip.typed, *([""] if slip.in_header else []))
    sees(terminal, answer)
    if slip.in_header:
        terminal.press("f3", "f3")
    return int(not slip.in_header)


def test_grey_letters_leave_the_addresses_of_a_task_to_the_pupil(start: Start) -> None:
    terminal = start("lesson", "start", "first-mail", columns=80, rows=24)
    terminal.press("esc")
    terminal.enter("HELO cgi.example.com")
    terminal.wait("2 > MAIL FROM:<")
    terminal.press("right")
    terminal.enter("webmaster@example.com>")
    terminal.wait("3 > RCPT TO:<")
    assert "RCPT TO:<alice" not in terminal.text
    terminal.enter("RCPT TO:<test@hogefuga.com>", "DATA", "", "Hello.", ".")
    terminal.wait(":inbox test@hogefuga.com 1")
