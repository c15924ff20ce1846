"""Every reply of the core protocol: key, code, enhanced code, text and the section that it follows.

Replies of an extension stand in the extension's own file, replies of a policy in the policy's.
"""

from __future__ import annotations

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.reply import ReplyRule

ROWS = (
    # connection
    ("connected", 220, "", "{server} ESMTP smtpsim", Ref(5321, "3.1")),
    ("turned-away", 554, "5.7.1", "{server} No service for you here", Ref(5321, "3.1")),
    ("only-quit", 503, "5.5.1", "No service here, only QUIT is left", Ref(5321, "3.1")),
    ("busy", 421, "4.3.2", "{server} Service not available, try again later", Ref(5321, "3.8")),
    ("bye", 221, "2.0.0", "{server} closing connection", Ref(5321, "4.1.1.10")),
    ("too-many-errors", 421, "4.7.0", "{server} Too many errors, closing connection", Ref(5321, "4.3.2")),
    # greeting
    ("helo-ok", 250, "", "{server}", Ref(5321, "4.1.1.1")),
    ("ehlo-ok", 250, "", "{server} greets {name}", Ref(5321, "4.1.1.1")),
    ("helo-missing", 501, "5.5.4", "Syntax: {verb} hostname", Ref(5321, "4.1.1.1")),
    ("helo-syntax", 501, "5.5.2", "Syntactically invalid {verb} argument", Ref(5321, "4.1.1.1")),
    # transaction
    ("mail-ok", 250, "2.1.0", "Sender ok", Ref(5321, "4.1.1.2")),
    ("rcpt-ok", 250, "2.1.5", "Recipient ok", Ref(5321, "4.1.1.3")),
    ("data-go", 354, "", 'Start mail input, end with "." on a line by itself', Ref(5321, "4.1.1.4")),
    ("letter-ok", 250, "2.0.0", "Message accepted as {id}", Ref(5321, "4.1.1.4")),
    ("letter-too-big", 552, "5.3.4", "Message exceeds the limit of {size} octets", Ref(1870, "6.3")),
    ("header-too-big", 552, "5.3.4", "Header section exceeds {size} octets or {fields} fields", Ref(5321, "4.5.3.1")),
    ("too-many-parts", 554, "5.6.0", "MIME structure exceeds {parts} parts or {levels} levels", Ref(5321, "4.5.3.1")),
    ("too-many-recipients", 452, "4.5.3", "Too many recipients", Ref(5321, "4.5.3.1.10")),
    # wrong order
    ("need-hello", 503, "5.5.1", "Say HELO or EHLO first", Ref(5321, "4.1.4")),
    ("need-mail", 503, "5.5.1", "Need MAIL first", Ref(5321, "4.1.4")),
    ("need-rcpt", 503, "5.5.1", "Need RCPT (recipient) first", Ref(5321, "4.1.4")),
    ("nested-mail", 503, "5.5.1", "Sender already given", Ref(5321, "4.1.4")),
    ("in-transaction", 503, "5.5.1", "Not in the middle of a mail transaction", Ref(4954, "4")),
    ("timed-out", 421, "4.4.2", "{server} Error: timeout exceeded", Ref(5321, "4.5.3.2.7")),
    ("closed", 421, "4.4.2", "{server} The connection is closed", Ref(5321, "3.8")),
    ("in-chunks", 503, "5.5.1", "Only BDAT, RSET, NOOP or QUIT between chunks", Ref(3030, "2")),
    # syntax
    ("unknown-command", 500, "5.5.2", "Command not recognized", Ref(5321, "4.2.4")),
    ("bad-syntax", 500, "5.5.2", "Bad syntax", Ref(5321, "4.2.4")),
    ("line-too-long", 500, "5.5.2", "Line too long", Ref(5321, "4.5.3.1.4")),
    ("mail-syntax", 501, "5.5.4", "Syntax: MAIL FROM:<address>", Ref(5321, "4.1.1.2")),
    ("rcpt-syntax", 501, "5.5.4", "Syntax: RCPT TO:<address>", Ref(5321, "4.1.1.3")),
    ("bad-sender", 501, "5.1.7", "Bad sender address syntax", Ref(5321, "4.1.2")),
    ("sender-not-allowed", 553, "5.1.7", "Sender address is not one: it needs user@domain", Ref(5321, "4.1.2")),
    ("utf8-not-announced", 501, "5.6.7", "Address needs SMTPUTF8, which MAIL did not ask for", Ref(6531, "3.3")),
    ("display-name", 555, "5.5.4", "Only an address in <...> belongs here, not {name}", Ref(5321, "4.1.2")),
    ("bad-recipient", 501, "5.1.3", "Bad recipient address syntax", Ref(5321, "4.1.2")),
    ("no-argument", 501, "5.5.4", "Syntax: {verb}", Ref(5321, "4.1.1")),
    ("argument-missing", 501, "5.5.4", "Syntax: {verb} argument", Ref(5321, "4.1.1")),
    ("parameter-unknown", 555, "5.5.4", "Unsupported parameter: {name}", Ref(5321, "4.1.1.11")),
    ("parameter-syntax", 501, "5.5.4", "Bad parameter: {name}", Ref(5321, "4.1.1.11")),
    # the rest
    ("reset", 250, "2.0.0", "Reset", Ref(5321, "4.1.1.5")),
    ("noop", 250, "2.0.0", "Ok", Ref(5321, "4.1.1.9")),
    ("help", 214, "2.0.0", "Commands: {verbs}", Ref(5321, "4.1.1.8")),
    ("vrfy-ok", 250, "2.1.5", "<{address}>", Ref(5321, "3.5.3")),
    ("vrfy-maybe", 252, "2.0.0", "Cannot verify, but will take mail and try", Ref(5321, "3.5.3")),
    ("vrfy-unknown", 550, "5.1.1", "<{address}> User unknown", Ref(5321, "3.5.3")),
    ("vrfy-syntax", 501, "5.1.3", "Syntax: VRFY address", Ref(5321, "3.5.1")),
    ("expn-off", 500, "5.5.1", "EXPN is not offered here", Ref(5321, "7.3")),
    ("auth-not-offered", 503, "5.5.1", "AUTH is not offered here", Ref(4954, "3")),
    ("need-bdat", 503, "5.5.1", "BODY=BINARYMIME needs BDAT, not DATA", Ref(3030, "3")),
    ("command-off", 503, "5.5.1", "{verb} is not offered here", Ref(5321, "4.2.4")),
)

RULES: dict[str, ReplyRule] = {row[0]: ReplyRule(*row) for row in ROWS}
