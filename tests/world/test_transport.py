"""What happens to a letter between acceptance and mailbox: delivery, relaying, and what each leaves on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.protocol.smtp.framing import Line
from smtpsim.reports.reason import NO_REASON
from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.model import Hop, World

Send = Callable[..., Simulation]

WORLD = shipped_world()
HERE = "webmaster@example.com"
THERE = "test@hogefuga.com"


def mails(simulation: Simulation, address: str) -> list[bytes]:
    """What lies in a mailbox, the newest first."""
    mailbox = simulation.world.mailboxes.get(address)
    return [mail.octets for mail in mailbox.mails] if mailbox else []


def statuses(simulation: Simulation) -> dict[str, str]:
    return {outcome.recipient: outcome.status for outcome in simulation.world.outcomes.values()}


def hops(simulation: Simulation) -> list[Hop]:
    return [simulation.world.hops[number] for number in sorted(simulation.world.hops)]


def commands(hop: Hop) -> list[str]:
    """What the client said, without the letter; from STARTTLS on where it said that (RFC 3207 4.2)."""
    words = [said.client for said in hop.said if said.client and not said.client.endswith("\r\n")]
    return words[words.index("STARTTLS") + 1 :] if "STARTTLS" in words else words


def below_trace(octets: bytes) -> bytes:
    """A stored mail without what servers wrote above it."""
    lines = octets.split(b"\r\n")
    while lines[0][:1] in (b"\t", b" ") or lines[0].split(b":")[0] in TRACE:
        del lines[0]
    return b"\r\n".join(lines)


TRACE = (b"Return-Path", b"Received", b"Received-SPF", b"Authentication-Results")


# Final delivery


def test_a_letter_in_the_mailbox_has_its_return_path_and_received_above_it(send: Send) -> None:
    simulation = send(WORLD, HERE, sender="cgi@example.com", letter=("Subject: x", "", "Hello."))
    (mail,) = mails(simulation, HERE)
    assert mail.startswith(b"Return-Path: <cgi@example.com>\r\n")
    assert mail.count(b"\r\nReceived: ") == 1
    assert mail.endswith(b"\r\nSubject: x\r\n\r\nHello.\r\n")
    assert statuses(simulation) == {HERE: "delivered"}


def test_received_tells_who_gave_what_to_whom_and_names_no_recipient(send: Send) -> None:
    simulation = send(WORLD, HERE, "newsletter@example.com")
    for address in (HERE, "newsletter@example.com"):
        (mail,) = mails(simulation, address)
        received = mail[mail.index(b"Received: ") :].split(b"Subject:")[0]
        assert received == (
            b"Received: from cgi.example.com ([192.0.2.10])\r\n"
            b"\tby smtp.example.com with ESMTP id " + simulation.world.outcomes[1].letter.encode() + b";\r\n"
            b"\tWed, 01 Apr 2026 09:00:00 +0000\r\n"
        )
        assert b"newsletter" not in mail


def test_return_path_is_the_envelope_s_and_not_the_header_s(send: Send) -> None:
    letter = ("From: Somebody Else <else@example.net>", "Sender: third@example.net", "", "x")
    (mail,) = mails(send(WORLD, HERE, sender="bounces@example.com", letter=letter), HERE)
    assert mail.startswith(b"Return-Path: <bounces@example.com>\r\n")
    assert mail.lower().count(b"return-path") == 1


def test_the_null_sender_leaves_empty_brackets(send: Send) -> None:
    (mail,) = mails(send(WORLD, HERE, sender=""), HERE)
    assert mail.startswith(b"Return-Path: <>\r\n")


def test_a_return_path_that_the_sender_wrote_is_taken_out(send: Send) -> None:
    letter = (
        "Return-Path: <forged@example.net>",
        "Subject: x",
        "RETURN-PATH : <forged@example.net>",
        "return-path:",
        "\t<forged",
        " @example.net>",
        "Return-Path-Note: stays",
        "X: Return-Path: stays",
        "",
        "Return-Path: <stays@in.body>",
    )
    (mail,) = mails(send(WORLD, HERE, letter=letter), HERE)
    assert b"forged" not in mail
    assert below_trace(mail) == (
        b"Subject: x\r\nReturn-Path-Note: stays\r\nX: Return-Path: stays\r\n\r\nReturn-Path: <stays@in.body>\r\n"
    )


def test_a_letter_without_an_empty_line_loses_only_what_is_header(send: Send) -> None:
    letter = ("Subject: x", "Return-Path: <forged@example.net>", "no field", "Return-Path: <stays@in.body>")
    (mail,) = mails(send(WORLD, HERE, letter=letter), HERE)
    assert below_trace(mail) == b"Subject: x\r\nno field\r\nReturn-Path: <stays@in.body>\r\n"


def test_a_letter_of_nothing_at_all_is_delivered(send: Send) -> None:
    (mail,) = mails(send(WORLD, HERE, letter=()), HERE)
    assert below_trace(mail) == b""


def test_a_quoted_sender_cannot_add_a_line_to_the_header() -> None:
    turn: Turn = open_simulation(WORLD)
    for line in (b"EHLO x", b'MAIL FROM:<"a\rBcc: b"@example.com>', f"RCPT TO:<{HERE}>".encode(), b"DATA", b"", b"."):
        turn = turn.after.take(Line(line))
    for mail in mails(turn.after, HERE):
        assert b"\r" not in mail.replace(b"\r\n", b"")


# The next host


def test_a_relay_talks_to_the_mail_exchanger_from_its_own_address(send: Send) -> None:
    simulation = send(WORLD, THERE)
    (hop,) = hops(simulation)
    assert (hop.client, hop.client_ip, hop.server) == ("smtp.example.com", "192.0.2.25", "mx.hogefuga.com")
    size = len(below_trace(mails(simulation, THERE)[0]))
    first, second, *rest = commands(hop)
    assert (first, rest) == ("EHLO smtp.example.com", ["RCPT TO:<test@hogefuga.com>", "DATA", ".", "QUIT"])
    assert second.startswith("MAIL FROM:<webmaster@example.com> SIZE=")
    assert int(second.rpartition("=")[2]) > size
    codes = [said.server[:3] for said in hop.said if said.server]
    assert codes == ["220", "250", "220", "250", "250", "250", "354", "250", "221"]


def test_each_host_on_the_way_has_written_one_received(send: Send) -> None:
    (mail,) = mails(send(WORLD, THERE), THERE)
    first, second = (part.split(b";")[0] for part in mail.split(b"Received: ")[1:])
    assert first.startswith(b"from smtp.example.com ([192.0.2.25])\r\n\tby mx.hogefuga.com with ESMTPS id ")
    assert second.startswith(b"from cgi.example.com ([192.0.2.10])\r\n\tby smtp.example.com with ESMTP id ")


def test_the_outcome_names_the_last_hop_and_the_mailbox(send: Send) -> None:
    simulation = send(WORLD, THERE)
    assert simulation.world.outcomes[1]._asdict() | {"letter": ""} == {
        "letter": "",
        "recipient": THERE,
        "status": "delivered",
        "hop": 1,
        "host": "mx.hogefuga.com",
        "mailbox": THERE,
        "why": NO_REASON,
        "bounce_to": "",
        "next_try": 0,
        "follows": 0,
        "role": "",
        "way": ("smtp.example.com", "mx.hogefuga.com"),
    }


def test_recipients_of_one_domain_share_a_dialogue(send: Send) -> None:
    simulation = send(WORLD, "alice@hogefuga.com", "carol@example.net", "bob@hogefuga.com", HERE)
    named = [[word for word in commands(hop) if word.startswith("RCPT")] for hop in hops(simulation)]
    assert named == [
        ["RCPT TO:<alice@hogefuga.com>", "RCPT TO:<bob@hogefuga.com>"],
        ["RCPT TO:<carol@example.net>"],
    ]
    assert set(statuses(simulation).values()) == {"delivered"}
    assert len(statuses(simulation)) == 4


def test_a_letter_travels_with_its_own_return_path_only_in_the_end(send: Send) -> None:
    simulation = send(WORLD, THERE, letter=("Return-Path: <forged@example.net>", "", "x"))
    (letter,) = [said.client for said in hops(simulation)[0].said if said.client.endswith("\r\n")]
    assert "Return-Path: <forged@example.net>" in letter
    assert b"forged" not in mails(simulation, THERE)[0]


# What a letter may hold

CONTENTS: dict[str, tuple[tuple[str, ...], bytes]] = {
    "dots": ((".. .", "..", "...", ".x"), b". .\r\n.\r\n..\r\nx\r\n"),
    "empty lines": (("", "", ""), b"\r\n\r\n\r\n"),
    "commands": (("QUIT", "MAIL FROM:<a@example.com>"), b"QUIT\r\nMAIL FROM:<a@example.com>\r\n"),
    "UTF-8": (("Subject: テスト", "", "本文"), "Subject: テスト\r\n\r\n本文\r\n".encode()),
    "other octets": (("", "\udcff\udc80\x00"), b"\r\n\xff\x80\x00\r\n"),
    "a stray CR": (("a\rb", "\r.\r"), b"a b\r\n . \r\n"),
    "a long line": (("x" * 5000,), b"x" * 5000 + b"\r\n"),
}


@pytest.mark.parametrize(("typed", "stored"), CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("recipient", [HERE, THERE])
def test_content_arrives_as_it_was_meant(send: Send, recipient: str, typed: tuple[str, ...], stored: bytes) -> None:
    simulation = send(WORLD, recipient, letter=("X-Below: here", *typed))
    (mail,) = mails(simulation, recipient)
    assert below_trace(mail) == b"X-Below: here\r\n" + stored
    assert len(simulation.world.outcomes) == 1


def chunked(content: bytes, parameters: str = "", recipient: str = THERE, world: World = WORLD) -> Simulation:
    """A letter that was sent by BDAT."""
    said = b"EHLO cgi.example.com\r\nMAIL FROM:<webmaster@example.com>%b\r\nRCPT TO:<%b>\r\nBDAT %d LAST\r\n%bNOOP\r\n"
    data = said % (parameters.encode(), recipient.encode(), len(content), content)
    fed = open_simulation(world).after.feed(data)
    assert fed.turns[-1].reply is not None
    assert fed.turns[-1].reply.key == "noop"
    return fed.after


CHUNKS = {
    "lines": (b"Subject: x\r\n\r\nHello.\r\n", b"Subject: x\r\n\r\nHello.\r\n"),
    "no end of the last line": (b"Subject: x\r\n\r\nHello.", b"Subject: x\r\n\r\nHello.\r\n"),
    "dots": (b"\r\n.\r\n..\r\n", b"\r\n.\r\n..\r\n"),
    "smuggled by LF": (b"\r\na\n.\nMAIL FROM:<x@example.com>\r\n", b"\r\na . MAIL FROM:<x@example.com>\r\n"),
    "smuggled by CR": (b"\r\na\r.\rQUIT\r\n", b"\r\na . QUIT\r\n"),
    "smuggled by both": (b"\r\na\n.\r\nQUIT\r\n", b"\r\na .\r\nQUIT\r\n"),
    "CR before CRLF": (b"\r\na\r\r\n.\r\n", b"\r\na \r\n.\r\n"),
    "CR at the very end": (b"\r\na\r", b"\r\na \r\n"),
    "nothing": (b"", b""),
}


@pytest.mark.parametrize(("sent", "stored"), CHUNKS.values(), ids=CHUNKS)
@pytest.mark.parametrize("recipient", [HERE, THERE])
def test_what_came_in_chunks_breaks_no_dialogue(recipient: str, sent: bytes, stored: bytes) -> None:
    simulation = chunked(b"X-Below: here\r\n" + sent, recipient=recipient)
    (mail,) = mails(simulation, recipient)
    assert below_trace(mail) == b"X-Below: here\r\n" + stored
    for hop in hops(simulation):
        for said in hop.said:
            assert "\n" not in said.client.replace("\r\n", "")
            assert "\r" not in said.client.replace("\r\n", "")


PIECES = st.lists(st.sampled_from((b"\r", b"\n", b"\r\n", b".", b"a", b"QUIT", b"\xff", b"\0", b":", b" "))).map(
    b"".join
)


@settings(max_examples=150)
@given(st.lists(PIECES).map(b"".join), st.sampled_from((HERE, THERE)))
def test_any_octets_arrive_line_by_line(sent: bytes, recipient: str) -> None:
    simulation = chunked(b"X-Below: here\r\n" + sent, recipient=recipient)
    (mail,) = mails(simulation, recipient)
    lines = sent.removesuffix(b"\r\n").split(b"\r\n") if sent else []
    stored = [line.replace(b"\r", b" ").replace(b"\n", b" ") for line in lines]
    assert below_trace(mail).split(b"\r\n") == [b"X-Below: here", *stored, b""]


def test_eight_bit_letters_are_announced(send: Send) -> None:
    simulation = send(WORLD, THERE, letter=("Subject: テスト",))
    assert commands(hops(simulation)[0])[1].endswith(" BODY=8BITMIME")


def test_addresses_beyond_ascii_travel_with_smtputf8() -> None:
    turn: Turn = open_simulation(WORLD)
    lines = ("EHLO x", "MAIL FROM:<差出人@example.com> SMTPUTF8", f"RCPT TO:<{THERE}>", "DATA", "Subject: 件名", ".")
    for line in lines:
        turn = turn.after.say(line)
    assert commands(hops(turn.after)[0])[1].endswith(" BODY=8BITMIME SMTPUTF8")
    (mail,) = mails(turn.after, THERE)
    assert mail.startswith("Return-Path: <差出人@example.com>\r\n".encode())
    assert b" with UTF8SMTP id " in mail


def test_smtputf8_is_not_passed_on_where_ascii_is_all() -> None:
    turn: Turn = open_simulation(WORLD)
    for line in (
        "EHLO x",
        "MAIL FROM:<a@example.com> SMTPUTF8",
        f"RCPT TO:<{THERE}>",
        "DATA",
        "Subject: x",
        "",
        "é",
        ".",
    ):
        turn = turn.after.say(line)
    assert commands(hops(turn.after)[0])[1].endswith(" BODY=8BITMIME")


@pytest.mark.parametrize("recipient", ["order-update@amazon.co.jp"])
def test_a_host_without_smtputf8_does_not_get_such_a_letter(recipient: str) -> None:
    turn: Turn = open_simulation(WORLD)
    for line in ("EHLO x", "MAIL FROM:<差出人@example.com> SMTPUTF8", f"RCPT TO:<{recipient}>", "DATA", "", "."):
        turn = turn.after.say(line)
    (hop,) = hops(turn.after)
    assert commands(hop) == ["EHLO smtp.example.com", "QUIT"]
    outcome = turn.after.world.outcomes[1]
    assert (outcome.status, outcome.host) == ("bounced", "mx.amazon.co.jp")
    assert "SMTPUTF8" in outcome.reason


def test_a_binary_letter_stays_as_it_is_where_it_is_delivered() -> None:
    simulation = chunked(b"\r\n\x00\n.\n\r\xff\r\n", " BODY=BINARYMIME", HERE)
    assert below_trace(mails(simulation, HERE)[0]) == b"\r\n\x00\n.\n\r\xff\r\n"


def test_a_binary_letter_goes_on_only_in_chunks_to_a_host_that_takes_it() -> None:
    simulation = chunked(b"\r\n\x00\n.\r\n", " BODY=BINARYMIME")
    assert "BINARYMIME" in simulation.world.outcomes[1].reason
    assert simulation.world.outcomes[1].status == "bounced"


def test_a_binary_letter_goes_on_in_one_chunk() -> None:
    smtp = WORLD.hosts["smtp.example.com"]
    server = smtp._replace(name="mx.hogefuga.com", addresses=("198.51.100.25",), domains=frozenset({"hogefuga.com"}))
    world = WORLD.with_host(server)
    simulation = chunked(b"\r\n\x00\n.\n\r\xff\r\n.\r\n", " BODY=BINARYMIME", world=world)
    assert below_trace(mails(simulation, THERE)[0]) == b"\r\n\x00\n.\n\r\xff\r\n.\r\n"
    said = commands(hops(simulation)[0])
    assert " BODY=BINARYMIME" in said[1]
    assert said[3].startswith("BDAT ")
    assert said[3].endswith(" LAST")
    assert said[4:] == ["QUIT"]


# Repetition


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(send: Send) -> None:
    one, two, three = (mails(send(shipped_world(seed), THERE), THERE) for seed in (1, 1, 2))
    assert one == two
    assert one != three
