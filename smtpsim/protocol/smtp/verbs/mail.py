"""MAIL FROM: begins a transaction (RFC 5321 4.1.1.2)."""

from __future__ import annotations

from smtpsim.kernel.mailbox_grammar import DOT_STRING
from smtpsim.protocol.smtp.envelope_line import (
    EnvelopeLine,
    Form,
    Wrong,
    checked_domain,
    checked_parameters,
    opening,
    read_envelope_line,
)
from smtpsim.protocol.smtp.facts import SenderRefused, TransactionBegun
from smtpsim.protocol.smtp.question import AskSender, Verdict
from smtpsim.protocol.smtp.service import Command, Service, SmtpPending, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import Envelope, Phase, State
from smtpsim.protocol.smtp.step import judged, refuse

_553 = ("at-doubled", "local-empty", "bracket-unopened")

FORM = Form(
    keyword="FROM",
    opening=opening("FROM"),
    syntax="mail-syntax",
    bad_path="bad-sender",
    by_fault={"display-name": "display-name", **dict.fromkeys(_553, "sender-not-allowed")},
    missing="sender-missing",
    several="several-senders",
)


def _begin(state: State, service: Service, command: Command) -> SmtpStep | SmtpPending:
    line = read_envelope_line(command, FORM)
    if isinstance(line, EnvelopeLine):
        line = _checked(line, state, service)
    if isinstance(line, Wrong):
        return refuse(state, service, line.reply, line.fault, name=line.name, size=service.limits.size)
    path, _, parameters, remarks = line

    def finish(state: State, service: Service, verdict: Verdict) -> SmtpStep:
        reply = judged(state, service, verdict, "mail-ok", address=str(path))
        if not reply.accepts:
            return SmtpStep(state, reply, (SenderRefused(path, reply),))
        begun = state._replace(phase=Phase.MAIL, envelope=Envelope(path, parameters))
        return SmtpStep(begun, reply, (TransactionBegun(path),))

    return SmtpPending(AskSender(path, parameters), finish, remarks)


def _checked(line: EnvelopeLine, state: State, service: Service) -> EnvelopeLine | Wrong:
    """Beyond the form: a sender without a domain, the domain's letters, the parameters."""
    if line.path.local and not line.path.domain and not _lone_word(line):
        return Wrong("sender-not-allowed", next(odd for odd in line.remarks if odd.key == "at-missing"))
    announced = any(parameter.name == "SMTPUTF8" for parameter in line.parameters)
    checked = checked_domain(line, announced, FORM)
    if isinstance(checked, Wrong):
        return checked
    return checked_parameters(checked, service.mail_parameters, state, service)


def _lone_word(line: EnvelopeLine) -> bool:
    """`<postmaster>` and the like: the only senders without a domain that servers take."""
    more = {"no-brackets", "route-obsolete", "route-loose"}.intersection(odd.key for odd in line.remarks)
    return not more and DOT_STRING.fullmatch(line.path.local) is not None


MAIL = Verb(
    "MAIL",
    "MAIL FROM:<webmaster@example.com>",
    _begin,
    row(ready=Phase.MAIL, mail="nested-mail", rcpt="nested-mail"),
    rank=30,
    typed="MAIL FROM:<",
)

VERBS = (MAIL,)
