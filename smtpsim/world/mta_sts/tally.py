"""What a relay counts of TLS in its dialogues, for the owners of the domains it sends to (RFC 8460 4.1)."""

from __future__ import annotations

from smtpsim.kernel.duration import DAY
from smtpsim.reports.tls_report import TlsSessions
from smtpsim.world.model import Host, World
from smtpsim.world.mta_sts.guard import Guard

KIND = "tlsrpt"


def counted(world: World, host: Host, guard: Guard, result: str, talk: tuple[str, str, str]) -> World:
    """One dialogue more, or one that did not come about; nothing is counted of a domain that wants no reports. `talk`
    are the sender's address, the mail exchanger and its address."""
    if not guard.reports:
        return world
    policy = "\n".join(guard.policy.lines) if guard.policy and guard.asks else ""
    alike = TlsSessions(host.name, str(world.now // DAY), guard.domain, policy, guard.trouble or result, *talk)
    key = (KIND, *alike)
    before = world.memory.get(key, 0)
    assert isinstance(before, int)
    return world._replace(memory=world.memory.insert(key, before + 1))


def tallies(world: World, domain: str = "") -> tuple[tuple[TlsSessions, int], ...]:
    """What was counted of a domain, or of all, in a fixed order."""
    known = ((TlsSessions(*key[1:]), n) for key, n in world.memory.items() if key[0] == KIND and isinstance(n, int))
    return tuple(sorted(each for each in known if domain in ("", each[0].domain)))
