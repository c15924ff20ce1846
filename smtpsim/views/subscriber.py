"""A subscriber: what the owner of a mailbox has told the carrier."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.session.setting import setting_text
from smtpsim.views.page import page, part
from smtpsim.views.row import Panel, Row
from smtpsim.world.mailbox import Mailbox


def subscriber(mailbox: Mailbox, settings: tuple[str, ...], words: Words) -> Panel:
    """The settings that the carrier has, each with what it means."""
    title = words("page.subscriber", owner=mailbox.owner or mailbox.address, mailbox=mailbox.address)
    return page(title, part("", _rows(mailbox, settings, words)))


def _rows(mailbox: Mailbox, settings: tuple[str, ...], words: Words) -> Iterator[Row]:
    for name in settings:
        value = setting_text(getattr(mailbox.subscriber, name))
        yield Row(name, name, value, remark=words(f"page.subscriber-{name}"))
