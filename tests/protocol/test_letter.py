"""The letter: dots, line ends, limits, and all that looks like its end but is not (RFC 5321 4.1.1.4, 4.5.2)."""

from __future__ import annotations

import pytest

from smtpsim.message.headers import MOST_FIELDS
from smtpsim.message.mime import DEEPEST, MOST_PARTS
from smtpsim.protocol.smtp.facts import LetterBegun, LetterRefused, LetterTaken
from smtpsim.protocol.smtp.framing import Line
from smtpsim.protocol.smtp.letter import content_lines
from smtpsim.protocol.smtp.replies import RULES
from smtpsim.protocol.smtp.service import Limits
from smtpsim.protocol.smtp.state import Phase
from tests.protocol.dialogue import DATA, HELLO, RCPT, Dialogue, arrived, refusing, service

CR, LF, CRLF = b"\r", b"\n", b"\r\n"


def begun(*mail_parameters: str) -> Dialogue:
    """A dialogue behind DATA."""
    dialogue = Dialogue()
    mail = " ".join(["MAIL FROM:<ann@example.com>", *mail_parameters])
    assert dialogue.code(*HELLO, mail, "RCPT TO:<bob@example.net>", "DATA") == 354
    return dialogue


def letter(data: bytes) -> list[bytes]:
    """The lines of the letter that these octets make; they must end it."""
    dialogue = begun()
    step = dialogue.feed(data)[-1]
    (taken,) = step.facts
    assert isinstance(taken, LetterTaken)
    assert dialogue.state.phase is Phase.READY
    return taken.content.lines()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (b"", []),
        (b"a\r\nb\r\n", [b"a", b"b"]),
        (b"\r\n\r\n", [b"", b""]),
        (b"..\r\n", [b"."]),
        (b"...\r\n", [b".."]),
        (b"..a\r\n", [b".a"]),
        (b".a\r\n", [b"a"]),
        (b" .\r\n", [b" ."]),
        (b"a.\r\n", [b"a."]),
        (b". \r\n", [b" "]),
        (b"QUIT\r\nRSET\r\n", [b"QUIT", b"RSET"]),
        (b"\xff\x00\xfe\r\n", [b"\xff\x00\xfe"]),
        ("テスト\r\n".encode(), ["テスト".encode()]),
    ],
)
def test_a_leading_dot_is_taken_off(typed: bytes, kept: list[bytes]) -> None:
    assert letter(typed + b".\r\n") == kept


DOTS = [
    behind + b"." + before
    for behind in (CRLF, LF, CR, LF + CR, CR + CR, LF + LF, CRLF + CR)
    for before in (CRLF, LF, CR, LF + CR, CR + CR, LF + LF, b"")
    if not (behind == CRLF and before == CRLF)
]
OTHERS = [b"\r\n.\0\r\n", b"\r\n.\x1a\r\n", b"\r\n\0.\r\n", b"\n.\n.\n", b"\r\n.\r.\r\n", b"\n.\r\n\n.\r\n"]


@pytest.mark.parametrize("data", [*DOTS, *OTHERS], ids=repr)
def test_what_looks_like_the_end_is_content_and_a_fault(data: bytes) -> None:
    dialogue = begun()
    steps = dialogue.feed(b"a" + data + b"b\r\n")
    assert [step.reply for step in steps] == [None] * len(steps)
    assert dialogue.state.phase is Phase.DATA
    assert [fault.key for step in steps for fault in step.faults]
    assert b"b" in dialogue.state.content.lines()[-1]
    assert dialogue.codes(b".\r\nNOOP\r\n") == [250, 250]


@pytest.mark.parametrize("data", [b"\n.\n", b"\n.\r\n", b"\r\n.\n"])
def test_a_lone_dot_between_bare_line_feeds_is_called_by_its_name(data: bytes) -> None:
    faults = [fault for step in begun().feed(b"a" + data) for fault in step.faults]
    assert ("lone-dot-bare-lf", 1) in [(fault.key, fault.column) for fault in faults]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (b"a\r\n.\nb\r\n", [b"a", b".", b"b"]),
        (b"a\n.\r\nb\r\n", [b"a", b".", b"b"]),
        (b"a\n..\r\nb\r\n", [b"a", b"..", b"b"]),
        (b"a\r\n..\nb\r\n", [b"a", b".", b"b"]),
        (b"a\r\n.\r\r\nb\r\n", [b"a", b"\r", b"b"]),
    ],
)
def test_a_dot_is_special_only_behind_crlf(typed: bytes, kept: list[bytes]) -> None:
    assert letter(typed + b".\r\n") == kept


