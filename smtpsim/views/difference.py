"""A recorded reply beside the simulated one, each with the reason that its server may have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.protocol.smtp.recorded import Recorded, reply_of
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.transcript.comparison import SMTP, Compared, status
from smtpsim.transcript.dialogue import Server
from smtpsim.views.dialogue import reply_mark
from smtpsim.views.reply_source import candidates, source_of
from smtpsim.views.row import Mark, Row, Section, cited, titled
from smtpsim.views.safe import safe_row


class Difference(NamedTuple):
    """`head` is one line; the two sides stand beside each other or one below the other."""

    head: str
    recorded: Section
    answered: Section


def difference(name: str, found: Compared, words: Words) -> Difference:
    """What to show of a difference in the file `name`."""
    head = words(
        "cli.check-differs",
        name=name,
        line=found.line,
        client=found.said or words("replay.greeting"),
        recorded=(found.recorded.code or status(found.recorded.lines)) if found.recorded else "-",
        answered=_short(found.answered, found.protocol) if found.answered else "-",
    )
    return Difference(
        head, _side("recorded", _recorded(found, words), words), _side("answered", _answered(found, words), words)
    )


def _short(reply: Reply, protocol: str) -> str:
    """What tells of the reply's success: the code, or the status word of POP3 and IMAP."""
    return str(reply.code) if protocol == SMTP else status(reply.lines)


def _side(key: str, rows: Iterator[Row], words: Words) -> Section:
    return titled(key, words(f"replay.{key}"), tuple(map(safe_row, rows)), "")


def _recorded(found: Compared, words: Words) -> Iterator[Row]:
    if found.recorded is None:
        yield Row("none", "", words("replay.not-recorded"), Mark.NOTE)
        return
    yield from _lines(found.recorded, found.protocol)
    if found.protocol != SMTP:
        return
    reply = reply_of(Recorded(found.recorded.code, found.recorded.lines), None)
    yield from _meaning(reply, words)
    if reply.code >= 400:
        for source in candidates(found.said, reply.code, reply.enhanced):
            text = words(f"reply.{source.rule.key}")
            yield Row(f"source-{source.rule.key}", source.shown(words), text, remark=cited(source.rule.ref))
    if found.answered:
        yield Row("why", "", words(f"replay.{_relation(reply, found.answered)}"), Mark.NOTE)


def _answered(found: Compared, words: Words) -> Iterator[Row]:
    reply = found.answered
    if reply is None:
        yield Row("none", "", words("replay.not-answered"), Mark.NOTE)
        return
    mark = reply_mark(reply.code)
    said = reply.wire().removesuffix("\r\n").split("\r\n")
    yield from (Row(f"said-{number}", "", printable(text), mark) for number, text in enumerate(said))
    if found.protocol != SMTP:
        yield Row("reason", "", words(f"{found.protocol}.reply-{reply.key}"), remark=cited(reply.ref))
        return
    yield from _meaning(reply, words)
    source = source_of(reply.key)
    label = source.shown(words) if source else ""
    yield Row("reason", label, words(f"reply.{reply.key}"), remark=cited(reply.ref))


def _lines(reply: Server, protocol: str) -> Iterator[Row]:
    """The lines as they went over the wire."""
    last = len(reply.lines) - 1
    for number, text in enumerate(reply.lines):
        code = f"{reply.code}{' ' if number == last else '-'}" if protocol == SMTP else ""
        yield Row(f"said-{number}", "", printable(f"{code}{text}"), reply_mark(reply.code))


def _meaning(reply: Reply, words: Words) -> Iterator[Row]:
    """What the codes mean, where that is known."""
    for code, key in ((str(reply.code), "code"), (reply.enhanced, "enhanced")):
        if code and words.has(f"explain.{key}-{code}"):
            yield Row(key, code, words(f"explain.{key}-{code}"))


def _relation(recorded: Reply, answered: Reply) -> str:
    """What the difference comes to, by which of the two refuses."""
    return _RELATIONS[recorded.code >= 400, answered.code >= 400]


_RELATIONS = {
    (True, True): "both-refuse",
    (True, False): "accepted-here",
    (False, True): "refused-here",
    (False, False): "both-accept",
}
