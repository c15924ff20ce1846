"""Markdown for handouts: how it looks, that Markdown renders every note as it was typed, and that edits are read."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from smtpsim.transcript import Client, Content, Dialogue, Directive, Note, Server, Target, TranscriptFault, read, write

HANDOUT = """\
<!-- smtpsim transcript -->

# The first mail

```smtp
# client: 192.0.2.10
$ telnet mx.example.com smtp
220 hi
> DATA
354 go
> ```
```

Now \\*the\\* letter.

```smtp
> ..
> .
250 ok
```
"""

TOLD = Dialogue(
    (
        Server(220, ("hi",)),
        Client("DATA"),
        Server(354, ("go",)),
        Content("```"),
        Note("Now *the* letter."),
        Content("."),
        Client("."),
        Server(250, ("ok",)),
    ),
    (Directive("title", "The first mail"), Directive("client", "192.0.2.10")),
    Target("mx.example.com", "smtp"),
)


def test_looks() -> None:
    assert write(TOLD, "markdown").decode() == HANDOUT
    assert read(HANDOUT.encode()) == TOLD


NOTES = [
    "# no heading",
    "1. no list",
    "12) no list",
    "- no list",
    "+ no list",
    "= no rule",
    "> no quotation",
    "_no_ *stress* **at** `all`",
    "<b>no markup</b> &amp; <script>alert(1)</script>",
    "[no](link) ![no](image.png)",
    "a \\ b \\* c",
    "``` no fence",
    "~~~ no fence",
    "| no | table |",
    "$no$ formula",
    "<!-- no comment -->",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_renderer_shows_a_note_as_it_is(note: str) -> None:
    dialogue = Dialogue((Client("NOOP"), Note(note), Client("NOOP")), (Directive("title", note),))
    written = write(dialogue, "markdown").decode()
    assert read(written.encode()) == dialogue
    tokens = MarkdownIt("commonmark").enable("table").parse(written)
    shown = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert shown == [note, note]
    assert [token.tag for token in tokens if token.type.endswith("_open")] == ["h1", "p"]


def test_an_edited_handout() -> None:
    edited = HANDOUT.replace("Now \\*the\\* letter.", "## Part 2\n\nNow \\*the\\*\nletter.\n\n<!-- ask the class -->")
    assert read(edited.encode()) == TOLD


def test_a_fault_names_the_line_of_the_handout() -> None:
    lines = HANDOUT.replace("220 hi", "what is this")
    found = read(lines.encode())
    assert isinstance(found, TranscriptFault)
    assert (found.key, lines.split("\n")[found.line - 1]) == ("text-line", "what is this")
