"""Which failures are hard bounces: the address is not tried again, and the sender's rate goes up."""

from __future__ import annotations

SOFT = frozenset({"5.2.2", "5.3.4"})
SOFT_SUBJECT = "5.6."
"""Permanent by their code, and yet no fault of the address: the mailbox is full, the letter too large, its content
refused. Amazon SES calls these Transient (MailboxFull, MessageTooLarge, ContentRejected)."""


def is_hard(status: str) -> bool:
    """Whether a failure with this enhanced status code (RFC 3463) is a hard bounce. A receiver's refusal for reasons of
    its own, such as a reader's allow-list, looks the same to the service."""
    return status.startswith("5.") and status not in SOFT and not status.startswith(SOFT_SUBJECT)
