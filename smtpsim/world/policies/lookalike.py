"""lookalike: does the sender's domain look like one that is known here? A finding beside SPF, never a refusal
by itself: no RFC forbids a name that resembles another."""

from __future__ import annotations

from smtpsim.kernel.finding import Finding, Identity
from smtpsim.kernel.ref import Ref
from smtpsim.message.addresses import addresses_in
from smtpsim.protocol.smtp.question import AskMessage, AskSender, Question, Verdict
from smtpsim.world.lookalike import lookalike
from smtpsim.world.model import Case, Policy, Shown

REF = Ref(7208, "11.2")
"""SPF authorises domains; whether a domain is what its reader takes it for, it cannot say."""


def _at_mail(case: Case, question: Question) -> Verdict | None:
    assert isinstance(question, AskSender)
    path = question.path
    return _found(case, "mailfrom", str(path), path.domain.lower().rstrip("."))


def _at_message(case: Case, question: Question) -> Verdict | None:
    assert isinstance(question, AskMessage)
    values = question.content.headers.values("From")
    addresses = addresses_in(values[0]) if values else ()
    address = addresses[0] if addresses else ""
    return _found(case, "header-from", address, address.rpartition("@")[2])


def _found(case: Case, identity: Identity, subject: str, domain: str) -> Verdict | None:
    found = lookalike(domain, known_domains(case)) if domain else None
    if found is None:
        return None
    finding = Finding(
        kind="lookalike",
        identity=identity,
        subject=subject,
        domain=domain,
        result="resembles",
        decided_by=found.original,
        reason=found.key,
        ref=REF,
    )
    return Verdict(findings=(finding,))


def known_domains(case: Case) -> tuple[str, ...]:
    """The domains that people here trust: the host's setting, or else all that the world has a host for."""
    return case.texts("trusted") or tuple(case.world.hosts.domains)


POLICY = Policy(
    "lookalike", {"mail": _at_mail, "message": _at_message}, settings={"trusted": ()}, shows={"lookalike": Shown("spf")}
)
