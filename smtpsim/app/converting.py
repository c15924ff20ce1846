"""Conversion of a transcript from one format to another."""

from __future__ import annotations

from smtpsim.app.environment import Environment
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.reading import read_dialogue
from smtpsim.transcript import masked, write
from smtpsim.transcript.files import writable
from smtpsim.transcript.format import Format
from smtpsim.transcript.formats import load
from smtpsim.transcript.losses import lost, shown_in


def convert(
    name: str, form: str, to: str, output: str, keep_secrets: bool, say: Words, environment: Environment
) -> None:
    """Write the transcript `name` in the format `to`, to the file `output` or to standard output; on standard error
    stands what of it the format does not keep."""
    wanted = _format(to, say)
    dialogue = read_dialogue(name, form, say)
    shown = shown_in(dialogue if keep_secrets else masked(dialogue), wanted.keeps, say.lang)
    written = write(shown, to)
    if not output:
        environment.sink.write(written)
        environment.sink.flush()
    else:
        _save(written, output, say)
    if gone := lost(dialogue, wanted.keeps):
        parts = parts_told(gone, say)
        print(say("cli.convert-loses", format=to, parts=parts), file=environment.err)


def parts_told(parts: tuple[str, ...], say: Words) -> str:
    """The names of parts of a dialogue, for people."""
    return say("transcript.list-comma").join(say(f"transcript.part-{part}") for part in parts)


def _format(name: str, say: Words) -> Format:
    found = load(name)
    if found is None or found.write is None:
        raise Failure(say("cli.cannot-write-format", found=name, known=", ".join(writable())))
    return found


def _save(written: bytes, output: str, say: Words) -> None:
    try:
        with open(output, "wb") as file:
            file.write(written)
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=output, reason=wrong.strerror or wrong)) from wrong
