"""`smtpsim class` in the foreground: it says where to join, shows the wall, and ends with a report."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple, TypeVar

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.demo import play
from smtpsim.app.classroom.line_mode import LineMode
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.reachable import is_everywhere, reachable
from smtpsim.app.classroom.record import Recorder, come_back, keep_class, kept_class, write_report
from smtpsim.app.classroom.shared.log import kept_steps
from smtpsim.app.classroom.shared.opening import go, open_shared
from smtpsim.app.classroom.site import ClassSite
from smtpsim.app.environment import Environment
from smtpsim.app.event_loop import on_signals, quickest
from smtpsim.app.serve.options import listening, shown, tls_of
from smtpsim.app.serve.server import LOOPBACK, Listen
from smtpsim.disk.regular import MEBIBYTE, read_regular
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.session.timeline import Timeline
from smtpsim.shell.autosave import Autosave
from smtpsim.shell.opening import Choice
from smtpsim.shell.reading import why
from smtpsim.world.policies.relay import in_networks

INTERRUPTED = 130

Bound = TypeVar("Bound")


class Wanted(NamedTuple):
    """The options as they were given; "" and 0 for those that were not."""

    task: str
    listen: str
    smtp: str
    names: str
    record: str
    keep: str
    cert: str
    key: str
    demo: int
    quiet: bool
    choice: Choice
    shared: bool = False
    allow: str = ""


class Written(Autosave):
    """A pupil's session in one or two files: recorded without secrets, kept with them."""

    def __init__(self, recorders: tuple[Recorder, ...]) -> None:
        super().__init__()
        self._recorders = recorders

    def follow(self, timeline: Timeline) -> None:
        for recorder in self._recorders:
            recorder.follow(timeline)


