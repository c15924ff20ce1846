"""A setting of a policy as a person types it: on and off, numbers, words, lists of words."""

from __future__ import annotations

from collections.abc import Container

from smtpsim.session.change import Wrong, number
from smtpsim.world.load.forms import misfits
from smtpsim.world.model import Policy, Setting

FLAGS = {"on": True, "off": False, "true": True, "false": False}
NONE = "none"
"""What stands for a list with nothing in it."""


def setting_values(policy: Policy, name: str) -> tuple[str, ...]:
    """The values that a setting can have, () where they are too many to name."""
    default = policy.settings[name]
    if isinstance(default, bool):
        return ("on", "off")
    words = policy.choices.get(name, ())
    return (*words, NONE) if words and isinstance(default, tuple) else words


def setting_text(value: Setting) -> str:
    """A value as it can be typed."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return " ".join(value) or NONE
    return str(value) or NONE


def read_setting(policy: Policy, name: str, typed: list[str], mailboxes: Container[str]) -> Setting | Wrong:
    """The value that these words mean for a setting, on a host that has these mailboxes."""
    value = _read(policy, name, typed)
    form = policy.forms.get(name, "")
    if isinstance(value, Wrong) or not form:
        return value
    found = next(misfits(form, value, mailboxes), "")
    return Wrong(f"policy-form-{form}", {"name": name, "found": found}) if found else value


def _read(policy: Policy, name: str, typed: list[str]) -> Setting | Wrong:
    default = policy.settings[name]
    if isinstance(default, tuple):
        return _words(policy, name, typed)
    found = " ".join(typed)
    if isinstance(default, bool):
        flag = FLAGS.get(found.lower())
        return _wrong(policy, name, found) if flag is None else flag
    if isinstance(default, int):
        count = number(found)
        return Wrong("policy-number", {"name": name, "found": found}) if count is None else count
    if name in policy.forms and found == NONE:
        return ""
    allowed = policy.choices.get(name, ())
    return found if not allowed or found in allowed else _wrong(policy, name, found)


def _words(policy: Policy, name: str, typed: list[str]) -> tuple[str, ...] | Wrong:
    found = tuple(word for part in typed for word in part.split(",") if word)
    if found == (NONE,):
        return ()
    allowed = policy.choices.get(name, found)
    strange = next((word for word in found if word not in allowed), "")
    return _wrong(policy, name, strange) if strange else found


def _wrong(policy: Policy, name: str, found: str) -> Wrong:
    return Wrong("policy-value", {"name": name, "found": found, "known": " ".join(setting_values(policy, name))})
