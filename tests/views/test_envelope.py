"""The envelope's rows, before and after it is handed over."""

from __future__ import annotations

import pytest

from smtpsim.views.row import Mark
from tests.views.conftest import Said, Shown, section_of

BEGIN = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>")


def test_nothing_before_mail(shown: Shown) -> None:
    assert set(shown("envelope", "HELO cgi.example.com")) == {"none"}


def test_the_sender(shown: Shown) -> None:
    assert shown("envelope", *BEGIN)["from"].value == "<webmaster@example.com>"
    null = shown("envelope", "HELO cgi.example.com", "MAIL FROM:<>")["from"]
    assert (null.value, null.mark) == ("<>", Mark.NOTE)
    assert null.remark


def test_a_sender_that_was_refused(shown: Shown) -> None:
    lines = ("HELO host.attacker.example", "MAIL FROM:<webmaster@example.com>")
    rows = shown("envelope", *lines, host="mx.example.net", client_ip="203.0.113.66")
    assert (rows["from"].mark, rows["from"].value) == (Mark.BAD, "<webmaster@example.com>")
    assert rows["from"].remark.startswith("refused: 550 ")
    assert rows["stage"].value == "the server did not take the sender"
    assert "to-1" not in rows


def test_every_recipient_has_its_fate(shown: Shown) -> None:
    lines = (
        *BEGIN,
        "RCPT TO:<test@hogefuga.com>",
        "RCPT TO:<nobody@example.com>",
        "RCPT TO:<nobody@hogefuga.com>",
    )
    open_rows = shown("envelope", *lines)
    assert [open_rows[f"to-{n}"].mark for n in (1, 2, 3)] == [Mark.GOOD, Mark.BAD, Mark.GOOD]
    assert open_rows["to-2"].remark.startswith("refused: 550 ")
    done = shown("envelope", *lines, "DATA", ".")
    assert [done[f"to-{n}"].remark for n in (1, 3)] == ["delivered", "bounced"]
    assert done["to-2"].remark == open_rows["to-2"].remark


def test_a_recipient_that_is_named_again_gets_one_copy(shown: Shown) -> None:
    lines = (*BEGIN, "RCPT TO:<test@hogefuga.com>", "RCPT TO:<test@HOGEFUGA.com>", "RCPT TO:<bob@hogefuga.com>")
    again = "named before; one copy goes out"
    assert [row.remark for row in shown("envelope", *lines).values()][1:4] == ["", again, ""]
    done = shown("envelope", *lines, "DATA", ".")
    assert [done[f"to-{n}"].remark for n in (1, 2, 3)] == ["delivered", again, "delivered"]
    assert done["to-2"].mark is Mark.NOTE


def test_a_recipient_that_was_refused_at_first_is_not_named_again(shown: Shown) -> None:
    rows = shown("envelope", *BEGIN, *["RCPT TO:<nobody@example.com>"] * 2)
    assert [rows[f"to-{n}"].mark for n in (1, 2)] == [Mark.BAD, Mark.BAD]


@pytest.mark.parametrize(
    ("lines", "stage"),
    [
        ((), "not handed over yet"),
        (("RCPT TO:<test@hogefuga.com>", "DATA"), "the letter is being typed"),
        (("RCPT TO:<test@hogefuga.com>", "DATA", "."), "the server has taken it"),
        (("RCPT TO:<test@hogefuga.com>", "DATA", ".", "NOOP", "QUIT"), "the server has taken it"),
        (("RSET",), "dropped before it was handed over"),
        (("HELO again.example",), "dropped before it was handed over"),
    ],
)
def test_whose_it_is_by_now(shown: Shown, lines: tuple[str, ...], stage: str) -> None:
    assert shown("envelope", *BEGIN, *lines)["stage"].value == stage


@pytest.mark.parametrize(
    ("recipients", "digest"),
    [
        ((), "<webmaster@example.com>"),
        (("alice@hogefuga.com",), "<webmaster@example.com> → <alice@hogefuga.com>"),
        (
            ("alice@hogefuga.com", "x@example.com"),
            "<webmaster@example.com> → <alice@hogefuga.com>; refused: <x@example.com>",
        ),
        (("x@example.com",), "<webmaster@example.com>; refused: <x@example.com>"),
    ],
)
def test_the_digest_names_all(said: Said, recipients: tuple[str, ...], digest: str) -> None:
    timeline = said(*BEGIN, *(f"RCPT TO:<{address}>" for address in recipients))
    assert section_of(timeline, "envelope").digest.value == digest
