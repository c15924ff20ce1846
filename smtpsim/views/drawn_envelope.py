"""The envelope drawn as one: handed on with the mail from server to server, torn up when the mail is in a mailbox.

It has no right side: how wide an address is only a renderer knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpsim.explain import Words
from smtpsim.views.row import Mark, Row
from smtpsim.world.model import Said

_WRITTEN = re.compile(r"(MAIL FROM|RCPT TO):\s*(<[^>]*>)", re.IGNORECASE)

TOP, SIDE, BOTTOM = "╭────────╲╱────────", "│", "╰──────────────────"
TORN_TOP, TORN_SIDE, TORN_BOTTOM = "╭───── ╱ ╱ ─  ─ ──", "╎", "╰── ─  ╱ ╱ ───────"


def handed_on(said: Sequence[Said]) -> Iterator[Row]:
    """What a relay wrote on the envelope in a dialogue, each line with the mark of the answer; nothing where it wrote
    nothing."""
    written = [(found, one.server) for one in said if (found := _WRITTEN.match(one.client or ""))]
    if written:
        yield Row("envelope-top", "", TOP)
        for number, (found, answer) in enumerate(written):
            yield Row(f"envelope-{number}", "", f"{SIDE} {found[1].upper()}:{found[2]}", _mark(answer))
        yield Row("envelope-bottom", "", BOTTOM)


def _mark(answer: str) -> Mark:
    """The refusal itself is marked as bad where it stands, in the dialogue below."""
    return Mark.GOOD if answer.startswith("2") else Mark.WAIT if answer.startswith("4") else Mark.WARN


def torn_up(return_path: str | None, words: Words) -> Iterator[Row]:
    """What is left of it on a mail in a mailbox: its sender, as Return-Path (RFC 5321 4.4)."""
    left = words("mail.torn-left", path=f"<{return_path}>") if return_path is not None else words("mail.torn-nothing")
    yield Row("torn-top", "", TORN_TOP)
    yield Row("torn-left", "", f"{TORN_SIDE} {left}", Mark.NOTE)
    yield Row("torn-bottom", "", TORN_BOTTOM)
