"""What was wrong with a command of IMAP, or only odd about it, and by which rule."""

from __future__ import annotations

from smtpsim.kernel.fault import Fault
from smtpsim.kernel.ref import Ref

RULES: dict[str, Ref] = {
    # the line
    "imap-empty-line": Ref(3501, "2.2.1"),
    "imap-line-too-long": Ref(3501, "2.2.1"),
    "imap-bare-lf": Ref(3501, "2.2"),
    "imap-bare-cr": Ref(3501, "2.2"),
    "imap-tag-syntax": Ref(3501, "2.2.1"),
    "imap-tag-missing": Ref(3501, "2.2.1"),
    "imap-verb-missing": Ref(3501, "2.2.1"),
    "imap-unknown-verb": Ref(3501, "7.1.3"),
    # arguments
    "imap-argument-missing": Ref(3501, "9"),
    "imap-argument-unexpected": Ref(3501, "9"),
    "imap-space-missing": Ref(3501, "9"),
    "imap-extra-space": Ref(3501, "9"),
    "imap-string-syntax": Ref(3501, "4.3"),
    "imap-quote-unclosed": Ref(3501, "4.3"),
    "imap-eight-bit": Ref(3501, "4.3"),
    "imap-literal-too-big": Ref(3501, "4.3"),
    "imap-literal-missing": Ref(3501, "6.3.11"),
    "imap-literal-plus": Ref(7888, "3"),
    "imap-list-unopened": Ref(3501, "4.4"),
    "imap-list-unclosed": Ref(3501, "4.4"),
    "imap-base64-syntax": Ref(4648, "4"),
    "imap-credentials-syntax": Ref(4616, "2"),
    "imap-done-missing": Ref(2177, "3"),
    # which mails
    "imap-sequence-syntax": Ref(3501, "9"),
    "imap-number-range": Ref(3501, "9"),
    "imap-no-such-message": Ref(3501, "9"),
    "imap-uid-verb": Ref(3501, "6.4.8"),
    # FETCH, STORE, STATUS
    "imap-fetch-item": Ref(3501, "6.4.5"),
    "imap-section-syntax": Ref(3501, "6.4.5"),
    "imap-field-name": Ref(5322, "3.6.8"),
    "imap-partial-syntax": Ref(3501, "6.4.5"),
    "imap-store-item": Ref(3501, "6.4.6"),
    "imap-flag-syntax": Ref(3501, "2.3.2"),
    "imap-flag-unknown": Ref(3501, "2.3.2"),
    "imap-flag-recent": Ref(3501, "2.3.2"),
    "imap-status-item": Ref(3501, "6.3.10"),
    # SEARCH
    "imap-search-key": Ref(3501, "6.4.4"),
    "imap-date-syntax": Ref(3501, "9"),
    "imap-charset": Ref(3501, "6.4.4"),
    # limits
    "imap-too-deep": Ref(5530, "3"),
    "imap-too-many": Ref(5530, "3"),
}
"""Every fault and the section that it offends. The words are in the catalogues, under `imap.fault-KEY`."""


def fault(key: str, column: int, found: str = "") -> Fault:
    return Fault(key, column, RULES[key], found)
