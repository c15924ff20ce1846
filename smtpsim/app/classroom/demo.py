"""Simulated pupils, for a teacher who tries the class alone, for tests and pictures: they type, err and get stuck."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from random import Random

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.tui import actions

NAMES = (
    "Aoi", "Ben", "Chika", "David", "Emi", "Finn", "Goro", "Hana", "Ivan", "Jun", "Kaito", "Lena", "Mio", "Nora", "Oto",
    "Pia", "Ren", "Sora", "Taro", "Uma", "Vera", "Wakana", "Yui", "Zoe",
)  # fmt: skip

SLIPS = (
    "HELLO cgi.example.com",
    "MAIL FROM webmaster@example.com",
    "RCPT TO:<nobody@hogefuga.com>",
    "DATA",
    "MAILFROM:<webmaster@example.com>",
    "RCPT T0:<test@hogefuga.com>",
)
"""Lines that people type by mistake: a wrong verb, no colon, nobody of that name, out of order, no space, a zero."""

RIGHT = (
    "EHLO cgi.example.com",
    "MAIL FROM:<webmaster@example.com>",
    "RCPT TO:<test@hogefuga.com>",
    "DATA",
    "From: webmaster@example.com",
    "To: test@hogefuga.com",
    "Subject: hello",
    "",
    "Hello from the class.",
    ".",
    "QUIT",
)
"""What is typed where the class has no task with a solution."""


def names(count: int) -> Iterator[str]:
    """So many aliases, each once."""
    for number in range(count):
        round_, index = divmod(number, len(NAMES))
        yield f"{NAMES[index]}{round_ + 1 if round_ else ''}"


def lines(pupil: Pupil, dice: Random) -> Iterator[str]:
    """What one pupil types: the solution, with slips; every seventh repeats a mistake, and every ninth stops."""
    stubborn, quits = dice.random() < 1 / 7, dice.random() < 1 / 9
    right = pupil.task.solution if pupil.task and pupil.task.solution else RIGHT
    for number, line in enumerate(right):
        if quits and number >= len(right) // 2:
            return
        if dice.random() < 0.25 or stubborn:
            yield from (dice.choice(SLIPS),) * (4 if stubborn else 1)
        yield line


def letter(writer: str, named: str, recipient: str) -> tuple[str, ...]:
    """A mail from one address to another, in the name of a third, which may be the writer's own."""
    return (
        *(
            ":connect smtp.example.com",
            "EHLO cgi.example.com",
            f"MAIL FROM:<{writer}>",
            f"RCPT TO:<{recipient}>",
            "DATA",
        ),
        *(
            f"From: <{named}>",
            f"To: <{recipient}>",
            "Subject: hello",
            "",
            f"Do you know who wrote this, {recipient}?",
            ".",
        ),
    )


def letters(address: str, others: Sequence[str], dice: Random) -> Iterator[str]:
    """What one pupil writes to the others of a shared world; every fourth mail is in the name of another."""
    for _ in range(dice.randint(1, 3) if others else 0):
        named = dice.choice(others) if dice.random() < 0.25 else address
        yield from letter(address, named, dice.choice(others))


async def play(classroom: Classroom, count: int, seed: int, pace: float = 1.0) -> None:
    """Fill the class; everybody types a line every few seconds, `pace` times as fast."""
    dice = Random(seed)
    pupils = [classroom.roster.admit(name).member for name in names(count)]
    addresses = [classroom.worlds.address(pupil.alias) for pupil in pupils]
    typed = []
    for pupil, address in zip(pupils, addresses, strict=True):
        own = Random(dice.random())
        others = [other for other in addresses if other != address]
        typed.append((pupil, (*lines(pupil, own), *letters(address, others if address else (), own)), own))
    await asyncio.gather(*(_typed(classroom, pupil, said, own, pace) for pupil, said, own in typed))


async def _typed(classroom: Classroom, pupil: Pupil, said: Sequence[str], dice: Random, pace: float) -> None:
    pupil.here += 1
    for line in said:
        await asyncio.sleep(dice.uniform(1.0, 8.0) / pace)
        while classroom.frozen:
            await asyncio.sleep(0.2)
        pupil.touched()
        if not pupil.state.shell.over or line.startswith(":"):
            actions.send(pupil.state, (line,))
        pupil.hand = pupil.row().stuck and dice.random() < 0.5
