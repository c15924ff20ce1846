"""A forwarder or a mailing list seals what it sends on: what it had found when the letter came, and whether the chain
before it held (RFC 8617 5.1)."""

from __future__ import annotations

from smtpsim.reports.authentication_results import own_results
from smtpsim.world.model import Host, World
from smtpsim.world.signing import is_published


def sealed(world: World, host: Host, arrived: bytes, onward: bytes) -> bytes:
    """What the host sends on, with an ARC set above it where it seals. `arrived` is the letter as it came: the chain
    must be looked at before the host changes anything."""
    if host.arc is None or not is_published(world, host.arc):
        return onward
    from smtpsim.auth.arc.seal import arc_set
    from smtpsim.auth.arc.validate import validate

    chain = validate(arrived, world.zones, world.now)
    return arc_set(onward, host.arc, own_results(arrived, host.name), chain, world.now) + onward
