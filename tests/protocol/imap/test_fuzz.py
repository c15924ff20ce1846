"""Whatever is sent: a well-formed reply, never an exception, and the same however it is split."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.printable import decoded
from smtpsim.protocol.imap import fault
from smtpsim.protocol.imap.items import ITEMS
from smtpsim.protocol.imap.search.reader import WORDS
from smtpsim.protocol.imap.service import Limits, Service
from smtpsim.protocol.imap.state import Phase
from smtpsim.protocol.imap.table import CONTINUED_PHASES, VERBS
from smtpsim.protocol.smtp.framing import Line, Octets
from tests.protocol.imap.dialogue import DROPS, LOGIN, SELECT, Dialogue, mail, opened

PATIENT = Service("imap.example.net", limits=Limits(errors=10**9))

# One line of a response without literals: nothing in it steers a terminal
_SHOWN = re.compile("[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]*")
_LAST = re.compile(r"(?:[!-~]+ (?:OK|NO|BAD)|\* (?:OK|BAD|BYE)|\+) [!-~][ -~]*")
_LITERAL = re.compile(rb"\{([0-9]+)\}\r\n")

sets = st.sampled_from(["1", "1:*", "*", "2,3", "9", "1:4294967295", "0", "7:8"])
items = st.sampled_from([*ITEMS, "ALL", "BODY[1]", "BODY.PEEK[HEADER.FIELDS (To)]", "BODY[]<1.5>", "BODY[9]", "(UID)"])
keys = st.lists(st.sampled_from([*WORDS, "1:*", "(", ")", "x", '"y"', "1-Feb-2024", "3"]), max_size=6).map(" ".join)
flags = st.sampled_from(["\\Seen", "(\\Deleted x)", "()", "\\Foo", "\\Recent"])
good = (
    st.builds("FETCH {} {}".format, sets, items)
    | st.builds("UID FETCH {} ({} {})".format, sets, items, items)
    | st.builds("STORE {} {}FLAGS {}".format, sets, st.sampled_from(["", "+", "-"]), flags)
    | st.builds("SEARCH {}".format, keys)
    | st.builds('LIST "" {}'.format, st.text(st.sampled_from("%*IN/"), max_size=8))
    | st.sampled_from(["EXPUNGE", "CLOSE", "NOOP", "CHECK", "SELECT INBOX", "EXAMINE INBOX", "LOGOUT"])
    | st.sampled_from(["LOGIN {3}", "SELECT {5}", "SEARCH TEXT {2}", "STATUS INBOX (UNSEEN)", 'SELECT ""'])
)
noise = st.sampled_from(
    ['"', "(", ")", "{2}", "{2+}", "[", "]", "<0.1>", "  ", "\\", "*", "\x1b[31m", "\x00", "あ", "{s}"]
)
commands = st.builds("a {}".format, good) | st.builds(
    lambda command, at, extra: f"a {command[:at]}{extra}{command[at:]}", good, st.integers(0, 30), noise
)
lines = (
    commands.map(str.encode)
    | st.builds(lambda verb, rest: b"a " + verb.encode() + b" " + rest, st.sampled_from(VERBS), st.binary(max_size=20))
    | st.binary(max_size=40)
).map(lambda line: line.replace(b"\n", b""))
sessions = st.lists(lines, max_size=10)
ways = st.sampled_from([(), LOGIN, SELECT])


def without_literals(wire: bytes) -> str:
    """A reply with the octets of its literals cut out, which are the mail's own."""
    rest = b""
    while match := _LITERAL.search(wire):
        rest += wire[: match.start()] + b"{}"
        size = int(match.group(1))
        assert len(wire) >= match.end() + size
        wire = wire[match.end() + size :]
    return decoded(rest + wire)


@given(ways, sessions, st.sampled_from([b"\r\n", b"\n"]))
def test_any_line_is_answered(way: tuple[str, ...], session: list[bytes], end: bytes) -> None:
    dialogue = Dialogue(DROPS, PATIENT)
    dialogue.say(*way)
    for text in session:
        wants = dialogue.state.wants_octets
        before = dialogue.state.phase
        unit = Octets(text[:wants] or b"x") if wants else Line(text, end)
        step = dialogue.take(unit)
        assert before is not Phase.CLOSED or step.state.phase is Phase.CLOSED
        goes_on = step.state.partial is not None or step.state.continued is not None
        assert goes_on == (step.state.phase in CONTINUED_PHASES)
        assert (step.state.selected is not None) or step.state.phase is not Phase.SELECTED
        if step.reply is None:
            assert step.state.phase in CONTINUED_PHASES
            continue
        *early, last, rest = without_literals(step.reply.wire()).split("\r\n")
        assert rest == ""
        assert _LAST.fullmatch(last), last
        assert all(line.startswith("* ") and _SHOWN.fullmatch(line) for line in early), early
        for found in step.faults:
            assert 0 <= found.column <= len(decoded(text)) + 1, (text, found)
            assert found.ref == fault.RULES[found.key]


@given(sessions, st.lists(st.integers(1, 9), max_size=40))
def test_any_split_of_the_octets_gives_the_same(session: list[bytes], cuts: list[int]) -> None:
    sent = b"".join(line + b"\r\n" for line in (b"a LOGIN {3}", b"ann tea", b"a SELECT INBOX", *session))
    whole, pieces = Dialogue(DROPS, PATIENT), Dialogue(DROPS, PATIENT)
    expected, got, at = whole.octets(sent), b"", 0
    for cut in cuts:
        got += pieces.octets(sent[at : at + cut])
        at += cut
    assert got + pieces.octets(sent[at:]) == expected
    assert (pieces.state, pieces.drops) == (whole.state, whole.drops)


@given(st.binary(max_size=200), st.integers(0, 220), st.integers(1, 220))
def test_every_octet_of_a_mail_survives(octets: bytes, begin: int, most: int) -> None:
    wire = opened(mail(octets)).octets(b"a FETCH 1 (RFC822.SIZE BODY.PEEK[])\r\n")
    told = b"* 1 FETCH (RFC822.SIZE %d BODY[] {%d}\r\n%s)\r\n" % (len(octets), len(octets), octets)
    assert wire == told + b"a OK FETCH completed\r\n"
    piece = octets[begin : begin + most]
    wire = opened(mail(octets)).octets(b"a FETCH 1 BODY.PEEK[]<%d.%d>\r\n" % (begin, most))
    assert wire.startswith(b"* 1 FETCH (BODY[]<%d> {%d}\r\n%s)\r\n" % (begin, len(piece), piece))


@given(st.binary(max_size=120))
def test_whatever_a_mail_holds_it_can_be_fetched_and_searched(octets: bytes) -> None:
    dialogue = opened(mail(octets.replace(b"|", b"\r\n")))
    for command in (
        "FETCH 1 FULL",
        "FETCH 1 BODYSTRUCTURE",
        "SEARCH TEXT x",
        "SEARCH FROM x",
        "SEARCH SENTON 1-Jan-2024",
    ):
        assert dialogue.reply(f"a {command}").accepts
