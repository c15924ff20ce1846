"""spf: may this client speak for the HELO name, for the envelope sender's domain, and, where the host looks at
it, for the domain of the From header? (RFC 7208 2.2 to 2.4)"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskHello, AskMessage, AskSender, Question, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.reports.received_spf import Session, received_spf
from smtpsim.spf import Result
from smtpsim.spf import Verdict as SpfVerdict
from smtpsim.spf.verdict import settled
from smtpsim.world.model import Case, Policy, Setting, Shown
from smtpsim.world.spf import author, helo_of, renewed, spf_finding

FAIL = ReplyRule("spf-fail", 550, "5.7.23", "SPF check failed: {explanation}", Ref(7208, "8.4"))
TEMPERROR = ReplyRule("spf-temperror", 451, "4.4.3", "SPF check of {domain}: the DNS did not answer", Ref(7208, "8.6"))
PERMERROR = ReplyRule("spf-permerror", 550, "5.7.24", "SPF record of {domain} cannot be used", Ref(7208, "8.7"))
FROM_FAIL = ReplyRule(
    "spf-from-fail", 550, "5.7.1", "SPF check of the From header failed: {explanation}", Ref(7208, "2.2")
)

EXPLANATION_LIMIT = 400
"""Octets of a domain and its own words that fit a reply line of 512 (RFC 5321 4.5.3.1.5)."""

REFUSALS = {Result.FAIL: FAIL, Result.TEMPERROR: TEMPERROR, Result.PERMERROR: PERMERROR}
"""What can be refused at MAIL. Softfail alone is no reason to refuse (RFC 7208 8.5)."""


def _at_helo(case: Case, question: Question) -> Verdict | None:
    """The HELO identity is looked at, but refuses nothing by itself (RFC 5321 4.1.4)."""
    assert isinstance(question, AskHello)
    return Verdict(findings=(spf_finding(case, "helo", question.name, question.name),))


def _at_mail(case: Case, question: Question) -> Verdict | None:
    assert isinstance(question, AskSender)
    finding = spf_finding(case, "mailfrom", str(question.path), helo_of(case))
    result = Result(finding.result)
    refused = result in REFUSALS and case.settings[finding.result] == "reject"
    return _refusal(case, finding, REFUSALS[result]) if refused else Verdict(findings=(finding,))


def _at_message(case: Case, question: Question) -> Verdict | None:
    """The From header where the host looks at it; then the headers that tell of what was found."""
    assert isinstance(question, AskMessage)
    findings = _from_checks(case, question)
    if findings and findings[0].result == "fail" and case.settings["header-from"] == "reject":
        return _refusal(case, findings[0], FROM_FAIL)
    return Verdict(findings=findings, trace=_trace(case, question) if case.settings["trace"] == "write" else "")


def _from_checks(case: Case, question: AskMessage) -> tuple[Finding, ...]:
    if case.settings["header-from"] == "off":
        return ()
    found = author(question.content)
    return (spf_finding(case, "header-from", found, helo_of(case)),) if found else ()


def _trace(case: Case, question: AskMessage) -> str:
    helo, sender = helo_of(case), str(question.envelope.sender)
    findings = (spf_finding(case, "helo", helo, helo), spf_finding(case, "mailfrom", sender, helo))
    return _written(findings, Session(case.host.name, case.client_ip, helo, sender))


@lru_cache(maxsize=256)
def _written(findings: tuple[Finding, ...], session: Session) -> str:
    return "".join(received_spf(finding, session) for finding in findings)


def _refusal(case: Case, finding: Finding, rule: ReplyRule) -> Verdict:
    """The refusal, with what the domain publishes told as its own words (RFC 7208 8.4), or with ours."""
    explanation = _explained(finding) or f"{finding.domain} does not permit {case.client_ip} to send its mail"
    return Verdict(rule, {"explanation": explanation, "domain": finding.domain}, (finding,))


def _explained(finding: Finding) -> str:
    """The domain whose record failed, after a redirect its target, and its explanation; "" without one."""
    verdict = finding.trace
    if not isinstance(verdict, SpfVerdict) or not verdict.explanation:
        return ""
    return f"the domain {settled(verdict.trace).domain} explains: {verdict.explanation}"[:EXPLANATION_LIMIT]


_MARK_OR_REJECT = ("mark", "reject")


def _asked(settings: Mapping[str, Setting]) -> frozenset[str]:
    return frozenset(("helo", "mailfrom") if settings.get("header-from", "off") == "off" else _ALL)


_ALL = ("helo", "mailfrom", "header-from")


POLICY = Policy(
    "spf",
    {"helo": _at_helo, "mail": _at_mail, "message": _at_message},
    (FAIL, TEMPERROR, PERMERROR, FROM_FAIL),
    settings={"fail": "mark", "temperror": "mark", "permerror": "mark", "header-from": "off", "trace": "write"},
    choices={
        "fail": _MARK_OR_REJECT,
        "temperror": _MARK_OR_REJECT,
        "permerror": _MARK_OR_REJECT,
        "header-from": ("off", *_MARK_OR_REJECT),
        "trace": ("write", "omit"),
    },
    renew=renewed,
    asks=_asked,
    shows={"spf": Shown("spf")},
)
