"""What happened in the selected mailbox since the session last looked (RFC 3501 5.2, 7.3, 7.4)."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.flags import flag_list
from smtpsim.protocol.imap.question import Verdict
from smtpsim.protocol.imap.service import (
    Command,
    ImapPending,
    ImapStep,
    Service,
    answer,
    selected,
    with_maildrops,
    with_mails,
)
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.maildrop import RECENT, Flagged, FlagsChanged, Mail, Maildrop


class News(NamedTuple):
    """The state that knows, the untagged responses that tell, and the facts."""

    state: State
    untagged: tuple[str, ...]
    facts: tuple[Fact, ...]


def with_news(state: State, fresh: Maildrop | None) -> News:
    """Compare the mailbox with what the world has in it now, None where it has been removed."""
    before = selected(state).maildrop
    if fresh is None:
        return News(state, (), ())
    mails = _with_recent(before, fresh)
    known = {mail.uid: mail for mail in before.mails}
    untagged = (
        *expunged(before.mails, {mail.uid for mail in mails}),
        *_arrived(known, mails),
        *_reflagged(known, mails),
    )
    state = with_mails(state, mails)
    return News(state, untagged, () if selected(state).read_only else recent_taken(fresh, known))


def answer_with_news(state: State, service: Service, command: Command) -> ImapStep | ImapPending:
    """Carry out a command that asks for nothing: the usual way to hear of new mail. Without a mailbox there is none to
    hear of."""
    key = command.verb.lower()
    if state.selected is None:
        return answer(state, service, command, key)
    name = state.selected.maildrop.name

    def finish(_before: State, service: Service, verdict: Verdict) -> ImapStep:
        # From `state`, not from the state before: DONE has left the phase that it was said in.
        later, untagged, facts = with_news(state, verdict.maildrop(name))
        return answer(later, service, command, key, untagged, *facts)

    return with_maildrops(state, service, command, finish, name)


def _with_recent(before: Maildrop, fresh: Maildrop) -> tuple[Mail, ...]:
    """The world forgets \\Recent once a session has it; this session does not."""
    recent = {mail.uid for mail in before.mails if RECENT in mail.flags}
    return tuple(mail._replace(flags=mail.flags | {RECENT}) if mail.uid in recent else mail for mail in fresh.mails)


def expunged(mails: tuple[Mail, ...], kept: Container[int]) -> Iterator[str]:
    """A response for each mail whose uid is not kept; every one shifts the numbers after it (RFC 3501 7.4.1)."""
    number = 1
    for mail in mails:
        if mail.uid in kept:
            number += 1
        else:
            yield f"{number} EXPUNGE"


def _arrived(known: dict[int, Mail], mails: tuple[Mail, ...]) -> Iterator[str]:
    if any(mail.uid not in known for mail in mails):
        yield f"{len(mails)} EXISTS"
        yield f"{recent_count(mails)} RECENT"


def _reflagged(known: dict[int, Mail], mails: tuple[Mail, ...]) -> Iterator[str]:
    for number, mail in enumerate(mails, 1):
        if mail.uid in known and known[mail.uid].flags != mail.flags:
            yield f"{number} FETCH (FLAGS {flag_list(mail.flags)})"


def recent_count(mails: tuple[Mail, ...]) -> int:
    return sum(RECENT in mail.flags for mail in mails)


def recent_taken(maildrop: Maildrop, known: dict[int, Mail]) -> tuple[Fact, ...]:
    """This session is the one that has the new mails as recent: the next one does not (RFC 3501 2.3.2)."""
    taken = (mail for mail in maildrop.mails if RECENT in mail.flags and mail.uid not in known)
    changes = tuple(Flagged(mail.uid, mail.flags - {RECENT}) for mail in taken)
    return (FlagsChanged(maildrop.name, changes),) if changes else ()
