"""Every screen of every shipped transcript in each language: none shows a sentence of another.

What was said on the wire, letters, names and addresses are as they are in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from itertools import pairwise

import pytest

from smtpsim.explain import Words, words
from smtpsim.session.simulation import Turn
from smtpsim.shell.opening import Choice
from smtpsim.shell.recording import open_recording
from smtpsim.shell.shell import Shell, page_of
from smtpsim.transcript.shipped import names
from smtpsim.views.explanation import explanation
from smtpsim.views.panel import changed_panel
from smtpsim.views.row import Panel, Row

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2,}")
ENGLISH = re.compile(r"(?<![\w./'@:<>=-])[A-Za-z]?[a-z]+(?: [a-z]{2,})+(?![\w@.:=/-])")
"""Two words beside each other."""

ENCODED = re.compile(r"=\?[\w-]+\?[BbQq]\?[^?\s]*\?=")
"""An encoded word (RFC 2047)."""

TERMS = ("void lookup",)
"""Words of an RFC that a Japanese sentence names in brackets."""


def rows_of(panel: Panel) -> Iterator[str]:
    for section in panel.sections:
        yield section.title
        yield section.state
        yield from texts_of(section.rows)


def texts_of(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        yield from (row.label, row.value, row.remark)


def shown(name: str, say: Words) -> Iterator[tuple[Turn, str]]:
    """All texts beside the dialogue, step by step."""
    recording = open_recording(name, "", Choice(), say)
    shell = Shell(recording.first, say)
    for before, turn in pairwise((None, recording.first, *(played.turn for played in recording.turns(say)))):
        assert turn is not None
        told = explanation(turn, before, say)
        page = page_of(turn, shell, large=True)
        for text in (
            *texts_of((told.why, *told.remarks)),
            told.next,
            *rows_of(changed_panel(turn, before, say)),
            *(rows_of(page.make(frozenset())) if page else ()),
        ):
            yield turn, text


def spoken(turns: list[Turn]) -> str:
    """All that was said on the wire, and all that stands in letters, encoded words decoded."""
    world = turns[-1].after.world
    said = [text for turn in turns for text in (turn.line, turn.reply.wire() if turn.reply else "")]
    said += [text for hop in world.hops.values() for one in hop.said for text in (one.client, one.server)]
    said += [mail.octets.decode(errors="replace") for box in world.mailboxes.values() for mail in box.mails]
    decoded = (str(make_header(decode_header(word))) for text in said for word in ENCODED.findall(text))
    return " ".join(" ".join((*said, *decoded)).split())


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize(("lang", "foreign"), [("ja", ENGLISH), ("en", JAPANESE)])
def test_a_screen_is_in_one_language(name: str, lang: str, foreign: re.Pattern[str]) -> None:
    texts = list(shown(name, words(lang)))
    own = spoken([turn for turn, _ in texts])
    found = {part for _, text in texts for part in foreign.findall(text)}
    assert sorted(part for part in found if part not in own and part not in TERMS) == []


@pytest.mark.parametrize(("lang", "own"), [("en", ENGLISH), ("ja", JAPANESE)])
def test_what_is_looked_for_is_there_in_its_own_language(lang: str, own: re.Pattern[str]) -> None:
    found = [text for _, text in shown("first-mail", words(lang)) if own.search(text)]
    assert len(found) > 20
