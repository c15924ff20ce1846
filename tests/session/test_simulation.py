"""The frozen simulation: say, feed and take, and the turns they make."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import smtpsim
from smtpsim.kernel.printable import decoded, encoded
from smtpsim.protocol.smtp.framing import Line, Octets
from smtpsim.session.simulation import Simulation, Turn, open_simulation, reconnect
from smtpsim.session.transaction import EMPTY
from smtpsim.world.load import shipped_world

WORLD = shipped_world()
START = open_simulation(WORLD)

FIRST_MAIL = (
    "HELO cgi.example.com",
    "MAIL FROM:webmaster@example.com",
    "RCPT TO:test@hogefuga.com",
    "DATA",
    "From: webmaster@example.com",
    "To: test@hogefuga.com",
    "Subject: テストメール",
    "",
    "テストメールの本文です。",
    "",
    ".",
    "QUIT",
)


def turns_of(*lines: str, first: Turn = START) -> list[Turn]:
    turns = [first]
    for line in lines:
        turns.append(turns[-1].after.say(line))
    return turns


# The beginning


def test_the_public_name_starts_in_the_shipped_world() -> None:
    turn = smtpsim.Simulation.start()
    assert turn == START
    assert (turn.number, turn.kind, turn.line) == (0, "connect", "")
    assert turn.reply is not None
    assert turn.reply.code == 220


def test_a_host_and_an_address_can_be_chosen() -> None:
    turn = Simulation.start(WORLD, "MX.hogefuga.com", "203.0.113.66")
    assert turn.after.connection.host.name == "mx.hogefuga.com"
    assert turn.after.connection.client_ip == "203.0.113.66"


def test_an_unknown_host_is_an_error() -> None:
    with pytest.raises(LookupError):
        Simulation.start(WORLD, "nosuch.example.com")


def test_the_client_has_one_form_of_its_address() -> None:
    assert Simulation.start(WORLD, client_ip="::FFFF:203.0.113.66").after.connection.client_ip == "203.0.113.66"


@pytest.mark.parametrize("client", ["203.0.113", "fe80::1%eth0", "localhost"])
def test_a_client_that_is_no_address_is_an_error(client: str) -> None:
    with pytest.raises(ValueError, match=client):
        Simulation.start(WORLD, client_ip=client)


# Turns


def test_the_first_mail() -> None:
    turns = turns_of(*FIRST_MAIL)
    codes = [turn.reply.code if turn.reply else None for turn in turns]
    assert codes == [220, 250, 250, 250, 354, None, None, None, None, None, None, 250, 221]
    assert [turn.number for turn in turns] == list(range(13))
    assert [turn.kind for turn in turns] == ["connect"] + ["command"] * 4 + ["content"] * 7 + ["command"]
    assert [turn.line for turn in turns[1:]] == list(FIRST_MAIL)
    assert all(turn.after.turns == turn.number + 1 for turn in turns)
    (fate,) = turns[11].fates
    assert (fate.recipient, fate.status, fate.host) == ("test@hogefuga.com", "delivered", "mx.hogefuga.com")
    assert [turn.fates for number, turn in enumerate(turns) if number != 11] == [()] * 12


def test_the_header_grows_line_by_line() -> None:
    turns = turns_of(*FIRST_MAIL)
    seen = [len(turn.after.transaction.headers.fields) for turn in turns]
    assert seen == [0, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3, 3, 3]
    assert [turn.after.transaction.headers.ended for turn in turns[7:9]] == [False, True]
    assert turns[-1].after.transaction.headers.values("subject") == ("テストメール",)


STAGES = (
    ("HELO a", "empty"),
    ("MAIL FROM:<a@example.com>", "open"),
    ("RCPT TO:<test@hogefuga.com>", "open"),
    ("RCPT TO:<>", "open"),
    ("RSET", "dropped"),
    ("MAIL FROM:<>", "open"),
    ("RCPT TO:<nobody@example.com>", "open"),
    ("RCPT TO:<webmaster@example.com>", "open"),
    ("DATA", "letter"),
    ("x", "letter"),
    (".", "taken"),
    ("NOOP", "taken"),
    ("MAIL FROM:<a@example.com>", "open"),
    ("QUIT", "dropped"),
)


def test_the_stages_of_transactions() -> None:
    turns = turns_of(*(line for line, _ in STAGES))
    assert [turn.after.transaction.stage for turn in turns[1:]] == [stage for _, stage in STAGES]
    envelope = turns[8].after.transaction
    assert envelope.sender == ""
    assert [(named.address, named.refusal.code if named.refusal else 0) for named in envelope.recipients] == [
        ("nobody@example.com", 550),
        ("webmaster@example.com", 0),
    ]


def test_a_letter_that_is_too_big_is_refused_for_everybody() -> None:
    host = WORLD.hosts["smtp.example.com"]
    small = host._replace(service=host.service._replace(limits=host.service.limits._replace(size=10)))
    first = open_simulation(WORLD, small)
    lines = ("HELO a", "MAIL FROM:<a@example.com>", "RCPT TO:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>")
    last = turns_of(*lines, "DATA", "Subject: a long one", "Over: the limit", "X: y", "", ".", first=first)[-1]
    assert last.reply is not None
    assert last.reply.code == 552
    assert [(fate.recipient, fate.status) for fate in last.fates] == [
        ("webmaster@example.com", "rejected"),
        ("test@hogefuga.com", "rejected"),
    ]
    assert last.after.transaction.stage == "refused"
    assert last.after.transaction.headers.values("over") == ()
    assert last.after.transaction.headers.values("subject") == ("a long one",)


def test_a_new_connection_has_no_mail_at_hand() -> None:
    done = turns_of(*FIRST_MAIL)[-1].after
    again = reconnect(done.world, done.connection.host, "192.0.2.10", done.turns)
    assert (again.number, again.kind) == (13, "connect")
    assert again.after.transaction == EMPTY._replace(first_outcome=2)
    assert again.after.world is done.world
    assert again.after.connection.state.phase == "start"


def test_outcomes_of_the_mail_at_hand_begin_where_it_begins() -> None:
    turns = turns_of(*FIRST_MAIL[:-1], *FIRST_MAIL[1:-1])
    assert turns[-1].after.transaction.first_outcome == 2
    assert [fate.letter for fate in turns[-1].fates] == [turns[-1].after.world.outcomes[2].letter]


# Octets

DIALOGUE = (
    b"EHLO cgi.example.com\r\n"
    b"MAIL FROM:<webmaster@example.com>\r\nRCPT TO:<test@hogefuga.com>\r\nRCPT TO:<nobody@hogefuga.com>\n"
    b"DATA\r\nSubject: \xe3\x83\x86\r\n\r\n..\r\n\xff\x00\r\r\n.\nx\r\n.\r\n"
    b"MAIL FROM:<>\r\nRCPT TO:<webmaster@example.com>\r\n"
    b"BDAT 15\r\nSubject: x\r\n\r\nsBDAT 0\r\nNOOP\r\nBDAT 12 LAST\r\n.\r\nQUIT\r\n\r\na"
    b"RCPT TO:<a@example.com>\r\nBDAT 3\r\nQ\r\n"
    b"AUTH LOGIN\r\nd2VibWFzdGVyQGV4YW1wbGUuY29t\r\nZXhhbXBsZQ==\r\n\r\nQUIT\r\n"
)


def merged(turns: Iterable[Turn]) -> list[Turn]:
    """The turns without what came after them, the pieces of each chunk put together."""
    found: list[Turn] = []
    for turn in turns:
        if turn.kind == "octets" and found and found[-1].kind == "octets" and found[-1].reply is None:
            turn = turn._replace(line=decoded(encoded(found.pop().line + turn.line)))
        found.append(turn._replace(number=0, after=START.after))
    return found


def fed(*pieces: bytes) -> tuple[list[Turn], Simulation]:
    """The merged turns and the simulation after them."""
    simulation = START.after
    turns: list[Turn] = []
    for piece in pieces:
        made, simulation = simulation.feed(piece)
        turns += made
    return merged(turns), simulation._replace(turns=0)


@settings(max_examples=60)
@given(st.lists(st.integers(0, len(DIALOGUE)), max_size=30))
def test_octets_cut_anywhere_make_the_same_turns(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(DIALOGUE)]
    assert fed(*(DIALOGUE[begin:end] for begin, end in pairwise(edges))) == fed(DIALOGUE)


def test_octets_one_by_one_make_the_same_turns() -> None:
    assert fed(*(bytes([octet]) for octet in DIALOGUE)) == fed(DIALOGUE)


def test_what_is_no_whole_unit_waits() -> None:
    turns, simulation = START.after.feed(b"HELO exam")
    assert turns == ()
    assert simulation.pending == b"HELO exam"
    turns, simulation = simulation.feed(b"ple.com\r\nNO")
    assert [turn.line for turn in turns] == ["HELO example.com"]
    assert turns[-1].after == simulation
    assert simulation.pending == b"NO"


def test_a_line_said_goes_on_with_what_waits() -> None:
    _, simulation = START.after.feed(b"HELO exam")
    assert simulation.say("ple.com").line == "HELO example.com"


def test_fed_turns_have_the_numbers_that_come_next() -> None:
    turns, simulation = START.after.feed(DIALOGUE)
    assert [turn.number for turn in turns] == list(range(1, len(turns) + 1))
    assert simulation.turns == len(turns) + 1


@settings(max_examples=60)
@given(st.lists(st.sampled_from((*FIRST_MAIL, "RSET", "", "EHLO x", "BDAT 4", "nonsense", "..")), max_size=25))
def test_saying_is_feeding_with_a_line_end(lines: list[str]) -> None:
    said = fed_whole = START.after
    for line in lines:
        turns, fed_whole = fed_whole.feed(f"{line}\r\n".encode())
        turn = said.say(line)
        assert turn == turns[-1]
        said = turn.after
    assert said == fed_whole


def test_taking_a_line_is_saying_it() -> None:
    assert START.after.take(Line(b"HELO a\xff")) == START.after.say("HELO a\udcff")


# Chunks

BEFORE_CHUNKS = ("EHLO a", "MAIL FROM:<a@example.com>", "RCPT TO:<webmaster@example.com>")


def test_lines_said_inside_a_chunk_count_with_their_ends() -> None:
    turns = turns_of(*BEFORE_CHUNKS, "BDAT 19 LAST", "Subject: x", "", "abc", "NOOP")
    assert [turn.kind for turn in turns[4:]] == ["command", "octets", "octets", "octets", "command"]
    assert turns[-2].reply is not None
    assert turns[-2].reply.key == "letter-ok"
    assert turns[-2].after.transaction.headers.values("subject") == ("x",)
    (mail,) = turns[-1].after.world.mailboxes["webmaster@example.com"].mails
    assert mail.octets.endswith(b"\r\nSubject: x\r\n\r\nabc\r\n")


def test_what_a_line_leaves_over_is_the_next_command() -> None:
    opened = turns_of(*BEFORE_CHUNKS, "BDAT 2 LAST")[-1]
    turns = opened.after.feed(b"xyNOOP\r\n").turns
    assert [(turn.kind, turn.line) for turn in turns] == [("octets", "xy"), ("command", "NOOP")]
    assert opened.after.say("xyNOOP") == turns[-1]


def test_the_header_is_read_from_chunks_too() -> None:
    simulation = turns_of(*BEFORE_CHUNKS, "BDAT 30 LAST")[-1].after
    turn = simulation.take(Octets(b"Subject: x\r\nTo: y\r\n\r\nNot: this"))
    assert turn.after.transaction.stage == "taken"
    assert [field.name for field in turn.after.transaction.headers.fields] == ["Subject", "To"]


def test_the_header_grows_from_chunk_to_chunk() -> None:
    simulation, seen = turns_of(*BEFORE_CHUNKS)[-1].after, []
    for chunk in (b"Subj", b"ect: x\r\nTo", b": y\r\n\r\n", b"Not: this\r\n"):
        simulation = simulation.feed(b"BDAT %d\r\n%b" % (len(chunk), chunk)).after
        seen.append([field.name for field in simulation.transaction.headers.fields])
    assert seen == [[], ["Subject"], ["Subject", "To"], ["Subject", "To"]]


# Frozen

SAYABLE = st.sampled_from(
    (*FIRST_MAIL, "RSET", "EHLO x", "RCPT TO:<nobody@hogefuga.com>", "RCPT TO:<a@nosuch.example>", "AUTH LOGIN")
)


@settings(max_examples=30)
@given(st.lists(SAYABLE, min_size=1, max_size=25))
def test_a_turn_never_changes_once_it_is_made(lines: list[str]) -> None:
    turns, shown = [START], [repr(START)]
    for line in lines:
        turns.append(turns[-1].after.say(line))
        shown.append(repr(turns[-1]))
    assert [repr(turn) for turn in turns] == shown
    for turn, line in zip(turns, lines, strict=False):
        assert turn.after.say(line) == turns[turn.number + 1]


def test_a_sender_that_was_refused_stays_on_the_envelope_with_the_reply() -> None:
    turn = open_simulation(WORLD, WORLD.hosts["mx.example.net"], "203.0.113.66")
    for line in ("HELO host.attacker.example", "MAIL FROM:<webmaster@example.com>"):
        turn = turn.after.say(line)
    refused = turn.after.transaction
    assert (refused.sender, refused.stage, refused.refusal) == ("webmaster@example.com", "closed", turn.reply)
    again = turn.after.say("MAIL FROM:<mallory@attacker.example>").after.transaction
    assert (again.sender, again.stage, again.refusal) == ("mallory@attacker.example", "open", None)


_LINES = st.sampled_from(
    (
        b"a line",
        b"",
        b".",
        b"..",
        b".dot",
        b"x" * 70_000,
        b"\xe3\x81\x82",
        b"Subject: a",
        b" folded",
        b"nul\0",
        b"cr\rcr",
    )
)
_ENDS = st.sampled_from((b"\r\n", b"\r\n", b"\r\n", b"\r\n", b"\n"))
_LETTERS = st.lists(st.tuples(_LINES, _ENDS), max_size=12).map(lambda pairs: b"".join(a + b for a, b in pairs))


@settings(max_examples=150)
@given(_LETTERS, st.lists(st.integers(0, 200), max_size=3), st.sampled_from((0, 60, 10_000_000)))
def test_what_nobody_watches_comes_to_the_same(letter: bytes, cuts: list[int], limit: int) -> None:
    """`after` alone takes lines in one piece; `turns` takes them one by one."""
    start = START.after
    host = start.connection.host
    limits = host.service.limits._replace(size=limit)
    smaller = host._replace(service=host.service._replace(limits=limits))
    start = start._replace(connection=start.connection._replace(host=smaller))
    for line in FIRST_MAIL[:4]:
        start = start.say(line).after
    watched = unwatched = start
    edges = sorted({0, *(cut for cut in cuts if cut < len(letter)), len(letter)})
    for begin, end in [*pairwise(edges), (len(letter), len(letter))]:
        piece = letter[begin:end] if begin < end else b"\r\n.\r\nNOOP\r\n"
        turns, watched = watched.feed(piece)
        unwatched = unwatched.feed(piece).after
        assert unwatched == watched
        assert not turns or turns[-1].after == watched


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_what_comes_before_the_handshake_is_thrown_away(size: int) -> None:
    """RFC 3207 4.2: octets that were fed together with STARTTLS are not the client's behind it."""
    world = WORLD
    start = open_simulation(world, world.hosts["mx.hogefuga.com"]).after.say("EHLO a.example").after
    early = (b"EHLO evil.example\r\nMAIL FROM:<a@evil.example>\r\n" * 30)[:size]
    turns, after = start.feed(b"STARTTLS\r\n" + early)
    assert [turn.line for turn in turns] == ["STARTTLS"]
    assert [(found.key, found.found) for found in turns[0].faults] == [("before-handshake", str(size))]
    assert (after.pending, after.connection.state.helo, after.connection.state.tls) == (b"", None, True)
    assert start.feed(b"STARTTLS\r\n" + early).after == after
    assert after.feed(b"EHLO b.example\r\n").after.connection.state.helo == "b.example"
