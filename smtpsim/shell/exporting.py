"""A session kept as a file: a page or a picture of it, its dialogue, the letter that was typed, or the mailboxes that
it reached. The ending of the file's name says which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from smtpsim.disk.writing import put
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.session.simulation import Turn
from smtpsim.shell.reading import why
from smtpsim.world.mailbox import Mailbox

if TYPE_CHECKING:
    from smtpsim.transcript.notes import Notes


class Session(NamedTuple):
    """What is to be kept: turns from the greeting on, with the notes of their recording. Secrets in them are shown: who
    does not want that gives `masked_turns`. `world` is "" for the
    shipped one, `about` where nothing is said of what the session shows."""

    title: str
    turns: Sequence[Turn]
    notes: Notes
    world: str = ""
    about: str = ""
    pupil: str = ""


def page(session: Session, say: Words) -> bytes:
    """Dialogue and panel at each step, as one HTML file."""
    from smtpsim.render.html.page import page
    from smtpsim.views.step import steps_of

    steps = steps_of(session.turns, session.notes, say)
    return page(session.title, session.about, steps, say).encode()


def picture(session: Session, say: Words) -> bytes:
    """The last screen as SVG, with the words on the last turn that decided something about the mail."""
    from smtpsim.render.svg import screen_svg
    from smtpsim.views.dialogue import lines_of
    from smtpsim.views.explanation import explanation
    from smtpsim.views.panel import changed_panel

    turns = session.turns
    *_, before, last = (None, *turns)
    assert last is not None
    at = max((number for number, turn in enumerate(turns) if turn.fates), default=len(turns) - 1)
    told = explanation(turns[at], turns[at - 1] if at else None, say)._replace(next="")
    lines = [line for turn in turns for line in lines_of(turn, say)]
    return screen_svg(session.title, lines, changed_panel(last, before, say), told).encode()


def letter(session: Session, say: Words) -> bytes:
    """The last letter as it was typed, dots unstuffed. Empty when none was typed."""
    from smtpsim.protocol.smtp.facts import LetterTaken

    for turn in reversed(session.turns):
        for fact in turn.facts:
            if isinstance(fact, LetterTaken):
                return fact.content.whole()
    return b""


def mailboxes(session: Session, say: Words) -> bytes:
    """The mailboxes that the last mail was delivered to, one behind the other, as an mbox file."""
    from smtpsim.message.export import mbox
    from smtpsim.shell.mailbox_files import oldest_first

    return b"".join(mbox(oldest_first(mailbox)) for mailbox in _reached(session, say))


def _reached(session: Session, say: Words) -> tuple[Mailbox, ...]:
    from smtpsim.shell.mailbox_files import delivered_to

    reached = delivered_to(session.turns[-1].after)
    if not reached:
        raise Failure(say("mail.export-nothing"))
    return reached


def written(path: str, session: Session, say: Words) -> bytes | None:
    """What a file of this name holds, None where its ending says nothing. Raises Failure."""
    make = next((make for ending, make in EXPORTS.items() if path.lower().endswith(ending)), None)
    return make(session, say) if make else _dialogue(path, session, say)


def _dialogue(path: str, session: Session, say: Words) -> bytes | None:
    """The dialogue for readers of one language."""
    from smtpsim.transcript import write
    from smtpsim.transcript.files import format_of
    from smtpsim.transcript.losses import shown_in
    from smtpsim.transcript.recording import recorded

    form = format_of(path)
    if form is None:
        return None
    dialogue = recorded(session.turns, session.title, session.notes, session.world, session.pupil)
    return write(shown_in(dialogue, form.keeps, say.lang), form.name)


def known_endings() -> tuple[str, ...]:
    """What a file's name can end in."""
    from smtpsim.transcript.formats import every

    return (*EXPORTS, *(ending for form in every() for ending in form.endings))


def _file(path: str, session: Session, say: Words) -> None:
    made = written(path, session, say)
    if made is None:
        raise Failure(say("cli.unknown-export", name=path, known=", ".join([*known_endings(), FOLDER])))
    put(path, made)


def _maildir(path: str, session: Session, say: Words) -> None:
    from smtpsim.shell.mailbox_files import write_maildirs

    write_maildirs(path, _reached(session, say))


EXPORTS: dict[str, Callable[[Session, Words], bytes]] = {
    ".html": page,
    ".svg": picture,
    ".eml": letter,
    ".mbox": mailboxes,
}
"""What can be written beside the dialogue, by the ending of the file's name."""

FOLDER = "/"
"""A name that ends so is that of a folder: the mailboxes become a Maildir."""


def export(path: str, session: Session, say: Words) -> None:
    """Write the session to `path`; its ending says as what. Raises Failure in one line."""
    try:
        (_maildir if path.endswith(FOLDER) else _file)(path, session, say)
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=path, reason=why(wrong, say))) from wrong
