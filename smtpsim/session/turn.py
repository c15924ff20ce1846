"""One turn: what was typed, what came back, what happened, and the whole simulation after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.world.model import Outcome

if TYPE_CHECKING:
    from smtpsim.session.simulation import Simulation


class Turn(NamedTuple):
    """`number` counts from 0 (the greeting). `line` is the input without its end; `kind` says what it was:
    connect, command (SMTP), content, octets, answer (to an AUTH challenge) or simulator (a `:` line).

    `facts` are those of the protocol that was spoken; `fates` are the outcomes that this turn decided or changed.
    """

    number: int
    kind: str
    line: str
    reply: Reply | None
    facts: tuple[Any, ...]
    faults: tuple[Fault, ...]
    fates: tuple[Outcome, ...]
    after: Simulation
