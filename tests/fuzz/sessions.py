"""Lines for the doors of SMTP, POP3 and IMAP: good ones, and good ones mutated, from a seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from smtpsim.session.simulation import Turn, open_simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.model import World
from tests.protocol.test_fuzz import GOOD, MUTATIONS


def _with_mail() -> World:
    """The shipped world with mails in the mailbox of `test`."""
    simulation = open_simulation(shipped_world()).after
    for number in range(3):
        simulation = simulation.feed(
            b"EHLO client.example.com\r\nMAIL FROM:<webmaster@example.com>\r\nRCPT TO:<test@hogefuga.com>\r\nDATA\r\n"
            b"From: webmaster@example.com\r\nSubject: mail %d\r\n\r\n..dots\r\n.\r\n" % number
        ).after
    return simulation.world


WORLD = _with_mail()


class Door(NamedTuple):
    """A host that listens, what opens a session there so that more than refusals come, and good lines."""

    host: str
    opening: tuple[bytes, ...]
    good: tuple[bytes, ...]


_POP3 = (
    *(b"USER test", b"PASS example", b"STAT", b"LIST", b"LIST 1", b"UIDL", b"UIDL 1", b"RETR 1", b"TOP 1 3", b"DELE 1"),
    *(b"RSET", b"NOOP", b"CAPA", b"QUIT", b"AUTH PLAIN", b"AHRlc3QAZXhhbXBsZQ==", b"*", b"APOP test 0", b"STLS"),
)
_IMAP = (
    *(
        b"a CAPABILITY",
        b"a NOOP",
        b"a LOGIN test example",
        b"a LOGIN {4}",
        b'a LIST "" "*"',
        b"a SELECT INBOX",
        b"a LOGOUT",
    ),
    *(b"a EXAMINE INBOX", b"a STATUS INBOX (UNSEEN UIDNEXT)", b"a FETCH 1:* (FLAGS ENVELOPE)", b"a FETCH 1 BODY[]"),
    *(b"a FETCH 1 (BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (To)]<0.9>)", b"a STORE 1 +FLAGS (\\Deleted)", b"a EXPUNGE"),
    *(b"a SEARCH OR SEEN TEXT x", b"a SEARCH NOT (FROM ann SINCE 1-Feb-2024)", b"a UID FETCH 1:* FLAGS", b"a CLOSE"),
)

DOORS = {
    "smtp": Door("smtp.example.com", (b"EHLO client.example.com",), tuple(GOOD)),
    "pop3": Door("pop.hogefuga.com", _POP3[:2], _POP3),
    "imap": Door("imap.hogefuga.com", (b"a LOGIN test example", b"a SELECT INBOX"), _IMAP),
}

LONGEST_SESSION = 80


def opened(door: Door) -> Turn:
    return open_simulation(WORLD, WORLD.hosts[door.host])


def session(door: Door, random: Random) -> Iterator[bytes]:
    """The lines of one session: half of those behind the opening are mutated, once or more often."""
    yield from door.opening if random.random() < 0.8 else ()
    for _ in range(random.randint(1, LONGEST_SESSION)):
        line = random.choice(door.good)
        while random.random() < 0.5:
            line = random.choice(MUTATIONS)(random, line)
        yield line
