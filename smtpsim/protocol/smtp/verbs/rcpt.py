"""RCPT TO: names one recipient (RFC 5321 4.1.1.3)."""

from __future__ import annotations

from smtpsim.protocol.smtp.envelope_line import (
    EnvelopeLine,
    Form,
    Wrong,
    checked_domain,
    checked_parameters,
    opening,
    read_envelope_line,
)
from smtpsim.protocol.smtp.facts import RecipientRefused, RecipientTaken
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.question import AskRecipient, Verdict
from smtpsim.protocol.smtp.service import Command, Service, SmtpPending, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import Envelope, Phase, Recipient, State
from smtpsim.protocol.smtp.step import judged, mistaken, refuse

FORM = Form(
    keyword="TO",
    opening=opening("TO"),
    syntax="rcpt-syntax",
    bad_path="bad-recipient",
    by_fault={"display-name": "display-name"},
    missing="recipient-missing",
    several="several-recipients",
)


def _begin(state: State, service: Service, command: Command) -> SmtpStep | SmtpPending:
    line = read_envelope_line(command, FORM)
    if isinstance(line, EnvelopeLine):
        line = _checked(line, state, service)
    if isinstance(line, Wrong):
        return refuse(state, service, line.reply, line.fault, name=line.name)
    if len(_envelope(state).accepted) >= service.limits.recipients:
        return refuse(state, service, "too-many-recipients")
    recipient = Recipient(line.path, line.parameters)

    def finish(state: State, service: Service, verdict: Verdict) -> SmtpStep:
        reply = judged(state, service, verdict, "rcpt-ok", address=str(recipient.path))
        if not reply.accepts:
            counted = mistaken(state) if service.limits.refused_count else state
            return SmtpStep(counted, reply, (RecipientRefused(recipient.path, reply),))
        taken = state._replace(phase=Phase.RCPT, envelope=_envelope(state).add(recipient))
        return SmtpStep(taken, reply, (RecipientTaken(recipient.path),))

    return SmtpPending(AskRecipient(line.path, line.parameters), finish, line.remarks)


def _envelope(state: State) -> Envelope:
    assert state.envelope is not None
    return state.envelope


def _checked(line: EnvelopeLine, state: State, service: Service) -> EnvelopeLine | Wrong:
    """Beyond the form: somebody must be named, the domain's letters, the parameters."""
    if line.path.null:
        return Wrong("bad-recipient", fault("null-forward-path", line.column))
    announced = _envelope(state).parameter("SMTPUTF8") is not None
    checked = checked_domain(line, announced, FORM)
    if isinstance(checked, Wrong):
        return checked
    return checked_parameters(checked, service.rcpt_parameters, state, service)


RCPT = Verb(
    "RCPT",
    "RCPT TO:<test@hogefuga.com>",
    _begin,
    row(ready="need-mail", mail=Phase.RCPT, rcpt=Phase.RCPT),
    rank=40,
    typed="RCPT TO:<",
)

VERBS = (RCPT,)
