"""From the name of a transcript to the dialogue in it."""

from __future__ import annotations

import os

from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.transcript import Dialogue, TranscriptFault, read
from smtpsim.transcript.files import readable
from smtpsim.transcript.shipped import find


def read_dialogue(name: str, form: str, say: Words) -> Dialogue:
    """The dialogue in a file or shipped transcript. Raises Failure in one line."""
    if form and form not in readable():
        raise Failure(say("cli.unknown-format", found=form, known=", ".join(readable())))
    path = name if os.path.exists(name) else find(name, say.lang)
    if not path:
        raise Failure(say("cli.no-such-transcript", name=name))
    return parsed(content_of(path, name, say), name, form, say)


def content_of(path: str, name: str, say: Words) -> bytes:
    """What the file called `name` holds. Raises Failure in one line."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as wrong:
        raise Failure(say("cli.unreadable", name=name, reason=wrong.strerror or wrong)) from wrong


def shipped_content(name: str, lang: str) -> bytes | None:
    """The shipped transcript of that name for readers of a language, None where there is none."""
    path = find(name, lang)
    if not path:
        return None
    with open(path, "rb") as file:
        return file.read()


def parsed(content: bytes, name: str, form: str, say: Words) -> Dialogue:
    """The dialogue in the content of a file. Raises Failure in one line."""
    found = read(content, name=name, format=form or None)
    if isinstance(found, TranscriptFault):
        place = f"{name}:{found.line}" if found.line else name
        raise Failure(f"{place}: {say(f'transcript.{found.key}', **dict(found.values))}")
    return found
