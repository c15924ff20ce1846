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
    ("id", OK, "ID completed", Ref(2971, "3.2")),
    ("tls-go", OK, "Begin TLS negotiation now", Ref(3501, "6.2.1")),
    ("tls-already", BAD, "TLS is already active", Ref(3501, "6.2.1")),
    ("too-many-errors", BYE, "Too many errors, closing connection", Ref(3501, "7.1.5")),
    ("timed-out", BYE, "Autologout; idle for too long", Ref(3501, "5.4")),
    ("closed", BYE, "The connection is closed", Ref(3501, "3.4")),
    ("literal-go", GO_ON, "Ready for {octets} octets", Ref(3501, "7.5")),
    # logging in
    ("login-ok", OK, "LOGIN completed", Ref(3501, "6.2.3")),
    ("login-refused", NO, "[AUTHENTICATIONFAILED] Wrong user name or password", Ref(5530, "3")),
    ("auth-go", GO_ON, "", Ref(3501, "6.2.2")),
    ("authenticate-ok", OK, "AUTHENTICATE completed", Ref(3501, "6.2.2")),
    ("auth-mechanism", NO, "[CANNOT] Mechanism not offered: {name}", Ref(3501, "6.2.2")),
    ("auth-cancelled", BAD, "Authentication cancelled", Ref(3501, "6.2.2")),
    ("auth-base64", BAD, "Cannot decode that as base64", Ref(3501, "6.2.2")),
    ("auth-not-asked", BAD, "No answer to AUTHENTICATE was asked for", Ref(3501, "6.2.2")),
    # mailboxes
    ("list", OK, "LIST completed", Ref(3501, "6.3.8")),
    ("lsub", OK, "LSUB completed", Ref(3501, "6.3.9")),
    ("status", OK, "STATUS completed", Ref(3501, "6.3.10")),
    ("select", OK, "[READ-WRITE] SELECT completed", Ref(3501, "6.3.1")),
    ("examine", OK, "[READ-ONLY] EXAMINE completed", Ref(3501, "6.3.2")),
    ("create", OK, "CREATE completed", Ref(3501, "6.3.3")),
    ("delete", OK, "DELETE completed", Ref(3501, "6.3.4")),
    ("rename", OK, "RENAME completed", Ref(3501, "6.3.5")),
    ("subscribe", OK, "SUBSCRIBE completed", Ref(3501, "6.3.6")),
    ("unsubscribe", OK, "UNSUBSCRIBE completed", Ref(3501, "6.3.7")),
    ("append", OK, "[APPENDUID {validity} {uids}] APPEND completed", Ref(3501, "6.3.11")),
    ("namespace", OK, "NAMESPACE completed", Ref(2342, "5")),
    ("idle-go", GO_ON, "idling", Ref(2177, "3")),
    ("idle-news", OK, "", Ref(2177, "3")),
    ("idle", OK, "IDLE completed", Ref(2177, "3")),
    ("idle-not-done", BAD, "DONE ends IDLE, and nothing else", Ref(2177, "3")),
    ("already-exists", NO, "[ALREADYEXISTS] There is a mailbox of that name", Ref(5530, "3")),
    ("bad-name", NO, "[CANNOT] No mailbox can have that name", Ref(5530, "3")),
    ("fixed-mailbox", NO, "[CANNOT] This mailbox stays", Ref(5530, "3")),
    ("has-children", NO, "[HASCHILDREN] There are mailboxes below it", Ref(9051, "6.3.5")),
    ("in-use", NO, "[INUSE] The mailbox is open in this session", Ref(5530, "3")),
    ("try-create", NO, "[TRYCREATE] No such mailbox", Ref(3501, "6.3.11")),
    ("over-quota", NO, "[OVERQUOTA] The mailbox has no room for that", Ref(5530, "3")),
    ("check", OK, "CHECK completed", Ref(3501, "6.4.1")),
    ("close", OK, "CLOSE completed", Ref(3501, "6.4.2")),
    ("no-such-mailbox", NO, "[NONEXISTENT] No such mailbox", Ref(5530, "3")),
    # mails
    ("fetch", OK, "FETCH completed", Ref(3501, "6.4.5")),
    ("store", OK, "STORE completed", Ref(3501, "6.4.6")),
    ("search", OK, "SEARCH completed", Ref(3501, "6.4.4")),
    ("expunge", OK, "EXPUNGE completed", Ref(3501, "6.4.3")),
    ("copy", OK, "[COPYUID {validity} {copied} {uids}] COPY completed", Ref(3501, "6.4.7")),
    ("copy-none", OK, "COPY completed, nothing was chosen", Ref(3501, "6.4.8")),
    ("read-only", NO, "The mailbox is open read-only", Ref(3501, "6.3.2")),
    ("no-such-message", BAD, "No such message, the last one is {count}", Ref(3501, "9")),
    ("bad-charset", NO, "[BADCHARSET (US-ASCII UTF-8)] Unknown character set", Ref(3501, "6.4.4")),
    ("limit", NO, "[LIMIT] That is too much at once", Ref(5530, "3")),
    # wrong order, and not there
    ("need-login", BAD, "Log in first: LOGIN user password", Ref(3501, "3.1")),
    ("need-select", BAD, "Select a mailbox first: SELECT INBOX", Ref(3501, "3.2")),
    ("already-in", BAD, "You are logged in already", Ref(3501, "3.2")),
    ("not-offered", NO, "[CANNOT] {verb} is not offered here", Ref(5530, "3")),
    # syntax
    ("unknown-command", BAD, "Unknown command", Ref(3501, "7.1.3")),
    ("bad-tag", BAD, "A command begins with a tag", Ref(3501, "2.2.1")),
    ("bad-syntax", BAD, "A command is missing after the tag", Ref(3501, "2.2.1")),
    ("bad-argument", BAD, "Syntax: {form}", Ref(3501, "7.1.3")),
    ("line-too-long", BYE, "Line too long, closing connection", Ref(3501, "7.1.3")),
    ("literal-refused", BAD, "No such literal here", Ref(3501, "4.3")),
)

RULES: dict[str, ReplyRule] = {row[0]: ReplyRule(*row) for row in _ROWS}
