"""Turns that lines make in the shipped world."""

from __future__ import annotations

from smtpsim.explain import words
from smtpsim.goals.condition import Condition
from smtpsim.goals.parse import read_line
from smtpsim.goals.progress import Step
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.lessons import lines_played


def turns_of(*lines: str) -> tuple[Turn, ...]:
    """The turns that lines make, the greeting first."""
    first = Simulation.start()
    return (first, *lines_played(first, lines, words("en")))


def mail(recipient: str = "test@hogefuga.com", *head: str, sender: str = "ann@example.com") -> tuple[str, ...]:
    """The lines of one mail."""
    return f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", "DATA", *(head or ("Subject: hello",)), "", "Hi", "."


def condition(text: str) -> Condition:
    read = read_line(text)
    assert isinstance(read, Condition), read
    return read


def step(*goals: str) -> Step:
    return Step("one", tuple(map(condition, goals)))
