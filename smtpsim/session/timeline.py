"""The turns of a session in order, and where one stands in them: back, forth, and on from anywhere."""

from __future__ import annotations

from smtpsim.session.simulation import Turn


class Timeline:
    """`now` is the turn that is shown; a new turn added there replaces what once came after it."""

    def __init__(self, first: Turn) -> None:
        self._turns = [first]
        self._at = 0

    @property
    def now(self) -> Turn:
        return self._turns[self._at]

    @property
    def turns(self) -> list[Turn]:
        """The turns up to the one that is shown."""
        return self._turns[: self._at + 1]

    @property
    def position(self) -> int:
        return self._at

    @property
    def ahead(self) -> int:
        """How many turns `redo` can go."""
        return len(self._turns) - 1 - self._at

    def add(self, turn: Turn) -> None:
        del self._turns[self._at + 1 :]
        self._turns.append(turn)
        self._at += 1

    def undo(self) -> bool:
        """One turn back; False at the beginning."""
        return self.goto(self._at - 1)

    def redo(self) -> bool:
        return self.goto(self._at + 1)

    def goto(self, number: int) -> bool:
        """Show turn `number` (the greeting is 0); False when there is none."""
        if not 0 <= number < len(self._turns):
            return False
        self._at = number
        return True

    def turn(self, number: int) -> Turn:
        """Turn `number`, undone or not. Raises IndexError when there is none."""
        return self._turns[number]

    def branch(self) -> Timeline:
        """Another timeline with the turns up to the one that is shown: what is added there changes nothing here."""
        other = Timeline(self._turns[0])
        for turn in self._turns[1 : self._at + 1]:
            other.add(turn)
        return other

    def holds(self, number: int, turn: Turn) -> bool:
        """Whether turn `number` is this one and lies on the way to the one that is shown."""
        return number <= self._at and self._turns[number] is turn
