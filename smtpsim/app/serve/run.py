"""`smtpsim serve` in the foreground: it says where it listens, works until a signal comes, and parts from everybody."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TextIO

from smtpsim.app.environment import Environment
from smtpsim.app.event_loop import on_signals, quickest
from smtpsim.app.serve.collecting import collect_in_quiet
from smtpsim.app.serve.history import History, history_of
from smtpsim.app.serve.log import JsonLog, PlainLog
from smtpsim.app.serve.options import OPTIONS, shown
from smtpsim.app.serve.recorder import Recorder
from smtpsim.app.serve.server import LOOPBACK, Listen, Server
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.world.policies.relay import in_networks

if TYPE_CHECKING:
    from smtpsim.app.web.site import Site

INTERRUPTED = 130


class Output(NamedTuple):
    """Where to tell what happens: `quiet` asks for a plain log, `log` is a file of JSON Lines, `record` a folder for
    transcripts, "" for none. `head` are the directives of those. The page and the API are at `http`; `webhooks` are
    URLs that are told of events, each with its form."""

    quiet: bool = False
    log: str = ""
    record: str = ""
    head: tuple[tuple[str, str], ...] = ()
    http: tuple[Listen, ...] = ()
    webhooks: tuple[tuple[str, str], ...] = ()


def run(server: Server, output: Output, say: Words, environment: Environment) -> int:
    """Serve until SIGINT (exit status 130) or SIGTERM (0)."""
    for listen in (*server.wishes.listen, *output.http):
        if not in_networks(listen.address, LOOPBACK):
            print(f"smtpsim: {say('serve.exposed', address=shown(listen))}", file=environment.err)
    if server.tls is None:
        print(f"smtpsim: {say('serve.no-tls')}", file=environment.err)
    _raise_file_limit()
    return quickest()(_serve(server, output, say, environment))


async def _serve(server: Server, output: Output, say: Words, environment: Environment) -> int:
    stopping: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    ends = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: 0}
    with on_signals({number: partial(_stop, stopping, status) for number, status in ends.items()}):
        return await _served(server, output, say, environment, stopping)


async def _served(
    server: Server, output: Output, say: Words, environment: Environment, stopping: asyncio.Future[int]
) -> int:
    watched = _observe(server, output, say, environment)
    await _started(server, say)
    _tell(server, output)
    sites = await _opened_sites(server, output, say)
    named = [say("serve.port", name=one.name.upper(), address=shown(one)) for one in server.bound]
    ports = ", ".join([*named, *(say("serve.port", name="HTTP", address=site.url) for site in sites)])
    ready = say("serve.ready", ports=ports)
    print(ready, file=environment.out, flush=True)
    server.run(collect_in_quiet(server))
    if watched:
        await _watch(server, watched, ready, stopping, say)
    status = await stopping
    await server.stop()
    for site in sites:
        await site.stop()
    told = say("serve.stopped", sessions=server.count, mails=server.mails)
    log = next((one for one in server.observers if isinstance(one, PlainLog)), None)
    if log:
        log.line(told)
        log.close()
    else:
        print(told, file=environment.out, flush=True)
    return status


async def _watch(server: Server, history: History, ready: str, stopping: asyncio.Future[int], say: Words) -> None:
    """Show the sessions in the terminal. Where that has gone away, the server goes on until it is told to stop."""
    from smtpsim.app.serve.live import LiveScreen

    with suppress(EOFError, OSError):
        await LiveScreen(server, history, ready, say).run(stopping)


def _tell(server: Server, output: Output) -> None:
    if output.webhooks:
        from smtpsim.app.serve.webhooks.hook import hooks_of

        for url, form in output.webhooks:
            hooks_of(server).add(url, form)


async def _opened_sites(server: Server, output: Output, say: Words) -> list[Site]:
    """The page and the API, on each port that is asked for. The library is loaded only then."""
    if not output.http:
        return []
    from smtpsim.app.serve.pages import mounted

    sites = []
    for listen in output.http:
        site = mounted(server, listen, output.head, say)
        try:
            await site.start()
        except OSError as wrong:
            raise Failure(_taken(listen, wrong, say)) from None
        sites.append(site)
    return sites


def _taken(listen: Listen, wrong: OSError, say: Words) -> str:
    """The line on a port that cannot be opened."""
    reason = (wrong.strerror or str(wrong)).split("] ")[-1]
    return say("serve.cannot-listen", option=OPTIONS[listen.name][0], address=shown(listen), reason=reason)


def _stop(stopping: asyncio.Future[int], status: int) -> None:
    if not stopping.done():
        stopping.set_result(status)


async def _started(server: Server, say: Words) -> None:
    """Open the ports, or say in one line which one cannot be opened."""
    try:
        await server.start()
    except LookupError as wrong:
        name = str(wrong.args[0])
        raise Failure(say("serve.no-host", option=OPTIONS[name][0], name=name.upper())) from None
    except OSError as wrong:
        raise Failure(_taken(server.wishes.listen[len(server.bound)], wrong, say)) from None


def _observe(server: Server, output: Output, say: Words, environment: Environment) -> History | None:
    """Who is told of what happens; in a terminal that is a table of the sessions, elsewhere and with --quiet a log."""
    watched = None
    if output.quiet or not environment.interactive:
        server.observers.append(PlainLog(environment.out, say))
    else:
        watched = history_of(server)
    if output.log:
        server.observers.append(JsonLog(_opened(output.log, say)))
    if output.record:
        try:
            server.observers.append(Recorder(output.record, output.head))
        except OSError as wrong:
            raise Failure(say("cli.unwritable", name=output.record, reason=wrong.strerror or wrong)) from None
    return watched


def _opened(path: str, say: Words) -> TextIO:
    """A file to write to for as long as the process lives; a pipe only where somebody reads it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0), 0o644)
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=path, reason=wrong.strerror or wrong)) from None
    if hasattr(os, "set_blocking"):  # not on Windows before Python 3.12, where nothing was opened otherwise
        os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace")


def _raise_file_limit() -> None:
    """As many connections as the system allows, where it allows more than it gives at first."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536) if hard > 0 else 65_536, hard))
