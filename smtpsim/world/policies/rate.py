"""rate: so many connections, mails or recipients from one address in a sliding period, and the next must wait.

It is a count and no chance: what was let through counts until the period has passed.
"""

from __future__ import annotations

from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskConnection, AskRecipient, AskSender, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.generations import recalled
from smtpsim.world.memory import Noted
from smtpsim.world.model import Case, Policy, Shown
from smtpsim.world.policies.relay import is_known
from smtpsim.world.tally import NONE, Tally, counted, total

HANG_UP = ReplyRule(
    "rate-closed", 421, "4.7.0", "{server} Too many {what} from {ip}, closing connection", Ref(5321, "7.9")
)
SLOW_DOWN = ReplyRule("rate-exceeded", 450, "4.7.1", "Too many {what} from {ip}, try again later", HANG_UP.ref)

RULES = {"421": HANG_UP, "450": SLOW_DOWN}


def _at_connect(case: Case, question: AskConnection) -> Verdict | None:
    """A greeting can only be 220, 554 or 421 (RFC 5321 4.3.2)."""
    return _counted(case, "connections", HANG_UP)


def _at_mail(case: Case, question: AskSender) -> Verdict | None:
    return _counted(case, "mails", RULES[str(case.settings["reply"])])


def _at_rcpt(case: Case, question: AskRecipient) -> Verdict | None:
    return _counted(case, "recipients", RULES[str(case.settings["reply"])])


def _counted(case: Case, what: str, rule: ReplyRule) -> Verdict | None:
    """One more of what is counted here, or the refusal, which does not count."""
    if case.settings["count"] != what or is_known(case):
        return None
    limit, period, now = case.number("limit"), case.number("seconds"), case.world.now
    key = ("rate", case.host.name)
    known = recalled(case.world.memory, key)
    before = known.get(case.client_ip)
    tally = before if isinstance(before, Tally) else NONE
    number = total(tally, now, period)
    if number >= limit:
        values = {"what": what, "ip": case.client_ip, "server": case.host.name}
        return Verdict(rule, values, (_check(case, what, "over", number, limit),))
    kept = known.put(case.client_ip, counted(tally, now, period), now, max(1, period))
    return Verdict(findings=(_check(case, what, "within", number + 1, limit),), notes=(Noted(key, kept),))


def _check(case: Case, what: str, result: str, number: int, limit: int) -> Finding:
    subject = f"{what} from {case.client_ip}"
    return Finding("rate", "client", subject, case.host.name, result, f"{number}/{limit}", what, HANG_UP.ref)


POLICY = Policy(
    "rate",
    {"connect": _at_connect, "mail": _at_mail, "rcpt": _at_rcpt},
    (HANG_UP, SLOW_DOWN),
    settings={"count": "recipients", "limit": 100, "seconds": 3600, "reply": "450"},
    choices={"count": ("connections", "mails", "recipients"), "reply": tuple(RULES)},
    shows={"rate": Shown("lists", {"within": "good", "over": "bad"}, "lists.rate")},
)
