"""mailbox: a recipient in one of the host's own domains must exist (RFC 5321 3.3); postmaster always does."""

from __future__ import annotations

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskRecipient, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.directory import is_local, place
from smtpsim.world.model import Case, Policy

UNKNOWN = ReplyRule("user-unknown", 550, "5.1.1", "<{address}> User unknown", Ref(5321, "3.3"))


def _judge(case: Case, question: AskRecipient) -> Verdict | None:
    path = question.path
    if not is_local(case.host, path) or place(case.world, case.host, path):
        return None
    return Verdict(UNKNOWN, {"address": str(path)})


POLICY = Policy("mailbox", {"rcpt": _judge}, (UNKNOWN,))
