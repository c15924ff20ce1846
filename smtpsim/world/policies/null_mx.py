"""null_mx: a sender's domain that takes no mail can get no bounces, and its mail is not taken (RFC 7505 4.2)."""

from __future__ import annotations

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskSender, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.model import Case, Policy
from smtpsim.world.routing import NULL_MX, route

REFUSED = ReplyRule(
    "sender-null-mx", 550, "5.7.27", "<{address}> Sender address rejected: {domain} has a null MX", Ref(7505, "4.2")
)


def _at_mail(case: Case, question: AskSender) -> Verdict | None:
    path = question.path
    if path.null or route(case.world.zones, path.host) != NULL_MX:
        return None
    return Verdict(REFUSED, {"address": str(path), "domain": path.host})


POLICY = Policy("null_mx", {"mail": _at_mail}, (REFUSED,))
