"""The bucket brigade: the way of the mail to each recipient, and below it the mails that it brought about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation
from smtpsim.views.fate import MARKS, reason
from smtpsim.views.forgery import forged
from smtpsim.views.relay_changes import relay_changes
from smtpsim.views.row import Mark, Row
from smtpsim.views.way import Way, drawn, listed
from smtpsim.world.calendar import moment
from smtpsim.world.disposition import JUNK
from smtpsim.world.mailbox import folder_of
from smtpsim.world.model import Outcome, World

Numbered = tuple[int, Outcome]
"""An outcome with its number."""

_ALONE = ("report", "receipt", "complaint", "reply", "tls-report")
"""Mails of their own: two of them are never one line."""


class Scene(NamedTuple):
    """What the lines are drawn from: `below` holds the outcomes that follow from each, by its number; `forged` says
    what speaks for a forged `sender`."""

    below: dict[int, list[Numbered]]
    sender: str
    forged: str
    now: int
    words: Words
    world: World

    def is_list(self, number: int) -> bool:
        """Whether the recipient was a mailing list: it has sent the mail on to members."""
        return any(outcome.role == "member" for _, outcome in self.below.get(number, ()))


def brigade(simulation: Simulation, outcomes: Sequence[Numbered], words: Words) -> Iterator[Row]:
    """Recipients whose mail went the same way to the same end share a row."""
    known = {number for number, _ in outcomes}
    sender = (simulation.transaction.sender or "").lower()
    scene = Scene({}, sender, forged(simulation), simulation.world.now, words, simulation.world)
    for number, outcome in outcomes:
        parent = outcome.follows if outcome.follows in known else 0
        scene.below.setdefault(parent, []).append((number, outcome))
    yield from _level(scene, scene.below.get(0, ()), None, 0)


def _level(scene: Scene, outcomes: Iterable[Numbered], parent: Outcome | None, depth: int) -> Iterator[Row]:
    told: set[str] = set()
    for group in _grouped(scene, outcomes):
        yield _row(scene, group, parent, depth)
        yield from _changes(scene, group[0][1], told, depth + 1)
        yield from _hit(scene, *group[0], depth + 1)
        children = [child for number, _ in group for child in scene.below.get(number, ())]
        yield from _level(scene, children, group[0][1], depth + 1)


def _grouped(scene: Scene, outcomes: Iterable[Numbered]) -> list[list[Numbered]]:
    groups: dict[object, list[Numbered]] = {}
    for number, outcome in outcomes:
        shared = outcome._replace(letter="", recipient="", mailbox=_IN_JUNK if _is_junk(outcome) else "")
        key = number if outcome.role in _ALONE else (shared, scene.is_list(number))
        groups.setdefault(key, []).append((number, outcome))
    return list(groups.values())


def _row(scene: Scene, group: list[Numbered], parent: Outcome | None, depth: int) -> Row:
    number, outcome = group[0]
    found = [outcome for _, outcome in group]
    way = Way(_stations(scene, outcome, parent), tuple(outcome.mailbox or outcome.recipient for outcome in found))
    remarks = (_end(scene, number, outcome), _addressed(scene, found), _dialogue(scene, outcome, way))
    return Row(
        f"outcome-{number}",
        "",
        _named(scene, number, outcome, parent) + drawn(way, outcome),
        Mark.WARN if _is_junk(outcome) else MARKS[outcome.status],
        scene.words("panel.then").join(filter(None, remarks)),
        depth,
    )


def _stations(scene: Scene, outcome: Outcome, parent: Outcome | None) -> tuple[str, ...]:
    """The client's own mail begins with the client; what follows from it begins where it came about."""
    way = outcome.way or ((outcome.host,) if outcome.status != "rejected" else ())
    if not outcome.follows:
        return scene.words("panel.client"), *way
    if outcome.role in _ALONE or parent is None:
        return way
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(way, parent.way, strict=False))))
    return way[max(shared - 1, 0) :]


def _named(scene: Scene, number: int, outcome: Outcome, parent: Outcome | None) -> str:
    """What a mail is that follows from another one. Of several reports on a failed mail the last is the bounce."""
    if not outcome.role:
        return ""
    reports = [at for at, other in scene.below.get(outcome.follows, ()) if other.role == "report"]
    failed = parent is not None and parent.status in ("bounced", "suppressed") and reports[-1:] == [number]
    return scene.words("panel.role-bounce" if failed else f"panel.role-{outcome.role}") + ": "


_IN_JUNK = folder_of("", JUNK)


def _is_junk(outcome: Outcome) -> bool:
    return outcome.mailbox.endswith(_IN_JUNK)


def _end(scene: Scene, number: int, outcome: Outcome) -> str:
    """How the way ends, and what comes of that."""
    told = "-told" if outcome.status == "suppressed" and outcome.bounce_to else ""
    ending = "junk" if _is_junk(outcome) else f"{outcome.status}{told}"
    return scene.words(
        "panel.way-list" if scene.is_list(number) else f"panel.way-{ending}",
        host=outcome.host,
        reason=reason(outcome, scene.words),
        bounce_to=outcome.bounce_to,
        time=moment(outcome.next_try, scene.now),
    )


def _addressed(scene: Scene, outcomes: list[Outcome]) -> str:
    """The addresses that were other ones on the envelope than those that the mail ended at."""
    others = dict.fromkeys(
        outcome.recipient
        for outcome in outcomes
        if outcome.mailbox and outcome.mailbox.removesuffix(_IN_JUNK).lower() != outcome.recipient.lower()
    )
    return scene.words("panel.way-addressed", recipients=listed(tuple(others))) if others else ""


def _dialogue(scene: Scene, outcome: Outcome, way: Way) -> str:
    """Where the last dialogue between two servers can be read: only where the mail went through one."""
    hosts = len(way.stations) - (0 if outcome.follows else 1)
    spoken = hosts > 1 or (outcome.status != "rejected" and outcome.host not in way.stations)
    return scene.words("panel.see-hop", hop=outcome.hop) if outcome.hop and spoken else ""


def _changes(scene: Scene, outcome: Outcome, told: set[str], depth: int) -> Iterator[Row]:
    """What the last host to pass the mail on has changed of it; what is `told` beside it is not said twice."""
    found = scene.world.hops.get(outcome.hop)
    for row in relay_changes(found, scene.world, scene.words, depth) if found else ():
        if row.value not in told:
            told.add(row.value)
            yield row


def _hit(scene: Scene, number: int, outcome: Outcome, depth: int) -> Iterator[Row]:
    """Backscatter: a report to an envelope sender who is not the client (RFC 5321 6.1 tells servers to send it)."""
    if scene.forged and outcome.role == "report" and outcome.recipient.lower() == scene.sender:
        domain = scene.sender.rpartition("@")[2]
        text = scene.words(f"panel.hit-{scene.forged}", recipient=outcome.recipient, domain=domain)
        yield Row(f"hit-{number}", "", text, Mark.WARN, depth=depth)
