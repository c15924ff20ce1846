"""Topics: what the keys of the catalogues are about. Each topic has a paragraph, a picture, and a line to try.

A key (`reply.rcpt-ok`, `fault.colon-missing`, `spf.reason-no-record`) has a sentence of its own. What is to be said at
length is said once for all keys of a topic: it is found by the key or how that begins, else by the section of the
catalogues that it stands in, else by the section of the RFC that rules it. The line to try is the key's own where that
of the topic does not fit it (`smtpsim/views/tries.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

from smtpsim.kernel.ref import Ref
from smtpsim.views.picking_up import PICKING_UP
from smtpsim.views.tries import TRIES

TOPICS: Mapping[str, str] = {
    "envelope": "MAIL FROM:<webmaster@example.com>",
    "session": "NOOP",
    "hang-up": ":connect smtp.example.com",
    "hello": "HELO cgi.example.com",
    "reverse-path": "MAIL FROM:<>",
    "forward-path": "RCPT TO:<test@hogefuga.com>",
    "path": "RCPT TO:<test@hogefuga.com>",
    "letter": "DATA",
    "header": "Subject: hello",
    "bcc": "RCPT TO:<bob@hogefuga.com>",
    "line-end": ".",
    "reply": ":explain 550",
    "order": "RSET",
    "command": "HELP",
    "address": "RCPT TO:<postmaster>",
    "local-part": "MAIL FROM:<web.master@example.com>",
    "domain": "MAIL FROM:<webmaster@[192.0.2.10]>",
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
    "spf-record": ":dns example.com TXT",
    "spf-limits": ":dns many.spf.example TXT",
    "dkim": ":hosts mx.bigmail.example",
    "dkim-key": ":policy dkim",
    "dmarc": "From: <webmaster@example.com>",
    "dmarc-record": ":dns _dmarc.hogefuga.com TXT",
    "dmarc-report": ":dmarc example.org",
    "arc": ":policy arc",
    "look-alike": "From: <order@arnazon.co.jp>",
    "blocklist": ":rbl 203.0.113.66",
    "greylisting": ":wait 10m",
    "policy": ":policy",
    "carrier": ":subscriber hanako@docomo.ne.jp",
    "sending-service": ":reputation",
    "suppression": ":suppression",
    "pop3": ":connect pop.hogefuga.com:110",
    "pop3-login": "USER test@hogefuga.com",
    "pop3-mails": "RETR 1",
    "imap": ":connect imap.hogefuga.com:143",
    "imap-line": "a1 NOOP",
    "imap-login": "a1 LOGIN test@hogefuga.com example",
    "imap-mailbox": "a3 SELECT INBOX",
    "imap-message": "a4 FETCH 1 (FLAGS BODY[HEADER])",
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
    **dict.fromkeys(("reply.too-many-errors", "reply.timed-out", "reply.closed", "reply.busy"), "hang-up"),
    **dict.fromkeys(("reply.turned-away", "reply.only-quit", "reply.rate-closed", "fact.closed"), "hang-up"),
    **dict.fromkeys(("fault.connection-broken", "fault.reply-late"), "hang-up"),
    **dict.fromkeys(("fault.no-brackets", "fault.bracket-unclosed", "fault.bracket-unopened"), "path"),
    **dict.fromkeys(("fault.route-obsolete", "fault.route-loose", "fault.address-unbracketed"), "path"),
    **dict.fromkeys(("fault.path-too-long", "fault.after-path", "fault.surrounding-space"), "path"),
    **dict.fromkeys(("fault.comment", "fault.display-name", "reply.display-name"), "path"),
    **dict.fromkeys(("fault.local-syntax", "fault.local-empty", "fault.local-dots"), "local-part"),
    **dict.fromkeys(("fault.local-too-long", "fault.quote-unclosed", "fault.colon-in-local"), "local-part"),
    **dict.fromkeys(("fault.domain-missing", "fault.domain-syntax", "fault.domain-too-long"), "domain"),
    **dict.fromkeys(("fault.label-too-long", "fault.literal-syntax", "fault.underscore"), "domain"),
    **dict.fromkeys(("fault.trailing-dot", "fault.helo-not-a-domain"), "domain"),
    **dict.fromkeys(("reply.header-too-big", "reply.too-many-parts"), "header"),
    "fault.control-octet": "command",
    "fault.parameter-syntax": "parameter",
    "fault.lone-dot-bare-lf": "line-end",
    "reply.batv-refused": "backscatter",
    "reply.in-transaction": "order",
    "reply.sender-not-allowed": "policy",
    **dict.fromkeys(("spf.reason-syntax", "spf.reason-multiple-records", "spf.reason-no-record"), "spf-record"),
    **dict.fromkeys(("spf.reason-malformed-domain", "spf.result-permerror", "reply.spf-permerror"), "spf-record"),
    **dict.fromkeys(("spf.reason-dns-failure", "spf.reason-dns-timeout", "spf.result-temperror"), "spf-limits"),
    **dict.fromkeys(("spf.reason-include-without-record", "spf.reason-redirect-without-record"), "spf-limits"),
    **dict.fromkeys(("spf.reason-ptr-lookup-failed", "reply.spf-temperror", "reply.bulk-spf-for-now"), "spf-limits"),
    **dict.fromkeys(("dmarc.reason-no-record", "dmarc.reason-no-policy", "dmarc.testing"), "dmarc-record"),
    **dict.fromkeys(("dkim.reason-no-key", "arc.reason-no-key"), "dkim-key"),
    **dict.fromkeys(("dkim.reason-dns-failure", "arc.reason-dns-failure"), "dkim-key"),
    "pop3.reply-connected-apop": "pop3-login",
    "pop3.reply-bye-removed": "pop3-mails",
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

_BY_BEGINNING: Mapping[str, str] = {
    **dict.fromkeys(("spf.explanation-", "spf.fault-"), "spf-record"),
    "spf.reason-too-many-": "spf-limits",
    **dict.fromkeys(("dkim.reason-key-", "arc.reason-key-"), "dkim-key"),
    **dict.fromkeys(("dmarc.policy-", "dmarc.tag-", "dmarc.walk", "dmarc.whose-"), "dmarc-record"),
    "dmarc.report": "dmarc-report",
    **PICKING_UP,
}
"""By how a key begins; the longest that fits counts."""

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
    return _BY_KEY.get(key) or _begins(key) or _BY_SECTION.get(section) or (_ruled(ref) if ref else "") or _LAST


def line_to_try(key: str, topic: str) -> str:
    """What somebody can type who has read about a key of that topic."""
    return TRIES.get(key) or TOPICS[topic]


def _begins(key: str) -> str:
    fitting = (begin for begin in _BY_BEGINNING if key.startswith(begin))
    longest = max(fitting, key=len, default="")
    return _BY_BEGINNING.get(longest, "")


def _ruled(ref: Ref) -> str:
    """The topic of a rule, "" where there is none for it."""
    fitting = (
        (len(section), topic)
        for rfc, section, topic in _BY_RULE
        if rfc == ref.rfc and f"{ref.section}.".startswith(f"{section}." if section else "")
    )
    return max(fitting, default=(0, ""))[1]
