"""Letters to type."""

from __future__ import annotations

ASKING = "Disposition-Notification-To: webmaster@example.com"


def mail(*header: str, body: tuple[str, ...] = ("Hello.",), to: str = "test@hogefuga.com") -> tuple[str, ...]:
    """A whole dialogue up to the final dot."""
    begin = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", f"RCPT TO:<{to}>", "DATA")
    return (*begin, *header, "", *body, ".")