class Class:
    """A class that runs. `stopped` ends it."""

    def __init__(self, wanted: Wanted, say: Words, environment: Environment) -> None:
        self._wanted, self._say, self._environment = wanted, say, environment
        for folder in (wanted.record, wanted.keep):
            if folder:
                os.makedirs(folder, mode=0o700, exist_ok=True)
        kept = kept_class(wanted.keep, say) if wanted.keep else {}
        allowed = _names(wanted.names, say)
        task = kept.get("task") or wanted.task
        steps = kept_steps(wanted.keep, say) if wanted.shared and wanted.keep else ()
        self._shared = open_shared(wanted.choice, say, _listed(wanted.allow), steps) if wanted.shared else None
        self.classroom = Classroom(wanted.choice, say, task, allowed, kept.get("code", ""), worlds=self._shared)
        (self._http,) = listening({"smtp": [wanted.listen]}, say)
        self._line = listening({"smtp": [wanted.smtp]}, say) if wanted.smtp else ()
        tls = tls_of(wanted.cert, wanted.key, (), say)[0] if wanted.cert else None
        self._writers: dict[str, Written] = {}
        self.site = ClassSite(self.classroom, self._http, self._writer, tls, kept.get("token", ""))
        if self._shared:
            go(self._shared, self.classroom, steps, kept.get("pupils", {}), wanted.keep)
        elif kept:
            come_back(wanted.keep, self.classroom, kept["pupils"])
        self._line_mode = LineMode(self.classroom)
        self._by_line: list[tuple[str, int]] = []
        self.classroom.step = kept.get("step", 0)  # now that everybody is where they were
        self.classroom.left.append(self._forget)
        self.stopped = asyncio.Event()
        self.status = 0

    async def run(self) -> int:
        """Until the teacher leaves, or SIGINT (130) or SIGTERM (0) comes."""
        ends = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: 0}
        with on_signals({number: partial(self._end, status) for number, status in ends.items()}):
            return await self._held()

    async def _held(self) -> int:
        await self._start()
        _settle_memory()
        demo = asyncio.ensure_future(play(self.classroom, self._wanted.demo, self._wanted.choice.seed))
        keeping = asyncio.ensure_future(self._keeping())
        try:
            await self._shown()
        finally:
            for task in (demo, keeping):
                task.cancel()
            await self._line_mode.stop()
            await self.site.stop()
        self._report()
        return self.status

    def _end(self, status: int) -> None:
        self.status = status
        self.stopped.set()

    async def _start(self) -> None:
        await _open(self._http, self._say, self.site.start)
        for listen in self._line:
            host, port = await _open(listen, self._say, partial(self._line_mode.start, listen.address, listen.number))
            self._by_line += [(address, port) for address in reachable(listen.address) or (host,)]
        for listen in (self._http, *self._line):
            if not in_networks(listen.address, LOOPBACK):
                print(self._say("class.other-address", host=listen.address), file=self._environment.err, flush=True)

    def _where(self) -> tuple[str, ...]:
        """Where the pages are, and how to join."""
        first, *others = self.site.origins
        code, token = self.classroom.roster.code, self.site.token
        lines = self._say("class.ready", url=first, code=code, token=token).splitlines()
        lines += (self._say("class.ready-too", url=other) for other in others)
        lines += (self._say("class.ready-line", host=host, port=port) for host, port in self._by_line)
        unknown = is_everywhere(self._http.address) and not reachable(self._http.address)
        return (*lines, *((self._say("class.find-address", host=self._http.address),) if unknown else ()))

    async def _shown(self) -> None:
        print(*self._where(), sep="\n", file=self._environment.out, flush=True)
        if not self._environment.interactive or self._wanted.quiet:
            await self.stopped.wait()
            return
        from smtpsim.app.classroom.wall_screen import WallScreen, until

        await until(self.stopped, WallScreen(self.classroom, self._where))

    def _writer(self, pupil: Pupil) -> Autosave:
        """The files of a pupil, the same for every connection."""
        if pupil.alias not in self._writers:
            kept = "" if self._shared else self._wanted.keep  # of a shared world all steps are kept in one file
            folders = ((self._wanted.record, False), (kept, True))
            task = self.classroom.task
            made = tuple(Recorder(folder, pupil, task, whole) for folder, whole in folders if folder)
            self._writers[pupil.alias] = Written(made)
        return self._writers[pupil.alias]

    def _forget(self, pupil: Pupil) -> None:
        """Somebody of the same name may come, and is somebody else."""
        self._writers.pop(pupil.alias, None)

    async def _keeping(self) -> None:
        """Write down who is there, when that has changed; and follow sessions that no screen follows."""
        known: object = None
        while True:
            roster = self.classroom.roster
            now = (roster.secrets, roster.code, self.classroom.task, self.classroom.step)
            if self._wanted.keep and now != known:
                with suppress(OSError):
                    keep_class(self._wanted.keep, self.classroom, self.site.token)
                known = now
            if self._wanted.record or self._wanted.keep:
                for pupil in self.classroom.pupils:
                    self._writer(pupil).follow(pupil.state.timeline)
            await asyncio.sleep(0.5)

    def _report(self) -> None:
        out = self._environment.out
        print(self._say("class.ended", pupils=len(self.classroom.roster)), file=out, flush=True)
        if self._wanted.record:
            for pupil in self.classroom.pupils:
                self._writer(pupil).follow(pupil.state.timeline)
            write_report(self._wanted.record, self.classroom)
            print(self._say("class.report", folder=self._wanted.record), file=out, flush=True)


def run(wanted: Wanted, say: Words, environment: Environment) -> int:
    return quickest()(_run(wanted, say, environment))


async def _run(wanted: Wanted, say: Words, environment: Environment) -> int:
    return await Class(wanted, say, environment).run()


def _settle_memory() -> None:
    """Take what is there from the start, modules and the world, out of the garbage collector's sight. A full collection
    stopped all screens for a quarter of a second, forty pupils at work; without any, a screen grew by a megabyte a
    second, since drawing makes cycles. What is left to collect is young, and little."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 100)


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _names(path: str, say: Words) -> list[str]:
    if not path:
        return []
    try:
        text = read_regular(path, MEBIBYTE).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Failure(say("cli.unreadable", name=path, reason=why(wrong, say))) from wrong
    return [line.strip() for line in text.splitlines() if line.strip()]


async def _open(listen: Listen, say: Words, start: Callable[[], Awaitable[Bound]]) -> Bound:
    """Listen somewhere, or say in one line why that cannot be."""
    try:
        return await start()
    except OSError as wrong:
        reason = (wrong.strerror or str(wrong)).split("] ")[-1]
        raise Failure(say("class.address-in-use", found=shown(listen), reason=reason)) from wrong
