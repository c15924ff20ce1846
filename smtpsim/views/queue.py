"""The queues: letters that wait, whose they are, and when they are tried again."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.reports.reason import said
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.world.calendar import clock
from smtpsim.world.model import Letter, World


def queue(world: World, words: Words) -> Panel:
    """Every waiting letter, in the order of the next tries."""
    title = words("page.queue", now=clock(world.now))
    return page(title, part("", _letters(world, words), words("page.queue-empty")))


def _letters(world: World, words: Words) -> Iterator[Row]:
    for due in sorted(world.queue):
        for letter in world.queue[due]:
            yield _letter(letter, due, world, words)


def _letter(letter: Letter, due: int, world: World, words: Words) -> Row:
    recipients = ", ".join(str(queued.recipient.path) for queued in letter.recipients)
    reason = world.outcomes[letter.recipients[0].outcome].why
    remark = words("page.waits", host=letter.host, due=clock(due), reason=said(reason, words))
    return Row(letter.id, letter.id, recipients, Mark.WAIT, remark)
