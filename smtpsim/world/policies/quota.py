"""quota: a mailbox holds so much and no more; a letter that will not fit is refused at RCPT where its size is known.

Servers differ on whether a full mailbox is a reason to wait (452) or to give up (552); RFC 5321 4.2.3 has both.
"""

from __future__ import annotations

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskRecipient, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.directory import Box, is_local, place
from smtpsim.world.model import Case, Policy

DEFER = ReplyRule("mailbox-full", 452, "4.2.2", "<{address}> Mailbox full, try again later", Ref(5321, "4.2.3"))
REJECT = ReplyRule("mailbox-full-for-good", 552, "5.2.2", "<{address}> Mailbox full", Ref(5321, "4.2.3"))

SIZE_DIGITS = 20
"""A size has no more digits (RFC 1870 5); what is longer is too much for any mailbox."""

RULES = {"defer": DEFER, "reject": REJECT}


def _judge(case: Case, question: AskRecipient) -> Verdict | None:
    path = question.path
    where = place(case.world, case.host, path) if is_local(case.host, path) else None
    mailbox = case.world.mailboxes.get(where.address) if isinstance(where, Box) else None
    if mailbox is None or not mailbox.quota or mailbox.octets + _size(case) <= mailbox.quota:
        return None
    return Verdict(RULES[str(case.settings["full"])], {"address": str(path)})


def _size(case: Case) -> int:
    """What MAIL said of the letter's size; one octet where it said nothing."""
    said = case.state.envelope.parameter("SIZE") if case.state.envelope else None
    return int(said[:SIZE_DIGITS]) if said and said.isascii() and said.isdigit() else 1


POLICY = Policy(
    "quota",
    {"rcpt": _judge},
    tuple(RULES.values()),
    settings={"full": "defer"},
    choices={"full": tuple(RULES)},
)
