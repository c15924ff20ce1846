"""DELE and RSET: marks that QUIT acts upon (RFC 1939 5)."""

from __future__ import annotations

from rpds import HashTrieSet

from smtpsim.protocol.pop3.arguments import read_message
from smtpsim.protocol.pop3.facts import Marked, Unmarked
from smtpsim.protocol.pop3.service import Command, PopStep, Service, Verb, after_login, answer
from smtpsim.protocol.pop3.state import State
from smtpsim.protocol.pop3.verbs.listing import totals


def marked_uids(state: State) -> tuple[int, ...]:
    return tuple(state.maildrop.mails[number - 1].uid for number in sorted(state.marked))


def _dele(state: State, service: Service, command: Command) -> PopStep:
    chosen = read_message(state, service, command)
    if isinstance(chosen, PopStep):
        return chosen
    after = state._replace(marked=state.marked.insert(chosen.number))
    return answer(after, service, "marked", Marked(chosen.mail.uid), number=chosen.number)


def _rset(state: State, service: Service, command: Command) -> PopStep:
    after = state._replace(marked=HashTrieSet())
    facts = (Unmarked(marked_uids(state)),) if state.marked else ()
    return answer(after, service, "reset", *facts, **totals(after))


DELE = Verb("DELE", "DELE message", _dele, after_login(), 1, 1, rank=110)
RSET = Verb("RSET", "RSET", _rset, after_login(), rank=120)

VERBS = (DELE, RSET)
