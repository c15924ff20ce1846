"""The SMTP server as a function: a state and one unit of input make a step, or a question for the world."""

from __future__ import annotations

from smtpsim.kernel.duration import MINUTE
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import decoded
from smtpsim.protocol.dialogue import Closed, Connected
from smtpsim.protocol.smtp.command import line_remarks, read_command
from smtpsim.protocol.smtp.extensions import auth, chunking
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.framing import Line, Octets, Unit
from smtpsim.protocol.smtp.grammar import WORD
from smtpsim.protocol.smtp.letter import content_line
from smtpsim.protocol.smtp.question import AskConnection, Verdict
from smtpsim.protocol.smtp.service import Command, Service, SmtpPending, SmtpStep
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import answer, dropped, judged, refuse, refuse_order

HANGING_UP = frozenset({421, 521})
"""Codes of refusals after which the server closes the connection (RFC 5321 3.8, RFC 7504 2)."""

IDLE_TIME = 5 * MINUTE
"""How long a server waits for the next command or line of a letter, in seconds (RFC 5321 4.5.3.2.7)."""


def connect(state: State) -> SmtpPending:
    """The question that the greeting answers: may this client speak? (RFC 5321 3.1)"""
    return SmtpPending(AskConnection(), _finish_connect)


def _finish_connect(state: State, service: Service, verdict: Verdict) -> SmtpStep:
    reply = judged(state, service, verdict, "connected")
    if reply.accepts:
        return SmtpStep(state, reply, (Connected(service.name),))
    return SmtpStep(state._replace(phase=Phase.TURNED_AWAY), reply)


def begin(state: State, service: Service, unit: Unit) -> SmtpStep | SmtpPending:
    """Take one line, or one piece of a BDAT chunk, in the phase that the dialogue is in."""
    if state.phase is Phase.DATA and isinstance(unit, Line):
        return content_line(state, service, unit)
    begun = _begin(state, service, unit)
    return begun if isinstance(begun, SmtpPending) else hung_up(begun)


def finish(state: State, service: Service, pending: SmtpPending, verdict: Verdict) -> SmtpStep:
    """Make the step that `verdict` decides."""
    step = _broken(state) if verdict.breaks else pending.finish(state, service, verdict)
    late = (fault("reply-late", 0, str(verdict.delay)),) if verdict.delay else ()
    faults = pending.faults + late
    return hung_up(step._replace(faults=faults + step.faults) if faults else step)


def time_out(state: State, service: Service) -> SmtpStep:
    """The client has said nothing for `IDLE_TIME`: the server says so unasked, and closes (RFC 5321 3.8)."""
    return hung_up(answer(state, service, "timed-out"))


def _broken(state: State) -> SmtpStep:
    """The connection is gone instead of a reply: what was under way is lost (RFC 5321 4.1.1.10)."""
    closed = state.without_transaction(Phase.CLOSED)
    return SmtpStep(closed, None, (*dropped(state), Closed("network")), (fault("connection-broken", 0),))


def hung_up(step: SmtpStep) -> SmtpStep:
    """The step itself, or the end of the session where the reply is one that the server closes with."""
    state, reply, facts, _ = step
    if reply is None or reply.code not in HANGING_UP or state.phase is Phase.CLOSED:
        return step
    closed = state.without_transaction(Phase.CLOSED)
    return step._replace(state=closed, facts=(*facts, *dropped(state), Closed("server")))


def _begin(state: State, service: Service, unit: Unit) -> SmtpStep | SmtpPending:
    if state.phase is Phase.CLOSED:
        return refuse(state, service, "closed")
    if isinstance(unit, Octets):
        return chunking.chunk_octets(state, service, unit.data)
    if not state.line_end:
        return SmtpStep(state._replace(line_end=unit.end), None)
    if state.errors >= service.limits.errors:
        return answer(state, service, "too-many-errors")
    if not unit.end:
        return _cut(state, service, unit)
    if unit.end != state.line_end:
        state = state._replace(line_end=unit.end)
    text = decoded(unit.text)
    read = auth.response_line if state.phase is Phase.AUTH else _command
    begun = read(state, service, text)
    remarks = line_remarks(unit, text)
    return begun._replace(faults=remarks + begun.faults) if remarks else begun


def _cut(state: State, service: Service, line: Line) -> SmtpStep:
    """The head of a line beyond all limits is refused; its rest, which comes in units of its own, is skipped."""
    wrong = fault("line-too-long", 0, str(len(line.text)))
    left = auth.left(state) if state.phase is Phase.AUTH else state
    return refuse(left._replace(line_end=line.end), service, "line-too-long", wrong)


def _command(state: State, service: Service, text: str) -> SmtpStep | SmtpPending:
    command = read_command(text)
    if isinstance(command, Fault):
        return refuse(state, service, "bad-syntax", command)
    verb = service.verbs.get(command.verb)
    if verb is None:
        return _unknown(state, service, command)
    key = verb.row.refusals.get(state.phase)
    if key:
        return (verb.out_of_order or refuse_order)(state, service, command, key)
    begun = verb.begin(state, service, command)
    if state.esmtp or not verb.needs_ehlo:
        return begun
    return begun._replace(faults=(fault("extension-without-ehlo", command.column), *begun.faults))


def _unknown(state: State, service: Service, command: Command) -> SmtpStep:
    if state.phase is Phase.TURNED_AWAY:
        return refuse(state, service, "only-quit")
    key = _switched_off(command.verb)
    typed = WORD.search(command.line)
    found = typed.group() if typed else ""
    return refuse(state, service, key, fault("unknown-verb", command.column, found), verb=command.verb)


def _switched_off(name: str) -> str:
    """The reply to a verb that this server has not. Some are known even while their extension is switched off; the
    extensions of this server are loaded, all others only for this."""
    from smtpsim.protocol.smtp.table import KNOWN

    verb = KNOWN.get(name)
    return verb.switched_off if verb else "unknown-command"
