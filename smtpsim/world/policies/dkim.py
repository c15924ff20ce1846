"""dkim: who has signed the letter, and is it as it was then? A finding for DMARC and for people, never a refusal by
itself: a signature that fails counts as none (RFC 6376 6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpsim.kernel.finding import Finding, Identity
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskMessage, Question, Verdict
from smtpsim.world.model import Case, Policy, Shown

if TYPE_CHECKING:
    from smtpsim.auth.signature import Examined

IDENTITY: Identity = "signature"
"""What DKIM checks belongs to no stage of the dialogue, and to no part of the envelope."""


def _at_message(case: Case, question: Question) -> Verdict | None:
    """What a host's own users hand in is not judged by it."""
    assert isinstance(question, AskMessage)
    if case.state.user is not None:
        return None
    from smtpsim.auth.verify import examine

    octets = question.content.whole()
    found = examine(octets, case.world.zones, case.world.now)
    return Verdict(findings=tuple(map(_check, found)) or (_UNSIGNED,))


def _check(examined: Examined) -> Finding:
    signature = examined.signature
    return Finding(
        kind="dkim",
        identity=IDENTITY,
        subject=signature.identity if signature else "",
        domain=signature.domain if signature else "",
        result=examined.result.value,
        decided_by=signature.selector if signature else "",
        reason=examined.reason.value,
        ref=examined.ref,
        trace=examined,
    )


_UNSIGNED = Finding("dkim", IDENTITY, "", "", "none", "", "unsigned", Ref(8601, "2.7.1"))


def renew(case: Case, finding: Finding) -> Finding:
    """The same signature looked at again, after the DNS has changed."""
    from smtpsim.auth.signature import Examined
    from smtpsim.auth.verify import reexamined

    examined = finding.trace
    if not isinstance(examined, Examined) or not examined.letter:
        return finding
    return _check(reexamined(examined.letter, examined.number, case.world.zones, case.world.now))


POLICY = Policy(
    "dkim",
    {"message": _at_message},
    settings={"trace": "write"},
    choices={"trace": ("write", "omit")},
    renew=renew,
    shows={"dkim": Shown("dkim")},
)
