"""The line as typed or pasted: what a terminal would obey or not show stands there as what it is."""

from __future__ import annotations

import pytest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import Transformation, TransformationInput

from smtpsim.app.tui.seen import Seen


def seen(*texts: str) -> Transformation:
    whole = "".join(texts)
    control = BufferControl(Buffer())
    fragments = [(f"class:{number}", text) for number, text in enumerate(texts)]
    return Seen().apply_transformation(
        TransformationInput(control, Document(whole), 0, lambda at: at, fragments, 80, 24)  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("HELO a", "HELO a"),
        ("MAIL FROM:<ann@\u202eexample.com>", "MAIL FROM:<ann@\\u202eexample.com>"),
        ("\x1b]52;c;AAAA\x07", "␛]52;c;AAAA␇"),
        ("pay\u00adpal \U000e0041", "pay\\xadpal \\U000e0041"),
        ("葛\U000e0100飾 👩\u200d🚀", "葛\U000e0100飾 👩\u200d🚀"),
    ],
)
def test_the_line_shows_what_it_holds(typed: str, shown: str) -> None:
    assert fragment_list_to_text(seen(typed[:3], typed[3:]).fragments) == shown


def test_the_cursor_steps_over_a_stand_in_at_once() -> None:
    transformed = seen("a\u202eb")
    assert [transformed.source_to_display(at) for at in range(5)] == [0, 1, 7, 8, 9]
    assert [transformed.display_to_source(at) for at in (0, 1, 3, 6, 7, 8)] == [0, 1, 1, 1, 2, 3]
    assert [fragment[0] for fragment in seen("a\u202e", "b").fragments] == ["class:0", "class:1"]
