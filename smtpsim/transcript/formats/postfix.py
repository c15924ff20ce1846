"""Postfix's report to the postmaster (`notify_classes`): ` In:  ` is what Postfix got, ` Out: ` what it said.

Postfix's server reports so, and its client too: then the replies stand after `In:`. Long lines are folded; the
rest stands deeper. The letter is not in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import Format, Sign
from smtpsim.transcript.marked import Said, Side, read_marked

_MARK = re.compile(r"\s?(In|Out): {0,2}(.*)", re.DOTALL)
_REPLY_CAME_IN = re.compile(r"\s?In:  ?[2-5]\d\d[ -]")
_FOLDED = re.compile(r"\s{3,}(\S.*)", re.DOTALL)


def _unfolded(lines: Iterable[str]) -> list[str]:
    """The lines, each fold joined to the line it belongs to; blank lines keep the count."""
    whole: list[list[str]] = []
    opened: list[str] = []
    for line in lines:
        fold = _FOLDED.fullmatch(line)
        if fold and opened and not _MARK.fullmatch(line):
            opened.append(fold[1])
            whole.append([])
            continue
        whole.append([line])
        opened = whole[-1] if _MARK.fullmatch(line) else []
    return [" ".join(parts) for parts in whole]


def read(source: Sequence[str]) -> Dialogue:
    """Read Postfix's report."""
    server = "In" if any(_REPLY_CAME_IN.match(line) for line in source) else "Out"

    def said(line: str) -> Said | None:
        match = _MARK.fullmatch(line)
        if match is None:
            return None
        return (Side.SERVER if match[1] == server else Side.COMMAND), match[2]

    return read_marked(_unfolded(source), said)


FORMAT = Format(
    name="postfix",
    keeps=frozenset({"commands", "replies"}),
    read=read,
    signs=(
        Sign(r"\s?Out: [2-5]\d\d[ -]", 60),
        Sign(r"\s?In:  ?\S", 60),
        Sign(r"Transcript of session follows\.", 60),
    ),
    limits=("limit-no-content",),
)
