"""What a delivery status notification says to people, in the language of the world that sends it."""

from __future__ import annotations

from typing import NamedTuple


class ReportWords(NamedTuple):
    """`opening` names the {host} and the {arrived} date; `actions` say what became of a recipient; `expires` is
    added while a letter waits, with the date {until}."""

    subjects: dict[str, str]
    opening: str
    actions: dict[str, str]
    expires: str
    closing: str


ENGLISH = ReportWords(
    subjects={
        "failed": "Undelivered mail: returned to sender",
        "delayed": "Delayed mail: still being tried",
        "delivered": "Mail delivered",
        "relayed": "Mail handed on",
        "expanded": "Mail delivered to a list",
    },
    opening="This is the mail system at {host}. It is about your mail of {arrived}.",
    actions={
        "failed": "It could not be delivered to this recipient, and will not be tried again:",
        "delayed": "It has not been delivered to this recipient yet. There is no need to send it again:",
        "delivered": "It was delivered to this recipient:",
        "relayed": "It was handed on to a server that sends no such reports, for this recipient:",
        "expanded": "It was delivered to this list, which has passed it on to its members:",
    },
    expires="It will be tried until {until}.",
    closing="The part below is for programs; behind it stands what was returned of your mail.",
)

JAPANESE = ReportWords(
    subjects={
        "failed": "配送できませんでした",
        "delayed": "配送が遅れています",
        "delivered": "配送しました",
        "relayed": "次のサーバーに渡しました",
        "expanded": "メーリングリストに配送しました",
    },
    opening="{host} のメールシステムです。{arrived} にお預かりしたメールについてお知らせします。",
    actions={
        "failed": "次の宛先には配送できませんでした。再送はしません。",
        "delayed": "次の宛先にはまだ配送できていません。もう一度送っていただく必要はありません。",
        "delivered": "次の宛先に配送しました。",
        "relayed": "次の宛先のメールを、配送通知に対応していないサーバーに渡しました。",
        "expanded": "次のメーリングリストに届き、メンバーに配送されました。",
    },
    expires="{until} まで再送を続けます。",
    closing="この下はプログラム用の記録で、その後ろにお預かりしたメールの一部または全部があります。",
)

WORDS = {"en": ENGLISH, "ja": JAPANESE}
"""By the tag of the language."""
