"""A TOML table that is read with care: every value has its type, every mistake its line."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.world.load.fault import WorldFault


class Report(NamedTuple):
    """Collects the mistakes of one file while it is read."""

    file: str
    text: str
    faults: list[WorldFault]

    def at(self, line: int, key: str, **values: str) -> None:
        self.faults.append(WorldFault(self.file, line, key, values))

    def line_of(self, *path: str) -> int:
        """The line where the key stands, searched below the headers of its tables; 0 when there is none."""
        lines, found = self.text.split("\n"), 0
        for name in path:
            pattern = re.compile(rf"\s*\[?\s*(?:[\w-]+\.)*[\"']?{re.escape(name)}[\"']?\s*[\].=]")
            found = next((n for n in range(found, len(lines)) if pattern.match(lines[n])), found - 1) + 1
        return found


class Table:
    """One table of a file. The readers give the default where the value is missing or wrong."""

    def __init__(self, data: dict[str, object], report: Report, path: tuple[str, ...] = ()) -> None:
        self.data, self.report, self._path = data, report, path
        self._read: set[str] = set()

    def wrong(self, name: str, key: str, **values: str) -> None:
        """Report a mistake in the value of `name`."""
        self.report.at(self.report.line_of(*self._path, name), key, name=name, **values)

    def has(self, name: str) -> bool:
        return name in self.data

    def text(self, name: str, default: str = "") -> str:
        value = self._take(name)
        if value is None or isinstance(value, str):
            return default if value is None else value
        self.wrong(name, "not-a-text")
        return default

    def number(self, name: str, default: int) -> int:
        value = self._take(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if value is not None:
            self.wrong(name, "not-a-number")
        return default

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._take(name)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        if value is not None:
            self.wrong(name, "not-a-list")
        return ()

    def table(self, name: str) -> Table:
        value = self._take(name)
        if value is not None and not isinstance(value, dict):
            self.wrong(name, "not-a-table")
        data = value if isinstance(value, dict) else {}
        return Table(data, self.report, (*self._path, name))

    def mapping(self, name: str) -> dict[str, str]:
        """A table whose values are all texts."""
        table = self.table(name)
        return {key: table.text(key) for key in table.data}

    def raw(self, name: str) -> object:
        return self._take(name)

    def close(self) -> None:
        """Report the keys that nobody asked for."""
        for name in self.data.keys() - self._read:
            self.wrong(name, "key-unknown")

    def _take(self, name: str) -> object:
        self._read.add(name)
        return self.data.get(name)
