"""Which step of two recordings is shown, and what was typed to go to another."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.session.change import number
from smtpsim.views.versus import Versus


class State:
    """The one mutable thing of the screen. `at` is the index of the step; `message` is said until the next key."""

    def __init__(self, shown: Versus, words: Words) -> None:
        self.shown, self.words = shown, words
        self.at = 0
        self.jump = self.message = ""

    @property
    def last(self) -> int:
        return len(self.shown.steps) - 1

    def goto(self, index: int) -> None:
        """Show that step, or the nearest there is."""
        self.at = min(max(index, 0), self.last)
        self.jump = self.message = ""

    def digit(self, typed: str) -> None:
        """Another digit of a step's number: it is shown at once."""
        digits = self.jump + typed
        wanted = number(digits)
        if wanted is None or wanted > self.last:
            self.jump, self.message = "", self.words("versus.none-there", found=digits, last=self.last)
            return
        self.goto(wanted)
        self.jump = digits

    def difference(self) -> None:
        """To the next step that is not the same on both sides."""
        found = self.shown.next_difference(self.at)
        self.goto(self.at if found is None else found)
        if found is None:
            self.message = self.words("versus.no-more")
