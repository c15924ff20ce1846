"""What is wrong with a `:` line or with the draft of a mail, as one line."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.message.draft import FIELDS, DraftFault
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Refused


def told(refused: Refused, say: Words) -> str:
    """The sentence on a command that was not carried out."""
    if isinstance(refused, Wrong):
        return say(f"command.{refused.key}", **refused.values)
    return draft_told(refused, say) if isinstance(refused, DraftFault) else str(refused)


def draft_told(fault: DraftFault, say: Words) -> str:
    """The sentence on a draft that cannot be sent."""
    wrong = fault.fault
    why = say(f"fault.{wrong.key}", column=wrong.column, found=wrong.found) if wrong else ""
    return say(f"compose.{fault.key}", field=fault.field, found=fault.found, why=why, known=", ".join(FIELDS))
