"""Finding a domain's policy, and keeping it: who has seen it once is no longer led astray by a DNS that somebody else
has in hand (RFC 8461 3.3, 5.1)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.world.model import Host, World
from smtpsim.world.mta_sts.guard import FETCH_ERROR, INVALID, Guard
from smtpsim.world.mta_sts.policy import StsPolicy, policy_id, read_policy, reports_to
from smtpsim.world.routing import addresses

KIND = "mta-sts"


class Cached(NamedTuple):
    """A policy that a relay keeps: the id that its record had, and when it was fetched, in seconds since 1970."""

    id: str
    policy: StsPolicy
    fetched: int

    def fresh(self, now: int) -> bool:
        return now < self.fetched + self.policy.max_age


class Found(NamedTuple):
    """The world after the policy was kept; the guard is None where nothing is to be heeded."""

    world: World
    guard: Guard | None


def guard_for(world: World, host: Host, domain: str) -> Found:
    """What the host goes by for mail to a domain."""
    if not host.mta_sts or domain.startswith("["):
        return Found(world, None)
    reports = reports_to(world.zones.query(f"_smtp._tls.{domain}", "TXT"))
    kept, trouble = _policy(world, host, domain)
    if kept is not None:
        world = world._replace(memory=world.memory.insert((KIND, host.name, domain), kept))
    policy = kept.policy if kept else None
    if policy is None and not trouble and not reports:
        return Found(world, None)
    return Found(world, Guard(domain, policy, "" if policy else trouble, reports))


def _policy(world: World, host: Host, domain: str) -> tuple[Cached | None, str]:
    """The policy to go by, and what is wrong with the one that the record tells of. A new id means a new policy; where
    that cannot be had, or the record is gone, the one that is kept holds until its time is over."""
    kept = world.memory.get((KIND, host.name, domain))
    if not isinstance(kept, Cached) or not kept.fresh(world.now):
        kept = None
    told = policy_id(world.zones.query(f"_mta-sts.{domain}", "TXT"))
    if not told or (kept is not None and kept.id == told):
        return kept, ""
    fetched = _fetched(world, domain)
    return (Cached(told, fetched, world.now), "") if isinstance(fetched, StsPolicy) else (kept, fetched)


def _fetched(world: World, domain: str) -> StsPolicy | str:
    """What the policy host answers to https://mta-sts.DOMAIN/.well-known/mta-sts.txt; the trouble where that fails."""
    if domain not in world.sts_policies or not addresses(world.zones, f"mta-sts.{domain}"):
        return FETCH_ERROR
    return read_policy(world.sts_policies[domain]) or INVALID
