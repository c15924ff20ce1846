"""The form that reports share is read back as it was meant, whatever the parts hold (RFC 6522, RFC 2046 5.1.1)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given
from hypothesis import strategies as st

from smtpsim.reports.multipart import Part, message, multipart_report, part

CONTENT = st.lists(st.sampled_from([b"text", b"", b"--=ID/report", b"--=ID/report--", b"--", "é".encode()])).map(
    lambda lines: b"".join(line + b"\r\n" for line in lines)
)


def read(octets: bytes) -> EmailMessage:
    found = message_from_bytes(octets, policy=SMTP)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


@given(st.lists(CONTENT, min_size=1, max_size=4))
def test_parts_are_read_back(contents: list[bytes]) -> None:
    report = multipart_report("delivery-status", "ID", [part("text/plain; charset=utf-8", one) for one in contents])
    found = read(message(("Subject: x",), report))
    assert (found.get_content_type(), found.get_param("report-type")) == ("multipart/report", "delivery-status")
    assert [one.get_payload(decode=True) for one in found.iter_parts()] == contents
    assert (found["Content-Transfer-Encoding"] == "8bit") is any(not one.isascii() for one in contents)


def test_a_guessed_boundary_is_not_taken() -> None:
    """Somebody who knows how boundaries are made writes one into the mail that comes back."""
    guessed = b"--=ID/report\r\nContent-Type: text/plain\r\n\r\nforged\r\n--=ID/report--\r\n"
    (found,) = read(
        message((), multipart_report("x", "ID", [Part(("Content-Type: text/plain",), guessed)]))
    ).iter_parts()
    assert found.get_payload(decode=True) == guessed
