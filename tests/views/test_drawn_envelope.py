"""The envelope drawn as one: with the mail at each hop, torn up at the mailbox."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.render.rows import plain
from smtpsim.session.opened import Opened, open_mail
from smtpsim.views.hop import hop
from smtpsim.views.row import Mark
from smtpsim.views.sections.reader import reader
from tests.views.conftest import Said
from tests.views.test_aftermath import mail


def test_each_hop_shows_the_envelope_with_the_answer_to_each_line(said: Said) -> None:
    world = said(*mail("test@hogefuga.com", "nobody@hogefuga.com")).now.after.world
    page = hop(world.hops[1], world, words("en"))
    drawn = [row for row in page.sections[-1].rows if row.value.startswith("│")]
    assert [(row.value, row.mark) for row in drawn] == [
        ("│ MAIL FROM:<webmaster@example.com>", Mark.GOOD),
        ("│ RCPT TO:<test@hogefuga.com>", Mark.GOOD),
        ("│ RCPT TO:<nobody@hogefuga.com>", Mark.WARN),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_at_the_mailbox_it_is_torn_up_and_only_its_sender_is_left(said: Said, lang: str) -> None:
    world = said(*mail("test@hogefuga.com")).now.after.world
    opened = open_mail(world, "test@hogefuga.com", "1")
    assert isinstance(opened, Opened)
    text = plain(reader(opened, words(lang)), 80)
    assert "╎ Return-Path: <webmaster@example.com>" in text
    assert "RCPT TO" not in text
