"""The POP3 server as a function: a state and one line make a step, or a question for the world."""

from __future__ import annotations

import re

from smtpsim.kernel.duration import MINUTE
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import decoded
from smtpsim.protocol.dialogue import Closed, Connected
from smtpsim.protocol.pop3.arguments import count_fault
from smtpsim.protocol.pop3.fault import fault
from smtpsim.protocol.pop3.question import Verdict
from smtpsim.protocol.pop3.service import Command, PopPending, PopStep, Service, answer, refuse
from smtpsim.protocol.pop3.state import Phase, State
from smtpsim.protocol.pop3.table import KNOWN
from smtpsim.protocol.pop3.verbs.auth import response_line
from smtpsim.protocol.smtp.framing import CRLF, Line

COMMAND_LIMIT = 255
"""Octets of a command, line end included, that every server reads (RFC 2449 4)."""

IDLE_TIME = 10 * MINUTE
"""How long a server waits for the next command, in seconds: the shortest autologout timer (RFC 1939 3)."""


def connect(state: State, service: Service) -> PopStep:
    """The greeting. A timestamp in angle brackets offers APOP (RFC 1939 7)."""
    key = "connected-apop" if state.timestamp else "connected"
    return answer(state, service, key, Connected(service.name), timestamp=state.timestamp)


def begin(state: State, service: Service, line: Line) -> PopStep | PopPending:
    """Take one line in the phase that the dialogue is in."""
    if state.phase is Phase.CLOSED:
        return refuse(state, service, "closed")
    if state.errors >= service.errors:
        return _hang_up(state, service, "too-many-errors")
    if not line.end:
        return _hang_up(state, service, "line-too-long", fault("pop3-line-too-long", 0, str(len(line.text))))
    step = _taken(state, service, line)
    step = _counted(step) if isinstance(step, PopStep) else step
    remarks = _remarks(line)
    return step._replace(faults=remarks + step.faults) if remarks else step


def _taken(state: State, service: Service, line: Line) -> PopStep | PopPending:
    """An answer to a challenge, or a command."""
    if state.phase is Phase.AUTH:
        return response_line(state, service, decoded(line.text))
    command = read_command(line)
    if isinstance(command, Fault):
        return refuse(state, service, "bad-syntax", command)
    return _dispatch(state, service, command)


def finish(state: State, service: Service, pending: PopPending, verdict: Verdict) -> PopStep:
    """Make the step that `verdict` decides."""
    step = pending.finish(state, service, verdict)
    return _counted(step._replace(faults=pending.faults + step.faults))


def time_out(state: State) -> State:
    """The state of a session whose client has said nothing for `IDLE_TIME`. The server closes without a response, and
    nothing that is marked is deleted (RFC 1939 3)."""
    return state._replace(phase=Phase.CLOSED)


def _counted(step: PopStep) -> PopStep:
    """Count a refusal, so that too many of them end the session."""
    if step.reply.accepts:
        return step
    return step._replace(state=step.state._replace(errors=step.state.errors + 1))


def _hang_up(state: State, service: Service, key: str, *faults: Fault) -> PopStep:
    """End the session; nothing that is marked is deleted (RFC 1939 3)."""
    step = refuse(state._replace(phase=Phase.CLOSED), service, key, *faults)
    return step._replace(facts=(Closed("server"),))


# keyword *(SP argument): one space, since more may be the beginning of a password (RFC 1939 3, 7)
_COMMAND = re.compile(r"([ \t]*)([^ \t]+)(?:[ \t](.*))?", re.DOTALL)


def read_command(line: Line) -> Command | Fault:
    """Cut a command line into verb and arguments; the case of verbs is free (RFC 1939 3)."""
    match = _COMMAND.fullmatch(decoded(line.text).removesuffix("\r"))
    if not match:
        return fault("pop3-empty-line", 1)
    raw, verb = match.group(3), match.group(2)
    start = match.end(2) if raw is None else match.start(3)
    return Command(verb.upper() if verb.isascii() else verb, match.start(2) + 1, raw or "", start)


def _remarks(line: Line) -> tuple[Fault, ...]:
    """What is forgiven about a line: its end, and its length."""
    octets, characters = len(line.text) + len(CRLF), len(decoded(line.text))
    found = (
        (line.end != CRLF, fault("pop3-bare-lf", characters + 1)),
        (line.text.endswith(b"\r"), fault("pop3-bare-cr", characters)),
        (octets > COMMAND_LIMIT, fault("pop3-line-too-long", 0, str(octets))),
    )
    return tuple(remark for holds, remark in found if holds)


def _dispatch(state: State, service: Service, command: Command) -> PopStep | PopPending:
    verb = KNOWN.get(command.verb)
    if verb is None:
        return refuse(state, service, "unknown-command", fault("pop3-unknown-verb", command.column, command.verb))
    if refusal := verb.row.refusals.get(state.phase):
        return refuse(state, service, refusal, verb=verb.name)
    wrong = count_fault(command, verb)
    if wrong:
        return refuse(state, service, "bad-argument", wrong, form=verb.form)
    return verb.begin(state, service, command)
