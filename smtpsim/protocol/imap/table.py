"""Every transition of IMAP: the rows of all verbs (RFC 3501 3, 6).

In LITERAL, REST, AUTH and IDLE no verb is read: the input belongs to a command that has begun. Verbs that nobody knows
get `unknown-command` in every phase but CLOSED.
"""

from __future__ import annotations

from smtpsim.protocol import dialogue
from smtpsim.protocol.imap.service import AnyVerb, Cell
from smtpsim.protocol.imap.state import Phase
from smtpsim.protocol.imap.verbs import every

KNOWN: dict[str, AnyVerb] = {verb.name: verb for verb in every()}
"""Every verb by its name, in the order of their ranks."""

VERBS = tuple(KNOWN)

CONTINUED_PHASES = frozenset({Phase.LITERAL, Phase.REST, Phase.AUTH, Phase.IDLE})
"""Phases whose input is no command."""

TABLE: dict[Phase, dict[str, Cell]] = dialogue.table(
    {name: verb.row for name, verb in KNOWN.items()}, (phase for phase in Phase if phase not in CONTINUED_PHASES)
)
