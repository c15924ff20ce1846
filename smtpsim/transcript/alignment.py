"""Two dialogues beside each other, step by step, and in what each pair of steps differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from smtpsim.protocol.smtp.reply import Reply
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.transcript.comparison import status
from smtpsim.world.mail_access.access import AccessReply

_FIELD = re.compile(r"[!-9;-~]+(?=:)")
"""A header field's name (RFC 5322 2.2)."""

_GREETINGS = {"HELO": "EHLO"}
"""Commands that stand for one another."""


class Difference(StrEnum):
    NONE = "none"
    TEXT = "text"  # the same answer in other words
    SAID = "said"  # another line, the same answer
    ANSWER = "answer"  # another answer: here the dialogues part
    ALONE = "alone"  # a step that only one of them has


class Pair(NamedTuple):
    """A step of each dialogue; None where one has none there."""

    left: Turn | None
    right: Turn | None

    @property
    def difference(self) -> Difference:
        """The most serious difference between the two."""
        left, right = self
        if left is None or right is None:
            return Difference.ALONE
        if _answer(left.reply) != _answer(right.reply):
            return Difference.ANSWER
        if left.line != right.line:
            return Difference.SAID
        same = left.reply is None or right.reply is None or left.reply.lines == right.reply.lines
        return Difference.NONE if same else Difference.TEXT


def aligned(left: Sequence[Turn], right: Sequence[Turn]) -> tuple[Pair, ...]:
    """All steps of both, in order. Steps with the same purpose stand beside each other: the same command whatever
    its argument, the same header field whatever it says. Greetings are always a pair."""
    pairs = [Pair(left[0], right[0])]
    pairs += _paired(left[1:], right[1:])
    return tuple(pairs)


def _paired(left: Sequence[Turn], right: Sequence[Turn]) -> Iterator[Pair]:
    matcher = SequenceMatcher(None, list(map(_purpose, left)), list(map(_purpose, right)))
    for _, start, end, begin, stop in matcher.get_opcodes():
        yield from (Pair(*pair) for pair in zip_longest(left[start:end], right[begin:stop]))


def _purpose(turn: Turn) -> tuple[str, str]:
    """What a step is for."""
    line = turn.line
    if turn.kind == TurnKind.CONTENT and turn.reply is None:
        field = _FIELD.match(line)
        return "content", field[0].lower() if field else line
    if turn.kind not in ("command", "simulator"):
        return turn.kind, ""
    words = line.upper().replace(":", " ").split()
    tagged = turn.after.access is not None and turn.after.access.protocol == "imap"
    verb = next(iter(words[1:] if tagged else words), "")
    return turn.kind, _GREETINGS.get(verb, verb)


def _answer(reply: Reply | None) -> tuple[str, ...]:
    """What counts of a reply: the code, and of a refusal also its enhanced code and its reason."""
    if reply is None:
        return ()
    if isinstance(reply, AccessReply):
        return (status(reply.lines),)
    return (str(reply.code),) if reply.accepts else (str(reply.code), reply.enhanced, reply.key)
