"""dnsbl: is the client's address on a blocklist? The lists are asked when it connects; what they say can turn it away
at once or refuse its recipients. A list that does not answer, or answers with an error, lists nobody."""

from __future__ import annotations

from smtpsim.kernel.dns import Resolver
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskConnection, AskRecipient, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.directory import is_local
from smtpsim.world.dnsbl import REF, REF_IPV6, ZEN, look_up
from smtpsim.world.model import Case, Policy, Shown
from smtpsim.world.policies.relay import is_known

LISTED = ReplyRule(
    "dnsbl-listed", 554, "5.7.1", "Service unavailable; Client host [{ip}] blocked using {list}{text}", Ref(5782, "2.1")
)
NOT_ACCEPTED = ReplyRule(
    "dnsbl-not-accepted", 553, "5.7.1", "[BL21] Connections not accepted from {ip}, listed by {list}{text}", LISTED.ref
)

RULES = {"554": LISTED, "553": NOT_ACCEPTED}
"""By the code that the host says it with."""


def _at_connect(case: Case, question: AskConnection) -> Verdict | None:
    return _judged(case, case.settings["at"] == "connect")


def _at_rcpt(case: Case, question: AskRecipient) -> Verdict | None:
    """Mail to the postmaster is let through: who is listed by mistake must be able to say so (RFC 5321 4.5.1)."""
    spared = is_local(case.host, question.path) and question.path.mailbox == "postmaster"
    return _judged(case, not spared)


def _judged(case: Case, refusing: bool) -> Verdict | None:
    """The findings, and the refusal that the first list to have the address brings about. Those who are known by more
    than an address are not looked for."""
    if is_known(case):
        return None
    findings = tuple(finding_of(case.world.zones, case.client_ip, zone) for zone in case.texts("lists"))
    found = next((finding for finding in findings if finding.result == "listed"), None)
    if found is None or not refusing:
        return Verdict(findings=findings)
    own = look_up(case.world.zones, case.client_ip, found.domain).text
    values = {"ip": case.client_ip, "list": found.domain, "text": f"; {own}" if own else ""}
    return Verdict(RULES[str(case.settings["reply"])], values, findings)


def finding_of(zones: Resolver, address: str, zone: str) -> Finding:
    """What a list says of an address."""
    answered = look_up(zones, address, zone)
    return Finding(
        kind="dnsbl",
        identity="client",
        subject=address,
        domain=zone,
        result=answered.result,
        decided_by=", ".join(answered.codes),
        reason=answered.reason,
        ref=REF_IPV6 if ":" in address else REF,
    )


def _renew(case: Case, finding: Finding) -> Finding:
    return finding_of(case.world.zones, case.client_ip, finding.domain)


POLICY = Policy(
    "dnsbl",
    {"connect": _at_connect, "rcpt": _at_rcpt},
    (LISTED, NOT_ACCEPTED),
    settings={"lists": (ZEN,), "at": "rcpt", "reply": "554"},
    choices={"at": ("rcpt", "connect"), "reply": tuple(RULES)},
    renew=_renew,
    forms={"lists": "domain"},
    shows={
        "dnsbl": Shown(
            "lists",
            {"listed": "bad", "not-listed": "good", "error": "warn", "temperror": "wait"},
            "lists.dnsbl",
            domains=True,
        )
    },
    bulk=True,
    blocklists="lists",
)
