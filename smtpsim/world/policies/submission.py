"""submission: nobody hands in mail who has not logged in, as on port 587 (RFC 6409 4.3)."""

from __future__ import annotations

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskSender, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.model import Case, Policy

REQUIRED = ReplyRule("auth-required", 530, "5.7.0", "Authentication required", Ref(4954, "6"))


def _judge(case: Case, question: AskSender) -> Verdict | None:
    return Verdict(REQUIRED) if case.state.user is None else None


POLICY = Policy("submission", {"mail": _judge}, (REQUIRED,))
