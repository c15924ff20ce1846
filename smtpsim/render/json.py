"""A turn as one JSON object, schema 1: what programs read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from smtpsim.auth.arc.chain import Chain
from smtpsim.auth.dmarc import Verdict as DmarcVerdict
from smtpsim.auth.signature import Examined
from smtpsim.goals.subjects import REPORTS
from smtpsim.kernel.address import Path
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.printable import printable
from smtpsim.message.encoded_words import readable
from smtpsim.protocol.smtp.question import Disposition
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Content, Envelope
from smtpsim.render.auth_json import plain_chain, plain_dmarc, plain_signature
from smtpsim.render.spf_json import plain_verdict
from smtpsim.session.simulation import Simulation, Turn, TurnKind
from smtpsim.spf.verdict import Verdict
from smtpsim.world.mail_access.access import AccessReply, MailAccess
from smtpsim.world.model import Connection, Outcome

SCHEMA = 1


def turn_line(turn: Turn) -> str:
    """The object on one line. Octets that are no UTF-8 are shown as `\\xNN`."""
    return json.dumps(turn_object(turn), ensure_ascii=False)


def turn_object(turn: Turn) -> dict[str, Any]:
    """`client` holds what was said to the server, `command` what was said to the simulator."""
    said = "command" if turn.kind == TurnKind.SIMULATOR else "client"
    return {
        "schema": SCHEMA,
        "turn": turn.number,
        "hop": turn.after.connection.hop,
        said: None if turn.kind == TurnKind.CONNECT else printable(turn.line),
        "reply": _reply(turn.reply) if turn.reply else None,
        "facts": [_fact(fact) for fact in turn.facts] + [_fate(outcome) for outcome in turn.fates],
        "faults": [
            {"key": fault.key, "column": fault.column, "rule": str(fault.ref), "found": printable(fault.found)}
            for fault in turn.faults
        ],
        "state": state_object(turn.after),
    }


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "code": None if isinstance(reply, AccessReply) else reply.code,
        "enhanced": reply.enhanced,
        "lines": list(map(printable, reply.lines)),
        "key": reply.key,
        "rule": str(reply.ref),
    }


def _fact(fact: Any) -> dict[str, Any]:
    values = {name: _plain(value) for name, value in fact._asdict().items() if not isinstance(value, Content)}
    return {"key": fact.key, **values}


def _plain(value: object) -> Any:
    if isinstance(value, Path):
        return printable(str(value))
    if isinstance(value, Envelope):
        return _envelope(value)
    if isinstance(value, Reply):
        return value.code
    if isinstance(value, Disposition):
        return value._asdict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return printable(value) if isinstance(value, str) else value


def _fate(outcome: Outcome) -> dict[str, Any]:
    return {"key": f"outcome-{outcome.status}", **_outcome(outcome)}


def state_object(simulation: Simulation) -> dict[str, Any]:
    """Everything that the panel shows, after a turn."""
    connection = simulation.connection
    state = connection.state
    return {
        **(_picked_up(simulation.access) if simulation.access else _connected(connection)),
        "envelope": _envelope(state.envelope) if state.envelope else {"from": None, "to": []},
        "headers": [
            [printable(field.name), printable(readable(field.value))] for field in simulation.transaction.headers.fields
        ],
        "checks": [_check(finding) for finding in connection.findings],
        "outcomes": [_outcome(o) for o in outcomes(simulation)],
    }


def _connected(connection: Connection) -> dict[str, Any]:
    state = connection.state
    return {
        "phase": state.phase.value,
        "connection": {
            "protocol": "smtp",
            "client_ip": connection.client_ip,
            "server": connection.host.name,
            "helo": None if state.helo is None else printable(state.helo),
            "tls": state.tls,
            "auth": None if state.user is None else printable(state.user),
        },
    }


def _picked_up(access: MailAccess) -> dict[str, Any]:
    """While mail is picked up, the connection is that of POP3 or IMAP."""
    user = access.state.user
    return {
        "phase": str(access.state.phase),
        "connection": {
            "protocol": access.protocol,
            "client_ip": access.client_ip,
            "server": access.host.name,
            "helo": None,
            "tls": False,
            "auth": None if user is None else printable(user),
        },
    }


def outcomes(simulation: Simulation) -> list[Outcome]:
    """The fates of the recipients that people named, and of those that aliases and lists lead to, in order; those of
    what servers and readers' programs wrote are not among them."""
    known = simulation.world.outcomes
    return [known[n] for n in sorted(known) if known[n].role not in REPORTS]


def _envelope(envelope: Envelope) -> dict[str, Any]:
    recipients = [printable(str(recipient.path)) for recipient in envelope.recipients]
    return {"from": printable(str(envelope.sender)), "to": recipients}


def _check(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "identity": finding.identity,
        "domain": printable(finding.domain),
        "result": finding.result,
        "term": printable(finding.decided_by),
        "reason": finding.reason,
        "rule": str(finding.ref),
        "trace": _TRACES[type(finding.trace)](finding.trace) if type(finding.trace) in _TRACES else [],
    }


_TRACES: Mapping[type[object], Callable[[Any], list[Any]]] = {
    Verdict: lambda verdict: plain_verdict(verdict)["trace"],
    Chain: lambda chain: [plain_chain(chain)],
    Examined: lambda examined: [plain_signature(examined)],
    DmarcVerdict: lambda verdict: [plain_dmarc(verdict)],
}
"""By the class of a check's trace; another kind has no steps to show."""


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "recipient": printable(outcome.recipient),
        "status": outcome.status,
        "hop": outcome.hop,
        "host": outcome.host,
        "mailbox": outcome.mailbox or None,
        "reason": printable(outcome.reason) or None,
        "bounce_to": printable(outcome.bounce_to) or None,
        "next_try": outcome.next_try or None,
        "way": list(outcome.way),
        "role": outcome.role or None,
    }
