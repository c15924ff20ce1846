"""The world's one answer to a question of the protocol: the host's policies in their order, then custom."""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.kernel.check import Check
from smtpsim.protocol.smtp.question import (
    ACCEPTED,
    AskChallenge,
    AskExpand,
    AskLogin,
    AskMessage,
    AskVerify,
    Question,
    Verdict,
)
from smtpsim.protocol.smtp.state import State
from smtpsim.world.accounts import challenge, login
from smtpsim.world.directory import expand, verify
from smtpsim.world.identity import queue_id
from smtpsim.world.model import Host, World
from smtpsim.world.policy import Case


def judge(world: World, host: Host, client_ip: str, state: State, question: Question) -> Verdict:
    """Ask every policy that has a say at this stage; the first refusal decides."""
    checks: tuple[Check, ...] = ()
    trace = ""
    for used in host.policies:
        opinion = used.policy.stages.get(question.stage)
        if opinion is None:
            continue
        verdict = opinion(Case(world, host, client_ip, state, used.settings), question)
        if verdict is None:
            continue
        checks += verdict.checks
        trace += verdict.trace
        if not verdict.accepts:
            return verdict._replace(checks=checks)
    usual = _USUAL.get(type(question))
    verdict = usual(world, host, question) if usual else ACCEPTED
    return verdict._replace(checks=checks, trace=trace) if checks or trace else verdict


_USUAL: dict[type[Question], Callable[[World, Host, Question], Verdict]] = {
    AskMessage: lambda world, host, question: Verdict(None, {"id": queue_id(world)}),
    AskChallenge: challenge,
    AskLogin: login,
    AskVerify: verify,
    AskExpand: expand,
}
"""What a host does when no policy has an opinion; where nothing stands here, it accepts."""
