"""What a reply code, an enhanced status code, a command, an extension or a parameter means, at length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from smtpsim.explain import Words
from smtpsim.protocol.smtp.extensions import load, names
from smtpsim.session.simulation import Turn
from smtpsim.views.dialogue import reply_mark
from smtpsim.views.explanation import explanation
from smtpsim.views.glossary import TERMS, glossary_rows
from smtpsim.views.lengths import behind, keys_called, picture, pictured, term, told_at_length, topics_called
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.views.topics import TOPICS, topic_of

_REPLY = re.compile(r"[2-5][0-9]{2}")
_ENHANCED = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
_WORD = re.compile(r"[A-Z0-9.]+")


def last_reply(turn: Turn, words: Words) -> Panel:
    """The reply of a turn that has one: why it came, by which rule, what was odd, what is behind it, and what its
    digits mean."""
    assert turn.reply is not None
    said = (Row(f"said-{number}", "", text) for number, text in enumerate(turn.reply.wire().splitlines()))
    told = explanation(turn, None, words)
    codes = "" if turn.after.access else f"{turn.reply.code} {turn.reply.enhanced}"
    meaning = _meaning(codes, words)
    title = words("page.last-reply")
    digits = (part(words("page.digits"), meaning),) if meaning else ()
    onward = part("", (Row("more", "", words("page.explain-more"), Mark.NOTE),))
    return page(title, part("", (*said, told.why, *told.remarks)), *behind(_topics(turn), words), onward, *digits)


def more_of_reply(turn: Turn, words: Words) -> Panel:
    """The pictures for a turn with a reply, and lines to try."""
    onward = part("", (Row("help", "", words("page.explain-help"), Mark.NOTE),))
    return page(words("page.picture"), *pictured(_topics(turn), words), onward)


def _topics(turn: Turn) -> dict[str, str]:
    """What a turn is about, its reply and what was wrong with its line: topics, each with the key that led to it, which
    is the mistake's where both lead there."""
    assert turn.reply is not None
    if turn.after.access:
        section = turn.after.access.protocol
        replied = f"{section}.reply-{turn.reply.key}"
        wrong = [f"{section}.fault-{fault.key}" for fault in turn.faults]
        return {topic_of(key): key for key in (replied, *wrong)}
    found = {f"reply.{turn.reply.key}": turn.reply.ref, **{f"fault.{fault.key}": fault.ref for fault in turn.faults}}
    return {topic_of(key, ref): key for key, ref in found.items()}


def code(asked: str, words: Words) -> Panel | None:
    """The meaning of `550`, `5.7.1`, `DATA` or `SIZE`, or of a line that begins with such words, as `550 5.7.1 No` or
    `MAIL FROM:<a@b>`; of a word of the glossary, as `envelope`; of a key of `--json`, as `rcpt-ok`. None when nothing
    is known of it."""
    terms = tuple(glossary_rows(asked, words))
    meaning = (*terms, *_meaning(asked.upper(), words))
    named = (topic_of(row.key.replace("-", ".", 1)) for row in terms)
    topics = tuple(dict.fromkeys((*named, *topics_called(asked, words))))
    sections = (
        *([part("", meaning)] if meaning else []),
        *behind(topics, words),
        *(part(words("page.picture"), picture(topic, words)) for topic in topics),
        *(section for key in keys_called(asked, words) for section in told_at_length(key, words)),
    )
    title = terms[0].label if terms else asked.upper() if meaning else asked
    return page(title, *sections) if sections else None


def pocket(words: Words) -> Panel:
    """The pocket reference: the commands, the reply codes, the words of mail, and what is behind them."""
    known = words.section("explain")
    verbs = (Row(key, "", text) for key, text in known.items() if key.startswith("verb-"))
    codes = (Row(key, key.removeprefix("code-"), text) for key, text in known.items() if key.startswith("code-"))
    terms = (Row(name, words(f"glossary.{name}-name"), words(f"glossary.{name}")) for name in TERMS)
    topics = (Row(topic, term(topic, words), words(f"paragraph.{topic}")) for topic in TOPICS)
    parts = {"pocket-verbs": verbs, "pocket-codes": codes, "pocket-terms": terms, "pocket-topics": topics}
    return page(words("page.pocket"), *(part(words(f"page.{title}"), rows) for title, rows in parts.items()))


def _meaning(asked: str, words: Words) -> tuple[Row, ...]:
    """What the words mean, up to one that means nothing; each thing is said once."""
    rows = (tuple(_rows(word, words)) for word in _WORD.findall(asked))
    return tuple(dict.fromkeys(row for known in takewhile(bool, rows) for row in known))


def _rows(asked: str, words: Words) -> Iterator[Row]:
    """All that a word in upper case means."""
    if _REPLY.fullmatch(asked):
        yield from _reply_code(asked, words)
    elif _ENHANCED.fullmatch(asked):
        yield from _enhanced(asked, words)
    else:
        yield from _known(words, f"explain.verb-{asked}")
        yield from _known(words, f"explain.extension-{_extension(asked)}")
        yield from _known(words, f"explain.parameter-{asked}")


def _extension(asked: str) -> str:
    """An extension's name: its keyword is mostly the same word, but not always (8BITMIME)."""
    return next((name for name in names() if load(name).keyword == asked), asked.lower())


def _reply_code(text: str, words: Words) -> Iterator[Row]:
    yield from _known(words, f"explain.code-{text}", text)
    yield from _known(words, f"explain.class-{text[0]}", mark=reply_mark(int(text)))
    yield from _known(words, f"explain.second-{text[1]}")


def _enhanced(text: str, words: Words) -> Iterator[Row]:
    """An enhanced status code: its class is the reply's, its second number says what it is about (RFC 3463)."""
    of_class, subject, _ = text.split(".")
    yield from _known(words, f"explain.enhanced-{text}", text)
    yield from _known(words, f"explain.class-{of_class}", mark=reply_mark(int(of_class) * 100))
    yield from _known(words, f"explain.subject-{subject}")


def _known(words: Words, key: str, label: str = "", mark: Mark = Mark.NONE) -> Iterator[Row]:
    if words.has(key):
        yield Row(key, label, words(key), mark)
