"""Every reply of POP3 that smtpsim has, by key. The texts are data: a host may have its own.

The words in brackets are response codes (RFC 2449 8, RFC 3206).
"""

from __future__ import annotations

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.pop3.reply import ERR, GO_ON, OK, ReplyRule

_ROWS = (
    # connection
    ("connected", OK, "{server} POP3 ready", Ref(1939, "4")),
    ("connected-apop", OK, "{server} POP3 ready {timestamp}", Ref(1939, "7")),
    ("capabilities", OK, "Capability list follows", Ref(2449, "5")),
    ("bye", OK, "{server} signing off", Ref(1939, "5")),
    ("bye-removed", OK, "{server} signing off, {removed} messages deleted", Ref(1939, "6")),
    ("too-many-errors", ERR, "Too many errors, closing connection", Ref(1939, "3")),
    ("closed", ERR, "The connection is closed", Ref(1939, "6")),
    # logging in
    ("user-ok", OK, "Now the password: PASS", Ref(1939, "7")),
    ("login-ok", OK, "Logged in, {count} messages ({octets} octets)", Ref(1939, "7")),
    ("login-refused", ERR, "[AUTH] Wrong user name or password", Ref(3206, "4")),
    ("mechanisms", OK, "Mechanisms follow", Ref(5034, "3")),
    ("challenge", GO_ON, "", Ref(5034, "4")),
    ("auth-cancelled", ERR, "Authentication cancelled", Ref(5034, "4")),
    ("auth-base64", ERR, "Cannot decode that as base64", Ref(5034, "4")),
    ("auth-mechanism", ERR, "Mechanism not offered: {name}", Ref(5034, "4")),
    ("tls-go", OK, "Begin TLS negotiation", Ref(2595, "4")),
    ("tls-already", ERR, "TLS is already active", Ref(2595, "4")),
    # the maildrop
    ("stat", OK, "{count} {octets}", Ref(1939, "5")),
    ("list", OK, "{count} messages ({octets} octets)", Ref(1939, "5")),
    ("list-one", OK, "{number} {octets}", Ref(1939, "5")),
    ("uidl", OK, "Unique-id listing follows", Ref(1939, "7")),
    ("uidl-one", OK, "{number} {unique}", Ref(1939, "7")),
    ("message", OK, "{octets} octets", Ref(1939, "5")),
    ("top", OK, "Top of message follows", Ref(1939, "7")),
    ("marked", OK, "Message {number} marked as deleted", Ref(1939, "5")),
    ("reset", OK, "{count} messages ({octets} octets), nothing is marked", Ref(1939, "5")),
    ("noop", OK, "Nothing done", Ref(1939, "5")),
    ("no-such-message", ERR, "No such message, the last one is {count}", Ref(1939, "5")),
    ("message-marked", ERR, "Message {number} is marked as deleted", Ref(1939, "5")),
    # wrong order
    ("need-user", ERR, "Say USER first", Ref(1939, "7")),
    ("need-login", ERR, "Log in first: USER, then PASS", Ref(1939, "4")),
    ("already-in", ERR, "You are logged in already", Ref(1939, "4")),
    ("not-offered", ERR, "{verb} is not offered here, use USER and PASS", Ref(1939, "7")),
    # syntax
    ("unknown-command", ERR, "Unknown command", Ref(1939, "3")),
    ("bad-syntax", ERR, "Bad syntax", Ref(1939, "3")),
    ("bad-argument", ERR, "Syntax: {form}", Ref(1939, "3")),
    ("bad-number", ERR, "That is not a number", Ref(1939, "5")),
    ("line-too-long", ERR, "Line too long, closing connection", Ref(2449, "4")),
)

RULES: dict[str, ReplyRule] = {row[0]: ReplyRule(*row) for row in _ROWS}
