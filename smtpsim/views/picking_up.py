"""What is behind the words of POP3 and IMAP: the topic of a key, by how the key begins."""

from __future__ import annotations

from collections.abc import Mapping

_BEGINNINGS: Mapping[tuple[str, str], str] = {
    ("pop3", "pop3-login"): """
        fact-login fact-tls fact-user fault-pop3-base64 fault-pop3-credentials next-auth next-user
        reply-already reply-auth reply-challenge reply-login reply-mechanisms reply-need reply-tls
        reply-user verb-APOP verb-AUTH verb-PASS verb-STLS verb-USER
    """,
    ("pop3", "pop3-mails"): """
        fact-fetched fact-marked fact-removed fact-unmarked fault-pop3-lines fault-pop3-message
        fault-pop3-no-such fault-pop3-number next-transaction reply-bad-number reply-list reply-marked
        reply-message reply-no-such reply-reset reply-stat reply-top reply-uidl verb-DELE verb-LIST
        verb-RETR verb-RSET verb-STAT verb-TOP verb-UIDL
    """,
    ("imap", "imap-line"): """
        fault- next-literal next-rest reply-bad- reply-line- reply-literal reply-unknown-
    """,
    ("imap", "imap-login"): """
        fact-login fact-tls fault-imap-base64 fault-imap-credentials next-auth next-not reply-already-in
        reply-auth reply-login reply-need-login reply-tls verb-AUTHENTICATE verb-LOGIN verb-STARTTLS
    """,
    ("imap", "imap-mailbox"): """
        fact-left fact-mailbox fact-selected fact-subscribed fault-imap-status next-authenticated
        reply-already-exists reply-append reply-bad-name reply-close reply-create reply-delete reply-examine
        reply-fixed reply-has reply-in-use reply-list reply-lsub reply-namespace reply-need-select
        reply-no-such-mailbox reply-over reply-rename reply-select reply-status reply-subscribe reply-try
        reply-unsubscribe verb-APPEND verb-CLOSE verb-CREATE verb-DELETE verb-EXAMINE verb-LIST verb-LSUB
        verb-NAMESPACE verb-RENAME verb-SELECT verb-STATUS verb-SUBSCRIBE verb-UNSUBSCRIBE
    """,
    ("imap", "imap-message"): """
        fact-added fact-fetched fact-flags fact-removed fault-imap-charset fault-imap-date fault-imap-fetch
        fault-imap-field fault-imap-flag fault-imap-no-such fault-imap-number fault-imap-partial
        fault-imap-search fault-imap-section fault-imap-sequence fault-imap-store fault-imap-uid
        next-selected reply-bad-charset reply-check reply-copy reply-expunge reply-fetch
        reply-no-such-message reply-read-only reply-search reply-store verb-CHECK verb-COPY verb-EXPUNGE
        verb-FETCH verb-SEARCH verb-STORE verb-UID
    """,
}
"""By protocol and topic, how the keys of the protocol begin."""

PICKING_UP: Mapping[str, str] = {
    f"{protocol}.{begin}": topic for (protocol, topic), begins in _BEGINNINGS.items() for begin in begins.split()
}
"""The same by the beginning of a key."""
