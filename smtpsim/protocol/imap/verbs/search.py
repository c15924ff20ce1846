"""SEARCH: the numbers of the mails that fit (RFC 3501 6.4.4)."""

from __future__ import annotations

from smtpsim.protocol.imap.search.candidate import Candidates
from smtpsim.protocol.imap.search.keys import Key
from smtpsim.protocol.imap.search.reader import read_search
from smtpsim.protocol.imap.service import Command, ImapStep, Service, Verb, answer, in_mailbox, selected
from smtpsim.protocol.imap.state import State


def _begin(state: State, service: Service, command: Command, key: Key) -> ImapStep:
    fitting = (found for found in Candidates(selected(state).maildrop.mails) if key.holds(found))
    numbers = [str(found.mail.uid if command.by_uid else found.index + 1) for found in fitting]
    return answer(state, service, command, "search", [" ".join(["SEARCH", *numbers])])


SEARCH = Verb("SEARCH", "SEARCH UNSEEN FROM ann", read_search, _begin, in_mailbox(), rank=240)

VERBS = (SEARCH,)
