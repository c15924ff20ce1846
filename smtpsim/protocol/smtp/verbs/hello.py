"""HELO and EHLO (RFC 5321 4.1.1.1)."""

from __future__ import annotations

import re

from smtpsim.kernel.fault import Fault, Remarks
from smtpsim.kernel.mailbox import read_domain
from smtpsim.kernel.mailbox_grammar import DOMAIN_LIMIT
from smtpsim.protocol.smtp import grammar
from smtpsim.protocol.smtp.facts import HelloGiven
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.question import AskHello, Verdict
from smtpsim.protocol.smtp.service import Command, Service, SmtpPending, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import dropped, judged, refuse

# one name; what else there may be
_ARGUMENT = re.compile(r"([^ \t]+)[ \t]*(.*)", re.DOTALL)


def _begin(state: State, service: Service, command: Command) -> SmtpStep | SmtpPending:
    match = _ARGUMENT.fullmatch(command.argument)
    if not match:
        wrong = fault("helo-missing", len(command.line) + 1)
        return refuse(state, service, "helo-missing", wrong, verb=command.verb)
    name, more = match.groups()
    if more:
        wrong = fault("helo-extra-words", command.start + match.start(2) + 1, more)
        return refuse(state, service, "helo-syntax", wrong, verb=command.verb)
    plain = len(name) <= grammar.PLAIN_LIMIT and grammar.PLAIN_DOMAIN.fullmatch(name)
    odd = () if plain else _oddity(name, command.start)
    if not plain and _impossible(name):
        return refuse(state, service, "helo-syntax", *odd, verb=command.verb)
    esmtp = command.verb == "EHLO"

    def finish(state: State, service: Service, verdict: Verdict) -> SmtpStep:
        return _finish(state, service, verdict, name, esmtp)

    return SmtpPending(AskHello(name, esmtp), finish, odd)


def _oddity(name: str, start: int) -> Remarks:
    """Where the name that begins at index `start` of the line stops being a domain or an address literal."""
    found = read_domain(name, range(start, start + len(name) + 1))
    remarks = (found,) if isinstance(found, Fault) else found
    return tuple(
        remark if remark.key in _SAID_AS_IT_IS else fault("helo-not-a-domain", remark.column, name)
        for remark in remarks[:1]
    )


_SAID_AS_IT_IS = frozenset({"address-unbracketed", "underscore"})
"""What is odd about a domain in the same way wherever it stands."""


def _impossible(name: str) -> bool:
    """Names that servers refuse; of others they only think their part."""
    return len(name) > DOMAIN_LIMIT or not grammar.HELO_NAME.fullmatch(name)


def _finish(state: State, service: Service, verdict: Verdict, name: str, esmtp: bool) -> SmtpStep:
    greeted = State(Phase.READY, name, esmtp, state.tls, state.user, errors=state.errors)
    reply = judged(greeted, service, verdict, "ehlo-ok" if esmtp else "helo-ok", name=name)
    if not reply.accepts:
        return SmtpStep(state, reply)
    if esmtp and not verdict.reply:
        reply = reply._replace(lines=reply.lines + _keywords(greeted, service))
    return SmtpStep(greeted, reply, (*dropped(state), HelloGiven(name, esmtp)))


def _keywords(state: State, service: Service) -> tuple[str, ...]:
    """The lines of the EHLO reply after the first: a keyword each, with its parameters."""
    lines = ((e.keyword, e.advertise(service, state)) for e in service.extensions)
    offered = [f"{keyword} {behind}".rstrip() for keyword, behind in lines if behind is not None]
    return (*offered, "HELP")


_ROW = row(start=Phase.READY, ready=Phase.READY, mail=Phase.READY, rcpt=Phase.READY, chunks=Phase.READY)

HELO = Verb("HELO", "HELO cgi.example.com", _begin, _ROW, rank=10, typed="HELO ")
EHLO = Verb("EHLO", "EHLO cgi.example.com", _begin, _ROW, rank=20, typed="EHLO ")

VERBS = (HELO, EHLO)
