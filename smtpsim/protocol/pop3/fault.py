"""What was wrong with a line of POP3, or only odd about it, and by which rule."""

from __future__ import annotations

from smtpsim.kernel.fault import Fault
from smtpsim.kernel.ref import Ref

RULES: dict[str, Ref] = {
    # the line
    "pop3-empty-line": Ref(1939, "3"),
    "pop3-line-too-long": Ref(2449, "4"),
    "pop3-bare-lf": Ref(1939, "3"),
    "pop3-bare-cr": Ref(1939, "3"),
    "pop3-unknown-verb": Ref(1939, "3"),
    "pop3-argument-missing": Ref(1939, "3"),
    "pop3-argument-unexpected": Ref(1939, "3"),
    # logging in
    "pop3-base64-syntax": Ref(5034, "4"),
    "pop3-credentials-syntax": Ref(4616, "2"),
    # message numbers
    "pop3-number-syntax": Ref(1939, "5"),
    "pop3-lines-syntax": Ref(1939, "7"),
    "pop3-no-such-message": Ref(1939, "5"),
    "pop3-message-marked": Ref(1939, "5"),
}
"""Every fault and the section that it offends. The words are in the catalogues, under `pop3.fault-KEY`."""


def fault(key: str, column: int, found: str = "") -> Fault:
    return Fault(key, column, RULES[key], found)
