"""What a sender's program makes of a draft: envelope, letter, and the lines a client says."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.addresses import NamedAddress
from smtpsim.message.compose import (
    Outgoing,
    Stamp,
    client_lines,
    compose,
    content_lines,
    mail_command,
    one_each,
    one_for_all,
    stamp,
)
from smtpsim.message.draft import Draft, read_draft

ALL = frozenset({"SIZE", "8BITMIME", "SMTPUTF8"})
STAMP = Stamp(1_775_034_000, "1.2")
AUTHOR = NamedAddress("", "alice@example.com")
BOB = NamedAddress("", "bob@example.net")
CAROL = NamedAddress("Carol", "carol@example.net")
DAVE = NamedAddress("", "dave@example.org")


def parsed(letter: Outgoing) -> EmailMessage:
    mail = message_from_bytes(b"".join(line + b"\r\n" for line in letter.lines), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail.defects == []
    return mail


def test_the_letter_in_full() -> None:
    draft = Draft(AUTHOR, to=(BOB,), cc=(CAROL,), subject="hello", body="How are you?\n")
    assert compose(draft, STAMP, ALL) == Outgoing(
        "alice@example.com",
        ("bob@example.net", "carol@example.net"),
        (
            b"From: alice@example.com",
            b"To: bob@example.net",
            b"Cc: Carol <carol@example.net>",
            b"Subject: hello",
            b"Date: Wed, 01 Apr 2026 09:00:00 +0000",
            b"Message-ID: <1.2@example.com>",
            b"",
            b"How are you?",
        ),
    )


def test_bcc_is_on_the_envelope_and_nowhere_else() -> None:
    letter = compose(Draft(AUTHOR, to=(BOB,), bcc=(DAVE, CAROL)), STAMP, ALL)
    assert letter.recipients == ("bob@example.net", "dave@example.org", "carol@example.net")
    text = b"\n".join(letter.lines).lower()
    assert b"bcc" not in text
    assert b"dave" not in text
    assert b"carol" not in text


def test_a_mail_to_nobody_named() -> None:
    mail = parsed(compose(Draft(AUTHOR, bcc=(BOB,)), STAMP, ALL))
    assert mail["To"] == "undisclosed-recipients:;"


def test_a_mail_to_cc_only_needs_no_to() -> None:
    assert parsed(compose(Draft(AUTHOR, cc=(BOB,)), STAMP, ALL))["To"] is None


def test_who_is_named_twice_gets_one_mail() -> None:
    draft = Draft(AUTHOR, to=(BOB, CAROL), cc=(BOB,), bcc=(NamedAddress("Bob", "bob@EXAMPLE.net"),))
    assert draft.recipients == ("bob@example.net", "carol@example.net")


def test_reply_to_and_receipt() -> None:
    mail = parsed(compose(Draft(AUTHOR, to=(BOB,), reply_to=(CAROL, DAVE), receipt_to=(AUTHOR,)), STAMP, ALL))
    assert mail["Reply-To"] == "Carol <carol@example.net>, dave@example.org"
    assert mail["Disposition-Notification-To"] == "alice@example.com"


SENDERS = [(None, "alice@example.com"), ("", ""), ("bounce@x.example", "bounce@x.example")]


@pytest.mark.parametrize(("envelope", "sender"), SENDERS)
def test_the_sender_on_the_envelope(envelope: str | None, sender: str) -> None:
    letter = compose(Draft(AUTHOR, to=(BOB,), envelope_from=envelope), STAMP, ALL)
    assert letter.sender == sender
    assert parsed(letter)["From"] == "alice@example.com"


def test_japanese_header_and_body() -> None:
    draft = Draft(NamedAddress("管理者", "w@example.com"), to=(BOB,), subject="テスト", body="本文です。")
    letter = compose(draft, STAMP, ALL)
    head = letter.lines[: letter.lines.index(b"")]
    assert all(map(bytes.isascii, head))
    mail = parsed(letter)
    assert (mail["From"], mail["Subject"]) == ("管理者 <w@example.com>", "テスト")
    assert mail.get_content() == "本文です。\r\n"


def test_without_8bitmime_all_is_ascii() -> None:
    letter = compose(Draft(AUTHOR, to=(BOB,), body="本文です。"), STAMP, frozenset())
    assert all(map(bytes.isascii, letter.lines))
    assert parsed(letter).get_content() == "本文です。\r\n"


PARAMETERS = [
    (Draft(AUTHOR, to=(BOB,)), ALL, " SIZE=118"),
    (Draft(AUTHOR, to=(BOB,)), frozenset(), ""),
    (Draft(AUTHOR, to=(BOB,), body="é"), frozenset({"8BITMIME"}), " BODY=8BITMIME"),
    (Draft(AUTHOR, to=(NamedAddress("", "管理者@example.net"),)), frozenset({"SMTPUTF8"}), " SMTPUTF8"),
    (Draft(AUTHOR, to=(NamedAddress("管理者", "b@example.net"),)), frozenset({"SMTPUTF8"}), ""),
]


@pytest.mark.parametrize(("draft", "offered", "parameters"), PARAMETERS)
def test_the_parameters_of_mail(draft: Draft, offered: frozenset[str], parameters: str) -> None:
    command = mail_command(compose(draft, STAMP, offered), offered)
    assert command == f"MAIL FROM:<alice@example.com>{parameters}"


def test_the_announced_size_is_that_of_the_letter() -> None:
    letter = compose(Draft(AUTHOR, to=(BOB,), body=".\nabc"), STAMP, ALL)
    octets = b"".join(line + b"\r\n" for line in letter.lines)
    assert f"SIZE={len(octets)}" in mail_command(letter, ALL)


def test_dots_are_stuffed() -> None:
    letter = Outgoing("", (), (b".", b"..x", b"a.", b""))
    assert list(content_lines(letter)) == ["..", "...x", "a.", "", "."]


def test_one_transaction_or_one_each() -> None:
    letter = Outgoing("a@x", ("b@x", "c@x"), (b"x",))
    assert one_for_all(letter) == (letter,)
    assert [one.recipients for one in one_each(letter)] == [("b@x",), ("c@x",)]
    assert {one.lines for one in one_each(letter)} == {(b"x",)}


def test_what_a_client_says() -> None:
    letter = Outgoing("a@x", ("b@x", "c@x"), (b"Subject: x", b"", b".dot"))
    assert client_lines("cgi.example.com", [letter], frozenset()) == (
        "EHLO cgi.example.com",
        "MAIL FROM:<a@x>",
        "RCPT TO:<b@x>",
        "RCPT TO:<c@x>",
        "DATA",
        "Subject: x",
        "",
        "..dot",
        ".",
        "QUIT",
    )


def test_stamps_are_the_same_for_the_same_and_else_differ() -> None:
    draft = Draft(AUTHOR, to=(BOB,))
    same = [stamp(draft, 0, 1, 2), stamp(draft, 0, 1, 2)]
    others = [stamp(draft, 0, 1, 3), stamp(draft, 0, 2, 2), stamp(draft._replace(subject="x"), 0, 1, 2)]
    assert len({*same, *others}) == 4
    assert same[0].identity.startswith("19700101000000.")


TEXTS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=60)


BODIES = st.text(st.characters(codec="utf-8"), max_size=200)


@given(TEXTS, BODIES, st.sampled_from([ALL, frozenset[str]()]))
def test_every_draft_makes_a_letter_without_defects(subject: str, body: str, offered: frozenset[str]) -> None:
    draft = read_draft({"from": ["a@example.com"], "bcc": ["b@example.net"], "subject": [subject], "body": [body]})
    assert isinstance(draft, Draft)
    letter = compose(draft, STAMP, offered)
    assert all(len(line) <= 998 and b"\r" not in line and b"\n" not in line for line in letter.lines)
    parsed(letter)
