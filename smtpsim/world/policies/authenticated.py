"""authenticated: somebody must vouch for each letter, by SPF or by DKIM; and who sends much needs SPF in any case.

So do the big mailbox providers since 2024. No RFC asks for it: it is their own rule, announced in their guidelines for
senders. It goes by what the policies spf and dkim have found, and stands behind them.
"""

from __future__ import annotations

from smtpsim.kernel.duration import DAY
from smtpsim.kernel.ref import Ref
from smtpsim.message.addresses import author_domains
from smtpsim.protocol.smtp.question import AskMessage, Question, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.memory import Noted
from smtpsim.world.model import Case, Key, Policy

UNAUTHENTICATED = ReplyRule(
    "unauthenticated",
    550,
    "5.7.26",
    "Your email has been blocked because the sender is unauthenticated.\n"
    "All senders must authenticate with either SPF or DKIM.\n"
    "SPF [{spf_domain}] with ip [{client_ip}] = {spf}, DKIM = {dkim}",
    Ref(7372, "3.3"),
)
BULK = ReplyRule(
    "bulk-spf",
    550,
    "5.7.27",
    "Your email has been blocked because SPF does not pass.\n"
    "Bulk senders must authenticate with SPF: {spf_domain} = {spf}",
    Ref(7372, "3.2"),
)
BULK_FOR_NOW = ReplyRule(
    "bulk-spf-for-now",
    421,
    "4.7.27",
    "Your email has been rate limited because SPF does not pass.\n"
    "Bulk senders must authenticate with SPF: {spf_domain} = {spf}",
    Ref(7372, "3.2"),
)
BULK_RULES = {"defer": BULK_FOR_NOW, "reject": BULK}


def _at_message(case: Case, question: Question) -> Verdict | None:
    """Users who have logged in are known, and need nobody to vouch for them."""
    assert isinstance(question, AskMessage)
    if case.state.user is not None:
        return None
    spf = next((finding for finding in case.findings if (finding.kind, finding.identity) == ("spf", "mailfrom")), None)
    dkim = [finding.result for finding in case.findings if finding.kind == "dkim"]
    values = {
        "client_ip": case.client_ip,
        "spf_domain": spf.domain if spf else "",
        "spf": spf.result if spf else "none",
        "dkim": ", ".join(dkim) or "none",
    }
    if values["spf"] == "pass":
        return Verdict(notes=_counted(case, question))
    if "pass" not in dkim:
        return Verdict(UNAUTHENTICATED, values)
    notes = _counted(case, question)
    bulk = any(_count(case, note.key) >= case.number("bulk") for note in notes)
    return Verdict(BULK_RULES[str(case.settings["bulk-spf"])] if bulk else None, values, notes=notes)


def _counted(case: Case, question: AskMessage) -> tuple[Noted, ...]:
    """The note that one letter more of each author's domain has come today."""
    domains = author_domains(question.content.headers)
    keys = [("authenticated", case.host.name, domain, str(case.world.now // DAY)) for domain in domains]
    return tuple(Noted(key, _count(case, key) + 1) for key in keys)


def _count(case: Case, key: Key) -> int:
    before = case.world.memory.get(key, 0)
    assert isinstance(before, int)
    return before


POLICY = Policy(
    "authenticated",
    {"message": _at_message},
    (UNAUTHENTICATED, BULK, BULK_FOR_NOW),
    settings={"bulk": 5000, "bulk-spf": "defer"},
    choices={"bulk-spf": tuple(BULK_RULES)},
)
