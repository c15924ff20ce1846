"""HELO and EHLO (RFC 5321 4.1.1.1)."""

from __future__ import annotations

from smtpsim.protocol.smtp import grammar
from smtpsim.protocol.smtp.facts import Fact, HelloGiven, TransactionDropped
from smtpsim.protocol.smtp.fault import Fault, fault
from smtpsim.protocol.smtp.question import AskHello, Verdict
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, judged, refuse


def _begin(state: State, service: Service, command: Command) -> Step | Pending:
    words = command.argument.split()
    if not words:
        wrong = fault("helo-missing", command.start + 1)
        return refuse(state, service, "helo-missing", wrong, verb=command.verb)
    name = words[0]
    if len(words) > 1:
        wrong = fault("helo-extra-words", command.line.index(words[1], command.start + len(name)) + 1, words[1])
        return refuse(state, service, "helo-syntax", wrong, verb=command.verb)
    odd = _oddities(name, command.start + 1)
    if _impossible(name):
        return refuse(state, service, "helo-syntax", *odd, verb=command.verb)
    esmtp = command.verb == "EHLO"

    def finish(state: State, service: Service, verdict: Verdict) -> Step:
        return _finish(state, service, verdict, name, esmtp)

    return Pending(AskHello(name, esmtp), finish, odd)


def _oddities(name: str, column: int) -> tuple[Fault, ...]:
    literal = grammar.LITERAL.fullmatch(name)
    if grammar.DOMAIN.fullmatch(name) or (literal and grammar.literal_valid(literal.group(1))):
        return ()
    return (fault("helo-not-a-domain", column, name),)


def _impossible(name: str) -> bool:
    """Names that servers refuse; of others they only think their part."""
    return len(name) > grammar.DOMAIN_LIMIT or not grammar.HELO_NAME.fullmatch(name)


def _finish(state: State, service: Service, verdict: Verdict, name: str, esmtp: bool) -> Step:
    fresh = state.without_transaction(Phase.READY)._replace(helo=name, esmtp=esmtp)
    usual = "ehlo-ok" if esmtp else "helo-ok"
    reply = judged(fresh, service, verdict, usual, name=name)
    if not reply.accepts:
        return Step(state, reply)
    if esmtp:
        reply = reply._replace(lines=reply.lines + _keywords(fresh, service))
    dropped: tuple[Fact, ...] = (TransactionDropped(),) if state.envelope else ()
    return Step(fresh, reply, (*dropped, HelloGiven(name, esmtp)))


def _keywords(state: State, service: Service) -> tuple[str, ...]:
    """The lines of the EHLO reply behind the first: a keyword each, with its parameters."""
    lines = ((e.keyword, e.advertise(service, state)) for e in service.extensions)
    offered = [f"{keyword} {behind}".rstrip() for keyword, behind in lines if behind is not None]
    return (*offered, "HELP")


HELO = Verb("HELO", "HELO client.example.com", _begin)
EHLO = Verb("EHLO", "EHLO client.example.com", _begin)
