"""A host for those who test a program: it takes mail for every address and every log-in, and still finds out all that
the others do. A mailbox appears with its first mail."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.protocol.smtp import offer
from smtpsim.protocol.smtp.extensions.auth import MECHANISMS
from smtpsim.protocol.smtp.question import Question, Verdict
from smtpsim.protocol.smtp.service import Service
from smtpsim.world import mail_access, policies
from smtpsim.world.model import Case, Host, Judge, Policy, Setting, UsedPolicy, World

LOOKED_AT = ("spf", "dkim", "arc", "dmarc", "dnsbl")
"""The policies whose findings are made in any case."""

EXTENSIONS = (
    *("pipelining", "size", "eightbitmime", "binarymime", "smtputf8", "enhancedstatuscodes"),
    *("dsn", "chunking", "starttls", "auth"),
)


def accepting_any(world: World, host: Host) -> World:
    """The world in which this host takes everything. It has no aliases, lists and keys, so that each recipient's mail
    is in the mailbox of that name, as it was sent."""
    used = (*host.policies, *_usual(name for name in LOOKED_AT if name not in _names(host)))
    accepting = host._replace(
        accepts_any=True,
        relay_for=(),
        service=_offering_all(host),
        policies=tuple(one._replace(policy=observing(one.policy)) for one in used),
        aliases={},
        signs=(),
        lists={},
        plus=False,
        listens=("smtp", *mail_access.names()),
        serves=tuple(sorted(host.domains)),
    )
    return world.with_host(accepting)


def observing(policy: Policy) -> Policy:
    """The policy without its power to refuse, to delay or to drop: what it finds and remembers stays. It looks at a
    client that has logged in as at any other, for the log-in proves nothing here."""
    return policy._replace(stages={stage: _observing(judge) for stage, judge in policy.stages.items()})


def enforcing(world: World, host: Host, name: str) -> World:
    """The world in which the host judges by this policy, and acts on it, where it only observed before or never used
    it. Raises LookupError for a policy that there is not."""
    policy = policies.load(name)
    if name in _names(host):
        used = tuple(one._replace(policy=policy) if one.policy.name == name else one for one in host.policies)
    else:
        used = (*host.policies, UsedPolicy(policy, policy.settings))
    return world.with_host(host._replace(policies=used))


def _observing(judge: Judge) -> Judge:
    def judged(case: Case, question: Question) -> Verdict | None:
        stranger = case._replace(state=case.state._replace(user=None)) if case.state.user else case
        verdict = judge(stranger, question)
        return verdict and Verdict(findings=verdict.findings, trace=verdict.trace, notes=verdict.notes)

    return judged


def _usual(names: Iterable[str]) -> Iterable[UsedPolicy]:
    """These policies with the settings that they have by default, with which a DNSBL asks the lists of the world."""
    for name in names:
        policy = policies.load(name)
        settings: dict[str, Setting] = dict(policy.settings)
        yield UsedPolicy(policy, settings)


def _names(host: Host) -> tuple[str, ...]:
    return tuple(used.policy.name for used in host.policies)


def _offering_all(host: Host) -> Service:
    """The service with every extension and log-in mechanism that there is for programs."""
    service = host.service
    extra = (name for name in offer.extension_names(service) if name not in EXTENSIONS)
    return offer.service(host.name, (*EXTENSIONS, *extra), service.limits, tuple(MECHANISMS), service.texts)
