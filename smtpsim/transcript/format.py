"""What a transcript format states about itself. Each file in `formats/` holds one, as `FORMAT`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from smtpsim.transcript.dialogue import Dialogue, TranscriptFault

EVERYTHING = frozenset({"commands", "replies", "content", "end", "notes", "settings", "orders", "languages"})
"""What a format can keep: commands, replies, the lines of the letter, its final dot, notes, the directives
with the connect target, orders to the simulator, and which language a note is in."""

ONE_LANGUAGE = EVERYTHING - {"languages"}
"""All that matters to the readers of one language: what is shown to a class, see `losses.in_language`."""

SPOKEN = frozenset({"commands", "replies", "content", "end"})
"""What both sides said, and nothing beside it."""


class Sign(NamedTuple):
    """Evidence for a format: a pattern at the start of a line, and how much one such line counts."""

    pattern: str
    weight: int
    flags: int = 0

    def compiled(self) -> re.Pattern[str]:
        """The pattern, ready to match lines."""
        return re.compile(self.pattern, self.flags)


BARE_COMMANDS = Sign(r"(?:EHLO|HELO|MAIL FROM|RCPT TO|DATA|QUIT)\b", 30, re.IGNORECASE)
BARE_REPLIES = Sign(r"[2-5]\d\d(?:[ -]|$)", 10)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is recognised, read and written, and what it does not keep.

    `keeps` names what a file of this format holds at most, see `EVERYTHING`; `shows` what stands in it for people to
    read, but does not come back as what it was; `limits` are keys of the
    sentences that say what its reader cannot know. `read` takes the lines of a file as they looked on the
    screen, `write` gives text; either may be missing. `endings` are those of file names that mean this format, the
    usual one first.
    """

    name: str
    keeps: frozenset[str]
    signs: tuple[Sign, ...] = ()
    limits: tuple[str, ...] = ()
    read: Callable[[Sequence[str]], Dialogue | TranscriptFault] | None = None
    write: Callable[[Dialogue], str] | None = None
    endings: tuple[str, ...] = ()
    shows: frozenset[str] = frozenset()
