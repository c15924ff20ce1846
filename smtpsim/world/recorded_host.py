"""A server that a recording was made at and that this world does not have: only its name is known."""

from __future__ import annotations

from smtpsim.protocol.smtp.offer import service
from smtpsim.protocol.smtp.question import AskMessage, Disposition, Verdict
from smtpsim.world.model import Case, Host, Policy, UsedPolicy, World
from smtpsim.world.policies import load

UNKNOWN = "recorded"
"""The reason why a letter stays where it is: a recording does not show what the server did with it."""


def _stay(case: Case, question: AskMessage) -> Verdict:
    return Verdict(handling=(Disposition("", "stay", UNKNOWN),))


_STAYS = Policy("recorded", {"message": _stay})


def with_recorded_host(world: World, name: str) -> World:
    """The world with a host of this name, which asks for SPF as most do, and whose letters go no further."""
    asked = load("spf")
    host = Host(
        name=name,
        addresses=(),
        service=service(name),
        domains=frozenset(),
        relay_for=(),
        policies=(UsedPolicy(asked, asked.settings), UsedPolicy(_STAYS, {})),
        users={},
        aliases={},
        lists={},
        plus=False,
        listens=("smtp",),
        serves=(),
        about={},
    )
    return world.with_host(host)
