"""The policies of a host while the session runs: switched on and off, and their settings changed. What is off is kept
in the world's memory, so that it comes back to its place with the settings that it had."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.world.model import Host, Key, Policy, Setting, UsedPolicy, World


class Shelved(NamedTuple):
    """A policy that was switched off, and where it stood among the others."""

    place: int
    used: UsedPolicy


def used_policy(host: Host, name: str) -> UsedPolicy | None:
    """The policy as the host uses it, None when it does not."""
    return next((used for used in host.policies if used.policy.name == name), None)


def switched_on(world: World, host: Host, policy: Policy) -> World:
    """One that the host has never used is asked after all others, and begins with its usual settings."""
    if used_policy(host, policy.name):
        return world
    shelved = world.memory.get(_key(host, policy))
    if not isinstance(shelved, Shelved):
        shelved = Shelved(len(host.policies), UsedPolicy(policy, policy.settings))
    place = shelved.place
    return _with_policies(world, host, (*host.policies[:place], shelved.used, *host.policies[place:]))


def switched_off(world: World, host: Host, policy: Policy) -> World:
    for place, used in enumerate(host.policies):
        if used.policy.name == policy.name:
            world = world._replace(memory=world.memory.insert(_key(host, policy), Shelved(place, used)))
            return _with_policies(world, host, (*host.policies[:place], *host.policies[place + 1 :]))
    return world


def with_setting(world: World, host: Host, policy: Policy, name: str, value: Setting) -> World:
    """The setting of a policy that the host uses."""
    changed = (
        used._replace(settings={**used.settings, name: value}) if used.policy.name == policy.name else used
        for used in host.policies
    )
    return _with_policies(world, host, tuple(changed))


def _key(host: Host, policy: Policy) -> Key:
    return "switched-off", host.name, policy.name


def _with_policies(world: World, host: Host, policies: tuple[UsedPolicy, ...]) -> World:
    return world.with_host(host._replace(policies=policies))
