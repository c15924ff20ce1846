"""A TOML table that is read with care: every value has its type, every mistake its line."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeGuard, TypeVar

from smtpsim.world.load.fault import WorldFault
from smtpsim.world.load.lines import key_lines

Value = TypeVar("Value")

MOST = 2**63 - 1
"""The greatest number that every reader of TOML has room for (TOML 1.0, Integer)."""


class Report(NamedTuple):
    """Collects the mistakes of one file while it is read."""

    file: str
    text: str
    faults: list[WorldFault]

    def at(self, line: int, key: str, **values: str) -> None:
        self.faults.append(WorldFault(self.file, line, key, values))

    def line_of(self, *path: str) -> int:
        """The line of a key, or of the nearest of its tables that is there; 0 when none is."""
        lines = key_lines(self.text)
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path, 0)


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
        return self._typed(name, _is_text, default, "not-a-text")

    def word(self, name: str, default: str, words: tuple[str, ...]) -> str:
        """A text that is one of these words; where there are none, any."""
        word = self.text(name, default)
        if not words or word in words:
            return word
        self.wrong(name, "not-a-word", found=word, known=", ".join(words))
        return default

    def number(self, name: str, default: int) -> int:
        """A whole number, 0 or more."""
        return self._typed(name, _is_number, default, "not-a-number")

    def flag(self, name: str, default: bool) -> bool:
        return self._typed(name, _is_flag, default, "not-a-flag")

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        return tuple(self._typed(name, _are_texts, list(default), "not-a-list"))

    def table(self, name: str) -> Table:
        data = self._typed(name, _is_table, {}, "not-a-table")
        return Table(data, self.report, (*self._path, name))

    def mapping(self, name: str) -> dict[str, str]:
        """A table whose values are all texts."""
        table = self.table(name)
        return {key: table.text(key) for key in table.data}

    def raw(self, name: str) -> object:
        """The value as TOML has it, None when it is missing."""
        self._read.add(name)
        return self.data.get(name)

    def close(self) -> None:
        """Report the keys that nobody asked for."""
        for name in self.data:
            if name not in self._read:
                self.wrong(name, "key-unknown")

    def _typed(self, name: str, fits: Callable[[object], TypeGuard[Value]], default: Value, key: str) -> Value:
        value = self.raw(name)
        if fits(value):
            return value
        if value is not None:
            self.wrong(name, key)
        return default


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _is_flag(value: object) -> TypeGuard[bool]:
    return isinstance(value, bool)


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)
