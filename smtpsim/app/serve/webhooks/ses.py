"""Events as Amazon SES publishes them by Amazon SNS: one a POST, its JSON as a text within that of SNS.

Amazon documents them in "Contents of event data that Amazon SES publishes to Amazon SNS" and "HTTP/HTTPS notification
JSON format". The signature is a made-up one, since only Amazon can sign; a program that checks it must not do so here.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from smtpsim.app.serve.webhooks.events import Event, Mail
from smtpsim.kernel.printable import printable
from smtpsim.message.encoded_words import readable
from smtpsim.message.headers import Headers

REGION, ACCOUNT = "us-east-1", "000000000000"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:smtpsim"
SUBSCRIPTION = f"{TOPIC}:{uuid.uuid5(uuid.NAMESPACE_URL, TOPIC)}"
TYPES = {"delivery": "Delivery", "bounce": "Bounce", "complaint": "Complaint", "reject": "Reject"}

COMMON = {"from": "From", "to": "To", "cc": "Cc", "replyTo": "Reply-To"}
"""By the name in `commonHeaders`: the header whose addresses stand there as a list."""

TEXTS = {"date": "Date", "messageId": "Message-ID", "subject": "Subject"}

TRANSIENT = {"5.2.2": "MailboxFull", "5.2.3": "MessageTooLarge", "5.3.4": "MessageTooLarge"}
"""By a status code (RFC 3463): the sub-type of a bounce that says nothing against the address."""


def headers(events: Sequence[Event]) -> dict[str, str]:
    return {
        "Content-Type": "text/plain; charset=UTF-8",
        "User-Agent": "Amazon Simple Notification Service Agent",
        "x-amz-sns-message-type": "Notification",
        "x-amz-sns-message-id": _identity(events[0]),
        "x-amz-sns-topic-arn": TOPIC,
        "x-amz-sns-subscription-arn": SUBSCRIPTION,
    }


def body(events: Sequence[Event]) -> str:
    """The notification of one event."""
    event = events[0]
    notification = {
        "Type": "Notification",
        "MessageId": _identity(event),
        "TopicArn": TOPIC,
        "Subject": "Amazon SES Email Event Notification",
        "Message": json.dumps(_event(event), ensure_ascii=False),
        "Timestamp": _moment(event.now),
        "SignatureVersion": "1",
        "Signature": "c2ltdWxhdGVk",
        "SigningCertURL": f"https://sns.{REGION}.amazonaws.com/simulated.pem",
        "UnsubscribeURL": f"https://sns.{REGION}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={SUBSCRIPTION}",
    }
    return json.dumps(notification, ensure_ascii=False)


def _event(event: Event) -> dict[str, Any]:
    about = {"eventType": TYPES[event.kind], event.kind: _ABOUT[event.kind](event)}
    return {**about, "mail": _mail(event.mail, event.recipient)}


def _delivery(event: Event) -> dict[str, Any]:
    return {
        "timestamp": _moment(event.now),
        "processingTimeMillis": 1000 * (event.now - event.mail.arrived),
        "recipients": [event.recipient],
        "smtpResponse": event.reply or "250 2.0.0 Ok",
        "reportingMTA": event.host,
    }


def _bounce(event: Event) -> dict[str, Any]:
    kind, sub = _bounce_type(event)
    status = "5.1.1" if event.held else event.status
    recipient = {"emailAddress": event.recipient, "action": "failed", "status": status}
    if event.held:
        recipient["diagnosticCode"] = "Amazon SES did not send the message to this address: it is on a suppression list"
    else:
        recipient["diagnosticCode"] = f"smtp; {event.reply}"
    return {
        "bounceType": kind,
        "bounceSubType": sub,
        "bouncedRecipients": [recipient],
        "timestamp": _moment(event.now),
        "feedbackId": _identity(event),
        "reportingMTA": f"dns; {event.host}",
    }


def _bounce_type(event: Event) -> tuple[str, str]:
    """Type and sub-type. What was given up after days is transient, like a full mailbox: the address may be good."""
    if event.held:
        account = event.reply.startswith("Permanent/OnAccountSuppressionList")
        return "Permanent", "OnAccountSuppressionList" if account else "Suppressed"
    status = event.status
    if status in TRANSIENT:
        return "Transient", TRANSIENT[status]
    if status.startswith("5.6."):
        return "Transient", "ContentRejected"
    return ("Transient" if event.final_delay or not status.startswith("5") else "Permanent"), "General"


def _complaint(event: Event) -> dict[str, Any]:
    return {
        "complainedRecipients": [{"emailAddress": event.recipient}],
        "timestamp": _moment(event.now),
        "feedbackId": _identity(event),
        "complaintSubType": None,
        "complaintFeedbackType": "abuse",
        "arrivalDate": _moment(event.mail.arrived),
    }


def _reject(event: Event) -> dict[str, Any]:
    """SES itself knows one reason, "Bad content"; here it is the reply."""
    return {"reason": event.reply}


_ABOUT: Mapping[str, Callable[[Event], dict[str, Any]]] = {
    "delivery": _delivery,
    "bounce": _bounce,
    "complaint": _complaint,
    "reject": _reject,
}


def _mail(mail: Mail, recipient: str) -> dict[str, Any]:
    fields = Headers(mail.headers)
    found = {key: value for key, name in TEXTS.items() if (value := fields.first(name)) is not None}
    lists = {key: values for key, name in COMMON.items() if (values := fields.values(name))}
    return {
        "timestamp": _moment(mail.arrived),
        "messageId": mail.id.lower(),
        "source": mail.sender,
        "sourceArn": f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{mail.sender.rpartition('@')[2]}",
        "sourceIp": mail.client_ip,
        "sendingAccountId": ACCOUNT,
        "destination": list(mail.recipients or (recipient,)),
        "headersTruncated": mail.truncated,
        "headers": [{"name": field.name, "value": printable(field.value)} for field in mail.headers],
        "commonHeaders": {key: printable(readable(value)) for key, value in found.items()}
        | {key: [printable(readable(value)) for value in values] for key, values in lists.items()},
        "tags": {},
    }


def _identity(event: Event) -> str:
    """The same each time that an event is sent, as SNS has it."""
    name = f"{event.number} {event.kind} {event.mail.id} {event.recipient} {event.now}"
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
