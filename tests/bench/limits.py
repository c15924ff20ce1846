"""What a stranger can send and what a file can hold: for each thing its limit, what one gets who goes beyond it, and
work whose cost grows with its size. `tests/test_limits.py` goes beyond each; `tests/bench/bench_limits.py` measures."""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from smtpsim.app.main import main
from smtpsim.app.serve import proxy
from smtpsim.app.tui import history
from smtpsim.app.web import site
from smtpsim.auth import verifier, verify
from smtpsim.auth.arc import collect
from smtpsim.auth.arc.validate import validate
from smtpsim.campaign import recipients
from smtpsim.campaign.audience import Kind
from smtpsim.disk.regular import MEBIBYTE, MOST_OCTETS
from smtpsim.kernel.dns import Resolver
from smtpsim.message import headers, mime
from smtpsim.protocol.imap.service import Limits as ImapLimits
from smtpsim.protocol.smtp import framing
from smtpsim.protocol.smtp.extensions import auth
from smtpsim.protocol.smtp.service import Limits
from smtpsim.session.simulation import Fed, Simulation, open_simulation
from smtpsim.spf import check_host, expand, run
from smtpsim.world.dns import zone_text
from smtpsim.world.dns.zone_text import ZoneFault, ZoneText
from smtpsim.world.dns.zonefile import read_zones
from smtpsim.world.dns.zones import Zones
from smtpsim.world.load import shipped_world
from smtpsim.world.load import source as world_file
from tests.auth.letters import LETTER, NAME, NOW, PUBLIC
from tests.auth.names import Names

LIMITS, IMAP = Limits(), ImapLimits()


class Row(NamedTuple):
    """`beyond` does what is over the limit and gives what it is told; `told` is a part of that. `work` does so many of
    the thing; `size` and ten times as many are measured."""

    thing: str
    limit: int
    told: str
    beyond: Callable[[], str]
    work: Callable[[int], object]
    size: int


MX, SUBMISSION, POP3_HOST, IMAP_HOST = "mx.hogefuga.com", "smtp.example.com", "pop.hogefuga.com", "imap.hogefuga.com"
HELLO = b"EHLO cgi.example.com\r\n"
MAIL = HELLO + b"MAIL FROM:<webmaster@example.com>\r\n"
RCPT = MAIL + b"RCPT TO:<test@hogefuga.com>\r\n"
DATA = RCPT + b"DATA\r\n"
END = b"\r\n.\r\n"
POP3_LOGIN = b"USER test\r\nPASS example\r\n"
IMAP_LOGIN = b"a LOGIN test example\r\na SELECT INBOX\r\n"


def connected(host: str) -> Simulation:
    world = shipped_world()
    return open_simulation(world, world.hosts[host], "192.0.2.10").after


def replies(fed: Fed) -> str:
    return "".join(turn.reply.wire() for turn in fed.turns if turn.reply)


def fed(host: str, before: bytes, unit: bytes, after: bytes = b"") -> Callable[[int], object]:
    """Feeds so many units, as a socket does."""
    return lambda count: connected(host).feed(before + unit * count + after).after


def answered(host: str, octets: bytes) -> Callable[[], str]:
    """Gives all replies."""
    return lambda: replies(connected(host).feed(octets))


def recipients_of(count: int) -> bytes:
    return MAIL + b"".join(b"RCPT TO:<u%d@hogefuga.com>\r\n" % number for number in range(count))


def nested(levels: int) -> bytes:
    head = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    return b"".join(head % (level, level) for level in range(levels)) + b"\r\nx"


SEVERAL_PARTS = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
PART = b"--b\r\n\r\nx\r\n"
FIELD = b"X-Field: y\r\n"
LINE = b"x" * 76 + b"\r\n"


