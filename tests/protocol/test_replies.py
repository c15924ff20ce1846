"""Every rule that a reply can come from: those of the core, of the extensions and of the world's policies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.printable import encoded, printable
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp import extensions, replies
from smtpsim.protocol.smtp.reply import FIELD, ReplyRule, fill
from smtpsim.world import policies
from tests.protocol.dialogue import MAIL, Dialogue, service

CORE = [ReplyRule(*row) for row in replies.ROWS]


def rules() -> Iterator[ReplyRule]:
    yield from CORE
    for name in extensions.names():
        yield from extensions.load(name).replies
    for name in policies.names():
        yield from policies.load(name).replies


ALL = list(rules())
WITHOUT_ENHANCED_CODE = {"connected", "helo-ok", "ehlo-ok", "data-go", "auth-challenge"}
"""Greetings and requests to go on have none (RFC 2034 4)."""

RFCS = {5321, 1870, 2034, 3030, 3207, 3461, 4954, 6152, 6531, 2505, 5782, 6376, 6409, 6647, 7208, 7372, 7505, 9989}
each_rule = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.key)


def test_keys_are_unique_over_all_files() -> None:
    assert [key for key, count in Counter(rule.key for rule in ALL).items() if count > 1] == []


def test_the_table_of_the_core_has_every_row() -> None:
    assert list(replies.RULES.values()) == CORE


@each_rule
def test_keys_are_words_with_hyphens(rule: ReplyRule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.key)


@each_rule
def test_codes_are_those_of_rfc_5321_4_2(rule: ReplyRule) -> None:
    assert re.fullmatch(r"[2345][0-5][0-9]", str(rule.code))
    assert rule.accepts == (rule.code < 400)


@each_rule
def test_the_enhanced_code_has_the_class_of_the_code(rule: ReplyRule) -> None:
    if rule.key in WITHOUT_ENHANCED_CODE:
        assert rule.enhanced == ""
    else:
        assert re.fullmatch(r"[245]\.\d{1,3}\.\d{1,3}", rule.enhanced)
        assert rule.enhanced[0] == str(rule.code)[0]


@each_rule
def test_texts_are_lines_of_printable_ascii_with_fields(rule: ReplyRule) -> None:
    text = FIELD.sub("x", rule.text)
    assert re.fullmatch(r"[ -~]+(\n[ -~]+)*", text)
    assert not set(text) & set("{}")


@each_rule
def test_references_name_a_section_of_an_rfc(rule: ReplyRule) -> None:
    assert rule.ref.rfc in RFCS
    assert re.fullmatch(r"[1-9A-Z]\d?(\.\d+)*", rule.ref.section)


def test_a_reply_of_one_line() -> None:
    rule = ReplyRule("k", 250, "2.1.0", "Sender {address} ok", CORE[0].ref)
    assert fill(rule, rule.text, {"address": "a@b"}, True).wire() == "250 2.1.0 Sender a@b ok\r\n"


def test_a_reply_of_several_lines_repeats_its_code() -> None:
    rule = ReplyRule("k", 550, "5.7.1", "one\ntwo", CORE[0].ref)
    assert fill(rule, rule.text, {}, True).wire() == "550-5.7.1 one\r\n550 5.7.1 two\r\n"
    assert fill(rule, rule.text, {}, False).wire() == "550-one\r\n550 two\r\n"


def test_what_strangers_wrote_adds_no_lines_and_no_controls() -> None:
    rule = ReplyRule("k", 550, "", "<{address}> no", CORE[0].ref)
    assert fill(rule, rule.text, {"address": "a\r\n250 ok\x1b[2J\udcff{server}"}, False, True).wire() == (
        "550 <a␍␊250 ok␛[2J\\xff{server}> no\r\n"
    )


def test_a_field_without_a_value_stays_as_it_is() -> None:
    rule = ReplyRule("k", 250, "", "", CORE[0].ref)
    assert fill(rule, "{nobody} {0.__class__} { {}", {}, False).lines == ("{nobody} {0.__class__} { {}",)


def test_enhanced_codes_are_shown_once_ehlo_asked_for_them() -> None:
    offering, silent = service("enhancedstatuscodes"), service()
    assert Dialogue(offering).reply("EHLO c.example", "NOOP").lines == ("2.0.0 Ok",)
    assert Dialogue(offering).reply("HELO c.example", "NOOP").lines == ("Ok",)
    assert Dialogue(silent).reply("EHLO c.example", "NOOP").lines == ("Ok",)


FIELDS = {
    "address",
    "challenge",
    "fields",
    "id",
    "levels",
    "name",
    "octets",
    "parts",
    "server",
    "size",
    "verb",
    "verbs",
}


def test_the_protocol_fills_no_other_fields_than_these() -> None:
    own = [*CORE, *(rule for name in extensions.names() for rule in extensions.load(name).replies)]
    assert {field for rule in own for field in FIELD.findall(rule.text)} == FIELDS


@given(st.text(max_size=2000), st.booleans(), st.booleans())
def test_no_line_of_a_reply_is_too_long_or_beyond_ascii_unasked(value: str, enhanced: bool, utf8: bool) -> None:
    """RFC 5321 4.5.3.1.5, RFC 6531 3.7.4."""
    rule = ReplyRule("user-unknown", 550, "5.1.1", "<{address}> User unknown\n{address}", Ref(5321, "3.3"))
    reply = fill(rule, rule.text, {"address": value}, enhanced, utf8)
    octets = encoded(reply.wire())
    assert all(len(line) + 2 <= 512 for line in octets.split(b"\r\n"))
    assert utf8 or octets.isascii()
    if utf8:
        said = "".join(line.removeprefix("5.1.1 ") if enhanced else line for line in reply.lines)
        assert said.replace(" ", "") == f"<{printable(value)}>Userunknown{printable(value)}".replace(" ", "")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("EHLO a", "MAIL FROM:<a@example.com> SMTPUTF8", "RCPT TO:<nobody@あ.example>"), "あ.example".encode()),
        (("EHLO a", "FOO あ"), b"Command not recognized"),
        (("EHLO a", "AUTH あ"), b"\\x{3042}"),
        (("EHLO a", b"AUTH \xff".decode("utf-8", "surrogateescape")), b"\\xff"),
    ],
)
def test_characters_beyond_ascii_in_replies(lines: tuple[str, ...], expected: bytes) -> None:
    assert expected in encoded(Dialogue().reply(*lines).wire())


def test_a_long_value_goes_on_in_the_next_line() -> None:
    dialogue = Dialogue()
    reply = dialogue.reply(*MAIL, f"RCPT TO:<nobody@{'.'.join(['a' * 60] * 4)}>")
    assert reply.code == 550
    long = Dialogue().reply(*MAIL, f"RCPT TO:<{'b' * 200} {'c' * 200}@example.net>")
    assert all(len(line) <= 506 for line in long.lines)
