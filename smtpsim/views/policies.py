"""The policies of a host: what each judges, whether it is on, and its settings."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.session.setting import setting_text, setting_values
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.world import policies as all_policies
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import Host, Policy, UsedPolicy
from smtpsim.world.switching import used_policy


def policies(host: Host, policy: Policy | None, words: Words) -> Panel:
    """All policies, those that are asked in their order and then the others; or one of them with its settings."""
    title = words("page.policies-of", host=host.name)
    if policy:
        return page(title, part(policy.name, _whole(policy, used_policy(host, policy.name), words)))
    asked = (_line(used, words) for used in host.policies)
    names = [used.policy.name for used in host.policies]
    others = (Row(name, name, words(f"policy.{name}")) for name in all_policies.names() if name not in names)
    return page(
        title,
        part(words("page.policies-on"), asked, words("page.policies-none")),
        part(words("page.policies-off"), others),
    )


def _line(used: UsedPolicy, words: Words) -> Row:
    policy, settings = used
    told = ", ".join(f"{name} {setting_text(value)}" for name, value in settings.items())
    return Row(policy.name, policy.name, words(f"policy.{policy.name}"), Mark.GOOD, told)


def _whole(policy: Policy, used: UsedPolicy | None, words: Words) -> Iterator[Row]:
    """What the policy does, and each setting with the values that it can have."""
    state = words("page.policy-on") if used else words("page.policy-off")
    at_length = f"policy.{policy.name}-more"
    about = words(at_length if words.has(at_length) else f"policy.{policy.name}")
    yield Row("about", "", about, Mark.GOOD if used else Mark.NONE, state)
    for name, default in policy.settings.items():
        values = " | ".join(setting_values(policy, name))
        yield Row(name, name, setting_text(used.settings[name] if used else default), Mark.NONE, values)


def subscriber(mailbox: Mailbox, settings: tuple[str, ...], words: Words) -> Panel:
    """The settings that the carrier has, each with what it means."""
    title = words("page.subscriber", owner=mailbox.owner or mailbox.address, mailbox=mailbox.address)
    return page(title, part("", _rows(mailbox, settings, words)))


def _rows(mailbox: Mailbox, settings: tuple[str, ...], words: Words) -> Iterator[Row]:
    for name in settings:
        value = setting_text(getattr(mailbox.subscriber, name))
        yield Row(name, name, value, remark=words(f"page.subscriber-{name}"))