def _smtp() -> tuple[Row, ...]:
    size, errors = LIMITS.size, LIMITS.errors
    return (
        Row(
            *("SMTP line, octets", framing.LONGEST_LINE, "500 5.5.2 Line too long"),
            answered(MX, HELLO + b"x" * (framing.LONGEST_LINE + 1) + b"\r\n"),
            *(fed(MX, HELLO + b"NOOP ", b"x", b"\r\n"), 6_000),
        ),
        Row(
            *("recipients of a letter", LIMITS.recipients, "452 4.5.3 Too many recipients"),
            answered(SUBMISSION, recipients_of(LIMITS.recipients + 1)),
            *(lambda count: connected(SUBMISSION).feed(recipients_of(count)).after, 100),
        ),
        Row(
            *("errors of a client", errors, "421 4.7.0"),
            answered(MX, HELLO + b"x\r\n" * (errors + 1)),
            *(fed(MX, HELLO, b"x\r\n"), 500),
        ),
        Row(
            *("answer in AUTH, octets", auth.LONGEST_ANSWER, "500 5.5.6 Authentication exchange line is too long"),
            answered(SUBMISSION, HELLO + b"AUTH PLAIN\r\n" + b"A" * (auth.LONGEST_ANSWER + 1) + b"\r\n"),
            *(fed(SUBMISSION, HELLO + b"AUTH PLAIN\r\n", b"AAAA", b"\r\n"), 300),
        ),
        Row(
            *("letter, octets", size, "552 5.3.4 Message exceeds the limit"),
            lambda: answer_unseen(DATA + LINE * (size // len(LINE) + 1) + END),
            *(fed(MX, DATA, LINE, END), 10_000),
        ),
        Row(
            *("BDAT chunk, octets", size, "552 5.3.4 Message exceeds the limit"),
            answered(MX, RCPT + b"BDAT %d LAST\r\n" % (size + 1) + b"x" * (size + 1)),
            *(lambda count: in_pieces(RCPT + b"BDAT %d LAST\r\n" % (count * 1000), b"x" * 1000, count), 300),
        ),
        Row(
            *("fields of a header", headers.MOST_FIELDS, "552 5.3.4 Header section exceeds"),
            lambda: answer_unseen(DATA + FIELD * (headers.MOST_FIELDS + 1) + END),
            *(fed(MX, DATA, FIELD, END), 5_000),
        ),
        Row(
            *("header, octets", headers.LARGEST, "552 5.3.4 Header section exceeds"),
            lambda: answer_unseen(DATA + b"X: y\r\n" + (b" " + LINE) * (headers.LARGEST // len(LINE) + 1) + END),
            *(fed(MX, DATA + b"X: y\r\n", b" " + LINE, END), 1_000),
        ),
        Row(
            *("MIME levels", mime.DEEPEST, "554 5.6.0 MIME structure exceeds"),
            answered(MX, DATA + nested(mime.DEEPEST + 1) + END),
            *(lambda count: connected(MX).feed(DATA + nested(count) + END).after, 300),
        ),
        Row(
            *("MIME parts", mime.MOST_PARTS, "554 5.6.0 MIME structure exceeds"),
            answered(MX, DATA + SEVERAL_PARTS + PART * mime.MOST_PARTS + END),
            *(fed(MX, DATA + SEVERAL_PARTS, PART, END), 2_000),
        ),
        Row(
            *("PROXY header, octets", proxy.LONGEST_LINE, "None"),
            lambda: repr(proxy.read_header(b"PROXY TCP4 " + b"1" * proxy.LONGEST_LINE)),
            *(
                lambda count: [proxy.read_header(b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n") for _ in range(count)],
                5_000,
            ),
        ),
    )


def answer_unseen(octets: bytes) -> str:
    """What a letter is answered that nobody watches line by line."""
    return replies(connected(MX).feed(octets.removesuffix(END)).after.feed(END))


def in_pieces(before: bytes, piece: bytes, count: int) -> Simulation:
    simulation = connected(MX).feed(before).after
    for _ in range(count):
        simulation = simulation.feed(piece).after
    return simulation


def _mailboxes() -> tuple[Row, ...]:
    too_long = b"x" * (framing.LONGEST_LINE + 1) + b"\r\n"
    mailboxes = b"".join(b"a CREATE m%d\r\n" % number for number in range(IMAP.mailboxes + 1))
    return (
        Row(
            *("POP3 line, octets", framing.LONGEST_LINE, "-ERR Line too long, closing connection"),
            answered(POP3_HOST, POP3_LOGIN + too_long),
            *(fed(POP3_HOST, POP3_LOGIN + b"NOOP ", b"x", b"\r\n"), 6_000),
        ),
        Row(
            *("IMAP command, octets", IMAP.command, "* BYE Line too long, closing connection"),
            answered(IMAP_HOST, IMAP_LOGIN + too_long),
            *(fed(IMAP_HOST, IMAP_LOGIN + b"a NOOP ", b"x", b"\r\n"), 6_000),
        ),
        Row(
            *("IMAP literal, octets", IMAP.command, "a BAD No such literal here"),
            answered(IMAP_HOST, b"a LOGIN {%d}\r\n" % (IMAP.command + 1)),
            *(lambda count: connected(IMAP_HOST).feed(b"a LOGIN {%d}\r\n" % count + b"x" * count).after, 6_000),
        ),
        Row(
            *("IMAP APPEND, octets", IMAP.message, "a BAD No such literal here"),
            answered(IMAP_HOST, IMAP_LOGIN + b"a APPEND INBOX {%d}\r\n" % (IMAP.message + 1)),
            *(appended, 100_000),
        ),
        Row(
            *("IMAP mailboxes of a user", IMAP.mailboxes, "a NO [LIMIT]"),
            answered(IMAP_HOST, IMAP_LOGIN + mailboxes),
            *(lambda count: connected(IMAP_HOST).feed(IMAP_LOGIN + mailboxes[: count * 13]).after, 20),
        ),
        Row(
            *("IMAP SEARCH keys", 100, "a NO [LIMIT]"),
            answered(IMAP_HOST, IMAP_LOGIN + b"a SEARCH" + b" SEEN" * 101 + b"\r\n"),
            *(fed(IMAP_HOST, IMAP_LOGIN + b"a SEARCH", b" SEEN", b"\r\n"), 1_000),
        ),
    )


def appended(count: int) -> Simulation:
    simulation = connected(IMAP_HOST).feed(IMAP_LOGIN + b"a APPEND INBOX {%d}\r\n" % count).after
    return simulation.feed(b"x" * count + b"\r\n").after


def _verdicts() -> tuple[Row, ...]:
    names = Names({NAME: PUBLIC})
    signature = b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=k1; h=from; bh=x; b=x\r\n"
    seal = b"ARC-Seal: i=%d; a=rsa-sha256; d=example.com; s=k1; cv=none; b=x\r\n"
    return (
        Row(
            *("SPF DNS mechanisms", run.LOOKUP_LIMIT, "permerror too-many-lookups"),
            lambda: spf("v=spf1 " + "a:x.example " * (run.LOOKUP_LIMIT + 1) + "-all"),
            *(lambda count: spf("v=spf1 " + "a:x.example " * count), 500),
        ),
        Row(
            *("SPF explanation, characters", expand.TEXT_LIMIT, f"{expand.TEXT_LIMIT}"),
            lambda: str(len(explained(expand.TEXT_LIMIT + 1))),
            *(explained, 5_000),
        ),
        Row(
            *("DKIM signatures", verify.MOST_SIGNATURES, f"{verify.MOST_SIGNATURES}"),
            lambda: str(len(verify.examine(signature * (verify.MOST_SIGNATURES + 1) + LETTER, names, NOW))),
            *(lambda count: verify.examine(signature * count + LETTER, names, NOW), 100),
        ),
        Row(
            *("DKIM signature, octets", verifier.LONGEST_SIGNATURE, "too-large"),
            lambda: examined(signature[:-2] + b"x" * verifier.LONGEST_SIGNATURE + b"\r\n" + LETTER, names),
            *(lambda count: examined(signature[:-2] + b"x" * count + b"\r\n" + LETTER, names), 10_000),
        ),
        Row(
            *("header under DKIM, octets", verifier.LARGEST_HEADER, "too-large"),
            lambda: examined(signature + FIELD * (verifier.LARGEST_HEADER // len(FIELD) + 1) + LETTER, names),
            *(lambda count: examined(signature + FIELD * count + LETTER, names), 5_000),
        ),
        Row(
            *("ARC sets", collect.MOST_SETS, "too-many"),
            lambda: str(validate(seal % (collect.MOST_SETS + 1) + LETTER, names, NOW).reason),
            *(lambda count: validate(b"".join(map(seal.__mod__, range(count))) + LETTER, names, NOW), 500),
        ),
    )


def spf(record: str, sender: str = "a@a.example") -> str:
    zones = Zones().with_record("a.example", "TXT", record.encode()).with_record("x.example", "A", b"192.0.2.1")
    verdict = check_host("192.0.2.10", "a.example", sender, "h.example", zones)
    return f"{verdict.result} {verdict.reason}"


def explained(size: int) -> str:
    zones = Zones().with_record("a.example", "TXT", b"v=spf1 exp=e.example -all")
    zones = zones.with_record("e.example", "TXT", b"x" * size)
    return check_host("192.0.2.10", "a.example", "a@a.example", "h.example", zones).explanation


def examined(octets: bytes, names: Resolver) -> str:
    return str(verify.examine(octets, names, NOW)[0].reason)


def _sparse(path: str) -> None:
    with open(path, "wb") as file:
        file.truncate(1 << 40)  # more than anything takes, and nothing on the disk


class _Folder:
    """A folder in which a command finds a file."""

    def __init__(self, name: str, *arguments: str) -> None:
        self.name, self.arguments = name, arguments

    def said(self, write: Callable[[str], object]) -> str:
        """What a command says on standard error of a file that `write` makes."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, self.name)
            path.parent.mkdir(exist_ok=True)
            write(str(path))
            out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
            with redirect_stdout(out), redirect_stderr(err):
                main([argument.replace("{}", folder) for argument in self.arguments])
            return err.getvalue()

    def too_large(self) -> str:
        return self.said(_sparse)

    def holding(self, before: str, line: str, after: str = "") -> Callable[[int], object]:
        def work(count: int) -> str:
            return self.said(lambda path: Path(path).write_text(before + line * count + after, encoding="ascii"))

        return work


def _files() -> tuple[Row, ...]:
    transcript = _Folder("a.txt", "transcript", "convert", "{}/a.txt", "--to", "json")
    world = _Folder("world.toml", "world", "check", "{}")
    campaign = _Folder("list.csv", "campaign", "--list", "{}/list.csv", "--days", "1", "--hygiene", "on")
    body = _Folder("body", "compose", "--from", "a@example.com", "--to", "b@example.net", "--body-file", "{}/body")
    return (
        Row(
            *("transcript, MiB", MOST_OCTETS // MEBIBYTE, "too large; at most 64 MiB are read"),
            transcript.too_large,
            *(transcript.holding("$ telnet x smtp\n220 x\n", "> NOOP\n250 ok\n"), 2_000),
        ),
        Row(
            *("body of a letter, MiB", MOST_OCTETS // MEBIBYTE, "too large; at most 64 MiB are read"),
            body.too_large,
            *(body.holding("", "x\n"), 2_000),
        ),
        Row(
            *("file of a world, MiB", world_file.MOST_OCTETS // MEBIBYTE, "too large; at most 16 MiB are read"),
            world.too_large,
            *(world.holding("", "# x\n"), 20_000),
        ),
        Row(
            *("records of a zone", zone_text.MOST_RECORDS, "too-many-records"),
            lambda: zone(zone_text.MOST_RECORDS + 1),
            *(zone, 1_000),
        ),
        Row(
            *("text of a zone, characters", zone_text.LONGEST_TEXT, "zone-too-long"),
            lambda: key_of(read_zones([ZoneText("a.zone", "; x\n" * (zone_text.LONGEST_TEXT // 4 + 1))])),
            *(lambda count: read_zones([ZoneText("a.zone", "; x\n" * count)]), 10_000),
        ),
        Row(
            *("list of a campaign, MiB", 1024, "too large; at most 1024 MiB are read"),
            campaign.too_large,
            *(listed, 5_000),
        ),
        Row(
            *("lines of the history", history.MOST_LINES, f"{history.MOST_LINES}"),
            lambda: str(len(remembered(3 * history.MOST_LINES))),
            *(remembered, 10_000),
        ),
        Row(
            *("HTTP body, octets", site.MOST_OCTETS, "HTTP/1.1 413"),
            lambda: posted(site.MOST_OCTETS + 1),
            *(posted, 100_000),
        ),
    )


def listed(count: int) -> object:
    return recipients.read_list((f"a{number}@example.net" for number in range(count)), lambda address: Kind.READER)


def zone(count: int) -> str:
    found = read_zones(
        [ZoneText("a.zone", "$ORIGIN a.example.\n" + "".join(f"n{i} A 192.0.2.1\n" for i in range(count)))]
    )
    return key_of(found)


def key_of(found: Zones | ZoneFault) -> str:
    return found.key if isinstance(found, ZoneFault) else ""


def remembered(count: int) -> list[str]:
    """What is read of a history of so many lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "history")
        path.write_text("".join(f"NOOP {number}\n" for number in range(count)), encoding="ascii")
        return list(history.LineHistory(str(path)).load_history_strings())


def posted(octets: int) -> str:
    """The first line that answers a request with a body."""
    from aiohttp import web

    async def take(request: web.Request) -> web.StreamResponse:
        return site.reply(len(await request.read()))

    async def talk() -> str:
        here = site.Site("127.0.0.1", 0)
        here.mount([("POST", "/", take)])
        port = await here.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1_000)
        head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {octets}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + b"x" * octets)
        line = await reader.readline()
        writer.close()
        await here.stop()
        return line.decode()

    return asyncio.run(talk())


ROWS = (*_smtp(), *_mailboxes(), *_verdicts(), *_files())