def test_a_smuggled_second_mail_stays_in_the_first() -> None:
    inner = b"\n.\r\nMAIL FROM:<eve@example.com>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\nsmuggled\r\n.\r\n"
    dialogue = begun()
    steps = dialogue.feed(b"hello" + inner)
    facts = [fact for step in steps for fact in step.facts]
    assert len(facts) == 1
    assert isinstance(facts[0], LetterTaken)
    assert b"MAIL FROM:<eve@example.com>" in facts[0].content.lines()


def test_the_piece_behind_a_cut_begins_no_line() -> None:
    dialogue = begun()
    assert dialogue.codes(b"x" * 65_536 + b".\r\n") == []
    assert dialogue.state.content.lines() == [b"x" * 65_536, b"."]
    assert dialogue.codes(b".\r\n") == [250]


def test_a_line_that_was_cut_at_its_end_leaves_no_empty_line() -> None:
    dialogue = begun()
    dialogue.feed(b"x" * 65_536 + b"\r\ny\r\n")
    assert dialogue.state.content.lines() == [b"x" * 65_536, b"y"]


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        (Line(b"plain"), []),
        (Line(b".."), []),
        (Line(b"..x"), []),
        (Line(b".x"), [("dot-unstuffed", 1)]),
        (Line(b"x", LF), [("bare-lf", 2)]),
        (Line("xテ".encode(), LF), [("eight-bit-not-announced", 2), ("bare-lf", 3)]),
        (Line(b"a\rb"), [("bare-cr", 2)]),
        (Line(b".\r"), [("dot-unstuffed", 1), ("bare-cr", 2)]),
        (Line(b"a\0b"), [("nul-in-content", 2)]),
        (Line("aテ\0".encode()), [("nul-in-content", 3), ("eight-bit-not-announced", 2)]),
        (Line(b"\x80\x80\r"), [("bare-cr", 3), ("eight-bit-not-announced", 1)]),
        (Line(b"\xff\xfe\r"), [("bare-cr", 3), ("eight-bit-not-announced", 1)]),
        (Line(b"x" * 998), []),
        (Line(b"x" * 999), [("content-line-too-long", 999)]),
        (Line(b"." * 2 + b"x" * 997), []),
        (Line(b"." * 2 + b"x" * 998), [("content-line-too-long", 1000)]),
        (Line("é".encode() * 499), [("eight-bit-not-announced", 1)]),
        (Line("é".encode() * 500), [("eight-bit-not-announced", 1), ("content-line-too-long", 500)]),
        (Line(b"x" + "é".encode() * 499), [("eight-bit-not-announced", 2), ("content-line-too-long", 500)]),
        (Line(b".", LF), [("lone-dot-bare-lf", 1)]),
    ],
)
def test_faults_of_a_line(line: Line, faults: list[tuple[str, int]]) -> None:
    step = begun().take(line)
    assert [(fault.key, fault.column) for fault in step.faults] == faults
    assert step.reply is None


@pytest.mark.parametrize(
    ("parameter", "odd"),
    [("BODY=7BIT", True), ("BODY=8BITMIME", False), ("body=8bitmime", False), ("SMTPUTF8", False)],
)
def test_eight_bits_may_be_announced(parameter: str, odd: bool) -> None:
    assert bool(begun(parameter).say("é").faults) == odd


def test_data_begins_and_ends_the_letter() -> None:
    dialogue = Dialogue()
    dialogue.say(*DATA)
    assert dialogue.step.facts == (LetterBegun(),)
    envelope = dialogue.state.envelope
    (taken,) = dialogue.say("Subject: x", "", "y", ".").facts
    assert isinstance(taken, LetterTaken)
    assert (taken.envelope, taken.queue_id) == (envelope, "ID1")
    assert dialogue.state == arrived(Phase.READY).state
    assert dialogue.step.reply is not None
    assert dialogue.step.reply.lines == ("2.0.0 Message accepted as ID1",)


def test_several_letters_in_one_session() -> None:
    dialogue = Dialogue()
    dialogue.say(*HELLO)
    for number in range(3):
        dialogue.say("MAIL FROM:<ann@example.com>", "RCPT TO:<bob@example.net>", "DATA", str(number))
        (taken,) = dialogue.say(".").facts
        assert isinstance(taken, LetterTaken)
        assert taken.content.lines() == [str(number).encode()]


@pytest.mark.parametrize("stage", ["data", "message"])
def test_a_letter_that_the_world_refuses(stage: str) -> None:
    dialogue = Dialogue(judge=refusing(stage, RULES["turned-away"]))
    step = dialogue.say(*DATA) if stage == "data" else dialogue.say(*DATA, "x", ".")
    assert step.reply is not None
    assert step.reply.key == "turned-away"
    refused = [fact for fact in step.facts if isinstance(fact, LetterRefused)]
    assert len(refused) == (stage == "message")
    assert dialogue.state.phase is (Phase.READY if stage == "message" else Phase.RCPT)


