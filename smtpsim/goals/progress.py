"""How far a session has come with steps: one frozen value a turn, made from the one before it.

Conditions of a step must hold together: those of scope `mail` in one and the same mail, those of scope `turn` in one
turn, those of scope `session` anywhere. So the facts of two mails cannot add up to a success, while an extra RCPT or a
second try does no harm. `not` forbids within the same mail, turn or session.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rpds import HashTrieMap

from smtpsim.goals.condition import Condition, Scope
from smtpsim.goals.subjects import SUBJECTS, Object, begins_mail
from smtpsim.protocol.smtp.facts import LetterTaken
from smtpsim.session.simulation import Turn

NEVER = -1
"""The number of a turn that there has not been."""


class Step(NamedTuple):
    """Conditions that must hold together. `id` is what progress is kept under: it stays when words or order change."""

    id: str
    conditions: tuple[Condition, ...]

    @property
    def only_forbids(self) -> bool:
        """Whether doing nothing would reach it."""
        return all(condition.negated for condition in self.conditions)


Turned = tuple[int, ...]
"""For each condition of a step the first turn in which it matched, NEVER for none."""


class Reached(NamedTuple):
    """One step so far: what matched in the session, what in each mail, and the turn in which all of it held."""

    anywhere: Turned
    mails: HashTrieMap[int, Turned]
    turn: int = NEVER

    def row(self, mail: int) -> Turned:
        """What has matched for this mail, and in the session."""
        own = self.mails.get(mail)
        return self.anywhere if own is None else tuple(map(max, self.anywhere, own))

    @property
    def best(self) -> Turned:
        """What has matched for the mail that came furthest."""
        rows = [self.anywhere, *(self.row(mail) for mail in self.mails)]
        return max(rows, key=lambda row: sum(turn != NEVER for turn in row))


class Progress(NamedTuple):
    """All steps after a turn. `mail` counts the mails that were begun; `letters` tells by the id of a letter which of
    them it was."""

    reached: tuple[Reached, ...]
    mail: int = 0
    letters: HashTrieMap[str, int] = HashTrieMap()

    @property
    def done(self) -> bool:
        return all(step.turn != NEVER for step in self.reached)

    @property
    def met(self) -> tuple[bool, ...]:
        return tuple(step.turn != NEVER for step in self.reached)


def at_start(steps: Sequence[Step]) -> Progress:
    """Nothing has happened yet."""
    nothing = [(NEVER,) * len(step.conditions) for step in steps]
    return Progress(tuple(Reached(row, HashTrieMap()) for row in nothing))


def advanced(progress: Progress, steps: Sequence[Step], turn: Turn, before: Turn | None) -> Progress:
    """The progress after one more turn. What it costs does not grow with the session."""
    mail = progress.mail + begins_mail(turn)
    letters = _with_letters(progress.letters, turn, mail)
    found: dict[str, tuple[Object, ...]] = {}
    reached = []
    for step, so_far in zip(steps, progress.reached, strict=True):
        for condition in step.conditions:
            if condition.subject not in found:
                found[condition.subject] = tuple(SUBJECTS[condition.subject].objects(turn, before))
        reached.append(_further(step, so_far, list(_matches(step, found, letters, mail)), turn.number, mail))
    return Progress(tuple(reached), mail, letters)


def _with_letters(letters: HashTrieMap[str, int], turn: Turn, mail: int) -> HashTrieMap[str, int]:
    """The letters that people typed, each with its mail."""
    for fact in turn.facts:
        if isinstance(fact, LetterTaken):
            letters = letters.insert(fact.queue_id, mail)
    return letters


def _matches(
    step: Step, found: dict[str, tuple[Object, ...]], letters: HashTrieMap[str, int], mail: int
) -> Iterator[tuple[int, int]]:
    """Which conditions match now, each with the mail that it is about."""
    for index, condition in enumerate(step.conditions):
        for thing in found[condition.subject]:
            if condition.matches(thing.seen):
                yield index, letters.get(thing.letter, mail)


def _further(step: Step, so_far: Reached, matches: list[tuple[int, int]], number: int, mail: int) -> Reached:
    if so_far.turn != NEVER or not (matches or mail):
        return so_far
    anywhere, mails = so_far.anywhere, so_far.mails
    nothing = (NEVER,) * len(step.conditions)
    if _one_turn(step, {index for index, _ in matches}):
        anywhere = _marked(anywhere, (i for i, c in enumerate(step.conditions) if c.scope is Scope.TURN), number)
    for index, about in matches:
        scope = step.conditions[index].scope
        if scope is Scope.SESSION:
            anywhere = _marked(anywhere, (index,), number)
        elif scope is Scope.MAIL:
            mails = mails.insert(about, _marked(mails.get(about, nothing), (index,), number))
    further = Reached(anywhere, mails)
    touched = {about for _, about in matches}
    return further._replace(turn=number) if any(_holds(step, further.row(about)) for about in touched) else further


def _one_turn(step: Step, matching: set[int]) -> bool:
    """Whether every condition of scope `turn` is as it must be in this one turn."""
    wanted = [(index, c.negated) for index, c in enumerate(step.conditions) if c.scope is Scope.TURN]
    return bool(wanted) and all((index in matching) is not negated for index, negated in wanted)


def _marked(row: Turned, indexes: Iterator[int] | Sequence[int], number: int) -> Turned:
    changed = list(row)
    for index in indexes:
        changed[index] = number if changed[index] == NEVER else changed[index]
    return tuple(changed)


def _holds(step: Step, row: Turned) -> bool:
    """Whether all that must have matched did, and nothing that must not. What `turn` forbids was seen to before."""
    return all(
        (turn != NEVER) is (condition.scope is Scope.TURN or not condition.negated)
        for condition, turn in zip(step.conditions, row, strict=True)
    )
