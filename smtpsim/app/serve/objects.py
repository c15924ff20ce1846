"""Sessions and mails as plain objects for JSON. Sentences in them are nobody's but the senders'."""

from __future__ import annotations

from typing import Any

from smtpsim.app.serve.letters import Arrival
from smtpsim.app.serve.session import Session
from smtpsim.app.serve.webhooks.hook import Hook
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.printable import printable
from smtpsim.message.encoded_words import readable
from smtpsim.message.headers import Headers, headers_in
from smtpsim.message.mime import HTML, PLAIN, Leaf, all_parts
from smtpsim.transcript.dialogue import Client, Content, Server

SHOWN = ("From", "To", "Subject", "Date")
MOST_LINES = 5000
"""Lines of a dialogue that are shown; of a letter the beginning is enough."""


def session_object(session: Session) -> dict[str, Any]:
    """A row of the table of sessions."""
    simulation = session.simulation
    connection, transaction = simulation.connection, simulation.transaction
    access = simulation.access
    return {
        "number": session.number,
        "service": session.service,
        "client_ip": session.client.ip,
        "host": session.host,
        "helo": printable(connection.state.helo or "") or None,
        "phase": str(access.state.phase if access else connection.state.phase),
        "user": printable(access.mailbox if access else connection.state.user or "") or None,
        "envelope": {
            "from": None if transaction.sender is None else printable(transaction.sender),
            "to": [printable(one.address) for one in transaction.recipients if one.refusal is None],
        },
        "verdicts": [verdict(finding) for finding in connection.findings],
        "letters": list(session.letters),
        "last_code": session.last_code or None,
        "mistake": session.mistake or None,
        "opened": session.opened,
        "ended": session.ended or None,
    }


def verdict(finding: Finding) -> dict[str, str]:
    return {
        "kind": finding.kind,
        "identity": finding.identity,
        "domain": printable(finding.domain),
        "result": finding.result,
        "reason": finding.reason,
        "rule": str(finding.ref),
    }


def dialogue_object(session: Session) -> list[dict[str, Any]]:
    """The dialogue so far, as `transcript convert --to json` has it. Secrets are masked in it."""
    lines: list[dict[str, Any]] = []
    for entry in (session.entries or [])[:MOST_LINES]:
        if isinstance(entry, Server):
            lines.append({"who": "server", "code": entry.code, "lines": [printable(line) for line in entry.lines]})
        elif isinstance(entry, Client | Content):
            who = "client" if isinstance(entry, Client) else "content"
            lines.append({"who": who, "text": printable(entry.text)})
    return lines


def mail_row(arrival: Arrival) -> dict[str, Any]:
    """A row of the list of mails."""
    headers = headers_in(arrival.mail.octets)
    taken = arrival.taken
    return {
        "number": arrival.number,
        "id": arrival.mail.id,
        "mailbox": arrival.mailbox,
        "arrived": arrival.mail.arrived,
        "octets": len(arrival.mail.octets),
        "session": taken.session if taken else None,
        "spf": _spf(taken.findings) if taken else None,
        **{name.lower(): _field(headers, name) for name in SHOWN},
    }


def _spf(findings: tuple[Finding, ...]) -> str | None:
    """The verdict on the envelope's sender; where there is none, on HELO."""
    found = {one.identity: one.result for one in findings if one.kind == "spf"}
    return found.get("mailfrom") or found.get("helo")


def mail_object(arrival: Arrival) -> dict[str, Any]:
    """A mail with all that is known of it."""
    headers, parts, taken = headers_in(arrival.mail.octets), all_parts(arrival.mail.octets), arrival.taken
    recipients = [printable(str(one.path)) for one in taken.envelope.recipients] if taken else [arrival.mailbox]
    sender = str(taken.envelope.sender) if taken else arrival.mail.return_path
    return {
        **mail_row(arrival),
        "envelope": {"from": printable(sender), "to": recipients},
        "client_ip": taken.client_ip if taken else None,
        "helo": printable(taken.helo) if taken else None,
        "verdicts": [verdict(finding) for finding in taken.findings] if taken else [],
        "headers": [[field.name, printable(readable(field.value))] for field in headers.fields],
        "text": _text(parts, PLAIN),
        "html": _text(parts, HTML) is not None,
        "parts": [part_object(number, part) for number, part in enumerate(parts)],
    }


def part_object(number: int, part: Leaf) -> dict[str, Any]:
    name = printable(part.name) or None
    return {"number": number, "type": part.kind, "name": name, "octets": len(part.octets), "attached": part.attached}


def hook_object(hook: Hook) -> dict[str, Any]:
    """Who is told of events, and how many he has taken; `dropped` are those that he has not."""
    return {
        "url": hook.shown_url,
        "form": hook.form,
        "sent": hook.sent,
        "waiting": hook.waiting,
        "dropped": hook.dropped,
    }


def html_of(arrival: Arrival) -> str | None:
    """The HTML that a mail program would show, as the sender wrote it."""
    part = _first(all_parts(arrival.mail.octets), HTML)
    return part.text if part else None


def _text(parts: tuple[Leaf, ...], kind: str) -> str | None:
    part = _first(parts, kind)
    return "\n".join(printable(line) for line in part.text.splitlines()) if part else None


def _first(parts: tuple[Leaf, ...], kind: str) -> Leaf | None:
    return next((part for part in parts if part.kind == kind and not part.attached), None)


def _field(headers: Headers, name: str) -> str:
    return printable(readable(headers.first(name) or ""))
