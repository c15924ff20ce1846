"""On which line of a TOML text each key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache

KeyPath = tuple[str, ...]
"""A key below the keys of its tables: `fail` in `[policy.spf]` is `("policy", "spf", "fail")`."""

DEEPEST = 8
"""Keys further down are not looked at: nobody asks for them, and TOML sets no limit."""

# what the last line of a list, an inline table or a text over several lines has in it
_CLOSING = re.compile("""[]}]|\"{3}|'{3}""")


@lru_cache(maxsize=16)
def key_lines(text: str) -> Mapping[KeyPath, int]:
    """The line, counted from 1, where each key of a TOML text is first named. Lines end with LF.

    Statements are read one by one, each below the table header that it stands under; one that is not whole
    yet (a list or a text over several lines) is read again with a line that may end it.
    """
    found: dict[KeyPath, int] = {}
    header, statement, begun = "", "", 1
    for number, line in enumerate(text.split("\n"), 1):
        statement += f"{line}\n"
        if begun < number and not _CLOSING.search(line):
            continue
        table = _parsed(header + statement)
        if table is None:
            continue
        for path in _paths(table, ()):
            found.setdefault(path, begun)
        if begun == number and line.lstrip().startswith("["):
            header = statement
        statement, begun = "", number + 1
    return found


def _parsed(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _paths(table: Mapping[str, object], above: KeyPath) -> Iterator[KeyPath]:
    for key, value in table.items():
        path = (*above, key)
        yield path
        if isinstance(value, dict) and len(path) < DEEPEST:
            yield from _paths(value, path)
