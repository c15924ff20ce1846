"""dmarc: does SPF or DKIM vouch for the domain that the reader sees in the From header? Where not, the domain's own
policy says what to do (RFC 9989). It goes by what the policies spf, dkim and arc have found, and stands behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.message.addresses import author_domains
from smtpsim.protocol.smtp.question import AskMessage, Disposition, Question, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.model import Case, Policy, Shown

if TYPE_CHECKING:
    from smtpsim.auth.arc.chain import Chain
    from smtpsim.auth.dmarc import Verdict as DmarcVerdict

REJECT = ReplyRule(
    "dmarc-reject",
    550,
    "5.7.26",
    "Unauthenticated email from {domain} is not accepted due to the domain's DMARC policy",
    Ref(9989, "7.3"),
)
TEMPERROR = ReplyRule(
    "dmarc-temperror", 451, "4.4.3", "DMARC check of {domain}: the DNS did not answer", Ref(9989, "4.10.1")
)

QUARANTINED = Disposition("", "junk", "dmarc-quarantine")


def _at_message(case: Case, question: Question) -> Verdict | None:
    """What a host's own users hand in is not judged by it."""
    assert isinstance(question, AskMessage)
    if case.state.user is not None:
        return None
    from smtpsim.world.dmarc_memory import counted

    domains = author_domains(question.content.headers)
    verdict = _evaluated(case, domains)
    rule, handling = _consequences(case, verdict)
    return Verdict(
        rule,
        {"domain": verdict.author},
        findings=(_check(verdict, ", ".join(domains)),),
        handling=handling,
        notes=counted(case, verdict, _disposition(rule, handling), _chain(case)),
    )


def _evaluated(case: Case, domains: Iterable[str]) -> DmarcVerdict:
    """By what can vouch for the author: the envelope sender's domain and the signers'; HELO cannot (RFC 9989 4.4.2)."""
    from smtpsim.auth.alignment import Authenticated
    from smtpsim.auth.dmarc import evaluate

    identifiers = (
        Authenticated(finding.kind, finding.domain, finding.result, _selector(finding))
        for finding in case.findings
        if (finding.kind, finding.identity) == ("spf", "mailfrom") or (finding.kind == "dkim" and finding.domain)
    )
    verdict = evaluate(domains, identifiers, case.world.zones)
    return verdict._replace(sealed=_by_seal(case, domains)) if verdict.result == "fail" else verdict


def _selector(finding: Finding) -> str:
    return finding.decided_by if finding.kind == "dkim" else ""


def _by_seal(case: Case, domains: Iterable[str]) -> DmarcVerdict | None:
    """What DMARC says by what the first host that sealed the letter has found, None where there is no chain that this
    host believes (RFC 8617 7.2.1)."""
    from smtpsim.auth.dmarc import evaluate

    chain = _chain(case)
    if chain is None or not chain.trusted:
        return None
    return evaluate(domains, chain.seals[0].identifiers(), case.world.zones)


def _chain(case: Case) -> Chain | None:
    """What the policy arc has found."""
    from smtpsim.auth.arc.chain import Chain

    found = next((finding.trace for finding in case.findings if finding.kind == "arc"), None)
    return found if isinstance(found, Chain) else None


def _consequences(case: Case, verdict: DmarcVerdict) -> tuple[ReplyRule | None, tuple[Disposition, ...]]:
    """What becomes of the letter here: a refusal, another folder, or nothing special."""
    if verdict.result == "temperror":
        return (TEMPERROR if case.settings["temperror"] == "reject" else None), ()
    if case.settings["fail"] == "mark" or verdict.wanted == "none" or verdict.overridden:
        return None, ()
    return (REJECT, ()) if verdict.wanted == "reject" else (None, (QUARANTINED,))


def _disposition(rule: ReplyRule | None, handling: tuple[Disposition, ...]) -> str:
    """What a report says was done (RFC 9990 3.1.1)."""
    if rule is REJECT:
        return "reject"
    return "quarantine" if handling else "none"


def _check(verdict: DmarcVerdict, subject: str) -> Finding:
    discovery = verdict.discovery
    return Finding(
        kind="dmarc",
        identity="header-from",
        subject=subject,
        domain=verdict.author,
        result=verdict.result.value,
        decided_by=discovery.record.text if discovery and discovery.record else "",
        reason=verdict.reason.value,
        ref=verdict.ref,
        trace=verdict,
    )


def renew(case: Case, finding: Finding) -> Finding:
    """The same question asked again, after the DNS or what SPF and DKIM find has changed."""
    domains = finding.subject.split(", ") if finding.subject else ()
    return _check(_evaluated(case, domains), finding.subject)


POLICY = Policy(
    "dmarc",
    {"message": _at_message},
    (REJECT, TEMPERROR),
    settings={"fail": "apply", "temperror": "mark", "trace": "write"},
    choices={"fail": ("mark", "apply"), "temperror": ("mark", "reject"), "trace": ("write", "omit")},
    renew=renew,
    shows={"dmarc": Shown("dmarc")},
    bulk=True,
)
