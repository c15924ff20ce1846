"""mailbox: a recipient in one of the host's own domains must exist (RFC 5321 3.3); postmaster always does."""

from __future__ import annotations

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskRecipient, Question, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.directory import mailbox_address
from smtpsim.world.policy import Case, Policy

UNKNOWN = ReplyRule("user-unknown", 550, "5.1.1", "<{address}> User unknown", Ref(5321, "3.3"))


def _judge(case: Case, question: Question) -> Verdict | None:
    assert isinstance(question, AskRecipient)
    path = question.path
    if path.domain and path.host not in case.host.domains:
        return None
    known = mailbox_address(case.world, case.host, path)
    return None if known else Verdict(UNKNOWN, {"address": str(path)})


POLICY = Policy("mailbox", {"rcpt": _judge}, (UNKNOWN,))
