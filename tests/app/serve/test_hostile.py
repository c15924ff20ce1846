"""Clients that mean harm: what they send ends with them, and others are served."""

from __future__ import annotations

import io
import json
import socket
import time
from pathlib import Path

import pytest

from smtpsim.app.serve import history, room
from smtpsim.app.serve.history import History
from smtpsim.app.serve.limits import Limits
from smtpsim.app.serve.log import JsonLog, PlainLog
from smtpsim.app.serve.objects import dialogue_object, session_object
from smtpsim.app.serve.recorder import Recorder
from smtpsim.app.serve.room import FORGOTTEN, Trimmed
from smtpsim.app.serve.server import Listen, Observer, Server, Wishes
from smtpsim.explain import words
from smtpsim.world.load import shipped_world
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import DeliveryStatus, Hop, Outcome, Said
from smtpsim.world.outcome import with_outcome
from tests.app.serve.conftest import LOOPBACK, Client, Running, Start, run_server
from tests.app.serve.test_conversation import TRANSACTION, codes

NO_ROOM = b"452 4.3.1 Insufficient system storage\r\n"
BEGIN = b"MAIL FROM:<a@x.example>\r\nRCPT TO:<b@y.example>\r\nDATA\r\n"


def letter(octets: int) -> bytes:
    return b"Subject: x\r\n\r\n" + (b"y" * 70 + b"\r\n") * (octets // 72) + b".\r\n"


def mails(running: Running) -> int:
    return sum(box.length for box in running.server.owner.world.mailboxes.values())


def test_where_memory_is_full_a_transaction_is_refused_for_now(start: Start) -> None:
    running = start("smtp", "pop3", limits=Limits(memory=100_000))
    client = running.greeted()
    client.says(b"EHLO c.example\r\n", b"HELP\r\n")
    heard: list[bytes] = []
    while (said := client.says(b"MAIL FROM:<a@x.example>\r\n")).startswith(b"250"):
        client.says(b"RCPT TO:<b@y.example>\r\n")
        client.says(b"DATA\r\n")
        heard.append(client.says(letter(9_000 if len(heard) < 8 else 500)))
        assert len(heard) < 40
    assert said == NO_ROOM
    taken = sum(one.startswith(b"250") for one in heard)
    assert 8 <= taken == mails(running)
    reader = running.greeted("pop3")
    reader.says(b"USER b@y.example\r\n")
    reader.says(b"PASS any\r\n")
    for number in range(1, taken + 1):
        reader.says(b"DELE %d\r\n" % number)
    reader.says(b"QUIT\r\n")
    deadline = time.monotonic() + 10
    while not (said := client.says(b"MAIL FROM:<a@x.example>\r\n")).startswith(b"250"):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_letter_has_room_for_all_its_recipients_or_for_none(start: Start) -> None:
    running = start(limits=Limits(memory=200_000))
    client = running.greeted()
    client.sendall(b"EHLO c.example\r\nMAIL FROM:<a@x.example>\r\n")
    client.sendall(b"".join(b"RCPT TO:<b%d@y.example>\r\n" % number for number in range(100)))
    client.sendall(b"DATA\r\n" + letter(5_000) + BEGIN + letter(5_000) + b"QUIT\r\n")
    heard = client.rest()
    assert NO_ROOM in heard
    assert codes(heard)[-6:] == [452, 250, 250, 354, 250, 221]
    assert mails(running) == 1


def test_what_has_no_room_is_read_and_dropped(start: Start) -> None:
    running = start(limits=Limits(memory=100_000))
    client = running.greeted()
    client.sendall(b"EHLO c.example\r\n" + BEGIN + letter(3_000_000) + BEGIN + letter(1000) + b"QUIT\r\n")
    heard = client.rest()
    assert codes(heard) == [250, 250, 250, 354, 452, 250, 250, 354, 250, 221]
    assert mails(running) == 1
    assert running.sessions(most=0) == 0
    assert running.server.room.coming == 0


@pytest.mark.parametrize("begin", [BEGIN, BEGIN.replace(b"DATA\r\n", b"BDAT 3000000 LAST\r\n")], ids=["lines", "chunk"])
def test_what_cannot_be_dropped_is_cut_off(start: Start, begin: bytes) -> None:
    """Lines with bare LF, and chunks, are taken one by one."""
    running = start(limits=Limits(memory=100_000))
    client = running.greeted()
    heard = b""
    try:
        client.sendall(b"EHLO c.example\r\n" + begin)
        for _ in range(3000):
            client.sendall(b"y" * 999 + b"\n")
    except ConnectionError:
        pass
    heard = client.rest()
    assert running.sessions(most=0) == 0
    assert running.server.room.coming == 0
    assert mails(running) == 0
    assert heard == b"" or b"421 4.3.1 " in heard or b"452 4.3.1 " in heard


def filled(client: Client) -> None:
    """Send letters until nothing more has room."""
    heard: list[bytes] = []
    client.says(b"EHLO c.example\r\n", b"HELP\r\n")
    while client.says(b"MAIL FROM:<a@x.example>\r\n") != NO_ROOM:
        client.says(b"RCPT TO:<b@y.example>\r\n")
        client.says(b"DATA\r\n")
        heard.append(client.says(letter(9_000 if len(heard) < 8 else 500)))
        assert len(heard) < 40


def test_worlds_of_their_own_are_counted_while_they_last(start: Start) -> None:
    """What one connection has filled stops all others until it ends, and then no longer."""
    running = start(limits=Limits(memory=100_000), own_world=True)
    other = running.greeted()
    other.says(b"EHLO d.example\r\n", b"HELP\r\n")
    deadline = time.monotonic() + 20
    for _ in range(2):
        client = running.greeted()
        filled(client)
        assert other.says(b"MAIL FROM:<a@x.example>\r\n") == NO_ROOM
        client.close()
        while not other.says(b"MAIL FROM:<a@x.example>\r\n").startswith(b"250"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        other.says(b"RSET\r\n")
    assert mails(running) == 0


def test_so_many_mailboxes_and_no_more(start: Start) -> None:
    running = start(limits=Limits(mailboxes=60))
    client = running.greeted()
    client.sendall(b"EHLO c.example\r\n")
    for number in range(100):
        client.sendall(BEGIN.replace(b"b@y", b"b%d@y" % number) + b".\r\n")
    client.sendall(b"QUIT\r\n")
    assert NO_ROOM in client.rest()
    assert len(running.server.owner.world.mailboxes) == 61


def test_a_million_recipients(start: Start) -> None:
    running = start()
    client = running.greeted()
    client.says(b"EHLO c.example\r\n", b"HELP\r\n")
    client.says(b"MAIL FROM:<a@x.example>\r\n")
    heard = b""
    try:
        for number in range(0, 1_000_000, 500):
            client.sendall(b"".join(b"RCPT TO:<b%d@y.example>\r\n" % at for at in range(number, number + 500)))
            while not heard.endswith(b"\r\n") or heard.count(b"\r\n") < number + 500:
                piece = client.recv(65_536)
                heard += piece
                if not piece:
                    raise ConnectionError
    except ConnectionError:
        pass
    assert codes(heard).count(250) == 100
    assert set(codes(heard)) == {250, 452, 421}
    assert running.greeted().says(b"NOOP\r\n").startswith(b"250")


def test_an_endless_header_field_is_counted_and_refused(start: Start) -> None:
    running = start()
    client = running.greeted()
    client.sendall(TRANSACTION + b"Subject: x\r\n")
    for _ in range(200):
        client.sendall(b" folded" * 10_000 + b"\r\n")
    client.sendall(b".\r\nQUIT\r\n")
    assert codes(client.rest())[-2:] == [552, 221]
    assert mails(running) == 0


SMUGGLED = b"MAIL FROM:<evil@x.example>\r\nRCPT TO:<victim@y.example>\r\nDATA\r\nSubject: evil\r\n\r\nhi\r\n"


@pytest.mark.parametrize("size", [1, 100_000], ids=["octet by octet", "at once"])
@pytest.mark.parametrize(
    "end", [b"\n.\n", b"\r.\r", b"\r\n.\n", b"\n.\r\n", b"\r\n.\r", b"\r.\r\n", b"\r\n\x00.\r\n", b"\r\n.\x00\r\n"]
)
def test_nothing_is_smuggled(start: Start, end: bytes, size: int) -> None:
    running = start()
    client = running.greeted()
    octets = TRANSACTION + b"Subject: x\r\n\r\nhello" + end + SMUGGLED + b".\r\nQUIT\r\n"
    for at in range(0, len(octets), size):
        client.sendall(octets[at : at + size])
    client.rest()
    assert mails(running) <= 1
    assert "victim@y.example" not in running.server.owner.world.mailboxes


NASTY = b"\x1b]0;owned\x07\x1b[2J\x00\x9b31m\xe2\x80\xae"

FIELDS = (
    (b"EHLO c.example", b"EHLO c%s.example"),
    (b"a@x.example", b"a%s@x.example"),
    (b"b@y.example", b"b%s@y.example"),
    (b"b@y.example", b'"b%s"@y.example'),
    (b"Subject: x", b"Subject: %s"),
    (b"Subject: x", b"%s: x"),
    (b"body", b"%s"),
    (b"EHLO", b"XCLIENT NAME=%s\r\nEHLO"),
    (b"EHLO", b"AUTH PLAIN %s\r\nEHLO"),
    (b"DATA", b"NOSUCH %s\r\nDATA"),
)


def control_characters(text: str) -> list[str]:
    return [one for one in text if one != "\n" and (ord(one) < 32 or 127 <= ord(one) < 160 or one == "\u202e")]


@pytest.mark.parametrize("field", FIELDS, ids=lambda pair: pair[1].decode())
def test_no_control_sequence_comes_out_anywhere(start: Start, field: tuple[bytes, bytes], tmp_path: Path) -> None:
    running = start()
    plain, lines, past = io.StringIO(), io.StringIO(), History()
    log = PlainLog(plain, words("en"))
    observers: list[Observer] = [log, JsonLog(lines), Recorder(str(tmp_path / "kept"), ()), past]
    running.loop.call_soon_threadsafe(running.server.observers.extend, observers)
    client = running.connect()
    before, after = field
    octets = (TRANSACTION + b"Subject: x\r\n\r\nbody\r\n.\r\nQUIT\r\n").replace(before, after.replace(b"%s", NASTY), 1)
    client.reads()
    client.sendall(octets)
    client.rest()
    assert running.sessions(most=0) == 0
    log.close()
    (session,) = past.ended_ones
    shown = json.dumps([session_object(session), dialogue_object(session)], ensure_ascii=False)
    (kept,) = (tmp_path / "kept").iterdir()
    for text in (plain.getvalue(), lines.getvalue(), shown):
        assert control_characters(text) == []
    assert b"\x1b" not in kept.read_bytes()


def test_a_flood_of_connects_leaves_nothing(start: Start) -> None:
    running = start()
    for _ in range(500):
        socket.create_connection(("127.0.0.1", running.ports["smtp"])).close()
    assert running.sessions(most=0) == 0
    assert running.server.room.coming == 0
    assert running.greeted().says(b"NOOP\r\n").startswith(b"250")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_OUTCOMES", 10)
    monkeypatch.setattr(room, "HOP_OCTETS", 5000)
    monkeypatch.setattr(history, "MOST_OCTETS", 12_000)


@pytest.mark.usefixtures("small")
def test_the_past_is_kept_short(start: Start) -> None:
    world = start().server.owner.first
    trimmed = Trimmed(world)
    waiting = Outcome("A", "a@x.example", DeliveryStatus.DEFERRED, 0, "h")
    for number in range(1, 31):
        world = with_outcome(world, waiting if number == 3 else waiting._replace(status=DeliveryStatus.DELIVERED))
        world = world._replace(hops=world.hops.insert(number, Hop(number, "", "", "", (Said("x" * 1000),))))
        world = trimmed.trim(world)
    assert sorted(number for number in world.hops if world.hops[number].said) == [26, 27, 28, 29, 30]
    left = {number for number, one in world.outcomes.items() if one is not FORGOTTEN}
    assert left == {3, *range(21, 31)}
    begun = trimmed.trim(start().server.owner.first)
    assert with_outcome(begun, waiting).outcomes[1] == waiting


@pytest.mark.usefixtures("small")
def test_ended_dialogues_are_kept_within_bounds(start: Start) -> None:
    running, past = start(), History()
    running.loop.call_soon_threadsafe(running.server.observers.append, past)
    for _ in range(10):
        client: Client = running.greeted()
        client.sendall(TRANSACTION + letter(1500) + b"QUIT\r\n")
        client.rest()
    assert running.sessions(most=0) == 0
    assert 0 < sum(session.octets for session in past.ended_ones) <= 12_000
    assert len(past.ended_ones) == 2


def test_what_lies_there_at_the_start_is_counted() -> None:
    """Also what no client has handed in over SMTP, such as mail that was kept."""
    world = shipped_world()
    box = Mailbox("kept@hogefuga.com", "").with_mail(StoredMail("M", "", b"x" * 2000))
    world = world._replace(mailboxes=world.mailboxes.insert(box.name, box))
    wishes = Wishes((Listen("smtp", LOOPBACK, 0),), "mx.hogefuga.com", clock="held", limits=Limits(memory=1000))
    with run_server(Server(wishes, world)) as running:
        client = running.greeted()
        client.says(b"EHLO c.example\r\n", b"HELP\r\n")
        assert client.says(b"MAIL FROM:<a@x.example>\r\n") == NO_ROOM
