"""What a reader's program does about requests for read receipts, until its owner chooses otherwise: nothing."""

from __future__ import annotations

from enum import StrEnum


class Setting(StrEnum):
    """What the owner of a mailbox wants done with requests for receipts."""

    OFF = "off"
    ASK = "ask"
    ON = "on"
