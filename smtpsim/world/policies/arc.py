"""arc: who has had the letter before, and what did they find out? A finding for DMARC and for people, never a refusal
by itself (RFC 8617 5.2.2 leaves that to the receiver). `trusted` are the sealers that the host believes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpsim.kernel.finding import Finding, Identity
from smtpsim.protocol.smtp.question import AskMessage, Question, Verdict
from smtpsim.world.model import Case, Policy, Shown

if TYPE_CHECKING:
    from smtpsim.auth.arc.chain import Chain

IDENTITY: Identity = "signature"


def _at_message(case: Case, question: Question) -> Verdict | None:
    """What a host's own users hand in has come by nobody."""
    assert isinstance(question, AskMessage)
    if case.state.user is not None:
        return None
    return Verdict(findings=(_check(case, question.content.whole()),))


def _check(case: Case, octets: bytes) -> Finding:
    from smtpsim.auth.arc.validate import validate

    chain = validate(octets, case.world.zones, case.world.now)
    return arc_finding(chain._replace(untrusted=_untrusted(chain, case.texts("trusted"))), case.client_ip)


def _untrusted(chain: Chain, trusted: tuple[str, ...]) -> tuple[str, ...]:
    """The sealers that the host does not believe."""
    sealers = dict.fromkeys(seal.domain for seal in chain.seals)
    return tuple(sealer for sealer in sealers if sealer not in trusted)


def arc_finding(chain: Chain, client_ip: str) -> Finding:
    """What was found out about a chain: `domain` is the last sealer, `decided_by` the instance that decided, or the
    last one."""
    return Finding(
        kind="arc",
        identity=IDENTITY,
        subject=client_ip,
        domain=chain.sealer,
        result=chain.result.value,
        decided_by=f"i={chain.instance or len(chain.seals)}" if chain.instance or chain.seals else "",
        reason=chain.reason.value,
        ref=chain.ref,
        trace=chain,
    )


def renew(case: Case, finding: Finding) -> Finding:
    """The same chain looked at again, after the DNS has changed."""
    from smtpsim.auth.arc.chain import Chain

    chain = finding.trace
    return _check(case, chain.letter) if isinstance(chain, Chain) and chain.letter else finding


POLICY = Policy(
    "arc",
    {"message": _at_message},
    settings={"trusted": (), "trace": "write"},
    choices={"trace": ("write", "omit")},
    renew=renew,
    shows={"arc": Shown("arc")},
)
