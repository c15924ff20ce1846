"""RCPT TO: names one recipient (RFC 5321 4.1.1.3)."""

from __future__ import annotations

from smtpsim.protocol.smtp.facts import RecipientRefused, RecipientTaken
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.question import AskRecipient, Verdict
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Envelope, Phase, Recipient, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, judged, refuse
from smtpsim.protocol.smtp.verbs.envelope import (
    EnvelopeLine,
    Form,
    Wrong,
    check_parameters,
    read_envelope_line,
    utf8_domain,
)

FORM = Form("TO", "rcpt-syntax", "bad-recipient", {})


def _begin(state: State, service: Service, command: Command) -> Step | Pending:
    line = read_envelope_line(command, FORM)
    checked = line if isinstance(line, Wrong) else _check(line, state, service, command)
    if isinstance(checked, Wrong):
        return refuse(state, service, checked.reply, checked.fault, name=checked.name)
    if len(_envelope(state).recipients) >= service.limits.recipients:
        return refuse(state, service, "too-many-recipients")

    def finish(state: State, service: Service, verdict: Verdict) -> Step:
        return _finish(state, service, verdict, checked)

    return Pending(AskRecipient(checked.path, checked.parameters), finish, checked.remarks)


def _envelope(state: State) -> Envelope:
    assert state.envelope is not None
    return state.envelope


def _check(line: EnvelopeLine, state: State, service: Service, command: Command) -> EnvelopeLine | Wrong:
    """Beyond the form: somebody must be named, the domain's letters, the parameters."""
    if line.path.null:
        return Wrong("bad-recipient", fault("null-forward-path", command.start + 4))
    announced = _envelope(state).parameter("SMTPUTF8") is not None
    wrong = utf8_domain(line.path, announced)
    if wrong:
        return wrong
    checked = check_parameters(line.parameters, service.rcpt_parameters, service)
    if isinstance(checked, Wrong):
        return checked
    kept = tuple(r for r in line.remarks if not (announced and r.key == "utf8-not-announced"))
    return line._replace(remarks=kept + checked)


def _finish(state: State, service: Service, verdict: Verdict, line: EnvelopeLine) -> Step:
    reply = judged(state, service, verdict, "rcpt-ok", address=str(line.path))
    if not reply.accepts:
        return Step(state, reply, (RecipientRefused(line.path, reply),))
    envelope = _envelope(state)
    recipient = Recipient(line.path, line.parameters)
    widened = envelope._replace(recipients=(*envelope.recipients, recipient))
    taken = state._replace(phase=Phase.RCPT, envelope=widened)
    return Step(taken, reply, (RecipientTaken(line.path),))


RCPT = Verb("RCPT", "RCPT TO:<recipient@example.net>", _begin)
