"""From the options to a server that can be started."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from smtpsim.app.serve.options import Typed, checked_clock, listening, networks, tls_of, trusted_for_xclient
from smtpsim.app.serve.server import Server, Wishes
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.opening import Choice, open_session
from smtpsim.shell.reading import why

if TYPE_CHECKING:
    from smtpsim.app.serve.keeping import Keeper


def settled(typed: Typed, choice: Choice, say: Words) -> Server:
    """The server that the options ask for. Raises Failure for the first that makes no sense."""
    if typed.keep and typed.own_world:
        raise Failure(say("serve.keep-own-world"))
    first = open_session(choice._replace(accepts_any=typed.accept_any), say)
    world, host = first.after.world, (first.after.access or first.after.connection).host
    wishes = Wishes(
        listen=listening(typed.ports, say),
        host=host.name,
        client_ip=choice.client_ip,
        clock=checked_clock(typed.clock, say),
        own_world=typed.own_world,
        xclient=trusted_for_xclient(typed.xclient, say),
        proxy=networks("--proxy", typed.proxy, say),
    )
    tls, certificate = tls_of(typed.certificate, typed.key, ("localhost", "127.0.0.1", "::1", *world.hosts), say)
    keeper = keeping(typed.keep, say)
    server = Server(wishes, world, tls, certificate)
    if keeper:
        try:
            server.owner.keep_by(keeper)
        except Exception as wrong:
            keeper.close()
            # whatever an unreadable file makes the library raise, the answer is the same
            raise Failure(say("serve.keep-unreadable", name=typed.keep, reason=wrong)) from None
    return server


def keeping(folder: str, say: Words) -> Keeper | None:
    """What keeps the world in a folder, None where none is named."""
    if not folder:
        return None
    import sqlite3

    from smtpsim.app.serve.keeping import FILE, Keeper

    try:
        return Keeper(folder)
    except sqlite3.OperationalError as wrong:
        key = "serve.keep-taken" if "locked" in str(wrong) else "cli.unwritable"
        raise Failure(say(key, name=folder, reason=wrong)) from None
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=wrong.filename or folder, reason=why(wrong, say))) from None
    except sqlite3.Error as wrong:
        raise Failure(say("cli.unwritable", name=os.path.join(folder, FILE), reason=wrong)) from None


def recorded_in(typed: Typed, choice: Choice) -> tuple[tuple[str, str], ...]:
    """The directives by which a replay of a recorded session finds the same world."""
    named = (
        ("world", choice.world),
        ("seed", str(choice.seed or "")),
        ("accepts", "any" if typed.accept_any else ""),
    )
    return tuple((key, value) for key, value in named if value)
