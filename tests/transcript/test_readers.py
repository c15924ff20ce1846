"""Shapes that the recorded samples do not show, one table for all readers.

What is expected is one word an entry: `C:` a command, `L:` a line of the letter, a number a reply (with `xN` for
its N lines), `#` a note.
"""

from __future__ import annotations

import pytest

from smtpsim.transcript import Client, Content, Dialogue, Note, Server, read, write
from smtpsim.transcript.dialogue import Entry
from tests.transcript.excerpts import (
    BOUNCE,
    CLIENT_ONLY,
    EXIM_OLD,
    JAVAMAIL,
    OLD_MAILX,
    POSTFIX,
    POSTFIX_CLIENT,
    RFC_821,
    RFC_AUTH,
    RFC_PAGED,
    SENDMAIL_VERBOSE,
    SERVER_ONLY,
    SMTPLIB_2,
    SWAKS_RAW,
    TSHARK_CUT,
    TSHARK_HEX,
    TSHARK_TLS,
    TSHARK_WITHOUT_TABS,
    TWO_SESSIONS,
    TYPED,
)
from tests.transcript.log_excerpts import (
    EXCHANGE_RECEIVE,
    EXCHANGE_SEND,
    MAILKIT,
    MAILKIT_WITH_TIMES,
    PHPMAILER_HTML,
    POSTFIX_SMTP,
    POSTFIX_SMTPD,
    RECORDIO_CUT,
    SENDMAIL_TRAFFIC,
    THUNDERBIRD,
    THUNDERBIRD_OLD,
    TSHARK_PACKETS,
)


def word(entry: Entry) -> str:
    match entry:
        case Client(text):
            return f"C:{text}"
        case Content(text):
            return f"L:{text}"
        case Server(code, lines):
            return str(code) if len(lines) == 1 else f"{code}x{len(lines)}"
        case Note():
            return "#"
        case _:
            return "?"


