"""The shipped transcripts as a list, the formats as a table, and conversion from one format to another."""

from __future__ import annotations

import json
from collections.abc import Iterator

from smtpsim.app.environment import Environment
from smtpsim.app.overwriting import save
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.render.cells import folded, padded
from smtpsim.render.rows import plain
from smtpsim.shell.reading import read_dialogue
from smtpsim.transcript import masked, write
from smtpsim.transcript.files import writable
from smtpsim.transcript.format import Format
from smtpsim.transcript.formats import every, load
from smtpsim.transcript.losses import lost, not_kept, shown_in
from smtpsim.transcript.shipped import names
from smtpsim.views.shipped import shipped, shipped_table

_NAME, _WAYS = 10, 14
_GAP = "  "


def listing(as_json: bool, say: Words, environment: Environment) -> Iterator[str]:
    """The lines of the list. An object has `name`, `theme`, `title` and `about`, in the language of the words."""
    found = [shipped(name, read_dialogue(name, "text", say), say) for name in names()]
    if as_json:
        yield from (json.dumps(one._asdict(), ensure_ascii=False) for one in found)
    else:
        yield from plain(shipped_table(found, say), environment.columns).splitlines()


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
    unkept = not_kept(form.keeps)
    gone, shown = tuple(part for part in unkept if part not in form.shows), tuple(sorted(form.shows))
    yield say("transcript.keeps-all-but", parts=parts_told(gone, say)) if unkept else say("transcript.keeps-everything")
    if shown:
        yield say("transcript.shows-only", parts=parts_told(shown, say))
    yield from (say(f"transcript.{limit}") for limit in form.limits)


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
        save(output, written, say, environment)
    unkept = lost(dialogue, wanted.keeps)
    told = {
        "cli.convert-loses": tuple(part for part in unkept if part not in wanted.shows),
        "cli.convert-shows": tuple(part for part in unkept if part in wanted.shows),
    }
    for key, parts in told.items():
        if parts:
            print(say(key, format=to, parts=parts_told(parts, say)), file=environment.err)


def parts_told(parts: tuple[str, ...], say: Words) -> str:
    """The names of parts of a dialogue, for people."""
    return say("transcript.list-comma").join(say(f"transcript.part-{part}") for part in parts)


def _format(name: str, say: Words) -> Format:
    found = load(name)
    if found is None or found.write is None:
        raise Failure(say("cli.cannot-write-format", found=name, known=", ".join(writable())))
    return found
