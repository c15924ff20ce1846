"""Topics: what the keys of the catalogues are about. Each topic has a paragraph, a picture, and a line to try.

A key (`reply.rcpt-ok`, `fault.colon-missing`, `spf.reason-no-record`) has a sentence of its own. What is to be said at
length is said once for all keys of a topic: it is found by the key, else by the section of the RFC that rules it, else
by the section of the catalogues that it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping

from smtpsim.kernel.ref import Ref

TOPICS: Mapping[str, str] = {
    "envelope": "MAIL FROM:<webmaster@example.com>",
    "session": "NOOP",
    "hello": "HELO cgi.example.com",
    "reverse-path": "MAIL FROM:<>",
    "forward-path": "RCPT TO:<test@hogefuga.com>",
    "letter": "DATA",
    "header": "Subject: hello",
    "bcc": "RCPT TO:<bob@hogefuga.com>",
    "line-end": ".",
    "reply": ":explain 550",
    "order": "RSET",
    "command": "HELP",
    "address": "RCPT TO:<postmaster>",
    "parameter": "EHLO cgi.example.com",
    "size": "MAIL FROM:<webmaster@example.com> SIZE=1000",
    "chunking": "BDAT 0 LAST",
    "smtputf8": "MAIL FROM:<webmaster@example.com> SMTPUTF8",
    "dsn": "RCPT TO:<test@hogefuga.com> NOTIFY=SUCCESS",
    "tls": "STARTTLS",
    "login": "AUTH PLAIN",
    "relay": ":hop 1",
    "mx": ":dns hogefuga.com MX",
    "mailbox": ":inbox test@hogefuga.com",
    "verify": "VRFY postmaster",
    "delivery": ":inbox",
    "return-path": ":inbox test@hogefuga.com 1 source",
    "queue": ":queue",
    "bounce": ":bounce test@hogefuga.com 1",
    "backscatter": "MAIL FROM:<alice@hogefuga.com>",
    "read-receipt": ":receipts ask",
    "spf": ":spf",
    "dkim": ":hosts mx.bigmail.example",
    "dmarc": ":dmarc example.org",
    "arc": ":policy arc",
    "look-alike": "From: <order@arnazon.co.jp>",
    "blocklist": ":rbl 203.0.113.66",
    "greylisting": ":wait 10m",
    "policy": ":policy",
    "carrier": ":subscriber hanako@docomo.ne.jp",
    "sending-service": ":reputation",
    "suppression": ":suppression",
    "pop3": ":connect pop.hogefuga.com:110",
    "imap": ":connect imap.hogefuga.com:143",
}
"""By the name of a topic, a line to try, in the order of the pocket reference."""

_BY_KEY: Mapping[str, str] = {
    **dict.fromkeys(("reply.user-unknown", "reply.user-abandoned", "reply.au-unknown"), "mailbox"),
    **dict.fromkeys(("reply.docomo-unknown", "reply.softbank-unknown"), "mailbox"),
    **dict.fromkeys(("reply.au-filtered", "reply.docomo-filtered", "reply.softbank-filtered"), "carrier"),
    **dict.fromkeys(("reply.au-temperror", "reply.docomo-temperror", "reply.softbank-temperror"), "carrier"),
    **dict.fromkeys(("reply.three-identities-fail", "reply.three-identities-temperror"), "carrier"),
    **dict.fromkeys(("reply.own-list-refused", "reply.own-list-deferred"), "blocklist"),
    **dict.fromkeys(("reply.sending-auth-required", "reply.sending-locked", "reply.sending-paused"), "sending-service"),
    **dict.fromkeys(("reply.sending-suspended", "reply.sender-unverified"), "sending-service"),
    **dict.fromkeys(("fact.sender", "fact.sender-refused"), "reverse-path"),
    **dict.fromkeys(("fact.recipient", "fact.recipient-refused"), "forward-path"),
    **dict.fromkeys(("fact.letter-begun", "fact.letter-taken", "fact.letter-refused"), "letter"),
    **dict.fromkeys(("fact.login", "fact.login-refused"), "login"),
    **dict.fromkeys(("fate.queued", "fate.deferred", "after.waits"), "queue"),
    **dict.fromkeys(("fate.bounced", "fate.discarded", "after.bounced", "after.discarded"), "bounce"),
    **dict.fromkeys(("fate.suppressed", "after.suppressed", "after.suppressed-told"), "suppression"),
    "fate.rejected": "reply",
    "fate.relayed": "relay",
    "fact.hello": "hello",
    "fact.tls": "tls",
    "fact.transaction-dropped": "order",
    "handling.trap": "blocklist",
    "handling.dmarc-quarantine": "dmarc",
}

_BY_RULE: tuple[tuple[int, str, str], ...] = (
    (1035, "", "address"),
    (1870, "", "size"),
    (2505, "", "relay"),
    (3030, "", "chunking"),
    (3207, "", "tls"),
    (3461, "", "dsn"),
    (4616, "", "login"),
    (4954, "", "login"),
    (5321, "2.3.5", "address"),
    (5321, "2.3.8", "line-end"),
    (5321, "3.3", "command"),
    (5321, "3.5", "verify"),
    (5321, "4.1.1.1", "hello"),
    (5321, "4.1.1.2", "reverse-path"),
    (5321, "4.1.1.3", "forward-path"),
    (5321, "4.1.1.4", "letter"),
    (5321, "4.1.1.5", "order"),
    (5321, "4.1.1.8", "command"),
    (5321, "4.1.1.9", "session"),
    (5321, "4.1.1.10", "session"),
    (5321, "4.1.1.11", "parameter"),
    (5321, "4.1.1", "command"),
    (5321, "4.1.2", "address"),
    (5321, "4.1.3", "address"),
    (5321, "4.1.4", "order"),
    (5321, "4.2.1", "reply"),
    (5321, "4.2.3", "mailbox"),
    (5321, "4.2.4", "command"),
    (5321, "4.5.2", "line-end"),
    (5321, "4.5.3.1.10", "forward-path"),
    (5321, "4.5.3.1.4", "command"),
    (5321, "4.5.3.1.6", "line-end"),
    (5321, "4.5.3.1", "address"),
    (5321, "7.3", "verify"),
    (5321, "7.9", "policy"),
    (5321, "C", "address"),
    (5321, "2.4", "command"),
    (5321, "3.2", "parameter"),
    (5321, "", "session"),
    (5782, "", "blocklist"),
    (6152, "", "parameter"),
    (6409, "", "login"),
    (6531, "", "smtputf8"),
    (6647, "", "greylisting"),
    (7208, "", "spf"),
    (7372, "3.3", "dmarc"),
    (7372, "", "spf"),
    (7505, "", "mx"),
    (9989, "", "dmarc"),
)
"""RFC, section and topic: a section rules those below it, and the longest that fits counts."""

_BY_SECTION: Mapping[str, str] = {
    "after": "delivery",
    "arc": "arc",
    "dkim": "dkim",
    "dmarc": "dmarc",
    "explain": "reply",
    "fact": "session",
    "fate": "delivery",
    "handling": "carrier",
    "imap": "imap",
    "pop3": "pop3",
    "spf": "spf",
}
"""Where neither key nor rule tell, by the section of the catalogues."""

_BY_TERM: Mapping[str, str] = {
    "alignment": "dmarc",
    "body": "letter",
    "dot-stuffing": "line-end",
    "enhanced-status-code": "reply",
    "feedback-loop": "sending-service",
    "lookalike": "look-alike",
    "mdn": "read-receipt",
    "message": "letter",
    "mta": "relay",
    "mua": "session",
    "null-sender": "bounce",
    "open-relay": "relay",
    "postmaster": "address",
    "ptr": "hello",
    "received": "return-path",
    "spam-trap": "blocklist",
    "spoofing": "header",
    "srs": "spf",
    "submission": "login",
    "suppression-list": "suppression",
}
"""The words of the glossary that are not the name of their topic."""

_LAST = "policy"


def topic_of(key: str, ref: Ref | None = None) -> str:
    """What a key is about. A made-up verb or policy is a matter of its host's rules."""
    section, _, name = key.partition(".")
    if section == "glossary":
        return _BY_TERM.get(name, name)
    return _BY_KEY.get(key) or _BY_SECTION.get(section) or (_ruled(ref) if ref else "") or _LAST


def _ruled(ref: Ref) -> str:
    """The topic of a rule, "" where there is none for it."""
    fitting = (
        (len(section), topic)
        for rfc, section, topic in _BY_RULE
        if rfc == ref.rfc and f"{ref.section}.".startswith(f"{section}." if section else "")
    )
    return max(fitting, default=(0, ""))[1]
