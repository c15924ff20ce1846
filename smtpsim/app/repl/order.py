"""An order: a `:` line that the full screen carries out itself, because it shows, saves or leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from smtpsim.app.repl.state import State


class Order(NamedTuple):
    """`run` takes what stands behind the name; `arguments` lists what can stand there, for completion."""

    name: str
    run: Callable[[State, str], None]
    arguments: Callable[[State], tuple[str, ...]] = lambda state: ()
