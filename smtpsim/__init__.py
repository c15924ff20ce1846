"""smtpsim: type SMTP by hand, and see beside it what each line does.

    >>> import smtpsim
    >>> turn = smtpsim.Simulation.start()
    >>> turn = turn.after.say("HELO cgi.example.com")
    >>> turn.reply.code
    250

Public and stable: `Simulation` here, `smtpsim.spf.check_host`, and `read` and `write` of `smtpsim.transcript`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smtpsim.session.simulation import Simulation

__version__ = "0.1.0"
__all__ = ["Simulation", "__version__"]


def __getattr__(name: str) -> object:
    """Import `Simulation` when it is first asked for: `smtpsim --version` needs none of it."""
    if name == "Simulation":
        from smtpsim.session.simulation import Simulation

        return Simulation
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
