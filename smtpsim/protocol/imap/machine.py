"""The IMAP server as a function: a state and one unit of input make a step, or a question for the world."""

from __future__ import annotations

from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import decoded
from smtpsim.protocol.imap import grammar, literals
from smtpsim.protocol.imap.facts import Closed, Connected
from smtpsim.protocol.imap.fault import fault
from smtpsim.protocol.imap.head import Headless, read_head
from smtpsim.protocol.imap.question import Verdict
from smtpsim.protocol.imap.reply import UNTAGGED
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.imap.service import CAPABILITIES, Service
from smtpsim.protocol.imap.state import Partial, Phase, State
from smtpsim.protocol.imap.step import AnyVerb, Command, Pending, Step, refuse, say
from smtpsim.protocol.imap.table import TABLE
from smtpsim.protocol.imap.verbs import expunge, fetch, listing, login, plain, search, select, status, store, uid
from smtpsim.protocol.smtp.framing import CRLF, Line, Octets, Unit

VERBS: dict[str, AnyVerb] = {
    verb.name: verb
    for verb in (
        *(plain.CAPABILITY, plain.NOOP, plain.CHECK, plain.LOGOUT, login.LOGIN),
        *(listing.LIST, listing.LSUB, status.STATUS, select.SELECT, select.EXAMINE, select.CLOSE),
        *(fetch.FETCH, store.STORE, search.SEARCH, expunge.EXPUNGE, uid.UID),
    )
}


def connect(state: State, service: Service) -> Step:
    """The greeting, with the capabilities in it (RFC 3501 7.1.1)."""
    greeting = service.rule("connected")
    reply = say(service, UNTAGGED, greeting, capabilities=" ".join(CAPABILITIES))
    return Step(state, reply, (Connected(service.name),))


def begin(state: State, service: Service, unit: Unit) -> Step | Pending:
    """Take one line, or one piece of a literal, in the phase that the dialogue is in."""
    if isinstance(unit, Octets):
        return literals.take_octets(state, unit.data)
    if state.phase is Phase.CLOSED:
        return refuse(state, service, UNTAGGED, "closed")
    if state.errors >= service.limits.errors:
        return _hang_up(state, service, "too-many-errors")
    if not unit.end:
        return _hang_up(state, service, "line-too-long", fault("imap-line-too-long", 0, str(len(unit.text))))
    partial = state.partial or Partial("", 0, state.phase)
    begun = partial._replace(text=partial.text + decoded(unit.text).removesuffix("\r"))
    step = _command(state._replace(phase=partial.back, partial=None), service, begun)
    step = _counted(step) if isinstance(step, Step) else step
    remarks = _line_end_remarks(unit)
    return step._replace(faults=remarks + step.faults) if remarks else step


def finish(state: State, service: Service, pending: Pending, verdict: Verdict) -> Step:
    """Make the step that `verdict` decides."""
    resting = state._replace(phase=state.partial.back, partial=None) if state.partial else state
    step = pending.finish(resting, service, verdict)
    return _counted(step._replace(faults=pending.faults + step.faults))


def _counted(step: Step) -> Step:
    """Count a refusal, so that too many of them end the session."""
    if step.reply is None or step.reply.accepts:
        return step
    return step._replace(state=step.state._replace(errors=step.state.errors + 1))


def _hang_up(state: State, service: Service, key: str, *faults: Fault) -> Step:
    closed = state._replace(phase=Phase.CLOSED, partial=None)
    return refuse(closed, service, UNTAGGED, key, *faults)._replace(facts=(Closed("server"),))


def _line_end_remarks(line: Line) -> tuple[Fault, ...]:
    length = len(decoded(line.text))
    if line.end != CRLF:
        return (fault("imap-bare-lf", length + 1),)
    return (fault("imap-bare-cr", length),) if line.text.endswith(b"\r") else ()


def _command(state: State, service: Service, begun: Partial) -> Step | Pending:
    """Refuse what can be refused by its beginning, ask for a literal, or carry it out."""
    head = read_head(begun.text)
    if isinstance(head, Headless):
        return refuse(state, service, head.tag, head.reply, head.fault)
    cell = TABLE[state.phase][head.verb]
    if isinstance(cell, str) and not isinstance(cell, Phase):
        return refuse(state, service, head.tag, cell, verb=head.verb)
    ahead = grammar.LITERAL_AHEAD.search(begun.text)
    if ahead:
        return literals.ask(state, service, head.tag, begun, ahead)
    scanner = Scanner(begun.text, head.end, begun.literals)
    return _obey(state, service, Command(head.tag, head.verb), scanner)


_REPLIES = {"imap-too-many": "limit", "imap-too-deep": "limit", "imap-charset": "bad-charset"}
"""Faults in arguments that are no mistakes of syntax, and what they are answered with."""


def _obey(state: State, service: Service, command: Command, scanner: Scanner) -> Step | Pending:
    verb = VERBS[command.verb]
    arguments = verb.read(scanner)
    wrong = arguments if isinstance(arguments, Fault) else scanner.end()
    remarks = tuple(scanner.remarks)
    if wrong:
        key = _REPLIES.get(wrong.key, "bad-argument")
        return refuse(state, service, command.tag, key, *remarks, wrong, form=verb.form)
    step = verb.begin(state, service, command, arguments)
    return step._replace(faults=remarks + step.faults) if remarks else step
