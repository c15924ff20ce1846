"""The SMTP server as a function: a state and one unit of input make a step, or a question for the world."""

from __future__ import annotations

import re

from smtpsim.kernel.printable import decoded
from smtpsim.protocol.smtp import grammar
from smtpsim.protocol.smtp.extensions import auth, chunking
from smtpsim.protocol.smtp.facts import Closed, Connected
from smtpsim.protocol.smtp.fault import Fault, fault
from smtpsim.protocol.smtp.framing import Line, Octets, Unit
from smtpsim.protocol.smtp.question import AskConnection, Verdict
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, answer, judged, moved, refuse
from smtpsim.protocol.smtp.table import TABLE
from smtpsim.protocol.smtp.verbs import data

def connect(state: State) -> Pending:
    """The question behind the greeting: may this client speak? (RFC 5321 3.1)"""
    return Pending(AskConnection(), _finish_connect)


def _finish_connect(state: State, service: Service, verdict: Verdict) -> Step:
    reply = judged(state, service, verdict, "connected")
    if reply.accepts:
        return Step(state, reply, (Connected(service.name),))
    if reply.code == 421:
        return Step(moved(state, Phase.CLOSED), reply, (Closed("server"),))
    return Step(moved(state, Phase.TURNED_AWAY), reply)


def begin(state: State, service: Service, unit: Unit) -> Step | Pending:
    """Take one line, or one piece of a BDAT chunk, in the phase that the dialogue is in."""
    if isinstance(unit, Octets):
        return chunking.chunk_octets(state, service, unit.data)
    if state.phase is Phase.DATA:
        return data.content_line(state, service, unit)
    if state.errors >= service.limits.errors and state.phase is not Phase.CLOSED:
        return _too_many_errors(state, service)
    if state.phase is Phase.AUTH:
        return auth.response_line(state, service, decoded(unit.text))
    return _command(state, service, unit)


def finish(state: State, service: Service, pending: Pending, verdict: Verdict) -> Step:
    """Make the step that `verdict` decides."""
    step = pending.finish(state, service, verdict)
    return counted(step._replace(faults=pending.faults + step.faults) if pending.faults else step)


def counted(step: Step) -> Step:
    """Count a refusal, so that too many of them end the session."""
    state, reply = step.state, step.reply
    if reply is None or reply.accepts:
        return step
    return step._replace(state=state._replace(errors=state.errors + 1))


def _too_many_errors(state: State, service: Service) -> Step:
    step = answer(moved(state, Phase.CLOSED), service, "too-many-errors")
    return step._replace(facts=(Closed("server"),))


def _command(state: State, service: Service, line: Line) -> Step | Pending:
    found = read_command(line)
    if isinstance(found, Fault):
        return counted(refuse(state, service, _LINE_REPLIES[found.key], found))
    remarks = _line_end_remarks(line)
    step = _dispatch(state, service, found)
    if isinstance(step, Step):
        step = counted(step)
    return step._replace(faults=remarks + step.faults) if remarks else step


def _line_end_remarks(line: Line) -> tuple[Fault, ...]:
    if line.end != b"\r\n":
        return (fault("bare-lf", len(line.text) + 1),)
    return (fault("bare-cr", len(line.text)),) if line.text.endswith(b"\r") else ()


_LINE_REPLIES = {"empty-line": "bad-syntax", "line-too-long": "line-too-long"}

# a verb runs to the first blank; what stands behind the blanks is the argument
_COMMAND = re.compile(r"[ \t]*([^ \t]+)[ \t]*(.*)", re.DOTALL)


def read_command(line: Line) -> Command | Fault:
    """Cut a command line into verb and argument (RFC 5321 2.4: the case of verbs is free)."""
    if not line.end:
        return fault("line-too-long", grammar.COMMAND_LIMIT + 1, str(len(line.text)))
    text = decoded(line.text).rstrip(" \t\r")
    match = _COMMAND.fullmatch(text)
    if not match:
        return fault("empty-line", 1)
    return Command(match.group(1).upper(), match.group(2), match.start(2), text)


def _dispatch(state: State, service: Service, command: Command) -> Step | Pending:
    row = TABLE[state.phase]
    verb = service.verbs.get(command.verb)
    cell = row.get(command.verb)
    if verb is None:
        return _unknown(state, service, command)
    if isinstance(cell, str) and not isinstance(cell, Phase):
        return verb.out_of_order(state, service, command, cell)
    return verb.begin(state, service, command)


def _unknown(state: State, service: Service, command: Command) -> Step:
    if state.phase in (Phase.CLOSED, Phase.TURNED_AWAY):
        return refuse(state, service, str(TABLE[state.phase]["NOOP"]))
    key = NOT_OFFERED.get(command.verb, "unknown-command")
    column = len(command.line) - len(command.line.lstrip()) + 1
    return refuse(state, service, key, fault("unknown-verb", column, command.verb), verb=command.verb)


NOT_OFFERED = {"AUTH": "auth-not-offered", "STARTTLS": "command-off", "BDAT": "command-off"}
"""Verbs that servers know even while the extension is switched off, and what they say then."""
