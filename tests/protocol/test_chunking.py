"""BDAT: chunks in one piece and in many, refused ones, and the limit (RFC 3030 2)."""

from __future__ import annotations

import pytest

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.facts import LetterBegun, LetterRefused, LetterTaken
from smtpsim.protocol.smtp.framing import Framer
from smtpsim.protocol.smtp.replies import RULES
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.service import Limits
from smtpsim.protocol.smtp.state import NO_PARTIAL, Phase
from tests.protocol.dialogue import DATA, HELLO, RCPT, Dialogue, arrived, refusing, service
from tests.protocol.marked import pointed, terminal_capture

GREYLISTED = ReplyRule("greylisted", 450, "4.2.0", "Try again later", Ref(6647, "2"))
LETTER = b"Subject: x\r\n\r\n.\r\n..\r\nbody\r\n"


def lines_of(dialogue: Dialogue) -> list[bytes]:
    (taken,) = dialogue.step.facts
    assert isinstance(taken, LetterTaken)
    return taken.content.lines()


def chunks(*pieces: bytes) -> bytes:
    """The pieces as BDAT commands, the last one marked."""
    commands = [b"BDAT %d\r\n" % len(piece) + piece for piece in pieces[:-1]]
    return b"".join([*commands, b"BDAT %d LAST\r\n" % len(pieces[-1]), pieces[-1]])


@pytest.mark.parametrize(
    "pieces",
    [
        (LETTER,),
        (LETTER, b""),
        (LETTER[:5], LETTER[5:]),
        (LETTER[:11], LETTER[11:]),
        (LETTER[:12], b"", LETTER[12:]),
        tuple(LETTER[at : at + 1] for at in range(len(LETTER))),
    ],
    ids=len,
)
@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_a_letter_in_chunks_however_they_arrive(pieces: tuple[bytes, ...], size: int) -> None:
    dialogue, framer, data = arrived(Phase.RCPT), Framer(), chunks(*pieces)
    steps = [step for at in range(0, len(data), size) for step in dialogue.feed(data[at : at + size], framer)]
    assert [step.reply.key for step in steps if step.reply] == ["chunk-ok"] * (len(pieces) - 1) + ["letter-ok"]
    assert [type(fact) for step in steps for fact in step.facts] == [LetterBegun, LetterTaken]
    assert lines_of(dialogue) == LETTER.removesuffix(b"\r\n").split(b"\r\n")
    assert dialogue.state == arrived(Phase.READY).state


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"x", [b"x"]),
        (b"x\r\n", [b"x"]),
        (b"\r\n", [b""]),
        (b"a\nb\rc\0\xff", [b"a\nb\rc\0\xff"]),
        (b"a\r", [b"a\r"]),
        (b".\r\n.\r\n", [b".", b"."]),
    ],
)
def test_what_a_chunk_holds_is_kept_as_it_is(data: bytes, lines: list[bytes]) -> None:
    dialogue = arrived(Phase.RCPT)
    assert dialogue.codes(chunks(data)) == [250]
    assert lines_of(dialogue) == lines


def test_commands_pipelined_behind_the_last_chunk() -> None:
    data = chunks(b"abc", LETTER) + b"MAIL FROM:<a@b>\r\nQUIT\r\n"
    assert arrived(Phase.RCPT).codes(data) == [250, 250, 250, 221]


def test_the_reply_tells_the_octets_of_the_chunk() -> None:
    dialogue = arrived(Phase.RCPT)
    dialogue.feed(b"BDAT 3\r\nabc")
    assert dialogue.step.reply is not None
    assert dialogue.step.reply.lines == ("2.0.0 3 octets received",)


def test_an_empty_chunk_that_is_not_the_last_changes_nothing() -> None:
    for phase in (Phase.RCPT, Phase.CHUNKS):
        dialogue = arrived(phase)
        before = dialogue.state
        assert dialogue.key("BDAT 0") == "chunk-ok"
        assert dialogue.state == before


@pytest.mark.parametrize(
    "marked",
    [
        *("BDAT^", "  BDAT^", "BDAT ^LAST", "BDAT ^x", "BDAT ^-1", "BDAT ^+5", "BDAT 1^.5", "BDAT 0^x5", "BDAT ^²"),
        *("BDAT 5 ^FIRST", "bdat 5 LAST  ^LAST", "BDAT 5^LAST", "BDAT 5 LAST^S", f"BDAT {'9' * 20}^9"),
    ],
)
@pytest.mark.parametrize("phase", [Phase.START, Phase.RCPT, Phase.CHUNKS])
def test_a_count_that_is_none(marked: str, phase: Phase) -> None:
    line, columns = terminal_capture(marked)
    dialogue = arrived(phase)
    before = dialogue.state
    step = dialogue.say(line)
    assert step.reply is not None
    assert (step.reply.key, step.reply.code) == ("bdat-syntax", 501)
    assert pointed(step.faults) == [(columns[0], "bdat-syntax")]
    assert dialogue.state == before._replace(errors=1)


@pytest.mark.parametrize("line", ["BDAT 5 LAST", "bdat 5 last", "BDAT  5 \t LAST", "BDAT\t5\tlast", "BDAT 005 LAST"])
def test_forms_that_are_taken(line: str) -> None:
    assert arrived(Phase.RCPT).codes(line.encode() + b"\r\nabcde") == [250]


