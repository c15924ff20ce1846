"""The world's one answer to a question of the protocol: the host's policies in their order, then custom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

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
from smtpsim.reports.authentication_results import authentication_results
from smtpsim.world.accounts import challenge, login
from smtpsim.world.directory import expand, verify
from smtpsim.world.faults import fault_now
from smtpsim.world.model import Case, Hear, Host, Judge, Setting, UsedPolicy, World, queue_id


def judge(
    world: World, host: Host, client_ip: str, state: State, question: Question, findings: tuple[Finding, ...] = ()
) -> Verdict:
    """Ask every policy that has a say at this stage; the first refusal decides. Then tell those who want to hear.
    `findings` are what was found out in this connection so far."""
    asked = _asked_at(host.policies).get(question.stage, _NOBODY)
    verdict = _decided(world, host, client_ip, state, question, findings, asked.judges)
    for hear, settings in asked.hears:
        case = Case(world, host, client_ip, state, settings, findings + verdict.findings)
        verdict = hear(case, question, verdict)
    return verdict


class _Asked(NamedTuple):
    """Who has a say at one stage, and who hears the answer, each with its settings, in the order of the policies."""

    judges: tuple[tuple[Judge, Mapping[str, Setting]], ...] = ()
    hears: tuple[tuple[Hear, Mapping[str, Setting]], ...] = ()


_NOBODY = _Asked()

_Policies = tuple[UsedPolicy, ...]

_TABLES: dict[int, tuple[_Policies, Mapping[str, _Asked]]] = {}
"""By the identity of a host's policies, which are never changed: the policies, so that their identity is not given to
others, and who is asked at which stage."""

_MOST_TABLES = 1024


def _asked_at(policies: _Policies) -> Mapping[str, _Asked]:
    """Who is asked at which stage, worked out once for the policies of a host. (An `lru_cache` would hash all settings
    at every question.)"""
    known = _TABLES.get(id(policies))
    if known and known[0] is policies:
        return known[1]
    stages = {stage for policy, _ in policies for stage in (*policy.stages, *policy.hears)}
    table = {
        stage: _Asked(
            tuple((policy.stages[stage], settings) for policy, settings in policies if stage in policy.stages),
            tuple((policy.hears[stage], settings) for policy, settings in policies if stage in policy.hears),
        )
        for stage in stages
    }
    if len(_TABLES) >= _MOST_TABLES:
        _TABLES.clear()
    _TABLES[id(policies)] = policies, table
    return table


def _decided(
    world: World,
    host: Host,
    client_ip: str,
    state: State,
    question: Question,
    findings: tuple[Finding, ...],
    judges: tuple[tuple[Judge, Mapping[str, Setting]], ...],
) -> Verdict:
    """The first refusal decides. A fault on demand comes before all."""
    found = ACCEPTED
    if world.faults:
        found = fault_now(world, host.name, state, question)
        if not found.accepts:
            return found
    for opinion, settings in judges:
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


def results_header(host: Host, findings: tuple[Finding, ...]) -> str:
    """The Authentication-Results header over the findings of all policies that write traces (RFC 8601 2.2); "" where
    the host has none of them."""
    telling = [policy.name for policy, settings in host.policies if settings.get("trace") == "write"]
    return _written(host.name, tuple(finding for finding in findings if finding.kind in telling)) if telling else ""


@lru_cache(maxsize=256)
def _written(server: str, findings: tuple[Finding, ...]) -> str:
    return authentication_results(server, findings)
