"""MAIL FROM: begins a transaction (RFC 5321 4.1.1.2)."""

from __future__ import annotations

from smtpsim.protocol.smtp.facts import SenderRefused, TransactionBegun
from smtpsim.protocol.smtp.question import AskSender, Verdict
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Envelope, Phase, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, judged, refuse
from smtpsim.protocol.smtp.verbs.envelope import (
    EnvelopeLine,
    Wrong,
    checked_domain,
    checked_parameters,
    form,
    read_envelope_line,
)

_553 = ("at-doubled", "local-empty", "bracket-unopened")

FORM = form(
    "FROM",
    "mail-syntax",
    "bad-sender",
    {"display-name": "parameter-unknown", **dict.fromkeys(_553, "sender-not-allowed")},
)


def _begin(state: State, service: Service, command: Command) -> Step | Pending:
    line = read_envelope_line(command, FORM)
    if isinstance(line, EnvelopeLine):
        line = _checked(line, state, service)
    if isinstance(line, Wrong):
        return refuse(state, service, line.reply, line.fault, name=line.name, size=service.limits.size)
    path, _, parameters, remarks = line

    def finish(state: State, service: Service, verdict: Verdict) -> Step:
        reply = judged(state, service, verdict, "mail-ok", address=str(path))
        if not reply.accepts:
            return Step(state, reply, (SenderRefused(path, reply),))
        begun = state._replace(phase=Phase.MAIL, envelope=Envelope(path, parameters))
        return Step(begun, reply, (TransactionBegun(path),))

    return Pending(AskSender(path, parameters), finish, remarks)


def _checked(line: EnvelopeLine, state: State, service: Service) -> EnvelopeLine | Wrong:
    """Beyond the form: a bare local part without brackets, the domain's letters, the parameters."""
    if not line.path.domain:
        odd = {remark.key: remark for remark in line.remarks}
        if "no-brackets" in odd and "at-missing" in odd:
            return Wrong("sender-not-allowed", odd["at-missing"])
    announced = any(parameter.name == "SMTPUTF8" for parameter in line.parameters)
    checked = checked_domain(line, announced)
    if isinstance(checked, Wrong):
        return checked
    return checked_parameters(checked, service.mail_parameters, state, service)


MAIL = Verb("MAIL", "MAIL FROM:<sender@example.com>", _begin)
