"""Advice beside the reply: lines of the letter, commands that nobody knows, log-ins, the wrong protocol."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.explain import LANGUAGES, words
from smtpsim.protocol.smtp.table import VERBS
from smtpsim.session.timeline import Timeline
from smtpsim.views.advice import advice
from smtpsim.views.advice.letter import HEADERS
from smtpsim.views.advice.nearest import nearest, one_edit
from smtpsim.views.advice.remedy import remedies
from smtpsim.views.advice.said import Advice
from smtpsim.views.advice.typos import SLIPS
from smtpsim.views.explanation import explanation
from tests.views.conftest import Said

HELLO = ("HELO cgi.example.com",)
LETTER = (*HELLO, "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA")


def advised(timeline: Timeline) -> Advice | None:
    """The advice on the last line."""
    before = timeline.turn(timeline.position - 1) if timeline.position else None
    return advice(timeline.now, before)


def key(timeline: Timeline) -> str:
    found = advised(timeline)
    return found.key if found else ""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("From: a@b",), "header-from"),
        (("TO: a@b",), "header-to"),
        (("Subject: x", " y"), "header-folded"),
        (("X-Spam: no",), "header-other"),
        (("Subject: x", ""), "header-ends"),
        (("Hello there",), "header-broken"),
        (("", "Hello there"), "body"),
        (("", "QUIT"), "command-in-letter"),
        (("RCPT TO:<x@y>",), "command-in-letter"),
        (("", " ."), "almost-dot"),
        (("", ". "), "almost-dot"),
        (("", "．"), "wide-dot"),
        (("", "。"), "wide-dot"),
        (("｡ ",), "wide-dot"),
        (("", ":help"), "order-in-letter"),
        (("：quit",), "order-in-letter"),
        (("", "see: this"), "body"),
        (("", ":-)"), "body"),
        (("", "quitting is easy"), "body"),
        (("", ".."), "almost-dot"),
        ((".",), ""),
    ],
)
def test_lines_of_the_letter(said: Said, lines: tuple[str, ...], expected: str) -> None:
    assert key(said(*LETTER, *lines)) == expected


def advised_first(timeline: Timeline, lang: str) -> str:
    """What is said before anything else of the last line."""
    return explanation(timeline.now, timeline.turn(timeline.position - 1), words(lang)).why.value


@pytest.mark.parametrize("line", [":help", ":undo", ":quit", ":wait 4h"])
def test_a_command_for_the_simulator_that_became_text_tells_the_way_out_each_time(said: Said, line: str) -> None:
    timeline = said(*LETTER, "", line, line)
    for at in (timeline.position - 1, timeline.position):
        timeline.goto(at)
        assert f"Press Ctrl-] first, then type {line[1:]}." in advised_first(timeline, "en")
        assert f"Ctrl-] を押してから {line[1:]} " in advised_first(timeline, "ja")


def test_a_full_width_dot_is_named_before_the_rule_that_it_breaks(said: Said) -> None:
    timeline = said(*LETTER, "", "．")
    assert timeline.now.faults[0].key == "eight-bit-not-announced"
    assert advised_first(timeline, "en").startswith("． is a full-width sign")


def test_a_command_for_the_simulator_that_answers_a_challenge(said: Said) -> None:
    timeline = said("EHLO a", "AUTH LOGIN", ":quit", host="email-smtp.ap-northeast-1.amazonses.com")
    assert advised(timeline) == Advice("order-in-answer", {"meant": "quit"}, caught=True)


def test_a_command_for_the_simulator_in_a_chunk(said: Said) -> None:
    timeline = said("EHLO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "BDAT 20")
    for turn in timeline.now.after.feed(b":help\r\n").turns:
        timeline.add(turn)
    assert key(timeline) == "order-in-chunk"


@pytest.mark.parametrize(
    ("line", "expected", "meant"),
    [
        # spaces and signs
        ("MAILFROM:<w@example.com>", "space-missing", "MAIL FROM:<w@example.com>"),
        ("MailFrom: w@example.com", "space-missing", "MAIL FROM:<w@example.com>"),
        ("MAILFROM <w@example.com>", "space-missing", "MAIL FROM:<w@example.com>"),
        ("RCPTTO:<w@example.com>", "space-missing", "RCPT TO:<w@example.com>"),
        ("helo: x", "sign-behind", "HELO x"),
        ("HELO:x", "sign-behind", "HELO x"),
        ("DATA:", "sign-behind", "DATA"),
        ("QUIT.", "sign-behind", "QUIT"),
        ("QUIT。", "sign-behind", "QUIT"),
        ("RCPT:<a@b>", "sign-behind", "RCPT TO:<a@b>"),
        # misspelt, or in other words
        ("HELLO x", "misspelt", "HELO x"),
        ("Hello, x", "misspelt", "HELO x"),
        ("EHLLO", "misspelt", "EHLO cgi.example.com"),
        ("HLEO x", "misspelt", "HELO x"),
        ("DATE", "misspelt", "DATA"),
        ("SEND", "misspelt", "DATA"),
        ("RCTP TO:<a@b>", "misspelt", "RCPT TO:<a@b>"),
        ("FROM:<a@b>", "misspelt", "MAIL FROM:<a@b>"),
        ("to <a@b>", "misspelt", "RCPT TO:<a@b>"),
        ("ＨＥＬＬＯ x", "misspelt", "HELO x"),
        ("quite", "misspelt", "QUIT"),
        # what belongs elsewhere
        ("CC TO:<a@b>", "copies", ""),
        ("BCC TO:<a@b>", "copies", ""),
        ("cc: a@b", "copies", ""),
        ("Subject: hello", "header-outside", ""),
        ("from:a@b", "header-outside", ""),
        ("Betreff: Hallo", "header-outside", ""),
        ("件名: テスト", "header-outside", ""),
        ("件名：テスト", "header-outside", ""),
        ("こんにちは", "text-outside", ""),
        (".", "dot-outside", ""),
        ("EXIT", "leaving", ""),
        ("log out", "leaving", ""),
        ("telnet mx.hogefuga.com 25", "connecting", ":connect mx.hogefuga.com"),
        ("telnet mx.hogefuga.com", "connecting", ":connect mx.hogefuga.com"),
        ("nc mx.hogefuga.com 587", "connecting", ":connect mx.hogefuga.com:587"),
        ("connect mx.hogefuga.com:110", "connecting", ":connect mx.hogefuga.com:110"),
        ("?", "asking", ""),
        ("--help", "asking", ""),
        ("250 okay", "reply-typed", ""),
        ("> HELO a", "prompt-typed", ""),
        ("GET / HTTP/1.1", "web", ""),
    ],
)
def test_slips(said: Said, line: str, expected: str, meant: str) -> None:
    """What is offered is the line that was typed, mended."""
    assert advised(said(*HELLO, line)) == Advice(expected, {"meant": meant})


@pytest.mark.parametrize("line", ["MAIL", "FROB", "NOOP", "USER ann"])
def test_no_slip(said: Said, line: str) -> None:
    assert advised(said(*HELLO, line)) is None


BEGUN = (*HELLO, "MAIL FROM:<a@b.example>")


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        (("HELO",), "HELO cgi.example.com"),
        (("ＨＥＬＯ x",), "HELO x"),
        (("HELO\u3000x",), "HELO x"),
        ((*HELLO, "MAIL FROM webmaster@example.com"), "MAIL FROM:<webmaster@example.com>"),
        ((*HELLO, "MAIL FROM :<a@b.example>"), "MAIL FROM:<a@b.example>"),
        ((*HELLO, "MAIL FROM:<a@b.example"), "MAIL FROM:<a@b.example>"),
        ((*HELLO, "MAIL FROM: Ann <a@b.example>"), "MAIL FROM:<a@b.example>"),
        ((*HELLO, "MAIL FROM <>"), "MAIL FROM:<>"),
        ((*HELLO, "MAIL FROM:<> FOO=1"), "MAIL FROM:<>"),
        ((*BEGUN, "RCPT test@hogefuga.com"), "RCPT TO:<test@hogefuga.com>"),
        ((*BEGUN, "RCPT TO:<test@hogefuga.com>, <bob@hogefuga.com>"), "RCPT TO:<test@hogefuga.com>"),
    ],
)
def test_a_refused_line_is_mended(said: Said, lines: tuple[str, ...], meant: str) -> None:
    """The mended line is said, and is what the key takes next."""
    timeline = said(*lines)
    assert advised(timeline) == Advice("mended", {"meant": meant})
    assert remedies(timeline.now, timeline.turn(timeline.position - 1)) == (meant,)


@pytest.mark.parametrize(
    "line", ["MAIL FROM:<@>", "MAIL FROM:<a@example.com> SIZE=abc", "MAIL FROM:webmaster@example.com"]
)
def test_nothing_is_mended_where_it_is_not_plain_or_was_taken(said: Said, line: str) -> None:
    assert advised(said("EHLO cgi.example.com", line)) is None


def test_a_mended_line_that_would_be_out_of_order_is_said_and_not_taken(said: Said) -> None:
    timeline = said(*HELLO, "RCPTTO:<a@b.example>")
    assert advised(timeline) == Advice("space-missing", {"meant": "RCPT TO:<a@b.example>"})
    assert remedies(timeline.now, timeline.turn(timeline.position - 1)) == ()


PLAIN_WEBMASTER = "AUTH PLAIN " + b64encode(b"\0webmaster@example.com\0example").decode()
SENDING = "email-smtp.us-east-1.amazonses.com"


@pytest.mark.parametrize(
    ("host", "lines", "expected", "ways"),
    [
        ("mx.hogefuga.com", ("RCPT TO:<carol@example.net>",), "relay-elsewhere", (":connect mx.example.net",)),
        ("mx.hogefuga.com", ("RCPT TO:<a@nowhere.example>",), "", ()),
        ("mx.hogefuga.com", ("RCPT TO:<tset@hogefuga.com>",), "misspelt", ("RCPT TO:<test@hogefuga.com>",)),
        ("mx.hogefuga.com", ("RCPT TO:<somebody@hogefuga.com>",), "", ()),
        ("mx.hogefuga.com", ("RCPT TO:<test@hogefuga.com>",), "", ()),
        (SENDING, (), "log-in-first", ("EHLO cgi.example.com",)),
    ],
)
def test_ways_on_after_a_refusal(
    said: Said, host: str, lines: tuple[str, ...], expected: str, ways: tuple[str, ...]
) -> None:
    timeline = said(*BEGUN, *lines, host=host)
    assert key(timeline) == expected
    assert remedies(timeline.now, timeline.turn(timeline.position - 1)) == ways


def test_a_stranger_may_go_to_the_exchanger_or_log_in(said: Said) -> None:
    refused = ("EHLO cgi.example.com", "MAIL FROM:<a@b.example>", "RCPT TO:<test@hogefuga.com>")
    timeline = said(*refused, client_ip="203.0.113.66")
    assert key(timeline) == "relay-elsewhere-or-log-in"
    ways = remedies(timeline.now, timeline.turn(timeline.position - 1))
    assert ways == (":connect mx.hogefuga.com", PLAIN_WEBMASTER)
    logged_in = said(*refused, "RSET", ways[1], *refused[1:], client_ip="203.0.113.66")
    assert logged_in.now.reply is not None
    assert logged_in.now.reply.code == 250


def test_only_verbs_of_this_server_are_offered(said: Said) -> None:
    assert key(said("AUHT PLAIN", host="email-smtp.ap-northeast-1.amazonses.com")) == "misspelt"
    assert key(said("AUHT PLAIN", host="mx.hogefuga.com")) == ""


@given(st.sampled_from(VERBS), st.integers(0, 7), st.sampled_from("ABCXYZ"))
def test_one_slip_of_the_fingers_is_near(verb: str, at: int, letter: str) -> None:
    at %= len(verb)
    typed = {
        verb[:at] + letter + verb[at:],
        verb[:at] + verb[at + 1 :],
        verb[:at] + letter + verb[at + 1 :],
        verb[:at] + verb[at : at + 2][::-1] + verb[at + 2 :],
    }
    assert all(one_edit(word, verb) for word in typed - {verb})
    assert not one_edit(verb, verb)
    assert not one_edit(f"{verb[:at]}..{verb[at:]}", verb)


@given(st.text())
def test_what_is_near_is_a_verb(word: str) -> None:
    assert nearest(word.upper(), VERBS) in ("", *VERBS)


def base64(text: str) -> str:
    return b64encode(text.encode()).decode()


SUBMISSION = ("EHLO cgi.example.com",)


@pytest.mark.parametrize(
    ("lines", "expected", "asked", "answer"),
    [
        (("AUTH PLAIN",), "login-plain", "", "\0webmaster@example.com\0example"),
        (("AUTH LOGIN",), "login-login", "Username:", "webmaster@example.com"),
        (("AUTH LOGIN", base64("Newsletter@Example.com")), "login-login", "Password:", "example"),
        (("AUTH LOGIN", base64("nobody")), "login-login", "Password:", "example"),
    ],
)
def test_log_ins_are_decoded(said: Said, lines: tuple[str, ...], expected: str, asked: str, answer: str) -> None:
    found = advised(said(*SUBMISSION, *lines))
    assert found
    assert (found.key, found.values["asked"], found.values["answer"]) == (expected, asked, answer)
    assert b64decode(found.values["example"]).decode() == answer


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_the_example_logs_in(said: Said, mechanism: str) -> None:
    timeline = said(*SUBMISSION, f"AUTH {mechanism}")
    while timeline.now.reply and timeline.now.reply.code == 334:
        found = advised(timeline)
        assert found
        timeline.add(timeline.now.after.say(found.values["example"]))
    assert timeline.now.reply
    assert timeline.now.reply.code == 235
    assert advised(timeline) is None


@pytest.mark.parametrize(
    ("host", "line", "expected"),
    [
        ("pop.hogefuga.com", "HELO x", "smtp-at-pop3"),
        ("pop.hogefuga.com", "mail from:<a@b>", "smtp-at-pop3"),
        ("pop.hogefuga.com", "FROB", ""),
        ("pop.hogefuga.com", "QUIT", ""),
        ("pop.hogefuga.com", "PASS helo", ""),
        ("imap.hogefuga.com", "HELO x", "smtp-at-imap"),
        ("imap.hogefuga.com", "a1 EHLO x", "smtp-at-imap"),
        ("imap.hogefuga.com", "QUIT", "smtp-at-imap"),
        ("imap.hogefuga.com", "a1 FROB data", ""),
        ("imap.hogefuga.com", "a1 NOOP", ""),
    ],
)
def test_smtp_at_a_server_of_another_protocol(said: Said, host: str, line: str, expected: str) -> None:
    assert key(said(line, host=host)) == expected


def test_a_chunk_gets_no_reply_at_first(said: Said) -> None:
    timeline = said("EHLO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "BDAT 20")
    assert key(timeline) == "chunk-begins"
    for turn in timeline.now.after.feed(b"hello\r\n").turns:
        timeline.add(turn)
    assert key(timeline) == "chunk-goes-on"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_words_for_every_advice(lang: str) -> None:
    letter = "header-other header-folded header-ends header-broken body command-in-letter almost-dot"
    caught = "wide-dot wide-dot-piped order-in-letter order-in-letter-piped input-ended order-in-chunk order-in-answer"
    others = "chunk-begins chunk-goes-on unanswered login-plain login-login login-cram-md5 smtp-at-pop3 smtp-at-imap"
    ways = "mended relay-elsewhere relay-elsewhere-or-log-in log-in-first"
    keys = {
        *SLIPS,
        *ways.split(),
        *(f"header-{name}" for name in HEADERS),
        *letter.split(),
        *caught.split(),
        *others.split(),
    }
    assert set(words(lang).section("advice")) == keys
