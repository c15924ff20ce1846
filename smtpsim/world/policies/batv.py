"""batv: a bounce is taken only for an address with the tag that mail sent from here bears; what this host's own people
send is tagged on its way out (`smtpsim.world.batv`).

It keeps backscatter away, the bounces of mail that others have sent under one's address. What else comes with the null
sender to an address without a tag, such as a read receipt, is refused with it.
"""

from __future__ import annotations

from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskRecipient, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.batv import Tag, tag_of
from smtpsim.world.directory import is_local
from smtpsim.world.model import Case, Policy, Shown
from smtpsim.world.srs import original_sender

REFUSED = ReplyRule("batv-refused", 550, "5.7.1", "<{address}> No bounce of mail sent from here", Ref(5321, "4.5.5"))


def _judge(case: Case, question: AskRecipient) -> Verdict | None:
    path, envelope = question.path, case.state.envelope
    if envelope is None or not envelope.sender.null or not is_local(case.host, path):
        return None
    if path.mailbox == "postmaster" or original_sender(case.world, case.host, path):
        return None
    tag = tag_of(case.world, case.host, path)
    finding = Finding("batv", "mailfrom", str(path), path.host, tag, "", "", Ref(5321, "4.5.5"))
    refused = tag is not Tag.GOOD and case.settings["untagged"] == "reject"
    return Verdict(REFUSED if refused else None, {"address": str(path)} if refused else {}, findings=(finding,))


POLICY = Policy(
    "batv",
    {"rcpt": _judge},
    (REFUSED,),
    settings={"secret": "a secret of this host", "untagged": "reject"},
    choices={"untagged": ("reject", "mark")},
    shows={
        "batv": Shown("lists", {"good": "good", "missing": "bad", "wrong": "bad", "expired": "bad"}, "lists.batv"),
    },
)
