"""Delivery status notifications (RFC 3464) in a multipart/report (RFC 6522)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.message.clock import date


class FailedRecipient(NamedTuple):
    """`status` is an enhanced code; `diagnostic` the reply or reason; `remote` the host that gave it."""

    address: str
    status: str
    diagnostic: str
    remote: str = ""


def failure_report(
    *,
    reporting_host: str,
    to: str,
    failed: tuple[FailedRecipient, ...],
    original: bytes,
    identity: str,
    now: int,
    arrived: int,
) -> bytes:
    """The whole letter, with CRLF line ends, that tells `to` of recipients that failed for good."""
    header = original[: original.find(b"\r\n\r\n") + 2] if b"\r\n\r\n" in original else original
    boundary = f"={identity}/{reporting_host}"
    utf8 = "" if f"{to}{failed}".isascii() else "; charset=utf-8"
    report_type = "message/global-delivery-status" if utf8 else "message/delivery-status"
    parts = (
        ("text/plain; charset=utf-8", _notice(reporting_host, failed)),
        (report_type, _machine_part(reporting_host, failed, arrived)),
    )
    top = _header(reporting_host, to, identity, now, boundary)
    body = "".join(f"--{boundary}\r\nContent-Type: {kind}\r\n\r\n{text}\r\n" for kind, text in parts)
    third = f"--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n"
    end = f"\r\n--{boundary}--\r\n"
    return (top + body + third).encode("utf-8", "surrogateescape") + header + end.encode("ascii")


def _header(host: str, to: str, identity: str, now: int, boundary: str) -> str:
    return (
        f"From: Mail Delivery System <MAILER-DAEMON@{host}>\r\n"
        f"To: <{to}>\r\n"
        f"Subject: Undelivered mail returned to sender\r\n"
        f"Date: {date(now)}\r\n"
        f"Message-ID: <{identity}@{host}>\r\n"
        f"Auto-Submitted: auto-replied\r\n"
        f"MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\r\n'
        f"\r\n"
    )


def _notice(host: str, failed: tuple[FailedRecipient, ...]) -> str:
    lines = "".join(f"\r\n<{one.address}>: {one.diagnostic}\r\n" for one in failed)
    return f"This is the mail system at {host}.\r\n\r\nYour message could not be delivered to:\r\n{lines}"


def _machine_part(host: str, failed: tuple[FailedRecipient, ...], arrived: int) -> str:
    """Per-message fields, then a group a recipient, each behind a blank line (RFC 3464 2.1)."""
    groups = [f"Reporting-MTA: dns; {host}\r\nArrival-Date: {date(arrived)}\r\n"]
    for one in failed:
        lines = [
            f"Final-Recipient: rfc822; {one.address}",
            "Action: failed",
            f"Status: {one.status}",
            *([f"Remote-MTA: dns; {one.remote}"] if one.remote else []),
            f"Diagnostic-Code: {'smtp' if one.remote else 'x-smtpsim'}; {one.diagnostic}",
        ]
        groups.append("\r\n".join(lines) + "\r\n")
    return "\r\n".join(groups)
