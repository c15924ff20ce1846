"""Effects on the disk of the person who runs the program: for the full screen and the pipe, which grant them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from smtpsim.kernel.failure import Failure
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Question, ReadFile, Told, WriteFile, WriteFolder
from smtpsim.shell.place import Place
from smtpsim.shell.reading import content_of


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
    if os.path.exists(effect.path) and not effect.own:
        return Question(Told("repl.ask-overwrite", {"file": effect.path}), lambda: _replaced(effect))
    return _replaced(effect)


def _replaced(effect: WriteFile) -> Answer:
    return _told(lambda: replace_file(effect.path, effect.content()), effect)


def _add(effect: WriteFolder, place: Place) -> Answer:
    return _told(lambda: effect.write(effect.path), effect)


def _told(write: Callable[[], object], effect: WriteFile | WriteFolder) -> Answer:
    try:
        write()
    except (OSError, ValueError, Failure) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        return Wrong("save-failed", {"file": effect.path, "reason": reason})
    return effect.then()


def replace_file(path: str, content: bytes, mode: int = 0o666) -> None:
    """Write beside the file and then in its place, so that a full disk leaves the old one as it was. `mode` are the
    permissions from the first octet on, less the umask."""
    beside = f"{path}.part"
    with suppress(FileNotFoundError):
        os.remove(beside)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
    os.replace(beside, path)


_EFFECTS: Mapping[type[object], Callable[[Any, Place], Answer]] = {
    ReadFile: _read,
    WriteFile: _write,
    WriteFolder: _add,
}
