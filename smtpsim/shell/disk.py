"""Effects on the disk of the person who runs the program: for the full screen and the pipe, which grant them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from smtpsim.disk.writing import EXISTS, obstacle, put
from smtpsim.kernel.failure import Failure
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Question, ReadFile, Told, WriteFile, WriteFolder
from smtpsim.shell.place import Place
from smtpsim.shell.reading import content_of, why


def performed(answer: Answer, place: Place) -> Answer:
    """What came of an effect on files; any other answer stays as it is. A file that is somebody else's is asked about
    before it is replaced."""
    perform = _EFFECTS.get(type(answer))
    return perform(answer, place) if perform else answer


def _read(effect: ReadFile, place: Place) -> Answer:
    try:
        return effect.then(content_of(effect.path, effect.path, place.words))
    except Failure as wrong:
        return wrong


def _write(effect: WriteFile, place: Place) -> Answer:
    try:
        found = obstacle(effect.path)
    except OSError as wrong:
        return _failed(effect, wrong, place)
    if found == EXISTS and not effect.own:
        return Question(Told("repl.ask-overwrite", {"file": effect.path}), lambda: _replaced(effect, place))
    return _replaced(effect, place)


def _replaced(effect: WriteFile, place: Place) -> Answer:
    return _told(lambda: put(effect.path, effect.content()), effect, place)


def _add(effect: WriteFolder, place: Place) -> Answer:
    return _told(lambda: effect.write(effect.path), effect, place)


def _told(write: Callable[[], object], effect: WriteFile | WriteFolder, place: Place) -> Answer:
    try:
        write()
    except (OSError, ValueError, Failure) as wrong:
        return _failed(effect, wrong, place)
    return effect.then()


def _failed(effect: WriteFile | WriteFolder, wrong: OSError | ValueError | Failure, place: Place) -> Answer:
    reason = why(wrong, place.words) if isinstance(wrong, OSError) else str(wrong)
    return Wrong("save-failed", {"file": effect.path, "reason": reason})


_EFFECTS: Mapping[type[object], Callable[[Any, Place], Answer]] = {
    ReadFile: _read,
    WriteFile: _write,
    WriteFolder: _add,
}
