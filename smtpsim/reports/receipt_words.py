"""What a read receipt says to people, in the language of the world that it is sent in."""

from __future__ import annotations

from smtpsim.reports.mdn import Notice

ENGLISH = Notice(
    subject="Read:",
    text="The mail that you sent to {reader} on {sent} was displayed on {now}.\n"
    "This does not mean that it was read or understood.",
)

JAPANESE = Notice(
    subject="開封通知:",
    text="{sent} に {reader} 宛てで送られたメールは、{now} に表示されました。\n"
    "読まれたこと、理解されたことを示すものではありません。",
)

WORDS = {"en": ENGLISH, "ja": JAPANESE}
"""By the tag of the language. The texts name the {reader}'s address, the date when the mail was {sent}, and {now}."""
