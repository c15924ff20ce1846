"""What a reply code, an enhanced status code or an extension means, at length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.session.turn import Turn
from smtpsim.views.dialogue import reply_mark
from smtpsim.views.explanation import explanation
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row

_REPLY = re.compile(r"[2-5][0-9]{2}")
_ENHANCED = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")


def last_reply(turn: Turn, words: Words) -> Panel:
    """The reply of a turn that has one: why it came, by which rule, what was odd, and what its digits mean."""
    assert turn.reply is not None
    said = (Row(f"said-{number}", "", text) for number, text in enumerate(turn.reply.wire().splitlines()))
    told = explanation(turn, None, words)
    codes = [] if turn.after.pickup else [*_reply_code(str(turn.reply.code), words)]
    if turn.reply.enhanced:
        codes += _enhanced(turn.reply.enhanced, words)
    title = words("page.last-reply")
    digits = (part(words("page.digits"), codes),) if codes else ()
    return page(title, part("", (*said, told.why, *told.remarks)), *digits)


def code(asked: str, words: Words) -> Panel | None:
    """The meaning of `550`, `5.7.1` or `SIZE`; None when nothing is known of it."""
    rows = tuple(_rows(asked, words))
    return page(asked.upper(), part("", rows)) if rows else None


def _rows(asked: str, words: Words) -> Iterator[Row]:
    if _REPLY.fullmatch(asked):
        return _reply_code(asked, words)
    if _ENHANCED.fullmatch(asked):
        return _enhanced(asked, words)
    return _known(words, f"explain.extension-{asked.lower()}")


def _reply_code(text: str, words: Words) -> Iterator[Row]:
    yield from _known(words, f"explain.code-{text}", text)
    yield from _known(words, f"explain.class-{text[0]}", mark=reply_mark(int(text)))
    yield from _known(words, f"explain.second-{text[1]}")


def _enhanced(text: str, words: Words) -> Iterator[Row]:
    """An enhanced status code: its class is the reply's, its second number says what it is about (RFC 3463)."""
    yield from _known(words, f"explain.subject-{text.split('.')[1]}", text)


def _known(words: Words, key: str, label: str = "", mark: Mark = Mark.NONE) -> Iterator[Row]:
    if words.has(key):
        yield Row(key, label, words(key), mark)
