"""Markdown, for handouts: the title is a heading, notes are paragraphs, and between them stand blocks of our own form.

    <!-- smtpsim transcript -->

    # The first mail

    MAIL and RCPT fill in the envelope.

    ```smtp
    > MAIL FROM:<a@example.com>
    250 okay
    ```

Read back, a paragraph is a note on the step that follows, a quoted one (`> `) on the step before, and the blocks are
one transcript. A note that is no plain line of text stays in its block, as our own form writes it, and so does a
question. Notes for several languages become notes for everyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce

from smtpsim.transcript.assembly import joined
from smtpsim.transcript.dialogue import Dialogue, TranscriptFault
from smtpsim.transcript.format import ONE_LANGUAGE, Format, Sign
from smtpsim.transcript.formats import text as own
from smtpsim.transcript.losses import kept

HEAD = "<!-- smtpsim transcript -->"
_FENCE = "```"
_OPEN = f"{_FENCE}smtp"

_TITLE = re.compile(r"# title: (.+)", re.DOTALL)
_NOTE = re.compile(r"# (?:note|(after)): (.+)", re.DOTALL)
_QUOTE = re.compile(r" {0,3}> ?")
_MEANT = re.compile(r"[\\`*_\[\]<>&|~$#]|^[-+=:]|^\d+(?=[.)])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_COMMENT = re.compile(r"<!--.*-->")


def write(dialogue: Dialogue) -> str:
    """Write a handout."""
    lines = own.write(kept(dialogue, ONE_LANGUAGE)).split("\n")[:-1]
    return "".join(f"{line}\n" for line in _handout(lines))


def _handout(lines: Sequence[str]) -> Iterator[str]:
    yield HEAD
    inside = False
    for number, line in enumerate(lines):
        said = _paragraph_of(line, number == 0)
        if said:
            yield from (_FENCE, "", said) if inside else ("", said)
        elif line != "#" or inside:
            yield from (line,) if inside else ("", _OPEN, line)
        inside = not said and (inside or line != "#")
    if inside:
        yield _FENCE


def _paragraph_of(line: str, first: bool) -> str:
    """A line of our own form as a heading or a paragraph, "" where it is neither."""
    if first and (title := _TITLE.fullmatch(line)):
        return f"# {_literal(title[1])}"
    if note := _NOTE.fullmatch(line):
        return f"{'> ' if note[1] else ''}{_literal(note[2])}"
    return ""


def _literal(text: str) -> str:
    """The text with a backslash before all that Markdown would take for its own (CommonMark 2.4)."""
    return _MEANT.sub(lambda match: f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}", text)


def read(source: Sequence[str]) -> Dialogue | TranscriptFault:
    """Read a handout, as it was written or edited since: further headings and comments are passed over."""
    return own.read(list(_transcript(source)))


def _transcript(source: Sequence[str]) -> Iterator[str]:
    """The same lines in our own form; as many come out as go in."""
    inside = paragraph = titled = False
    for number, line in enumerate(source):
        if line.strip().startswith(_FENCE):
            inside, paragraph = not inside, False
            yield ""
        elif inside:
            yield line
        elif not line.strip() or _COMMENT.fullmatch(line.strip()):
            paragraph = False
            yield ""
        elif line.startswith("#"):
            paragraph = False
            yield "" if titled else f"# title: {_meant(line.lstrip('#'))}"
            titled = True
        else:
            yield "" if paragraph else _note(source, number)
            paragraph = True


def _note(source: Sequence[str], start: int) -> str:
    """A paragraph in one line, as a note. A quoted one has its mark before the first line, or before each."""
    end = start + 1
    while end < len(source) and source[end].strip() and not source[end].lstrip().startswith((_FENCE, "#")):
        end += 1
    quoted = _QUOTE.match(source[start])
    lines = (_QUOTE.sub("", line, count=1) if quoted and _QUOTE.match(line) else line for line in source[start:end])
    return f"# {'after' if quoted else 'note'}: {reduce(joined, map(_meant, lines))}"


def _meant(line: str) -> str:
    return _ESCAPED.sub(r"\1", line.strip())


FORMAT = Format(
    name="markdown",
    keeps=ONE_LANGUAGE,
    read=read,
    write=write,
    endings=(".md",),
    signs=(Sign(re.escape(HEAD), 2_000),),
)
