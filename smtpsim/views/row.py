"""The shapes that every view is made of: a panel has sections, a section has rows, a row may bear a mark."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from smtpsim.kernel.ref import Ref


class Mark(StrEnum):
    """What a row says beside its text. How a mark looks is for the renderers to decide."""

    NONE = "none"
    GOOD = "good"
    BAD = "bad"
    WARN = "warn"  # true, but not what one may think
    WAIT = "wait"  # not decided yet
    NOTE = "note"


class Badge(NamedTuple):
    """A short fact that stands side by side with others."""

    label: str
    value: str
    mark: Mark = Mark.NONE


class Row(NamedTuple):
    """One fact. `key` is its identity within the section, by which it is found again a turn later.

    `label` and `remark` may be ""; `depth` is 0, or the level in a tree whose parent stands above. `badges`, where
    there are any, are shown in the place of the value, which says the same as one text.
    """

    key: str
    label: str
    value: str
    mark: Mark = Mark.NONE
    remark: str = ""
    depth: int = 0
    changed: bool = False
    badges: tuple[Badge, ...] = ()


class Section(NamedTuple):
    """Rows under a title. `digest` is the whole section in one row, for small screens; its label is the title.

    `state` is a word or two beside the title, such as a verdict, that tell where the rows are cut or scrolled away; it
    bears the mark of the digest.
    """

    key: str
    title: str
    rows: tuple[Row, ...]
    digest: Row
    state: str = ""


class Panel(NamedTuple):
    """Everything beside the dialogue: the panel of a turn, or a page such as an inbox."""

    title: str
    sections: tuple[Section, ...]


def titled(
    key: str, title: str, rows: tuple[Row, ...], digest: str, mark: Mark = Mark.NONE, state: str = ""
) -> Section:
    """A section whose digest bears the title as its label."""
    return Section(key, title, rows, Row(key, title, digest, mark), state)


def badged(key: str, badges: tuple[Badge, ...], label: str = "") -> Row:
    """A row of facts side by side."""
    value = ", ".join(f"{badge.label} {badge.value}" for badge in badges)
    return Row(key, label, value, badges=badges)


def worst(rows: tuple[Row, ...]) -> Mark:
    """The mark that speaks for all rows: the most serious one."""
    return most_serious(row.mark for row in rows)


def most_serious(marks: Iterable[Mark]) -> Mark:
    """The mark that speaks for all of these."""
    return max(marks, key=_SERIOUSNESS.index, default=Mark.NONE)


_SERIOUSNESS = (Mark.NONE, Mark.NOTE, Mark.GOOD, Mark.WAIT, Mark.WARN, Mark.BAD)


def cited(ref: Ref) -> str:
    """A reference as text, with spaces that no line break tears apart."""
    return str(ref).replace(" ", "\N{NO-BREAK SPACE}")
