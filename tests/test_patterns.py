"""Regular expressions that mean the same in every Python that we run on."""

from __future__ import annotations

import re

from tests.test_rooms import FILES, PACKAGE

POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+|\(\?>")


def test_no_group_is_repeated_possessively() -> None:
    """Before 3.11.5 (Debian has 3.11.2) the place where a branch began is lost when it fails within such a group, and
    what it had taken stays taken (python/cpython gh-106052). Single characters are safe."""
    written = (path for path in FILES if not path.name.startswith("shipped_"))
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in written
        for line in path.read_text().splitlines()
        if POSSESSIVE_GROUP.search(line)
    ]
    assert found == []
