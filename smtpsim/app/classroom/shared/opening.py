"""A class in a shared world from the options: opened anew, or where it was when its program ended."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.shared.log import START, StepLog, play_again
from smtpsim.app.classroom.shared.world import Entry, SharedWorld
from smtpsim.app.serve.clock import Clock, clock
from smtpsim.app.serve.owner import Owner
from smtpsim.explain import Words
from smtpsim.shell.chosen_world import open_world
from smtpsim.shell.opening import Choice


def open_shared(choice: Choice, words: Words, allowed: Iterable[str], steps: Sequence[Entry]) -> SharedWorld:
    """The world at the present time, or at that of the first of the steps that were kept. Its clock stands until `go`.
    Raises Failure for a world that cannot be opened, and for a command that cannot be allowed."""
    now = steps[0].at if steps else int(time.time())
    world = open_world(choice.world, words, choice.seed)._replace(now=now)
    shared = SharedWorld(Owner(world, Clock(0, now, 0.0)), choice, words)
    for name in allowed:
        shared.allow(name)
    return shared


def go(
    shared: SharedWorld, classroom: Classroom, steps: Sequence[Entry], pupils: Mapping[str, str], folder: str
) -> None:
    """Put everybody where they were, by their aliases and secrets, keep what comes in the folder ("" for nowhere), and
    let the clock go. Raises OSError."""

    def pupil_of(alias: str) -> Pupil | None:
        found = classroom.roster.find(alias)
        return found.member if found else None

    for alias, secret in pupils.items():
        classroom.roster.admit(alias, secret)
    play_again(shared, steps, pupil_of)
    if folder:
        log = StepLog(folder)
        if not steps:
            log.add(Entry("", shared.newest.now, -1, START, ""))
        shared.told = log.add
    going, now = clock("real", shared.newest.now), shared.newest.now
    shared.owner.clock = going.set_to(now) if now > going.now(now) else going
    shared.arrived = lambda alias: classroom.tell(alias, "class.mail-came", mailbox=shared.address(alias))
