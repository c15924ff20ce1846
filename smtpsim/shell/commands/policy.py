""":policy: look at what a host judges by, and change it while the session runs. The next line is judged anew.

    :policy [HOST]               :policy [HOST] NAME on|off
    :policy [HOST] NAME          :policy [HOST] NAME SETTING VALUE

Without a host it is the one that is connected to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.session.change import Wrong, changed
from smtpsim.session.setting import read_setting, setting_values
from smtpsim.session.simulation import Simulation
from smtpsim.shell.answer import Answer, Page, Turns
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.policies import policies as policies_page
from smtpsim.world import policies
from smtpsim.world.connection import rechecked
from smtpsim.world.model import Host, Policy, World
from smtpsim.world.switching import switched_off, switched_on, used_policy, with_setting

SWITCHES = {"on": switched_on, "off": switched_off}


class Asked(NamedTuple):
    """What a line is about: a host, a policy of it or None for all, and the words behind that."""

    host: Host
    policy: Policy | None
    rest: list[str]


def _run(place: Place, argument: str) -> Answer:
    simulation, words = place.simulation, place.words
    asked = _asked_about(simulation, argument)
    if isinstance(asked, Wrong):
        return asked
    host, policy, rest = asked
    if policy is None or not rest:
        return Page(lambda unfolded: policies_page(host, policy, words))
    world = _changed(simulation.world, host, policy, rest)
    if isinstance(world, Wrong):
        return world
    connection = simulation.connection
    connection = connection._replace(host=world.hosts.get(connection.host.name, connection.host))
    return Turns((changed(simulation, world, rechecked(world, connection)),))


def _asked_about(simulation: Simulation, argument: str) -> Asked | Wrong:
    """Take a line apart. A name of a policy may be written with hyphens."""
    words = argument.split()
    host = simulation.connection.host
    if words and words[0].lower() in simulation.world.hosts:
        host, words = simulation.world.hosts[words[0].lower()], words[1:]
    if not words:
        return Asked(host, None, [])
    name = words[0].lower().replace("-", "_")
    if name not in policies.names():
        return Wrong("policy-unknown", {"found": words[0], "known": " ".join(policies.names())})
    return Asked(host, policies.load(name), words[1:])


def _changed(world: World, host: Host, policy: Policy, rest: list[str]) -> World | Wrong:
    word, value = rest[0].lower(), rest[1:]
    if word in SWITCHES and not value:
        return SWITCHES[word](world, host, policy)
    if word not in policy.settings:
        known = " ".join((*SWITCHES, *policy.settings))
        return Wrong("policy-setting", {"policy": policy.name, "found": rest[0], "known": known})
    if used_policy(host, policy.name) is None:
        return _off(world, host, policy, rest)
    if not value:
        known = " ".join(setting_values(policy, word))
        return Wrong("policy-value", {"name": word, "found": "", "known": known}) if known else _no_value(word)
    setting = read_setting(policy, word, value, world.mailboxes)
    return setting if isinstance(setting, Wrong) else with_setting(world, host, policy, word, setting)


def _off(world: World, host: Host, policy: Policy, rest: list[str]) -> Wrong:
    """A policy that the host does not use has no settings there; most often another host was meant."""
    values = {"policy": policy.name, "host": host.name}
    others = sorted(other.name for other in world.hosts.values() if used_policy(other, policy.name))
    if not others:
        return Wrong("policy-off", values)
    line = f":policy {others[0]} {policy.name} {' '.join(rest)}"
    return Wrong("policy-off-here", {**values, "others": ", ".join(others), "line": line})


def _no_value(name: str) -> Wrong:
    return Wrong("policy-value-missing", {"name": name})


def _arguments(place: Place) -> tuple[str, ...]:
    return (*_lines(), *sorted(place.simulation.world.hosts))


def _lines() -> Iterator[str]:
    for name in policies.names():
        yield name
        yield from (f"{name} {word}" for word in SWITCHES)
        policy = policies.load(name)
        for setting in policy.settings:
            values = setting_values(policy, setting)
            yield from (f"{name} {setting} {value}" for value in values or ("",))


COMMAND = Command("policy", _run, ":policy spf", _arguments, pages=True, alters=True, group="world")
