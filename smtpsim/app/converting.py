"""Conversion of a transcript from one format to another."""

from __future__ import annotations

from smtpsim.app.environment import Environment
from smtpsim.app.failure import Failure
from smtpsim.app.reading import read_dialogue
from smtpsim.explain import Words
from smtpsim.transcript import FormatError, masked, write
from smtpsim.transcript.files import writable


def convert(
    name: str, form: str, to: str, output: str, keep_secrets: bool, say: Words, environment: Environment
) -> None:
    """Write the transcript `name` in the format `to`, to the file `output` or to standard output."""
    dialogue = read_dialogue(name, form, say)
    try:
        written = write(dialogue if keep_secrets else masked(dialogue), to)
    except FormatError:
        known = ", ".join(writable())
        raise Failure(say("cli.cannot-write-format", found=to, known=known)) from None
    if not output:
        environment.sink.write(written)
        environment.sink.flush()
        return
    try:
        with open(output, "wb") as file:
            file.write(written)
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=output, reason=wrong.strerror or wrong)) from wrong
