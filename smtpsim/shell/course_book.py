"""What a person has reached in the course, on disk: one line of JSON for each step, added when it is reached.

Adding a line is one write, so that neither kill -9 nor a second program at the same time can spoil what stands there.
Lines that cannot be read, and lessons and steps that are not known (any more), are passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from smtpsim.disk.regular import read_regular
from smtpsim.disk.writing import add
from smtpsim.goals.task import Keep, keep_nothing
from smtpsim.shell.paths import history_path, state_folder

FILE = "lessons.jsonl"


class Record(NamedTuple):
    """`step` is "" where the whole part is meant; `shown` tells that the line for it had been shown; `at` is in UTC."""

    lesson: str
    part: str
    step: str
    shown: bool
    at: str


class Standing(NamedTuple):
    """How far somebody is in one part of a lesson. `steps` tells of each that was reached whether it was shown."""

    steps: Mapping[str, bool]
    done: bool = False
    shown: bool = False


def keeper(lesson: str, part: str) -> Keep:
    """Notes down what is reached in a part of a lesson. Where the disk does not want it, nothing is noted."""
    try:
        path = os.path.join(state_folder(), FILE)
    except OSError:
        return keep_nothing
    return lambda step, shown: _note(path, Record(lesson, part, step, shown, _now()))


def reset(lesson: str) -> None:
    """Forget a lesson, "" for all. Raises OSError."""
    _add(os.path.join(state_folder(), FILE), {"lesson": lesson, "reset": True, "at": _now()})


def standings() -> dict[tuple[str, str], Standing]:
    """By lesson and part, how far somebody is."""
    found: dict[tuple[str, str], Standing] = {}
    for line in _lines():
        if line.get("reset") is True:
            found = {key: value for key, value in found.items() if line.get("lesson") not in ("", key[0])}
        elif record := _record(line):
            key = (record.lesson, record.part)
            found[key] = _further(found.get(key, Standing({})), record)
    return found


def untouched() -> bool:
    """Whether this is somebody's first start: nothing was typed yet, and no lesson begun."""
    history = history_path()
    return history is not None and not os.path.exists(history) and not any(_lines())


def records() -> Iterator[Record]:
    """All that was noted since the last reset."""
    kept: list[Record] = []
    for line in _lines():
        if line.get("reset") is True:
            kept = [record for record in kept if line.get("lesson") not in ("", record.lesson)]
        elif record := _record(line):
            kept.append(record)
    yield from kept


def _further(standing: Standing, record: Record) -> Standing:
    """What was reached once without help stays so."""
    if not record.step:
        return standing._replace(done=True, shown=record.shown and (standing.shown or not standing.done))
    shown = record.shown and standing.steps.get(record.step, True)
    return standing._replace(steps={**standing.steps, record.step: shown})


def _record(line: Mapping[str, Any]) -> Record | None:
    texts = [line.get(name, "") for name in ("lesson", "part", "step", "at")]
    if not all(isinstance(text, str) for text in texts) or not texts[0]:
        return None
    lesson, part, step, at = texts
    return Record(lesson, part, step, line.get("shown") is True, at)


def _lines() -> Iterable[Mapping[str, Any]]:
    try:
        texts = read_regular(os.path.join(state_folder(), FILE)).decode("utf-8", "replace").splitlines()
    except OSError:
        return
    for text in texts:
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict):
            yield read


def _note(path: str, record: Record) -> None:
    try:
        _add(path, record._asdict())
    except OSError:
        return


def _add(path: str, line: Mapping[str, Any]) -> None:
    """One line in one write. A line that was cut off before it does not swallow it: it begins with a line end."""
    add(path, b"\n" + json.dumps(line).encode() + b"\n")


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
