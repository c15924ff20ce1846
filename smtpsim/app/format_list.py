"""The transcript formats as a table: what is done with each, and what it does not keep."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.app.converting import parts_told
from smtpsim.explain import Words
from smtpsim.render.cells import folded, padded
from smtpsim.transcript.format import Format
from smtpsim.transcript.formats import every
from smtpsim.transcript.losses import not_kept

_NAME, _WAYS = 10, 14
_GAP = "  "


def format_lines(say: Words, columns: int) -> Iterator[str]:
    """The lines of the table, at most so wide."""
    left = _NAME + _WAYS + 2 * len(_GAP)
    for form in every():
        head = f"{padded(form.name, _NAME)}{_GAP}{padded(_ways(form, say), _WAYS)}{_GAP}"
        for text in _stated(form, say):
            for line in folded(text, columns - left):
                yield f"{head}{line}"
                head = " " * left


def _ways(form: Format, say: Words) -> str:
    if form.read and form.write:
        return say("transcript.read-and-written")
    return say("transcript.read-only" if form.read else "transcript.written-only")


def _stated(form: Format, say: Words) -> Iterator[str]:
    gone = not_kept(form.keeps)
    yield say("transcript.keeps-all-but", parts=parts_told(gone, say)) if gone else say("transcript.keeps-everything")
    yield from (say(f"transcript.{limit}") for limit in form.limits)
