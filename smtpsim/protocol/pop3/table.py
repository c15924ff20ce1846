"""Every transition of POP3: the rows of all verbs (RFC 1939 4 to 7).

In AUTH no verb is read: the line answers a challenge. Verbs that nobody knows get `unknown-command` in every phase but
CLOSED.
"""

from __future__ import annotations

from smtpsim.protocol import dialogue
from smtpsim.protocol.pop3.service import Cell, Verb
from smtpsim.protocol.pop3.state import Phase
from smtpsim.protocol.pop3.verbs import every

KNOWN: dict[str, Verb] = {verb.name: verb for verb in every()}
"""Every verb by its name, in the order of their ranks."""

VERBS = tuple(KNOWN)

CONTINUED_PHASES = frozenset({Phase.AUTH})
"""Phases whose input is no command."""

TABLE: dict[Phase, dict[str, Cell]] = dialogue.table(
    {name: verb.row for name, verb in KNOWN.items()}, (phase for phase in Phase if phase not in CONTINUED_PHASES)
)