@pytest.mark.parametrize(
    ("octets", "code"),
    [(b"x" * 18 + CRLF, 250), (b"x" * 19 + CRLF, 552), (b"\r\n" * 10, 250), (b"\r\n" * 11, 552)],
)
def test_the_limit_at_the_end_of_the_letter(octets: bytes, code: int) -> None:
    dialogue = Dialogue(service("size", limits=Limits(size=20)))
    dialogue.say(*DATA)
    assert dialogue.codes(octets + b".\r\n") == [code]
    assert dialogue.state.phase is Phase.READY
    assert dialogue.state.envelope is None


def test_over_the_limit_nothing_more_is_kept() -> None:
    dialogue = Dialogue(service("size", limits=Limits(size=20)))
    dialogue.say(*DATA)
    dialogue.feed(b"0123456789\r\n" * 1000)
    assert dialogue.state.content.length == 2
    assert dialogue.state.content.octets == 12_000
    assert dialogue.codes(b".\r\n") == [552]


def nested(levels: int) -> bytes:
    """A letter with so many multiparts, each in the one before."""
    head = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    return b"".join(head % (level, level) for level in range(levels)) + b"\r\nx\r\n"


def parts(count: int) -> bytes:
    return b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * count + b"--b--\r\n"


FIELD = b"X: y\r\n"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (FIELD * MOST_FIELDS + b"\r\n" + FIELD * 9, "letter-ok"),
        (FIELD * (MOST_FIELDS + 1) + b"\r\n", "header-too-big"),
        (FIELD * (MOST_FIELDS + 1), "header-too-big"),
        (b"X: y\r\n" + b" x\r\n" * 900 + b"\r\n", "letter-ok"),
        ((b"X: " + b"y" * 993 + b"\r\n") + (b" " + b"y" * 989 + b"\r\n") * 1100 + b"\r\n", "header-too-big"),
        (b"X: y\r\n\r\n" + b"y\r\n" * 400_000, "letter-ok"),
        (nested(DEEPEST), "letter-ok"),
        (nested(DEEPEST + 1), "too-many-parts"),
        (b"X: y\r\n\r\n" + nested(DEEPEST + 1), "letter-ok"),
        (b"Content-Type: message/rfc822\r\n\r\n" * (DEEPEST + 1) + b"x\r\n", "too-many-parts"),
        (parts(MOST_PARTS - 1), "letter-ok"),
        (parts(MOST_PARTS), "too-many-parts"),
    ],
    ids=range(12),
)
def test_a_letter_that_readers_would_not_read_whole_is_refused(content: bytes, key: str) -> None:
    """What is left out by who looks for its author, or for its parts, could say another thing than what is read."""
    dialogue = begun("BODY=8BITMIME")
    after = content_lines(dialogue.state, dialogue.service, content.removesuffix(CRLF))
    dialogue.state = after
    assert dialogue.key(".") == key


def test_a_limit_holds_where_size_is_not_offered() -> None:
    dialogue = Dialogue(service(limits=Limits(size=20)))
    dialogue.say(*DATA)
    assert dialogue.codes(b"x" * 30 + b"\r\n.\r\n") == [552]


@pytest.mark.parametrize("phase", [Phase.START, Phase.READY, Phase.MAIL])
def test_content_pipelined_behind_a_refused_data_is_commands(phase: Phase) -> None:
    pipelined = b"DATA\r\nSubject: x\r\n\r\nbody\r\n.\r\nQUIT\r\n"
    assert arrived(phase).codes(pipelined) == [503, 500, 500, 500, 500, 221]


def test_a_whole_mail_in_one_write() -> None:
    data = "".join(f"{line}\r\n" for line in (*RCPT, "DATA", "Subject: x", "", "body", ".", "QUIT"))
    assert Dialogue().codes(data.encode()) == [250, 250, 250, 354, 250, 221]


def test_a_whole_mail_in_one_write_whose_recipient_is_refused() -> None:
    lines = (*HELLO, "MAIL FROM:<a@b>", "RCPT TO:<nobody@example.net>", "DATA", "x", ".", "QUIT")
    assert Dialogue().codes("".join(f"{line}\r\n" for line in lines).encode()) == [250, 250, 550, 503, 500, 500, 221]


def test_a_binary_letter_needs_bdat() -> None:
    dialogue = Dialogue()
    way = (*HELLO, "MAIL FROM:<a@b> BODY=BINARYMIME", "RCPT TO:<c@d>")
    assert dialogue.key(*way, "DATA") == "need-bdat"
    assert dialogue.state.phase is Phase.RCPT
