"""MAIL FROM: begins a transaction (RFC 5321 4.1.1.2)."""

from __future__ import annotations

from smtpsim.protocol.smtp.facts import SenderRefused, TransactionBegun
from smtpsim.protocol.smtp.question import AskSender, Verdict
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Envelope, Phase, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, judged, refuse
from smtpsim.protocol.smtp.verbs.envelope import (
    EnvelopeLine,
    Form,
    Wrong,
    check_parameters,
    read_envelope_line,
    utf8_domain,
)

_553 = ("at-doubled", "local-empty", "bracket-unopened", "at-missing")

FORM = Form("FROM", "mail-syntax", "bad-sender", dict.fromkeys(_553, "sender-not-allowed"))


def _begin(state: State, service: Service, command: Command) -> Step | Pending:
    line = read_envelope_line(command, FORM)
    checked = line if isinstance(line, Wrong) else _check(line, service)
    if isinstance(checked, Wrong):
        return refuse(
            state, service, checked.reply, checked.fault, name=checked.name, size=service.limits.size
        )

    def finish(state: State, service: Service, verdict: Verdict) -> Step:
        return _finish(state, service, verdict, checked)

    return Pending(AskSender(checked.path, checked.parameters), finish, checked.remarks)


def _check(line: EnvelopeLine, service: Service) -> EnvelopeLine | Wrong:
    """Beyond the form: a bare local part without brackets, the domain's letters, the parameters."""
    odd = {remark.key: remark for remark in line.remarks}
    if "no-brackets" in odd and "at-missing" in odd:
        return Wrong("sender-not-allowed", odd["at-missing"])
    announced = any(parameter.name == "SMTPUTF8" for parameter in line.parameters)
    wrong = utf8_domain(line.path, announced)
    if wrong:
        return wrong
    checked = check_parameters(line.parameters, service.mail_parameters, service)
    if isinstance(checked, Wrong):
        return checked
    kept = tuple(r for r in line.remarks if not (announced and r.key == "utf8-not-announced"))
    return line._replace(remarks=kept + checked)


def _finish(state: State, service: Service, verdict: Verdict, line: EnvelopeLine) -> Step:
    reply = judged(state, service, verdict, "mail-ok", address=str(line.path))
    if not reply.accepts:
        return Step(state, reply, (SenderRefused(line.path, reply),))
    begun = state.without_transaction(Phase.MAIL)._replace(envelope=Envelope(line.path, line.parameters))
    return Step(begun, reply, (TransactionBegun(line.path),))


MAIL = Verb("MAIL", "MAIL FROM:<sender@example.com>", _begin)
