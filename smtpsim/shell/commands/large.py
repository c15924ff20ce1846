""":large: less at once, for a large room; again, everything."""

from __future__ import annotations

from smtpsim.shell.answer import Display, Grant
from smtpsim.shell.command import Command

COMMAND = Command("large", lambda place, argument: Display("large"), ":large", grants=frozenset({Grant.SCREEN}))
