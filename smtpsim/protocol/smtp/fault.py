"""What was wrong with a line, or only odd about it: where, and by which rule."""

from __future__ import annotations

from smtpsim.kernel import mailbox
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.ref import Ref

RULES: dict[str, Ref] = {
    # commands
    "empty-line": Ref(5321, "4.1.1"),
    "unknown-verb": Ref(5321, "4.2.4"),
    "line-too-long": Ref(5321, "4.5.3.1.4"),
    "full-width": Ref(5321, "2.4"),
    "control-octet": Ref(5321, "4.1.2"),
    "bare-lf": Ref(5321, "2.3.8"),
    "bare-cr": Ref(5321, "2.3.8"),
    "argument-missing": Ref(5321, "4.1.1"),
    "argument-unexpected": Ref(5321, "4.1.1"),
    "extension-without-ehlo": Ref(5321, "3.2"),
    # the connection
    "reply-late": Ref(5321, "4.5.3.2"),
    "connection-broken": Ref(5321, "4.1.1.10"),
    # HELO and EHLO
    "helo-missing": Ref(5321, "4.1.1.1"),
    "helo-not-a-domain": Ref(5321, "4.1.1.1"),
    "helo-extra-words": Ref(5321, "4.1.1.1"),
    # MAIL and RCPT
    "keyword-missing": Ref(5321, "3.3"),
    "colon-missing": Ref(5321, "3.3"),
    "space-before-colon": Ref(5321, "3.3"),
    "space-after-colon": Ref(5321, "3.3"),
    "sender-missing": Ref(5321, "4.1.1.2"),
    "recipient-missing": Ref(5321, "4.1.1.3"),
    "several-senders": Ref(5321, "4.1.1.2"),
    "several-recipients": Ref(5321, "4.1.1.3"),
    "no-brackets": Ref(5321, "4.1.2"),
    "bracket-unclosed": Ref(5321, "4.1.2"),
    "bracket-unopened": Ref(5321, "4.1.2"),
    "null-forward-path": Ref(5321, "4.1.1.3"),
    "route-loose": Ref(5321, "4.1.2"),
    "route-obsolete": Ref(5321, "C"),
    **mailbox.RULES,
    "path-too-long": Ref(5321, "4.5.3.1.3"),
    "after-path": Ref(5321, "4.1.2"),
    "surrounding-space": Ref(5321, "4.1.2"),
    "comment": Ref(5321, "4.1.2"),
    "display-name": Ref(5321, "4.1.2"),
    # parameters
    "parameter-unknown": Ref(5321, "4.1.1.11"),
    "parameter-syntax": Ref(5321, "4.1.2"),
    "parameter-twice": Ref(5321, "4.1.1.11"),
    "parameter-without-ehlo": Ref(5321, "4.1.1.11"),
    "size-value": Ref(1870, "3"),
    "size-over-limit": Ref(1870, "6.1"),
    "body-value": Ref(6152, "2"),
    "smtputf8-value": Ref(6531, "3.1"),
    "ret-value": Ref(3461, "4.3"),
    "envid-value": Ref(3461, "4.4"),
    "notify-value": Ref(3461, "4.1"),
    "orcpt-value": Ref(3461, "4.2"),
    "auth-value": Ref(4954, "5"),
    "before-handshake": Ref(3207, "4.2"),
    "bdat-syntax": Ref(3030, "2"),
    "auth-syntax": Ref(4954, "4"),
    "auth-too-long": Ref(4954, "4"),
    "base64-syntax": Ref(4954, "4"),
    "credentials-syntax": Ref(4616, "2"),
    # content
    "lone-dot-bare-lf": Ref(5321, "4.1.1.4"),
    "content-line-too-long": Ref(5321, "4.5.3.1.6"),
    "nul-in-content": Ref(5321, "4.5.2"),
    "eight-bit-not-announced": Ref(6152, "3"),
    "dot-unstuffed": Ref(5321, "4.5.2"),
}
"""Every fault and the section that it offends. The words are in the catalogues, under `fault.KEY`."""


def fault(key: str, column: int, found: str = "") -> Fault:
    return Fault(key, column, RULES[key], found)
