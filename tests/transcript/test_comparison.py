"""Recorded replies stand beside those that the simulation gives to the same line of the client."""

from __future__ import annotations

import pytest

from smtpsim.protocol.smtp.reply import Reply
from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.shell.answer import Refused
from smtpsim.shell.shell import carry_out
from smtpsim.transcript import Dialogue, read
from smtpsim.transcript.comparison import Compared, compare, play
from smtpsim.transcript.dialogue import Command, Server
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World

GOOD = """\
220 smtp.example.com ESMTP
> HELO client.example.com
250 hello
> MAIL FROM:<webmaster@example.com>
250 ok
> RCPT TO:<test@hogefuga.com>
250 ok
> DATA
354 go
> Subject: x
>
> hello
> .
250 queued
> QUIT
221 bye
"""


def ordered(simulation: Simulation, command: Command) -> tuple[Turn, ...]:
    done = carry_out(simulation, command.text)
    assert not isinstance(done, Refused)
    return done


def compared(text: str) -> list[Compared]:
    dialogue = read(text.encode(), name="a.txt")
    assert isinstance(dialogue, Dialogue)
    world = load_world(shipped())
    assert isinstance(world, World)
    return [found for found in compare(dialogue, open_simulation(world), ordered) if isinstance(found, Compared)]


def codes(text: str) -> list[tuple[int, str, int | None, int | None]]:
    return [(found.line, found.said, code(found.recorded), code(found.answered)) for found in compared(text)]


def code(reply: Server | Reply | None) -> int | None:
    return None if reply is None else reply.code


def without(text: str, *lines: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if line.rstrip() not in lines)


def test_every_reply_has_its_partner() -> None:
    assert [found.same for found in compared(GOOD)] == [True] * 7
    assert [found.line for found in compared(GOOD)] == [1, 3, 5, 7, 9, 14, 16]


@pytest.mark.parametrize(
    "text",
    [
        without(GOOD, "220 smtp.example.com ESMTP"),
        without(GOOD, "> Subject: x", ">", "> hello", "> ."),
        without(GOOD, "> Subject: x", ">", "> hello"),
        without(GOOD, "220 smtp.example.com ESMTP", "> Subject: x", ">", "> hello", "> ."),
    ],
    ids=["no greeting", "no letter", "no line of the letter", "neither"],
)
def test_what_the_file_leaves_out_shifts_nothing(text: str) -> None:
    assert all(found.same for found in compared(text))
    assert len(compared(text)) >= 6


def test_replies_to_commands_before_the_file_begins_are_passed_over() -> None:
    text = "250 CHUNKING\n" + GOOD.removeprefix("220 smtp.example.com ESMTP\n")
    assert [found.same for found in compared(text)] == [True] * 6


def test_a_letter_that_only_the_simulation_wants_ends_at_once() -> None:
    text = without(GOOD, "> Subject: x", ">", "> hello", "> .", "250 queued").replace("354 go", "451 not now")
    assert codes(text)[-2:] == [(9, "DATA", 451, 354), (11, "QUIT", 221, 221)]


def test_a_letter_that_only_the_file_has_is_not_sent() -> None:
    text = GOOD.replace("test@hogefuga.com", "")
    assert codes(text)[-4:] == [
        (7, "RCPT TO:<>", 250, 501),
        (9, "DATA", 354, 503),
        (14, ".", 250, None),
        (16, "QUIT", 221, 221),
    ]


def test_a_dot_outside_a_letter_is_a_command_like_another() -> None:
    text = without(GOOD, "> DATA", "354 go", "> Subject: x", ">", "> hello", "250 queued").replace(
        "> .", "> .\n500 what"
    )
    assert codes(text)[-2:] == [(9, ".", 500, 500), (11, "QUIT", 221, 221)]


def test_a_reply_that_the_file_does_not_show_is_named_by_the_line_that_asked() -> None:
    assert codes(GOOD.removesuffix("221 bye\n"))[-1] == (15, "QUIT", None, 221)


def test_a_reply_that_nobody_asked_for() -> None:
    assert codes(GOOD + "221 again\n")[-1] == (17, "", 221, None)


@pytest.mark.parametrize("lines", [("> Subject: x", ">", "> hello", "> ."), ("> Subject: x", ">", "> hello")])
def test_playing_follows_the_same_client(lines: tuple[str, ...]) -> None:
    """A recording that does not show its letter is played to its end, whoever asks for the turns."""
    dialogue = read(without(GOOD, *lines).encode(), name="a.txt")
    world = load_world(shipped())
    assert isinstance(dialogue, Dialogue)
    assert isinstance(world, World)
    turns = [played.turn for played in play(dialogue, open_simulation(world), ordered)]
    assert [turn.line for turn in turns[-2:]] == [".", "QUIT"]
    assert turns[-1].after.transaction.stage == "taken"
