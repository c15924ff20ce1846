"""Two recordings side by side: what differs first, where they part, and why; the text fits its width."""

from __future__ import annotations

import pytest

from smtpsim.app.replay.outputs import open_recording
from smtpsim.app.replay.screens import played_show
from smtpsim.explain import LANGUAGES, words
from smtpsim.render.cells import width
from smtpsim.render.versus import versus_lines
from smtpsim.shell.opening import Choice
from smtpsim.views.versus import Versus, summary, told, versus


def compared(left: str, right: str, lang: str = "en") -> Versus:
    say = words(lang)
    one, other = (played_show(open_recording(name, "", Choice(), say), say) for name in (left, right))
    return versus(one, other, say)


def said(shown: Versus, lang: str = "en") -> str:
    return "\n".join(versus_lines(shown, 200, words(lang)))


@pytest.mark.parametrize(
    ("left", "right", "parting", "first"),
    [
        ("spf-pass", "spf-fail", 2, 1),
        ("first-mail", "first-mail", None, None),
        ("spf-softfail", "spf-neutral", None, 2),
        ("unknown-user", "accepted-then-unknown", 3, 1),
    ],
)
def test_where_two_recordings_part(left: str, right: str, parting: int | None, first: int | None) -> None:
    shown = compared(left, right)
    assert (shown.parting, shown.next_difference(-1)) == (parting, first)


def test_the_words_of_both_answers_are_told() -> None:
    shown = compared("spf-pass", "spf-fail")
    left, right = told(shown, 2, words("en"))
    assert left is not None
    assert right is not None
    text = said(shown)
    for why in (left.why, right.why):
        assert why.value in text
    assert "\n ✗ SPF B         HELO ✗ fail  MAIL FROM ✗ fail" in text
    assert "client → mx.example.net → [carol@example.net]" in text


def test_a_summary_has_one_row_for_what_does_not_differ() -> None:
    sections = summary(compared("first-mail", "first-mail"), words("en")).sections
    rows = [row.value for section in sections for row in section.rows]
    assert "Nothing differs: the same lines, and answers with the same codes." in rows


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("columns", [40, 61, 80, 120])
def test_the_text_fits(lang: str, columns: int) -> None:
    for names in (("spf-pass", "spf-fail"), ("pop3", "imap"), ("first-mail", "japanese")):
        for line in versus_lines(compared(*names, lang=lang), columns, words(lang)):
            assert width(line) <= columns, line


def test_the_line_across_stands_once_above_the_parting() -> None:
    lines = said(compared("spf-pass", "spf-fail")).splitlines()
    marked = [number for number, line in enumerate(lines) if "━ here they part ━" in line]
    assert len(marked) == 1
    assert "MAIL FROM:<webmaster@example.com>" in lines[marked[0] + 1]
    assert "≠" in lines[marked[0] + 1]
    assert "━ here they part ━" not in said(compared("first-mail", "first-mail"))
