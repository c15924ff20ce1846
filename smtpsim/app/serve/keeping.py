"""What `--keep` puts on the disk before a client is answered: mailboxes, the queue with its outcomes, what policies and
blocklists remember, and the clock. SQLite in WAL mode, so that a process that is killed loses nothing it has answered.

Not kept: dialogues of relays, changes of hosts and zones. Written is what a turn has changed, never the whole.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from io import BytesIO
from itertools import islice
from typing import Any

from rpds import List

from smtpsim.disk.regular import open_regular
from smtpsim.world.blocklists import relisted
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import Letter, World

FILE = "world.sqlite"

_TABLES = """
CREATE TABLE IF NOT EXISTS mails (mailbox TEXT, uid INTEGER, id TEXT, sender TEXT, octets BLOB, arrived INTEGER,
    flags TEXT, PRIMARY KEY (mailbox, uid)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mailboxes (name TEXT PRIMARY KEY, box BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS queue (due INTEGER PRIMARY KEY, letters BLOB);
CREATE TABLE IF NOT EXISTS outcomes (number INTEGER PRIMARY KEY, outcome BLOB);
CREATE TABLE IF NOT EXISTS memory (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS numbers (name TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
"""

_NOT_KEPT = "switched-off"
"""The memory of policies that were switched off holds policies, which are code."""


class Keeper:
    """One process at a time has the folder. `keep` returns when the change is on the disk."""

    def __init__(self, folder: str) -> None:
        """Raises OSError or sqlite3.Error for a folder that cannot be used, or that another process uses."""
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, FILE)
        with suppress(FileNotFoundError):
            open_regular(path, sys.maxsize).close()  # the library would wait for a pipe
        self._store = sqlite3.connect(path, timeout=0.2, isolation_level=None)
        self._known: set[str] = set()
        try:
            self._take_possession()
        except sqlite3.Error:
            self.close()
            raise

    def _take_possession(self) -> None:
        self._store.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._store.execute("PRAGMA journal_mode = WAL")
        # survives the end of the process at any moment; only a crash of the machine may cost the last commits
        self._store.execute("PRAGMA synchronous = NORMAL")
        self._store.executescript(_TABLES)

    def restored(self, world: World) -> World:
        """The world with what was kept in the place of its own."""
        numbers = dict(self._store.execute("SELECT name, number FROM numbers"))
        if not numbers:
            return world
        self._known.update(name for (name,) in self._store.execute("SELECT name FROM mailboxes"))
        boxes = {name: _read(box) for name, box in self._store.execute("SELECT name, box FROM mailboxes")}
        world = world._replace(now=max(world.now, numbers["now"]), serial=numbers["serial"])
        filled = {name: self._filled(name, box) for name, box in boxes.items()}
        world = world._replace(mailboxes=world.mailboxes.update(filled))
        outcomes = self._store.execute("SELECT number, outcome FROM outcomes ORDER BY number")
        world = world._replace(outcomes=world.outcomes.update({number: _read(one) for number, one in outcomes}))
        queue = self._store.execute("SELECT due, letters FROM queue")
        world = world._replace(queue=world.queue.update({due: List(_read(letters)) for due, letters in queue}))
        memory = self._store.execute("SELECT key, value FROM memory")
        return relisted(world._replace(memory=world.memory.update({_read(key): _read(value) for key, value in memory})))

    def keep(self, before: World, after: World, mailboxes: set[str]) -> None:
        """Write what has changed; `mailboxes` are the names of those that may have."""
        if before is after:
            return
        self._store.execute("BEGIN IMMEDIATE")
        for name in mailboxes:
            self._mailbox(name, before.mailboxes.get(name), after.mailboxes.get(name))
        numbers = set(range(len(before.outcomes) + 1, len(after.outcomes) + 1))
        if before.queue is not after.queue:
            numbers.update(self._queue(before, after))
        rows = ((number, _written(after.outcomes[number])) for number in numbers if number in after.outcomes)
        self._store.executemany("REPLACE INTO outcomes VALUES (?, ?)", rows)
        if before.memory is not after.memory:
            self._memory(before, after)
        found = (("now", after.now), ("serial", after.serial))
        self._store.executemany("REPLACE INTO numbers VALUES (?, ?)", found)
        self._store.execute("COMMIT")

    @property
    def rows_changed(self) -> int:
        """How many rows have been written or removed so far."""
        return self._store.total_changes

    def close(self) -> None:
        self._store.close()

    def _filled(self, name: str, box: Mailbox) -> Mailbox:
        rows = self._store.execute(
            "SELECT id, sender, octets, uid, arrived, flags FROM mails WHERE mailbox = ? ORDER BY uid DESC", (name,)
        )
        mails = [
            StoredMail(identity, sender, octets, uid, arrived, frozenset(flags.split()))
            for identity, sender, octets, uid, arrived, flags in rows
        ]
        return box._replace(mails=List(mails))

    def _mailbox(self, name: str, before: Mailbox | None, after: Mailbox | None) -> None:
        if before is after:
            return
        if after is None:
            self._store.execute("DELETE FROM mails WHERE mailbox = ?", (name,))
            self._store.execute("DELETE FROM mailboxes WHERE name = ?", (name,))
            return
        self._store.execute("REPLACE INTO mailboxes VALUES (?, ?)", (name, _written(after._replace(mails=List()))))
        old, new = _mails(before if name in self._known else None, after)
        self._known.add(name)
        gone = [(name, uid) for uid in old.keys() - new.keys()]
        self._store.executemany("DELETE FROM mails WHERE mailbox = ? AND uid = ?", gone)
        changed = (mail for uid, mail in new.items() if old.get(uid) is not mail)
        rows = ((name, m.uid, m.id, m.return_path, m.octets, m.arrived, " ".join(m.flags)) for m in changed)
        self._store.executemany("REPLACE INTO mails VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def _queue(self, before: World, after: World) -> Iterator[int]:
        """The numbers of the outcomes that belong to letters which came or went."""
        for due in {*before.queue, *after.queue}:
            old, new = before.queue.get(due), after.queue.get(due)
            if old is new:
                continue
            letters: tuple[Letter, ...] = tuple(new or ())
            if letters:
                self._store.execute("REPLACE INTO queue VALUES (?, ?)", (due, _written(letters)))
            else:
                self._store.execute("DELETE FROM queue WHERE due = ?", (due,))
            for letter in (*(old or List()), *letters):
                yield from (queued.outcome for queued in letter.recipients)

    def _memory(self, before: World, after: World) -> None:
        for key, value in after.memory.items():
            if before.memory.get(key) is not value and key[0] != _NOT_KEPT:
                self._store.execute("REPLACE INTO memory VALUES (?, ?)", (_written(key), _written(value)))
        for key in before.memory:
            if key not in after.memory:
                self._store.execute("DELETE FROM memory WHERE key = ?", (_written(key),))


def _mails(before: Mailbox | None, after: Mailbox) -> tuple[dict[int, StoredMail], dict[int, StoredMail]]:
    """The mails that are not the same in both, by their uids. The newest come first: where mail has only arrived, the
    rest is the same list, and is not looked at."""
    more = after.length - before.length if before else 0
    if before and more > 0:
        first = list(islice(after.mails, more + 1))
        if len(first) == more or first[-1] is next(iter(before.mails)):
            return {}, {mail.uid: mail for mail in first[:more]}
    return {mail.uid: mail for mail in (before.mails if before else ())}, {mail.uid: mail for mail in after.mails}


def _written(value: object) -> bytes:
    return pickle.dumps(value, protocol=5)


def _read(octets: bytes) -> Any:
    return _Reader(BytesIO(octets)).load()


class _Reader(pickle.Unpickler):
    """Reads only values of this program: a file that somebody else wrote calls nothing."""

    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] == "rpds" or (module, name) in (("builtins", "frozenset"), ("builtins", "set")):
            return super().find_class(module, name)
        if module.startswith("smtpsim."):
            found = super().find_class(module, name)
            if isinstance(found, type) and issubclass(found, tuple | Enum):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a world")
