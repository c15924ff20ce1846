"""Events as SendGrid's Event Webhook posts them (its "Event Webhook Reference"): a list of objects a POST."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from smtpsim.app.serve.webhooks.events import Event
from smtpsim.kernel.printable import printable
from smtpsim.message.headers import Headers

EVENTS = {"delivery": "delivered", "bounce": "bounce", "complaint": "spamreport", "reject": "dropped"}

CLASSES = {
    "5.1": "Invalid Address",
    "5.2": "Mailbox Unavailable",
    "5.3": "Technical Failure",
    "5.4": "Technical Failure",
    "5.5": "Technical Failure",
    "5.6": "Content",
    "5.7": "Reputation",
}
"""By the first two numbers of a status code (RFC 3463): what SendGrid calls such a bounce."""

BLOCKED = frozenset({"Technical Failure", "Content", "Reputation", "Unclassified"})
"""Bounces of which the address is not to blame, so that it may be tried again (`type`: blocked)."""


def headers(events: Sequence[Event]) -> dict[str, str]:
    return {"Content-Type": "application/json", "User-Agent": "SendGrid Event API"}


def body(events: Sequence[Event]) -> str:
    return json.dumps([_event(event) for event in events], ensure_ascii=False)


def _event(event: Event) -> dict[str, Any]:
    identity = Headers(event.mail.headers).first("Message-ID") or ""
    return {
        "email": event.recipient,
        "timestamp": event.now,
        "smtp-id": printable(identity),
        "event": EVENTS[event.kind],
        "category": [],
        "sg_event_id": _identity(event),
        "sg_message_id": f"{event.mail.id.lower()}.smtpsim-0",
        **_more(event),
    }


def _more(event: Event) -> dict[str, Any]:
    """What only events of this kind have."""
    if event.kind == "delivery":
        return {"response": event.reply or "250 2.0.0 Ok"}
    if event.kind == "reject":
        return {"reason": event.reply, "status": event.status}
    if event.kind == "complaint":
        return {}
    if event.held:
        return {"event": "dropped", "reason": _list(event.reply), "status": "5.0.0"}
    kind = "Unclassified" if event.final_delay else CLASSES.get(event.status[:3], "Unclassified")
    found = {"reason": event.reply, "status": event.status, "bounce_classification": kind}
    return {**found, "type": "blocked" if kind in BLOCKED else "bounce"}


def _list(why: str) -> str:
    """SendGrid's name for the suppression list that an address is on."""
    return "Spam Reporting Address" if why.startswith("Dropped/Spam") else "Bounced Address"


def _identity(event: Event) -> str:
    name = f"{event.number} {event.kind} {event.mail.id} {event.recipient} {event.now}"
    return base64.urlsafe_b64encode(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()[:16]).decode()
