"""Where the program keeps what outlives it: the history, the journals of sessions, those of sessions cut off."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from secrets import token_hex

from smtpsim.disk.writing import AS_THEY_ARE

LOCKS = find_spec("fcntl") is not None
"""Whether the system locks files for as long as they are open (POSIX; Windows does not)."""

_JOURNAL = re.compile(r"session-[0-9a-f-]{1,64}\.txt")
_LOST = re.compile(r"lost-session-([0-9]{1,18})\.txt")


def state_folder() -> str:
    """The folder for all of it, made when it is not there. Raises OSError."""
    from platformdirs import user_state_dir

    folder = user_state_dir("smtpsim", appauthor=False)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    return folder


def history_path() -> str | None:
    """The file of typed lines; None without a place to keep it."""
    try:
        return os.path.join(state_folder(), "history")
    except OSError:
        return None


def new_journal() -> tuple[str, int]:
    """A journal that nobody had before: its path, and the file, which is locked as long as it is open. Raises OSError.

    The lock says that the session lives. The process number, which said so before, is always the same in a container:
    there the next session took the journal of the one before it for its own. The file is locked under another name
    first, so that nobody finds it unlocked; where a system has no such locks, it may rename no open file either.
    """
    name = f"{time.time_ns():x}-{os.getpid():x}-{token_hex(4)}"
    folder = state_folder()
    path, begun = os.path.join(folder, f"session-{name}.txt"), os.path.join(folder, f".begun-{name}")
    first = begun if LOCKS else path
    file = os.open(first, os.O_RDWR | os.O_CREAT | os.O_EXCL | AS_THEY_ARE, 0o600)
    if LOCKS:
        _locked(file)
        os.rename(begun, path)
    return path, file


def keep_lost() -> bool:
    """Put aside the journals of sessions that were cut off, each under a number of its own, where `:recover` finds the
    last one and `:open` any; False when there are none that were not put there before."""
    found = False
    try:
        folder = state_folder()
        for path in _by_age(folder):
            with _cut_off(path) as gone:
                found = (gone and _put_aside(folder, path)) or found
    except OSError:
        return found
    return found


def lost_journal() -> str:
    """The journal of the session that was cut off last, "" when none ever was."""
    try:
        folder = state_folder()
        numbers = _numbers(folder)
        return os.path.join(folder, numbers[max(numbers)]) if numbers else ""
    except OSError:
        return ""


def _numbers(folder: str) -> dict[int, str]:
    """The journals that were put aside. They are numbered in the order in which they were found, and not named after
    their times: a clock may have been wrong."""
    return {int(match[1]): name for name in os.listdir(folder) if (match := _LOST.fullmatch(name))}


def _put_aside(folder: str, path: str) -> bool:
    """Move a journal to the next number that is free; a link replaces nothing, where a rename would."""
    number = max(_numbers(folder), default=0) + 1
    while True:
        try:
            os.link(path, os.path.join(folder, f"lost-session-{number:06}.txt"))
        except FileExistsError:
            number += 1
            continue
        os.remove(path)
        return True


def _by_age(folder: str) -> list[str]:
    """All journals, the oldest first."""
    paths = [os.path.join(folder, name) for name in os.listdir(folder) if _JOURNAL.fullmatch(name)]
    return sorted(paths, key=os.path.getmtime)


@contextmanager
def _cut_off(path: str) -> Iterator[bool]:
    """Whether the session of a journal is gone: then nobody else puts it aside meanwhile."""
    try:
        file = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        yield False
        return
    try:
        yield _locked(file) and os.path.exists(path)
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    """Lock a file as long as it is open; False where another process has it. Where a system has no such locks, every
    session counts as one that lives, so that none is taken from it."""
    if not LOCKS:
        return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
