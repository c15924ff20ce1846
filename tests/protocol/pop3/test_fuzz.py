"""Whatever is sent: a well-formed reply, never an exception, and the same however it is split."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.printable import decoded
from smtpsim.protocol.maildrop import Mail, Maildrop
from smtpsim.protocol.pop3 import fault
from smtpsim.protocol.pop3.service import Service
from smtpsim.protocol.pop3.state import Phase
from smtpsim.protocol.pop3.table import VERBS
from smtpsim.protocol.smtp.framing import Line
from tests.protocol.pop3.dialogue import LOGIN, Dialogue

PATIENT = Service("pop.example.net", errors=10**9)

# status indicator, and a text in which nothing steers a terminal; then perhaps lines up to the dot
_SHOWN = "[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]*"
_WIRE = re.compile(rf"(?:\+OK|-ERR) {_SHOWN}\r\n(?:(?:(?:[^.\r\n]|\.\.)[^\r\n]*)?\r\n)*(?:\.\r\n)?")
_SINGLE = re.compile(rf"(?:\+OK|-ERR) {_SHOWN}\r\n")

arguments = st.sampled_from(["", " ", " 1", " 2", " 9", " 1 1", " ann", " tea", " 1 0 x"]) | st.text(max_size=20)
commands = st.builds(lambda verb, rest: (verb + rest).encode("utf-8", "replace"), st.sampled_from(VERBS), arguments)
lines = (commands | st.binary(max_size=60)).map(lambda line: line.replace(b"\n", b""))
sessions = st.lists(lines, max_size=12)
letters = st.lists(st.text(st.sampled_from(". ab:"), max_size=6), max_size=6).map("\r\n".join).map(str.encode)
drops = st.lists(letters, max_size=4).map(
    lambda found: Maildrop(mails=tuple(Mail(uid, octets) for uid, octets in enumerate(found, 1)))
)


@given(drops, sessions, st.booleans(), st.sampled_from([b"\r\n", b"\n"]))
def test_any_line_is_answered(drop: Maildrop, session: list[bytes], logged_in: bool, end: bytes) -> None:
    dialogue = Dialogue(drop, PATIENT)
    dialogue.say(*(LOGIN if logged_in else ()))
    for text in session:
        before = dialogue.state
        step = dialogue.take(Line(text, end))
        wire = decoded(step.reply.wire())
        assert _WIRE.fullmatch(wire), wire
        assert step.reply.accepts or _SINGLE.fullmatch(wire), wire
        assert step.reply.accepts or step.state.marked == before.marked
        assert before.phase is not Phase.CLOSED or step.state.phase is Phase.CLOSED
        for found in step.faults:
            assert 0 <= found.column <= len(decoded(text)) + 1, found
            assert found.ref == fault.RULES[found.key]


@given(drops, sessions, st.lists(st.integers(1, 9), max_size=40))
def test_any_split_of_the_octets_gives_the_same(drop: Maildrop, session: list[bytes], cuts: list[int]) -> None:
    sent = b"".join(line + b"\r\n" for line in (b"USER ann", b"PASS tea", *session))
    whole, pieces = Dialogue(drop, PATIENT), Dialogue(drop, PATIENT)
    expected, got, at = whole.octets(sent), b"", 0
    for cut in cuts:
        got += pieces.octets(sent[at : at + cut])
        at += cut
    assert got + pieces.octets(sent[at:]) == expected
    assert (pieces.state, pieces.drop) == (whole.state, whole.drop)


def unstuffed(wire: bytes) -> bytes:
    """What a client makes of a multi-line reply (RFC 1939 3)."""
    content = wire.split(b"\r\n", 1)[1].removesuffix(b".\r\n")
    return b"".join(line[line.startswith(b".") :] for line in content.splitlines(keepends=True))


@given(st.binary(max_size=80).map(lambda text: re.sub(rb"[\r\n]", b"", text)), letters)
def test_every_octet_of_a_mail_survives(line: bytes, more: bytes) -> None:
    octets = b"Subject: " + line + b"\r\n\r\n" + more + b"\r\n"
    dialogue = Dialogue(Maildrop(mails=(Mail(1, octets),)))
    assert unstuffed(dialogue.reply(*LOGIN, "RETR 1").wire()) == octets
