"""The client's lines and nothing else: what one would pipe into nc."""

from __future__ import annotations

from collections.abc import Sequence

from smtpsim.transcript.assembly import Assembly, Stage
from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import BARE_COMMANDS, Format


def read(source: Sequence[str]) -> Dialogue:
    """Read client lines: all of them commands, but for what stands between DATA and the lone dot."""
    assembly = Assembly()
    for number, line in enumerate(source, 1):
        if line.strip() or assembly.in_letter or assembly.stage is Stage.CHUNK:
            assembly.client(line, number)
    return Dialogue(assembly.entries())


FORMAT = Format(
    name="client",
    keeps=frozenset({"commands", "content", "end"}),
    read=read,
    signs=(BARE_COMMANDS._replace(weight=31),),
    limits=("limit-no-replies",),
)
