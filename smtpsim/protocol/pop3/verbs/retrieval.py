"""RETR and TOP: the octets of a message (RFC 1939 5, 7)."""

from __future__ import annotations

from smtpsim.kernel.printable import decoded
from smtpsim.protocol.maildrop import MailsFetched
from smtpsim.protocol.pop3.arguments import NUMBER, read_message
from smtpsim.protocol.pop3.fault import fault
from smtpsim.protocol.pop3.reply import with_listing
from smtpsim.protocol.pop3.service import Command, PopStep, Service, Verb, after_login, answer, refuse
from smtpsim.protocol.pop3.state import State


def content_lines(octets: bytes) -> list[str]:
    """The lines of a mail; only CRLF ends one. A last line without an end counts too."""
    lines = decoded(octets).split("\r\n")
    return lines if lines[-1] else lines[:-1]


def top_lines(octets: bytes, body: int) -> list[str]:
    """The header, the empty line after it, and `body` lines of what follows (RFC 1939 7)."""
    lines = content_lines(octets)
    header = lines.index("") + 1 if "" in lines else len(lines)
    return lines[: header + body]


def _retr(state: State, service: Service, command: Command) -> PopStep:
    chosen = read_message(state, service, command)
    if isinstance(chosen, PopStep):
        return chosen
    fetched = MailsFetched(state.maildrop.name, (chosen.mail.uid,))
    step = answer(state, service, "message", fetched, octets=len(chosen.mail.octets))
    return step._replace(reply=with_listing(step.reply, content_lines(chosen.mail.octets)))


def _top(state: State, service: Service, command: Command) -> PopStep:
    word, column = command.words[1]
    if not NUMBER.fullmatch(word):
        return refuse(state, service, "bad-number", fault("pop3-lines-syntax", column, word))
    chosen = read_message(state, service, command)
    if isinstance(chosen, PopStep):
        return chosen
    step = answer(state, service, "top", MailsFetched(state.maildrop.name, (chosen.mail.uid,)))
    return step._replace(reply=with_listing(step.reply, top_lines(chosen.mail.octets, int(word))))


RETR = Verb("RETR", "RETR message", _retr, after_login(), 1, 1, rank=90)
TOP = Verb("TOP", "TOP message lines", _top, after_login(), 2, 2, rank=100)

VERBS = (RETR, TOP)
