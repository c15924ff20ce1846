"""Every fault has a rule behind it, and every rule a line that offends it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from smtpsim.protocol.smtp.extensions.starttls import before_handshake
from smtpsim.protocol.smtp.fault import RULES
from smtpsim.protocol.smtp.framing import Line
from smtpsim.protocol.smtp.question import Verdict
from tests.protocol.dialogue import DATA, HELLO, MAIL, Dialogue, world

RFCS = {1035, 1870, 3030, 3207, 3461, 4616, 4954, 5321, 6152, 6531}

OFFENCES: dict[str, tuple[str, ...]] = {
    # commands
    "empty-line": ("",),
    "unknown-verb": ("FROB",),
    "line-too-long": ("NOOP " + "x" * 600,),
    "full-width": ("ＮＯＯＰ",),
    "control-octet": ("NOOP \0",),
    "bare-lf": (),
    "bare-cr": ("NOOP\r",),
    "argument-missing": ("VRFY",),
    "argument-unexpected": ("RSET x",),
    "extension-without-ehlo": ("HELO a", "STARTTLS"),
    # HELO and EHLO
    "helo-missing": ("HELO",),
    "helo-not-a-domain": ("HELO a..b",),
    "helo-extra-words": ("HELO a b",),
    # MAIL and RCPT
    "keyword-missing": (*HELLO, "MAIL <a@b>"),
    "colon-missing": (*HELLO, "MAIL FROM <a@b>"),
    "space-before-colon": (*HELLO, "MAIL FROM :<a@b>"),
    "space-after-colon": (*HELLO, "MAIL FROM: <a@b>"),
    "sender-missing": (*HELLO, "MAIL FROM:"),
    "recipient-missing": (*MAIL, "RCPT TO:"),
    "several-senders": (*HELLO, "MAIL FROM:<a@b>,<c@d>"),
    "several-recipients": (*MAIL, "RCPT TO:<a@b>,<c@d>"),
    "no-brackets": (*HELLO, "MAIL FROM:a@b"),
    "bracket-unclosed": (*HELLO, "MAIL FROM:<a@b"),
    "bracket-unopened": (*HELLO, "MAIL FROM:a@b>"),
    "null-forward-path": (*MAIL, "RCPT TO:<>"),
    "route-loose": (*HELLO, "MAIL FROM:<@[192.0.2.1]:a@b>"),
    "route-obsolete": (*HELLO, "MAIL FROM:<@a.example:a@b>"),
    "local-syntax": (*HELLO, "MAIL FROM:<a b@c>"),
    "local-empty": (*HELLO, "MAIL FROM:<@b>"),
    "local-dots": (*HELLO, "MAIL FROM:<a..b@c>"),
    "local-too-long": (*HELLO, f"MAIL FROM:<{'a' * 65}@b>"),
    "quote-unclosed": (*HELLO, 'MAIL FROM:<"a@b>'),
    "at-missing": (*HELLO, "MAIL FROM:<a>"),
    "at-doubled": (*HELLO, "MAIL FROM:<a@b@c>"),
    "domain-missing": (*HELLO, "MAIL FROM:<a@>"),
    "domain-syntax": (*HELLO, "MAIL FROM:<a@b!>"),
    "domain-too-long": (*HELLO, f"MAIL FROM:<a@{'b.' * 127}bb>"),
    "label-too-long": (*HELLO, f"MAIL FROM:<a@{'b' * 64}>"),
    "literal-syntax": (*HELLO, "MAIL FROM:<a@[b]>"),
    "address-unbracketed": (*HELLO, "MAIL FROM:<a@192.0.2.1>"),
    "underscore": (*HELLO, "MAIL FROM:<a@b_c>"),
    "trailing-dot": (*HELLO, "MAIL FROM:<a@b.>"),
    "path-too-long": (*HELLO, f"MAIL FROM:<a@{'b.' * 127}b>"),
    "after-path": (*HELLO, "MAIL FROM:<a@b>,"),
    "utf8-not-announced": (*HELLO, "MAIL FROM:<é@b>"),
    "surrounding-space": (*HELLO, "MAIL FROM:< a@b>"),
    "comment": (*HELLO, "MAIL FROM:<a(b)@c>"),
    "display-name": (*HELLO, "MAIL FROM:Ann <a@b>"),
    "colon-in-local": (*HELLO, "MAIL FROM:<a:b@c>"),
    # parameters
    "parameter-unknown": (*HELLO, "MAIL FROM:<a@b> FOO"),
    "parameter-syntax": (*HELLO, "MAIL FROM:<a@b> =1"),
    "parameter-twice": (*HELLO, "MAIL FROM:<a@b> SIZE=1 SIZE=1"),
    "parameter-without-ehlo": ("HELO a", "MAIL FROM:<a@b> SIZE=1"),
    "size-value": (*HELLO, "MAIL FROM:<a@b> SIZE=x"),
    "size-over-limit": (*HELLO, "MAIL FROM:<a@b> SIZE=99999999999"),
    "body-value": (*HELLO, "MAIL FROM:<a@b> BODY=9BIT"),
    "smtputf8-value": (*HELLO, "MAIL FROM:<a@b> SMTPUTF8=1"),
    "ret-value": (*HELLO, "MAIL FROM:<a@b> RET=ALL"),
    "envid-value": (*HELLO, "MAIL FROM:<a@b> ENVID="),
    "notify-value": (*MAIL, "RCPT TO:<a@b> NOTIFY=x"),
    "orcpt-value": (*MAIL, "RCPT TO:<a@b> ORCPT=x"),
    "auth-value": (*HELLO, "MAIL FROM:<a@b> AUTH="),
    "bdat-syntax": (*HELLO, "BDAT x"),
    "auth-syntax": (*HELLO, "AUTH"),
    "auth-too-long": (*HELLO, "AUTH PLAIN", "A" * 12_288),
    "base64-syntax": (*HELLO, "AUTH PLAIN !"),
    "credentials-syntax": (*HELLO, "AUTH PLAIN ="),
    # content
    "lone-dot-bare-lf": (),
    "content-line-too-long": (*DATA, "x" * 999),
    "nul-in-content": (*DATA, "\0"),
    "eight-bit-not-announced": (*DATA, "é"),
    "dot-unstuffed": (*DATA, ".x"),
}


VERDICTS = {"reply-late": Verdict(delay=5), "connection-broken": Verdict(breaks=True)}
"""Faults that are not in the line: the world's answer brings them."""


def offended(key: str) -> Iterator[str]:
    """The keys of the faults of the line that offends a rule."""
    if key == "before-handshake":
        yield from (fault.key for fault in before_handshake(3))
        return
    dialogue = Dialogue(judge=lambda question: VERDICTS.get(key, world(question)))
    if key == "bare-lf":
        dialogue.take(Line(b"NOOP", b"\n"))
    elif key == "lone-dot-bare-lf":
        dialogue.say(*DATA)
        dialogue.take(Line(b".", b"\n"))
    elif key not in VERDICTS:
        dialogue.say(*OFFENCES[key])
    yield from (fault.key for fault in dialogue.step.faults)


@pytest.mark.parametrize("key", RULES)
def test_every_rule_can_be_offended(key: str) -> None:
    assert key in offended(key)


@pytest.mark.parametrize("key", RULES)
def test_references_name_a_section(key: str) -> None:
    assert RULES[key].rfc in RFCS
    assert re.fullmatch(r"[1-9A-Z]\d?(\.\d+)*", RULES[key].section)
