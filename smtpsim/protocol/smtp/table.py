"""Every transition of SMTP: the rows of all verbs, those of extensions that a server may lack among them.

In DATA, CHUNK and AUTH no verb is read: the input is content, octets or an answer. Verbs that nobody knows get
`unknown-command` in every phase that reads commands.
"""

from __future__ import annotations

from smtpsim.protocol import dialogue
from smtpsim.protocol.smtp import extensions
from smtpsim.protocol.smtp.service import SmtpCell, Verb
from smtpsim.protocol.smtp.state import CONTENT_PHASES, Phase
from smtpsim.protocol.smtp.verbs import by_rank, core

_EXTENDED = tuple(verb for name in extensions.names() for verb in extensions.load(name).verbs)

KNOWN: dict[str, Verb] = {verb.name: verb for verb in sorted((*core(), *_EXTENDED), key=by_rank)}
"""Every verb that there is, by its name, in the order of their ranks."""

VERBS = tuple(KNOWN)

TABLE: dict[Phase, dict[str, SmtpCell]] = dialogue.table(
    {name: verb.row for name, verb in KNOWN.items()}, (phase for phase in Phase if phase not in CONTENT_PHASES)
)
