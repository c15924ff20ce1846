"""The policy `quota`: what fits, what does not, and what no number says."""

from __future__ import annotations

import pytest

from smtpsim.session.simulation import open_simulation
from tests.world.conftest import Build

HOST = """\
addresses = ["192.0.2.25"]
domains = ["start.example"]
extensions = ["size"]
policies = ["quota"]

[limits]
size = 0

[mailboxes]
ann = "Ann"
bob = "Bob"

[quotas]
Ann = 1000
"""

SIZES = (
    ("", 250),
    (" SIZE=0", 250),
    (" SIZE=1000", 250),
    (" SIZE=1001", 452),
    (" SIZE=99999999999999999999", 452),
    (" SIZE=1x", 250),
    (" SIZE=²", 250),
)


@pytest.mark.parametrize(("size", "code"), SIZES)
def test_the_size_decides(build: Build, size: str, code: int) -> None:
    turn = open_simulation(build({"start.example": HOST}, ""))
    for line in ("EHLO a", f"MAIL FROM:<>{size}", "RCPT TO:<ann@start.example>"):
        turn = turn.after.say(line)
    assert turn.reply is not None
    assert turn.reply.code == code
    other = turn.after.say("RCPT TO:<bob@start.example>").reply
    assert other is not None
    assert other.code == 250


def test_any_number_of_digits(build: Build) -> None:
    """More than int() reads."""
    turn = open_simulation(build({"start.example": HOST}, ""))
    turn = turn.after.say("EHLO a").after.say(f"MAIL FROM:<> SIZE={'9' * 5000}")
    reply = turn.after.say("RCPT TO:<ann@start.example>").reply
    assert reply is not None
    assert reply.code == 452
