"""The world's one answer to a question of the protocol: the host's policies in their order, then custom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from smtpsim.kernel.finding import Finding
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
from smtpsim.world.faults import fault_now
from smtpsim.world.identity import queue_id
from smtpsim.world.model import Case, Host, World
from smtpsim.world.results import results_header


def judge(
    world: World, host: Host, client_ip: str, state: State, question: Question, findings: tuple[Finding, ...] = ()
) -> Verdict:
    """Ask every policy that has a say at this stage; the first refusal decides. Then tell those who want to hear.
    `findings` are what was found out in this connection so far."""
    verdict = _decided(world, host, client_ip, state, question, findings)
    for policy, settings in host.policies:
        if policy.hears and question.stage in policy.hears:
            hear = policy.hears[question.stage]
            case = Case(world, host, client_ip, state, settings, findings + verdict.findings)
            verdict = hear(case, question, verdict)
    return verdict


def _decided(
    world: World, host: Host, client_ip: str, state: State, question: Question, findings: tuple[Finding, ...]
) -> Verdict:
    """The first refusal decides. A fault on demand comes before all."""
    found, stage = ACCEPTED, question.stage
    if world.faults:
        found = fault_now(world, host.name, state, question)
        if not found.accepts:
            return found
    for policy, settings in host.policies:
        opinion = policy.stages.get(stage)
        if opinion is None:
            continue
        verdict = opinion(Case(world, host, client_ip, state, settings, findings + found.findings), question)
        if verdict is None:
            continue
        found = _beside(found, verdict)
        if not verdict.accepts:
            return found._replace(trace="", handling=())
    told = results_header(host, findings + found.findings) if question.stage == "message" else ""
    if told:
        found = found._replace(trace=told + found.trace)
    usual = _USUAL.get(type(question))
    if usual is None and found.rule is None:
        return found
    return _beside(found, usual(world, host, question) if usual else ACCEPTED)


def _beside(found: Verdict, verdict: Verdict) -> Verdict:
    """The later verdict, with all that the earlier ones found on the way."""
    if found is ACCEPTED:
        return verdict
    return Verdict(
        verdict.rule,
        verdict.values,
        found.findings + tuple(finding for finding in verdict.findings if finding not in found.findings),
        found.trace + verdict.trace,
        found.handling + verdict.handling,
        found.notes + verdict.notes,
        found.delay + verdict.delay,
        verdict.breaks,
    )


def _name_letter(world: World, host: Host, question: AskMessage) -> Verdict:
    """A letter is taken, under a name that the queue knows it by."""
    return Verdict(None, {"id": queue_id(world)})


_USUAL: Mapping[type[Question], Callable[[World, Host, Any], Verdict]] = {
    AskMessage: _name_letter,
    AskChallenge: challenge,
    AskLogin: login,
    AskVerify: verify,
    AskExpand: expand,
}
"""What a host does when no policy has an opinion, by the class of the question; else it accepts."""
