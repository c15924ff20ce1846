"""From the common options to a first turn: which world, which host, from which address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.ip import is_address
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn, open_simulation
from smtpsim.shell.chosen_world import SHIPPED_NAME, open_world
from smtpsim.world.model import Host, World


class Choice(NamedTuple):
    """The common options as they were given; "" for those that were not. With `accepts_any` the host takes every
    recipient and every log-in, as in `smtpsim serve --accept-any`. `theme` names the colours of the screen,
    `pupil` who is at it."""

    world: str = ""
    client_ip: str = ""
    host: str = ""
    lang: str = ""
    seed: int = 0
    accepts_any: bool = False
    theme: str = ""
    pupil: str = ""


def open_session(choice: Choice, say: Words, targets: Sequence[str] = (), unknown: bool = False) -> Turn:
    """Connect as the options say. Where they name no host, it is the first of `targets` that the world has; with
    `unknown` the first of all becomes a host where the world has none of them. In the shipped world
    servers write in the reader's language; one's own says in which."""
    world = open_world(choice.world, say, choice.seed)
    if choice.world in ("", SHIPPED_NAME):
        world = world._replace(language=say.lang)
    if choice.client_ip and not is_address(choice.client_ip):
        raise Failure(say("cli.not-an-address", found=choice.client_ip))
    usual = next((name for name in targets if name.lower() in world.hosts), world.start.host)
    if unknown and targets and not choice.host and usual not in targets:
        from smtpsim.world.recorded import with_recorded_host

        usual = printable(targets[0]).lower()
        world = with_recorded_host(world, usual)
    host = _chosen_host(world, choice.host or usual, say)
    if choice.accepts_any:
        from smtpsim.world.accept_any import accepting_any

        world = accepting_any(world, host)
    return open_simulation(world, world.hosts[host.name], choice.client_ip)


def _chosen_host(world: World, name: str, say: Words) -> Host:
    found = world.hosts.get(name.lower())
    if found is None:
        from smtpsim.shell.suggestion import suggested

        told = say("cli.unknown-host", found=name, known=", ".join(sorted(world.hosts)))
        raise Failure(suggested(told, name, world.hosts, say))
    return found
