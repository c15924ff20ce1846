"""The lines that were typed, in a file that every line reaches at once: a killed process loses none."""

from __future__ import annotations

import os
from collections.abc import Iterable

from prompt_toolkit.history import History

from smtpsim.disk.regular import read_regular
from smtpsim.disk.writing import AS_THEY_ARE, add
from smtpsim.kernel.printable import decoded, encoded
from smtpsim.transcript.credentials import without_credentials

MOST_LINES = 2_000
"""The newest lines that are read. The file is cut down to them when it has grown to twice as many."""


class LineHistory(History):
    """One line of the file is one typed line, as octets. Without a file it only lasts as long as the session."""

    def __init__(self, path: str | None) -> None:
        super().__init__()
        self._path = path

    def load_history_strings(self) -> Iterable[str]:
        """The newest lines first, each once."""
        return list(dict.fromkeys(reversed(_read(self._path)[-MOST_LINES:])))

    def append_string(self, string: str) -> None:
        """Keep a line; one that is typed again moves to the end."""
        string = without_credentials(string).rstrip()
        if not string.strip():
            return
        if string in self._loaded_strings:
            self._loaded_strings.remove(string)
        super().append_string(string)

    def store_string(self, string: str) -> None:
        if self._path is None:
            return
        try:
            add(self._path, encoded(string) + b"\n")
        except OSError:
            self._path = None


def _read(path: str | None) -> list[str]:
    if path is None:
        return []
    try:
        lines = read_regular(path).split(b"\n")[:-1]
        if len(lines) > 2 * MOST_LINES:
            _shorten(path, lines[-MOST_LINES:])
    except OSError:
        return []
    return [decoded(line) for line in lines]


def _shorten(path: str, lines: list[bytes]) -> None:
    """For its owner alone, like the file that it replaces."""
    beside = f"{path}.{os.getpid()}.part"
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | AS_THEY_ARE, 0o600)
    try:
        os.write(file, b"".join(line + b"\n" for line in lines))
    finally:
        os.close(file)
    os.replace(beside, path)
