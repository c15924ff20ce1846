"""What has been written in the form so far, and the draft that it makes."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from smtpsim.message.compose import one_each, one_for_all
from smtpsim.message.draft import DraftFault, read_draft
from smtpsim.message.draft_line import EACH, RECEIPT, DraftLine
from smtpsim.session.simulation import Simulation
from smtpsim.shell.hints import own_addresses

LINES = {"from": "From", "to": "To", "cc": "Cc", "bcc": "Bcc", "reply-to": "Reply-To", "subject": "Subject"}
"""The fields of one line from top to bottom, by the names that drafts know them by; and as they are labelled."""

SUBJECT = "subject"
TEXT = "body"
CHOICES = (RECEIPT, EACH)
"""What can be switched on: a read receipt is asked for, each recipient gets a transaction of its own."""


class Written(NamedTuple):
    """Fields with their texts, and the choices that are on. Frozen: each key press makes another."""

    texts: tuple[tuple[str, str], ...] = ()
    chosen: frozenset[str] = frozenset()

    def text(self, name: str) -> str:
        """What a field holds."""
        return dict(self.texts).get(name, "")

    def with_text(self, name: str, text: str) -> Written:
        """With other text in a field."""
        return self._replace(texts=tuple({**dict(self.texts), name: text}.items()))

    def switched(self, choice: str) -> Written:
        """With a choice on that was off, or off that was on."""
        return self._replace(chosen=self.chosen ^ {choice})

    def draft(self) -> DraftLine | DraftFault:
        """The draft and how it is split, or what is missing yet."""
        return _draft(self)


@lru_cache(maxsize=2)
def _draft(written: Written) -> DraftLine | DraftFault:
    """Read once for each key press, however often it is asked for: the lists may be long."""
    given = {name: [text] for name, text in written.texts if text.strip()}
    if RECEIPT in written.chosen:
        given[RECEIPT] = given.get("from", [])
    draft = read_draft(given)
    if isinstance(draft, DraftFault):
        return draft
    return DraftLine(draft, one_each if EACH in written.chosen else one_for_all)


def begun(simulation: Simulation) -> Written:
    """An empty form; the author is somebody of the client's own domain, where there is one."""
    author = next(iter(own_addresses(simulation)), "")
    return Written((("from", author),) if author else ())
