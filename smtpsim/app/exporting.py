"""A replay kept as a file: the picture of its last screen, the letter that was typed, or the mailboxes it reached."""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.app.failure import Failure
from smtpsim.explain import Words
from smtpsim.session.turn import Turn
from smtpsim.world.model import Mailbox


def picture(title: str, turns: list[Turn], say: Words) -> bytes:
    """The last screen as SVG."""
    from smtpsim.render.svg import screen_svg
    from smtpsim.views.dialogue import lines_of
    from smtpsim.views.panel import changed_panel

    before = turns[-2] if len(turns) > 1 else None
    lines = [line for turn in turns for line in lines_of(turn, say)]
    return screen_svg(title, lines, changed_panel(turns[-1], before, say)).encode()


def letter(title: str, turns: list[Turn], say: Words) -> bytes:
    """The last letter as it was typed, dots unstuffed. Empty when none was typed."""
    from smtpsim.protocol.smtp.facts import LetterTaken

    for turn in reversed(turns):
        for fact in turn.facts:
            if isinstance(fact, LetterTaken):
                return b"\r\n".join([*fact.content.lines(), b""])
    return b""


def mailboxes(title: str, turns: list[Turn], say: Words) -> bytes:
    """The mailboxes that the last mail was delivered to, one behind the other, as an mbox file."""
    from smtpsim.app.mailbox_files import oldest_first
    from smtpsim.message.export import mbox

    return b"".join(mbox(oldest_first(mailbox)) for mailbox in _reached(turns, say))


def _reached(turns: list[Turn], say: Words) -> tuple[Mailbox, ...]:
    from smtpsim.app.mailbox_files import delivered_to

    reached = delivered_to(turns[-1].after)
    if not reached:
        raise Failure(say("mail.export-nothing"))
    return reached


def _file(path: str, title: str, turns: list[Turn], say: Words) -> None:
    make = next((make for ending, make in EXPORTS.items() if path.lower().endswith(ending)), None)
    if make is None:
        raise Failure(say("cli.unknown-export", name=path, known=", ".join([*EXPORTS, FOLDER])))
    made = make(title, turns, say)
    with open(path, "wb") as file:
        file.write(made)


def _maildir(path: str, title: str, turns: list[Turn], say: Words) -> None:
    from smtpsim.app.mailbox_files import oldest_first, write_maildir

    for mailbox in _reached(turns, say):
        write_maildir(path, mailbox.address, oldest_first(mailbox))


EXPORTS: dict[str, Callable[[str, list[Turn], Words], bytes]] = {".svg": picture, ".eml": letter, ".mbox": mailboxes}
"""What can be written, by the ending of the file's name."""

FOLDER = "/"
"""A name that ends so is that of a folder: the mailboxes become a Maildir."""


def export(path: str, title: str, turns: list[Turn], say: Words) -> None:
    """Write the turns to `path`; its ending says as what. Raises Failure in one line."""
    try:
        (_maildir if path.endswith(FOLDER) else _file)(path, title, turns, say)
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=path, reason=wrong.strerror or wrong)) from wrong
