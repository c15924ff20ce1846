"""Markdown, for handouts: the title is a heading, notes are paragraphs, and between them stand blocks of our own form.

    <!-- smtpsim transcript -->

    # The first mail

    MAIL and RCPT fill in the envelope.

    ```smtp
    > MAIL FROM:<a@example.com>
    250 okay
    ```

Read back, a paragraph is a note and the blocks are one transcript. A note that is no plain line of text stays in its
block, as our own form writes it. Notes for several languages become notes for everyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpsim.transcript.dialogue import Dialogue, TranscriptFault
from smtpsim.transcript.format import ONE_LANGUAGE, Format, Sign
from smtpsim.transcript.formats import text as own
from smtpsim.transcript.losses import kept

HEAD = "<!-- smtpsim transcript -->"
_FENCE = "```"
_OPEN = f"{_FENCE}smtp"

_TITLE = re.compile(r"# title: (.+)", re.DOTALL)
_NOTE = re.compile(r"# note: (.+)", re.DOTALL)
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
        title = _TITLE.fullmatch(line) if number == 0 else None
        said = title or _NOTE.fullmatch(line)
        if said and inside:
            yield _FENCE
        if said:
            yield from ("", ("# " if title else "") + _literal(said[1]))
        else:
            yield from () if inside else ("", _OPEN)
            yield line
        inside = not said
    if inside:
        yield _FENCE


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
            yield "" if paragraph else f"# note: {_paragraph(source, number)}"
            paragraph = True


def _paragraph(source: Sequence[str], start: int) -> str:
    """A paragraph in one line."""
    end = start
    while end < len(source) and source[end].strip() and not source[end].lstrip().startswith((_FENCE, "#")):
        end += 1
    return " ".join(_meant(line) for line in source[start:end])


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
