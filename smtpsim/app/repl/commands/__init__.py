"""The orders that the full screen carries out itself, one file each. A file X.py with an `ORDER` is `:x`.

Those that change the simulation are in `smtpsim.session.commands`.
"""

from __future__ import annotations

from importlib import import_module

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session import commands as changing
from smtpsim.session import orders
from smtpsim.views.row import Mark


def own() -> tuple[str, ...]:
    """The names of the orders in this folder."""
    from pkgutil import iter_modules

    return tuple(sorted(module.name for module in iter_modules(__path__)))


def names() -> tuple[str, ...]:
    """The names of all orders, those that change the simulation among them."""
    return tuple(sorted({*own(), *changing.names()}))


def load(name: str) -> Order:
    """The order called `name`, which must be one of `own()`."""
    order: Order = import_module(f"{__name__}.{name}").ORDER
    return order


def arguments(state: State, typed: str) -> tuple[str, ...]:
    """What can stand behind a name, () for a name that means nothing."""
    meant = _meant(typed.lower())
    if len(meant) != 1:
        return ()
    name = meant[0]
    return load(name).arguments(state) if name in own() else changing.load(name).arguments(state.simulation)


def carry_out(state: State, line: str) -> None:
    """Carry out a line such as `:goto 3`; a name may be cut short as long as it is clear which is meant."""
    typed, _, argument = line.strip().removeprefix(":").strip().partition(" ")
    meant = _meant(typed.lower())
    if len(meant) != 1:
        known = " ".join(f":{name}" for name in meant or names())
        state.tell("command.unclear" if meant else "command.unknown", Mark.BAD, name=typed, known=known)
    elif meant[0] in own():
        load(meant[0]).run(state, argument.strip())
    else:
        change(state, f":{meant[0]} {argument}".strip())


def _meant(typed: str) -> tuple[str, ...]:
    known = names()
    return (typed,) if typed in known else tuple(name for name in known if typed and name.startswith(typed))


def change(state: State, line: str) -> bool:
    """Change the simulation; False, with a word about it, when that was refused."""
    done = orders.carry_out(state.simulation, line)
    if isinstance(done, orders.Refused):
        state.refuse(done)
        return False
    for turn in done:
        state.add(turn)
    return True
