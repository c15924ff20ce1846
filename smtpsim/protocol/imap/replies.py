"""Every reply of IMAP that smtpsim has, by key. The texts are data: a host may have its own.

The words in brackets are response codes (RFC 3501 7.1, RFC 5530 3).
"""

from __future__ import annotations

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.imap.reply import BAD, BYE, GO_ON, NO, OK, ReplyRule

_ROWS = (
    # connection
    ("connected", OK, "[CAPABILITY {capabilities}] {server} ready", Ref(3501, "7.1.1")),
    ("capability", OK, "CAPABILITY completed", Ref(3501, "6.1.1")),
    ("noop", OK, "NOOP completed", Ref(3501, "6.1.2")),
    ("logout", OK, "LOGOUT completed", Ref(3501, "6.1.3")),
    ("too-many-errors", BYE, "Too many errors, closing connection", Ref(3501, "7.1.5")),
    ("closed", BYE, "The connection is closed", Ref(3501, "3.4")),
    ("literal-go", GO_ON, "Ready for {octets} octets", Ref(3501, "7.5")),
    # logging in
    ("login-ok", OK, "LOGIN completed", Ref(3501, "6.2.3")),
    ("login-refused", NO, "[AUTHENTICATIONFAILED] Wrong user name or password", Ref(5530, "3")),
    # mailboxes
    ("list", OK, "LIST completed", Ref(3501, "6.3.8")),
    ("lsub", OK, "LSUB completed", Ref(3501, "6.3.9")),
    ("status", OK, "STATUS completed", Ref(3501, "6.3.10")),
    ("select", OK, "[READ-WRITE] SELECT completed", Ref(3501, "6.3.1")),
    ("examine", OK, "[READ-ONLY] EXAMINE completed", Ref(3501, "6.3.2")),
    ("check", OK, "CHECK completed", Ref(3501, "6.4.1")),
    ("close", OK, "CLOSE completed", Ref(3501, "6.4.2")),
    ("no-such-mailbox", NO, "[NONEXISTENT] No such mailbox", Ref(5530, "3")),
    # mails
    ("fetch", OK, "FETCH completed", Ref(3501, "6.4.5")),
    ("store", OK, "STORE completed", Ref(3501, "6.4.6")),
    ("search", OK, "SEARCH completed", Ref(3501, "6.4.4")),
    ("expunge", OK, "EXPUNGE completed", Ref(3501, "6.4.3")),
    ("read-only", NO, "The mailbox is open read-only", Ref(3501, "6.3.2")),
    ("no-such-message", BAD, "No such message, the last one is {count}", Ref(3501, "9")),
    ("bad-charset", NO, "[BADCHARSET (US-ASCII UTF-8)] Unknown character set", Ref(3501, "6.4.4")),
    ("limit", NO, "[LIMIT] That is too much at once", Ref(5530, "3")),
    # wrong order, and not there
    ("need-login", BAD, "Log in first: LOGIN user password", Ref(3501, "3.1")),
    ("need-select", BAD, "Select a mailbox first: SELECT INBOX", Ref(3501, "3.2")),
    ("already-in", BAD, "You are logged in already", Ref(3501, "3.2")),
    ("not-offered", NO, "[CANNOT] {verb} is not offered here", Ref(5530, "3")),
    ("authenticate-off", NO, "[CANNOT] AUTHENTICATE is not offered here, use LOGIN", Ref(3501, "6.2.2")),
    # syntax
    ("unknown-command", BAD, "Unknown command", Ref(3501, "7.1.3")),
    ("bad-tag", BAD, "A command begins with a tag", Ref(3501, "2.2.1")),
    ("bad-syntax", BAD, "A command is missing behind the tag", Ref(3501, "2.2.1")),
    ("bad-argument", BAD, "Syntax: {form}", Ref(3501, "7.1.3")),
    ("line-too-long", BYE, "Line too long, closing connection", Ref(3501, "7.1.3")),
    ("literal-refused", BAD, "No such literal here", Ref(3501, "4.3")),
)

RULES: dict[str, ReplyRule] = {row[0]: ReplyRule(*row) for row in _ROWS}