def words(text: str, form: str) -> list[str]:
    dialogue = read(text.encode())
    assert isinstance(dialogue, Dialogue), dialogue
    assert dialogue.format == form
    return [word(entry) for entry in dialogue.entries]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("rfc", RFC_821, ["220", "C:HELO USC-ISIF.ARPA", "250", "C:DATA", "354", "L:Blah blah blah...", "C:.", "250"]),
        ("rfc", RFC_PAGED, ["#", "#", "220", "C:EHLO client.example.com", "250x3", "C:DATA", "354", "C:.", "250"]),
        (
            "rfc",
            RFC_AUTH,
            [
                "220",
                "C:AUTH DIGEST-MD5",
                "334",
                "C:Y2hhcnNldD11dGYtOCx1c2VybmFtZT0iY2hyaXMiLHJlYWxtPSJlbHdvb2QuaW5ub3NvZnQuY29tIg==",
                "235",
            ],
        ),
        ("rfc", "Server: 220 hi\nClient: NOOP\nServer: 250 ok\n", ["220", "C:NOOP", "250"]),
        ("rfc", "S:220 hi\nC:DATA\nS:354 go\nC:\nC:x\nC:.\n", ["220", "C:DATA", "354", "L:", "L:x", "C:."]),
        ("sendmail", BOUNCE, ["C:RCPT To:<nosuch@example.com>", "550x2", "C:DATA", "503"]),
        (
            "sendmail",
            SENDMAIL_VERBOSE,
            ["220", "C:EHLO mx.example.com", "250x2", "C:VERB", "250", "C:DATA", "354", "C:.", "250", "C:QUIT", "221"],
        ),
        (
            "sendmail",
            OLD_MAILX,
            ["220", "C:HELO client.example.com", "250", "C:DATA", "354", "C:.", "250", "C:QUIT", "221"],
        ),
        (
            "javamail",
            JAVAMAIL,
            [
                "220",
                "C:EHLO c",
                "250x2",
                "C:MAIL FROM:<a@b>",
                "250",
                "C:RCPT TO:<x@y>",
                "550x2",
                "C:RSET",
                "250",
                "C:QUIT",
                "221",
            ],
        ),
        (
            "postfix",
            POSTFIX,
            [
                "220",
                "C:EHLO client.example.com",
                "250x2",
                "C:",
                "500",
                "C:DATA",
                "354",
                "552",
                "C:RCPT TO:<a@example.com>",
            ],
        ),
        ("postfix", POSTFIX_CLIENT, ["220", "C:EHLO client.example.com", "250", "C:QUIT"]),
        ("tshark", TSHARK_TLS, ["220", "C:STARTTLS", "220"]),
        ("tshark", TSHARK_HEX, ["220", "C:EHLO a", "250x2"]),
        ("tshark", TSHARK_CUT, ["220", "C:DATA", "354", "L:25", "L:250 x", "C:.", "250"]),
        ("tshark", TSHARK_WITHOUT_TABS, ["220", "C:NOOP", "250"]),
        (
            "exim",
            EXIM_OLD,
            ["220", "C:EHLO client.example.com", "250x2", "C:DATA", "354", "C:.", "250", "C:QUIT"],
        ),
        (
            "smtplib",
            SMTPLIB_2,
            [
                "C:ehlo client.example.com",
                "250x2",
                "C:mail FROM:<o'neil@example.com>",
                "250",
                "C:data",
                "354",
                "L:a",
                "L:.b",
                "L:",
                "C:.",
            ],
        ),
        ("swaks", SWAKS_RAW, ["220", "C:DATA", "550", "C:QUIT", "C:NOOP"]),
        (
            "telnet",
            TYPED,
            [
                "220",
                "C:",
                "500",
                "C:AUTH PLAIN",
                "334",
                "C:",
                "501",
                "C:DATA",
                "354",
                "L:Subject: I forgot the dot",
                "421",
            ],
        ),
        ("telnet", SERVER_ONLY, ["220", "250x2", "250", "354", "250", "221"]),
        ("telnet", TWO_SESSIONS, ["220", "C:QUIT", "221", "220", "C:NOOP", "250"]),
        (
            "telnet",
            CLIENT_ONLY,
            [
                "C:EHLO a",
                "C:MAIL FROM:<a@b>",
                "C:DATA",
                "L:Subject: x",
                "L:",
                "L:250 people came",
                "L:.dot",
                "C:.",
                "C:QUIT",
            ],
        ),
        ("client", "EHLO a\r\n\r\nquit\r\n", ["C:EHLO a", "C:quit"]),
        ("client", "MAIL FROM:<a>\nBDAT 6\nabcd\nQUIT\n", ["C:MAIL FROM:<a>", "C:BDAT 6", "L:abcd", "C:QUIT"]),
        (
            "postfixlog",
            POSTFIX_SMTPD,
            ["220", "C:EHLO client.example.com", "250x2", "C:DATA", "354", "250", "220", "C:QUIT", "221"],
        ),
        ("postfixlog", POSTFIX_SMTP, ["220", "C:EHLO mx.example.com", "250"]),
        (
            "recordio",
            SENDMAIL_TRAFFIC,
            [
                *("220", "C:EHLO client.example.com", "250x2", "C:DATA", "354"),
                *("L:Subject: hello", "L:", "L:.dot", "C:.", "250"),
                *("220", "C:EHLO mx.example.com", "250"),
            ],
        ),
        ("recordio", RECORDIO_CUT, ["220", "C:NOOP", "250"]),
        ("exchange", EXCHANGE_RECEIVE, ["220", "C:EHLO client.example.com", "250x2", "220", "C:QUIT", "221"]),
        ("exchange", EXCHANGE_SEND, ["220", "C:EHLO mx.example.com", "250"]),
        (
            "mailkit",
            MAILKIT,
            [
                *("220", "C:EHLO client.example.com", "250x2", "C:DATA", "354"),
                *("L:From: a@example.com", "L:", "L:  indented", "L:.dot", "C:.", "250"),
            ],
        ),
        ("mailkit", MAILKIT_WITH_TIMES, ["220", "C:QUIT", "221"]),
        ("mailkit", THUNDERBIRD, ["220", "C:EHLO [192.0.2.10]", "250x3", "C:QUIT"]),
        ("mailkit", THUNDERBIRD_OLD, ["220", "C:EHLO [192.0.2.10]", "250"]),
        ("phpmailer", PHPMAILER_HTML, ["220", "C:MAIL FROM:<a@example.com>", "250"]),
        (
            "tsharklist",
            TSHARK_PACKETS,
            [
                *("220", "C:EHLO a | b", "250x2"),
                *("C:MAIL FROM:<a@b>", "C:RCPT TO:<c@d>", "C:DATA", "250", "250", "354"),
            ],
        ),
    ],
)
def test_reader(form: str, text: str, expected: list[str]) -> None:
    assert words(text, form) == expected


def test_octets_in_a_repr_are_utf_8() -> None:
    dialogue = read(SMTPLIB_2.encode())
    assert isinstance(dialogue, Dialogue)
    assert Server(250, ("テ",)) in dialogue.entries


def test_rfc_style_is_written_for_people() -> None:
    text = "220-a\n220 b\n> DATA\n354 go\n# note: look\n> ..x\x07\n>\n> .\n250\n:wait 1h\n"
    dialogue = read(text.encode(), format="text")
    assert isinstance(dialogue, Dialogue)
    assert write(dialogue, "rfc").decode().splitlines() == [
        "S: 220-a",
        "S: 220 b",
        "C: DATA",
        "S: 354 go",
        "(look)",
        "C: ..x␇",
        "C:",
        "C: .",
        "S: 250",
    ]
