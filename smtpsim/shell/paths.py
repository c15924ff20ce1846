"""Where the program keeps what outlives it: the history, and the journals of sessions."""

from __future__ import annotations

import os
import re

_JOURNAL = re.compile(r"session-([0-9]{1,10})\.txt")
_LOST = re.compile(r"lost-session-[0-9]+-[0-9]+\.txt")


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


def journal_path(process: int) -> str:
    """The journal of the session in this process. Raises OSError."""
    return os.path.join(state_folder(), f"session-{process}.txt")


def keep_lost() -> bool:
    """Put aside the journals of sessions that were cut off, each under a name of its own, where `:recover` finds the
    newest and `:open` any; False when there are none that were not put there before."""
    try:
        folder = state_folder()
        found = _cut_off(folder)
        for path in found:
            process = os.path.basename(path).removeprefix("session-")
            os.replace(path, os.path.join(folder, f"lost-session-{os.stat(path).st_mtime_ns:020}-{process}"))
    except OSError:
        return False
    return bool(found)


def lost_journal() -> str:
    """The journal of the session that was cut off last, "" when none ever was."""
    try:
        folder = state_folder()
        return max((os.path.join(folder, name) for name in os.listdir(folder) if _LOST.fullmatch(name)), default="")
    except OSError:
        return ""


def _cut_off(folder: str) -> list[str]:
    """The journals whose process is gone, the oldest first."""
    found = [
        os.path.join(folder, name)
        for name in os.listdir(folder)
        if (match := _JOURNAL.fullmatch(name)) and not _alive(int(match.group(1)))
    ]
    return sorted(found, key=os.path.getmtime)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
