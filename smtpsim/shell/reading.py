"""From the name of a transcript to the dialogue in it."""

from __future__ import annotations

import os

from smtpsim.disk.regular import MEBIBYTE, Unfit, read_regular
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.suggestion import suggested
from smtpsim.transcript import Dialogue, TranscriptFault, read
from smtpsim.transcript.files import readable
from smtpsim.transcript.shipped import find, names, unnumbered


def read_dialogue(name: str, form: str, say: Words) -> Dialogue:
    """The dialogue in a file or shipped transcript. Raises Failure in one line."""
    if form and form not in readable():
        raise Failure(
            suggested(say("cli.unknown-format", found=form, known=", ".join(readable())), form, readable(), say)
        )
    path = name if os.path.exists(name) else find(name)
    if not path:
        raise Failure(suggested(say("cli.no-such-transcript", name=name), name, _neighbours(name), say))
    return parsed(content_of(path, name, say), name, form, say)


def content_of(path: str, name: str, say: Words) -> bytes:
    """What the file called `name` holds. Raises Failure in one line."""
    try:
        return read_regular(path)
    except OSError as wrong:
        told = say("cli.unreadable", name=name, reason=why(wrong, say))
        known = _neighbours(name) if isinstance(wrong, FileNotFoundError) else ()
        raise Failure(suggested(told, name, known, say)) from wrong


def _neighbours(name: str) -> tuple[str, ...]:
    """What could have been meant: the shipped transcripts, without their numbers, and the files beside this one."""
    folder = os.path.dirname(name)
    try:
        files = os.listdir(folder or os.curdir)
    except OSError:
        files = []
    return (*map(unnumbered, names()), *(os.path.join(folder, file) for file in sorted(files)))


def why(wrong: OSError | UnicodeDecodeError, say: Words) -> str:
    """Why a file is not read, in a few words."""
    if isinstance(wrong, UnicodeDecodeError):
        return say("cli.file-not-utf8", octet=wrong.start + 1)
    if isinstance(wrong, Unfit):
        return say(f"cli.file-{wrong.key}", most=wrong.most // MEBIBYTE)
    return wrong.strerror or str(wrong)


def shipped_content(name: str) -> bytes | None:
    """The shipped transcript of that name, None where there is none."""
    path = find(name)
    if not path:
        return None
    return read_regular(path)


def parsed(content: bytes, name: str, form: str, say: Words) -> Dialogue:
    """The dialogue in the content of a file, as it is for readers of these words. Raises Failure in one line."""
    found = read(content, name=name, format=form or None, lang=say.lang)
    if isinstance(found, TranscriptFault):
        place = f"{name}:{found.line}" if found.line else name
        raise Failure(f"{place}: {say(f'transcript.{found.key}', **dict(found.values))}")
    return found
