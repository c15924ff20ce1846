"""The IMAP server as a function: a state and one unit of input make a step, or a question for the world."""

from __future__ import annotations

from smtpsim.kernel.duration import MINUTE
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import decoded
from smtpsim.protocol.dialogue import Closed, Connected
from smtpsim.protocol.imap import grammar, literals
from smtpsim.protocol.imap.fault import fault
from smtpsim.protocol.imap.head import Headless, read_head
from smtpsim.protocol.imap.question import Verdict
from smtpsim.protocol.imap.reply import UNTAGGED
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.imap.service import AnyVerb, Command, ImapPending, ImapStep, Service, capabilities, refuse, say
from smtpsim.protocol.imap.state import Partial, Phase, State
from smtpsim.protocol.imap.table import KNOWN
from smtpsim.protocol.imap.verbs.idle import done_line, pushed
from smtpsim.protocol.imap.verbs.login import is_stray_answer, response_line
from smtpsim.protocol.smtp.framing import CRLF, Line, Octets, Unit

IDLE_TIME = 30 * MINUTE
"""How long a server waits for the next command, in seconds (RFC 3501 5.4). A client that idles may be logged out as
well; it is to begin anew every 29 minutes (RFC 2177 3)."""


def connect(state: State, service: Service) -> ImapStep:
    """The greeting, with the capabilities in it (RFC 3501 7.1.1)."""
    greeting = service.rule("connected")
    reply = say(service, UNTAGGED, greeting, capabilities=capabilities(state, service))
    return ImapStep(state, reply, (Connected(service.name),))


def begin(state: State, service: Service, unit: Unit) -> ImapStep | ImapPending:
    """Take one line, or one piece of a literal, in the phase that the dialogue is in."""
    if isinstance(unit, Octets):
        return literals.take_octets(state, unit.data)
    if state.phase is Phase.CLOSED:
        return refuse(state, service, UNTAGGED, "closed")
    if state.errors >= service.limits.errors:
        return _hang_up(state, service, "too-many-errors")
    if not unit.end:
        return _hang_up(state, service, "line-too-long", fault("imap-line-too-long", 0, str(len(unit.text))))
    step = _line(state, service, decoded(unit.text).removesuffix("\r"))
    step = _counted(step) if isinstance(step, ImapStep) else step
    remarks = _line_end_remarks(unit)
    return step._replace(faults=remarks + step.faults) if remarks else step


def _line(state: State, service: Service, text: str) -> ImapStep | ImapPending:
    """A line that a command under way waits for, or the beginning of a command, or its next line."""
    if state.phase is Phase.AUTH:
        return response_line(state, service, text)
    if state.phase is Phase.IDLE:
        return done_line(state, service, text)
    if state.refused_auth:
        state = state._replace(refused_auth=False)
        if is_stray_answer(text):
            return refuse(state, service, UNTAGGED, "auth-not-asked")
    partial = state.partial or Partial("", 0, state.phase)
    begun = partial._replace(text=partial.text + text)
    return _command(state._replace(phase=partial.back, partial=None), service, begun)


def push(state: State, service: Service, verdict: Verdict) -> ImapStep | None:
    """What a client that idles is told without asking, as soon as it happens; None where there is nothing to tell."""
    return pushed(state, service, verdict) if state.phase is Phase.IDLE else None


def time_out(state: State, service: Service) -> ImapStep:
    """The client has said nothing for `IDLE_TIME`: the server logs it out (RFC 3501 7.1.5)."""
    return _hang_up(state, service, "timed-out")


def finish(state: State, service: Service, pending: ImapPending, verdict: Verdict) -> ImapStep:
    """Make the step that `verdict` decides."""
    resting = state._replace(phase=state.partial.back, partial=None) if state.partial else state
    step = pending.finish(resting, service, verdict)
    return _counted(step._replace(faults=pending.faults + step.faults))


def _counted(step: ImapStep) -> ImapStep:
    """Count a refusal, so that too many of them end the session."""
    if step.reply is None or step.reply.accepts:
        return step
    return step._replace(state=step.state._replace(errors=step.state.errors + 1))


def _hang_up(state: State, service: Service, key: str, *faults: Fault) -> ImapStep:
    closed = state._replace(phase=Phase.CLOSED, partial=None)
    return refuse(closed, service, UNTAGGED, key, *faults)._replace(facts=(Closed("server"),))


def _line_end_remarks(line: Line) -> tuple[Fault, ...]:
    length = len(decoded(line.text))
    if line.end != CRLF:
        return (fault("imap-bare-lf", length + 1),)
    return (fault("imap-bare-cr", length),) if line.text.endswith(b"\r") else ()


def _command(state: State, service: Service, begun: Partial) -> ImapStep | ImapPending:
    """Refuse what can be refused by its beginning, ask for a literal, or carry it out."""
    head = read_head(begun.text)
    if isinstance(head, Headless):
        return refuse(state, service, head.tag, head.reply, head.fault)
    verb = KNOWN[head.verb]
    if refusal := verb.row.refusals.get(state.phase):
        return refuse(state, service, head.tag, refusal, verb=verb.name)
    ahead = grammar.LITERAL_AHEAD.search(begun.text)
    if ahead:
        return literals.ask(state, service, head.tag, begun, ahead, verb.most(service.limits))
    scanner = Scanner(begun.text, head.end, begun.literals)
    return _obey(state, service, Command(head.tag, verb.name), verb, scanner)


_REPLIES = {"imap-too-many": "limit", "imap-too-deep": "limit", "imap-charset": "bad-charset"}
"""Faults in arguments that are no mistakes of syntax, and what they are answered with."""


def _obey(state: State, service: Service, command: Command, verb: AnyVerb, scanner: Scanner) -> ImapStep | ImapPending:
    arguments = verb.read(scanner)
    wrong = arguments if isinstance(arguments, Fault) else scanner.end()
    remarks = tuple(scanner.remarks)
    if wrong:
        key = _REPLIES.get(wrong.key, "bad-argument")
        return refuse(state, service, command.tag, key, *remarks, wrong, form=verb.form)
    step = verb.begin(state, service, command, arguments)
    return step._replace(faults=remarks + step.faults) if remarks else step
