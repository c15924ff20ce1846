"""What hosts judge by, one file a policy. A file X.py with a `POLICY` is the policy X; a host names those it
uses, in its order. The first refusal decides; what was looked up on the way is kept."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from smtpsim.disk.modules import names_in
from smtpsim.world.model import Policy


def load(name: str) -> Policy:
    """The policy called `name`. Raises LookupError when there is no file of that name."""
    if name.startswith("_") or not name.isidentifier() or find_spec(f"{__name__}.{name}") is None:
        raise LookupError(name)
    policy: Policy = import_module(f"{__name__}.{name}").POLICY
    return policy


def names() -> tuple[str, ...]:
    """The names of all policies that there are."""
    return names_in(__path__)
