"""The recorded dialogues of four real servers, played to a host of the shipped world (see recorded/README.md)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from smtpsim.protocol.smtp import offer
from smtpsim.protocol.smtp.extensions.auth import MECHANISMS
from smtpsim.protocol.smtp.framing import Framer
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.model import Host

FOLDER = Path(__file__).with_name("recorded")
WORLD = shipped_world()
SHIPPED = WORLD.hosts["mx.hogefuga.com"]

Codes = tuple[int, ...]
Votes = Counter[Codes]
Sent = tuple[str, ...]
"""All that the client has sent: the indices of its sends in the record."""


class Answered(NamedTuple):
    """What one situation was answered: by us, and by how many servers how."""

    ours: Codes
    votes: Votes

    @property
    def known(self) -> bool:
        return self.ours in self.votes

    @property
    def majority(self) -> bool:
        return self.votes[self.ours] == max(self.votes.values())

    @property
    def refused(self) -> bool:
        """Whether any server refuses here."""
        return any(code >= 400 for codes in self.votes for code in codes)


class Step(NamedTuple):
    send: str
    data: bytes
    votes: Votes
    content: bool


class Client:
    """A connection that octets are sent over; `codes` come back, `closed` when it is over."""

    def __init__(self, host: Host) -> None:
        greeting = open_simulation(WORLD, host, WORLD.start.client_ip)
        self._simulation: Simulation = greeting.after
        self._framer = Framer()
        self._waiting = [greeting.reply.code] if greeting.reply else []

    @property
    def closed(self) -> bool:
        return self._simulation.connection.state.phase is Phase.CLOSED

    def send(self, data: bytes) -> Codes:
        """Send octets and read what comes back; the first time the greeting too."""
        codes, self._waiting = self._waiting, []
        self._framer.feed(data)
        while not self.closed:
            unit = self._framer.take(self._simulation.connection.state.wants_octets)
            if unit is None:
                break
            turn = self._simulation.take(unit)
            self._simulation = turn.after
            if turn.reply:
                codes.append(turn.reply.code)
        return tuple(codes)


def dialogues(name: str) -> Iterator[list[Step]]:
    record = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    data = [_octets(send) for send in record["sends"]]
    votes = [_votes(answers) for answers in record["answers"]]
    for steps in record["dialogues"].values():
        yield [Step(str(send), data[send], votes[answer], bool(content)) for send, answer, *content in steps]


def _octets(send: str | list[str | tuple[str, int]]) -> bytes:
    pieces = (piece if isinstance(piece, str) else piece[0] * piece[1] for piece in send)
    return "".join(pieces).encode("latin-1")


def _votes(answers: list[list[int | str] | None]) -> Votes:
    """How many servers gave which codes; those that said nothing have no vote."""
    codes = (tuple(code for code in answer or () if isinstance(code, int)) for answer in answers)
    return Counter(given for given in codes if given)


def played(host: Host, steps: list[Step]) -> Iterator[Codes | None]:
    """Our answers as far as our way is that of most servers: the letter is sent where both want it."""
    client, last, theirs = Client(host), 0, 0
    for step in steps:
        if (last == 354) != (theirs == 354) and (step.content or last == 354):
            return
        if step.content and last != 354:
            yield None
            continue
        ours = client.send(step.data)
        yield ours
        last = ours[-1] if ours else last
        usual = {codes[-1] for codes, count in step.votes.items() if count == max(step.votes.values())}
        theirs = last if last in usual else next(iter(usual), theirs)
        if client.closed:
            return


@cache
def answers(name: str, host: Callable[[], Host]) -> list[Answered]:
    """Each distinct situation once."""
    found: dict[Sent, Answered] = {}
    for steps in dialogues(name):
        sent: Sent = ()
        for step, ours in zip(steps, played(host(), steps), strict=False):
            sent += (step.send,)
            if ours is not None and step.votes:
                found.setdefault(sent, Answered(ours, step.votes))
    return list(found.values())


def shipped() -> Host:
    """As the recorded servers were: without TLS and logging in."""
    return SHIPPED._replace(service=offer.without(SHIPPED.service, "starttls"))


def with_auth() -> Host:
    """As those of the second record: with TLS, and a user who can log in."""
    names = (*offer.extension_names(SHIPPED.service), "auth")
    service = offer.service(SHIPPED.name, names, SHIPPED.service.limits, tuple(MECHANISMS))
    return SHIPPED._replace(service=service, users={"test": "secret"})


def percent(good: list[bool]) -> float:
    return 100 * sum(good) / len(good)


@pytest.mark.parametrize(
    ("name", "host", "least"),
    [
        ("answers.json", shipped, (97, 94, 94, 85)),
        ("answers-auth.json", with_auth, (97, 94, 94, 85)),
    ],
)
def test_we_answer_as_real_servers_do(
    name: str, host: Callable[[], Host], least: tuple[int, int, int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    found = answers(name, host)
    refused = [answered for answered in found if answered.refused]
    figures = [
        percent([answered.known for answered in found]),
        percent([answered.majority for answered in found]),
        percent([answered.known for answered in refused]),
        percent([answered.majority for answered in refused]),
    ]
    with capsys.disabled():
        shown = " / ".join(f"{figure:.2f} %" for figure in figures)
        print(f"\n{name}: {len(found)} situations, {len(refused)} with a refusal: {shown}")
    assert all(figure >= bound for figure, bound in zip(figures, least, strict=True)), figures