@pytest.mark.parametrize(
    ("phase", "key"),
    [
        (Phase.START, "need-hello"),
        (Phase.READY, "need-mail"),
        (Phase.MAIL, "need-rcpt"),
        (Phase.TURNED_AWAY, "only-quit"),
    ],
)
def test_a_refused_chunk_is_swallowed_before_its_refusal(phase: Phase, key: str) -> None:
    dialogue = arrived(phase)
    before = dialogue.state
    steps = dialogue.feed(b"BDAT 16 LAST\r\nQUIT\r\n")
    assert [step.reply for step in steps] == [None, None]
    assert dialogue.state.wants_octets == 10
    (step,) = dialogue.feed(b"NOOP\r\nRSET")
    assert step.reply is not None
    assert step.reply.key == key
    assert dialogue.state == before._replace(errors=1)


def test_a_chunk_behind_quit_is_not_waited_for() -> None:
    dialogue = arrived(Phase.CLOSED)
    assert dialogue.key("BDAT 5") == "closed"
    assert dialogue.state.wants_octets == 0


def test_a_chunk_behind_refused_recipients() -> None:
    dialogue = Dialogue()
    dialogue.say(*HELLO, "MAIL FROM:<a@b>", "RCPT TO:<nobody@example.net>")
    assert dialogue.codes(chunks(LETTER)) == [503]
    assert dialogue.codes(b"RCPT TO:<bob@example.net>\r\n" + chunks(LETTER)) == [250, 250]


def test_the_world_may_refuse_the_letter_at_its_first_chunk() -> None:
    dialogue = Dialogue(judge=refusing("data", GREYLISTED))
    dialogue.say(*RCPT)
    before = dialogue.state
    assert dialogue.codes(chunks(b"abc", b"def")) == [450, 450]
    assert dialogue.state == before


def test_the_world_may_refuse_the_letter_at_its_last_chunk() -> None:
    dialogue = Dialogue(judge=refusing("message", RULES["turned-away"]))
    dialogue.say(*RCPT)
    assert dialogue.codes(chunks(b"abc", b"def")) == [250, 554]
    assert isinstance(dialogue.step.facts[0], LetterRefused)
    assert dialogue.state.phase is Phase.READY


@pytest.mark.parametrize(
    ("pieces", "codes"),
    [
        ((b"x" * 18 + b"\r\n",), [250]),
        ((b"x" * 21,), [552]),
        ((b"x" * 21, b""), [552, 503]),
        ((b"x" * 10, b"x" * 10, b""), [250, 250, 552]),
        ((b"x" * 10, b"x" * 11, b"x"), [250, 552, 503]),
        ((b"\r\n" * 11, b"x", b"x"), [552, 503, 503]),
    ],
)
def test_over_the_limit_the_transaction_is_over(pieces: tuple[bytes, ...], codes: list[int]) -> None:
    dialogue = Dialogue(service("chunking", limits=Limits(size=20)))
    dialogue.say(*RCPT)
    assert dialogue.codes(chunks(*pieces)) == codes
    assert dialogue.state.phase is Phase.READY


def test_over_the_limit_nothing_more_is_kept() -> None:
    dialogue = Dialogue(service("chunking", limits=Limits(size=20)))
    dialogue.say(*RCPT)
    for data in (b"BDAT 1000000 LAST\r\n", *[b"x" * 1000] * 999):
        assert dialogue.codes(data) == []
    assert sum(map(len, dialogue.state.content.lines())) + dialogue.state.partial.octets <= 1000


@pytest.mark.parametrize(
    ("line", "phase"),
    [
        ("RSET", Phase.READY),
        ("EHLO other.example.com", Phase.READY),
        ("NOOP", Phase.CHUNKS),
        ("QUIT", Phase.CLOSED),
    ],
)
def test_between_chunks(line: str, phase: Phase) -> None:
    dialogue = arrived(Phase.CHUNKS)
    assert dialogue.reply(line).accepts
    assert dialogue.state.phase is phase


def test_no_data_between_chunks_and_no_chunk_behind_data() -> None:
    assert arrived(Phase.CHUNKS).key("DATA") == "in-chunks"
    dialogue = Dialogue()
    dialogue.say(*DATA)
    assert dialogue.say("BDAT 5 LAST").reply is None
    assert dialogue.state.content.lines() == [b"BDAT 5 LAST"]


def test_a_chunk_without_line_ends_is_joined_once() -> None:
    """Each piece is kept as it came: what a stranger sends octet by octet costs no more than in one piece."""
    dialogue = Dialogue(service("chunking"))
    dialogue.say(*RCPT)
    pieces = [b"x" * 10, *[b"y\r"] * 100, b"\n", b"z"]
    dialogue.say(f"BDAT {sum(map(len, pieces))} LAST")
    for piece in pieces[:-2]:
        dialogue.feed(piece)
        assert next(iter(dialogue.state.partial.pieces)) == piece
    dialogue.feed(pieces[-2])
    assert dialogue.state.partial.octets == 0
    dialogue.feed(pieces[-1])
    assert lines_of(dialogue) == [b"x" * 10 + b"y\r" * 99 + b"y", b"z"]


def test_pieces_are_told_by_their_octets() -> None:
    one, other = NO_PARTIAL.add(b"a").add(b"").add(b"b"), NO_PARTIAL.add(b"ab")
    assert (one, hash(one)) == (other, hash(other))
    assert one != NO_PARTIAL.add(b"ba")
    assert one != b"ab"


def test_after_helo_a_chunk_is_taken_and_remarked_upon() -> None:
    """RFC 5321 3.2: only EHLO opens extensions."""
    dialogue = Dialogue()
    dialogue.say("HELO a.example", "MAIL FROM:<ann@example.com>", "RCPT TO:<bob@example.net>", "BDAT 3 LAST")
    assert [fault.key for fault in dialogue.step.faults] == ["extension-without-ehlo"]
