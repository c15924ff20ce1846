"""What readers' programs do with mail at once when it comes, where the world's files say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smtpsim.kernel.address import split_address
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import World

Reaction = Callable[[World, Mailbox, StoredMail], World]


def react(world: World, mailbox: Mailbox, mail: StoredMail, reaction: str) -> World:
    """The world after the reader's program has done its own with a mail that has just come."""
    return _DONE[reaction](world, mailbox, mail)


def _complain(world: World, mailbox: Mailbox, mail: StoredMail) -> World:
    """The reader marks it as spam."""
    from smtpsim.world.complaint import complain

    return complain(world, mailbox, mail)


def _answer(world: World, mailbox: Mailbox, mail: StoredMail) -> World:
    """An automatic answer goes to Return-Path, with the null sender (RFC 3834 4)."""
    from smtpsim.message.addresses import NamedAddress
    from smtpsim.message.mime import opened
    from smtpsim.reports.auto_reply import Absence, auto_reply, wants_no_answer
    from smtpsim.world.model import queue_id
    from smtpsim.world.posting import post
    from smtpsim.world.stored import about, keeper, reading_of

    original = opened(mail.octets).headers
    if not mail.return_path or wants_no_answer(original):
        return world
    reader = NamedAddress(mailbox.owner, mailbox.address)
    reply = auto_reply(Absence(reader, mail.return_path, original, queue_id(world), world.now, world.language))
    to = split_address(mail.return_path)._replace(route=())
    outcome = about(world, mailbox, reading_of(mail), "reply")
    return post(world, keeper(world, mailbox).name, (to,), reply, outcome)


_DONE: Mapping[str, Reaction] = {"answer": _answer, "complain": _complain}

REACTIONS = tuple(_DONE)
"""The words for them in the world's files."""
