"""SEARCH: the numbers of the mails that fit (RFC 3501 6.4.4)."""

from __future__ import annotations

from smtpsim.protocol.imap.search.candidate import Candidates
from smtpsim.protocol.imap.search.keys import Key
from smtpsim.protocol.imap.search.reader import read_search
from smtpsim.protocol.imap.service import Service
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.imap.step import Command, Step, Verb, answer, selected


def _begin(state: State, service: Service, command: Command, key: Key) -> Step:
    fitting = (found for found in Candidates(selected(state).maildrop.mails) if key.holds(found))
    numbers = [str(found.mail.uid if command.by_uid else found.index + 1) for found in fitting]
    return answer(state, service, command, "search", [" ".join(["SEARCH", *numbers])])


SEARCH = Verb("SEARCH", "SEARCH UNSEEN FROM ann", read_search, _begin)
