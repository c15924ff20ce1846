"""What is said below the form: what is missing yet, or what the mail will be."""

from __future__ import annotations

from smtpsim.app.tui.form.written import Written
from smtpsim.explain import Words
from smtpsim.message.draft import DraftFault
from smtpsim.message.draft_line import EACH
from smtpsim.shell.answer import draft_told
from smtpsim.views.explanation import Explanation
from smtpsim.views.row import Mark, Row
from smtpsim.views.safe import safe_row

MISSING = ("no-author", "no-recipients")
"""The faults of a draft that is only unfinished."""


def verdict(written: Written, words: Words) -> Explanation:
    """One sentence on the draft, and the keys."""
    found = written.draft()
    if isinstance(found, DraftFault):
        row = Row("fault", "", draft_told(found, words), Mark.NOTE if found.key in MISSING else Mark.BAD)
        return Explanation(safe_row(row), (), words("compose.next-incomplete"))
    key = "compose.ready-each" if EACH in written.chosen else "compose.ready"
    row = Row("ready", "", words(key, count=len(found.draft.recipients)), Mark.GOOD)
    hidden = (Row("bcc", "", words("compose.ready-bcc"), Mark.NOTE),) if found.draft.bcc else ()
    return Explanation(row, hidden, words("compose.next"))


def faulty_field(written: Written) -> str:
    """The field that something is missing in or wrong with, "" for none."""
    found = written.draft()
    return found.field if isinstance(found, DraftFault) else ""


def wrong_field(written: Written) -> str:
    """The field that something is wrong with, "" for none: what is missing is no mistake yet."""
    found = written.draft()
    return found.field if isinstance(found, DraftFault) and found.key not in MISSING else ""
