"""What a reply code, an enhanced status code or an extension means, at length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.views.dialogue import reply_mark
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row, cited

_REPLY = re.compile(r"[2-5][0-9]{2}")
_ENHANCED = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")


def last_reply(reply: Reply, words: Words) -> Panel:
    """The reply that came: why, by which rule, and what its digits mean."""
    said = (Row(f"said-{number}", "", text) for number, text in enumerate(reply.wire().splitlines()))
    why = Row("why", "", words(f"reply.{reply.key}"), reply_mark(reply.code), cited(reply.ref))
    codes = [*_reply_code(str(reply.code), words), *(_enhanced(reply.enhanced, words) if reply.enhanced else ())]
    title = words("page.last-reply")
    return page(title, part(title, (*said, why)), part(words("page.digits"), codes))


def code(asked: str, words: Words) -> Panel | None:
    """The meaning of `550`, `5.7.1` or `SIZE`; None when nothing is known of it."""
    rows = tuple(_rows(asked, words))
    return page(asked.upper(), part(asked.upper(), rows)) if rows else None


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
