"""What AUTH sends is masked; all else is as it was."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.session.simulation import open_simulation
from smtpsim.transcript import Client, Dialogue, masked, read, redacted
from smtpsim.transcript.credentials import without_credentials
from smtpsim.transcript.recording import masked_turns
from smtpsim.world.load import shipped_world
from tests.protocol import dialogue as protocol

MASK = "********"


def shown(text: str) -> list[str]:
    dialogue = read("".join(f"{line}\n" for line in text.split("|")).encode(), format="text")
    assert isinstance(dialogue, Dialogue)
    return [entry.text for entry in masked(dialogue).entries if isinstance(entry, Client)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> AUTH PLAIN AHUAc2Vj|235 ok|> NOOP|250 ok", [f"AUTH PLAIN {MASK}", "NOOP"]),
        ("> auth login dQ==|334 x|> c2Vj|235 ok", [f"auth login {MASK}", MASK]),
        ("> AUTH LOGIN|334 x|> dQ==|334 x|> c2Vj|535 no|> QUIT|221 x", ["AUTH LOGIN", MASK, MASK, "QUIT"]),
        ("> AUTH CRAM-MD5|334 x|> *|501 no", ["AUTH CRAM-MD5", "*"]),
        ("> AUTH EXTERNAL =|235 ok", ["AUTH EXTERNAL ="]),
        ("> AUTH PLAIN|504 no|> NOOP|250 ok", ["AUTH PLAIN", "NOOP"]),
        ("> AUTH LOGIN|> dQ==|> c2Vj|> MAIL FROM:<a@b>", ["AUTH LOGIN", MASK, MASK, "MAIL FROM:<a@b>"]),
        ("> AUTH LOGIN dQ==|> c2Vj|> QUIT", [f"AUTH LOGIN {MASK}", MASK, "QUIT"]),
        ("> AUTH PLAIN AHUAc2Vj|> QUIT", [f"AUTH PLAIN {MASK}", "QUIT"]),
        ("> AUTH LOGIN|> dQ==|> c2Vj|334 x|334 x|235 ok", ["AUTH LOGIN", MASK, MASK]),
        ("> AUTH LOGIN|334 x|> dQ==|> c2Vj|> QUIT|334 x|235 ok|221 x", ["AUTH LOGIN", MASK, MASK, "QUIT"]),
        ("> AUTH LOGIN|334 x|> help|334 x|> quit now|235 ok", ["AUTH LOGIN", MASK, MASK]),
        ("> AUTH LOGIN|503 no|> dXNlcg==|502 no|> c2Vj|502 no|> QUIT", ["AUTH LOGIN", MASK, MASK, "QUIT"]),
        ("> AUTH FOO|504 no|> EXIT|502 no|> HELLO|502 no", ["AUTH FOO", "EXIT", "HELLO"]),
        ("> AUTH SCRAM-SHA-1|> biw=|> Yz0=|> MAIL FROM:<a@b>", ["AUTH SCRAM-SHA-1", MASK, MASK, "MAIL FROM:<a@b>"]),
        ("> AUTH PLAIN|< + |> AHUAc2Vj|< +OK|> STAT|< +OK", ["AUTH PLAIN", MASK, "STAT"]),
        ("> a AUTHENTICATE PLAIN|< +|> AHUAc2Vj|< a OK|> b NOOP", ["a AUTHENTICATE PLAIN", MASK, "b NOOP"]),
        ("> a AUTHENTICATE PLAIN AHUAc2Vj|< a OK", [f"a AUTHENTICATE PLAIN {MASK}"]),
        ("> APOP u c4c9334bac560ecc979e58001b3e22fb|< +OK", [f"APOP u {MASK}"]),
        ("> MAIL FROM:<a@b> AUTH=<c@d>|250 ok", ["MAIL FROM:<a@b> AUTH=<c@d>"]),
    ],
)
def test_masked(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_a_mask_leaves_the_text() -> None:
    dialogue = read(b"> AUTH PLAIN AHUAc2Vj\n235 ok\n> QUIT\n", format="text")
    assert isinstance(dialogue, Dialogue)
    hidden = redacted(dialogue)
    assert hidden == dialogue
    assert [entry.mask for entry in hidden.entries if isinstance(entry, Client)] == [f"AUTH PLAIN {MASK}", "QUIT"]


SECRET = "AGFubgBvcGVuLXNlc2FtZQ=="
"""The user `ann` and the password `open-sesame` as PLAIN has them."""

NEAR = (
    *("AUTH PLAIN {}", " AUTH PLAIN {}", "\tauth\tplain\t{}", "AUTH  PLAIN   {}", "AUTH PLAIN {} {}", "AUTH PLAIN ={}"),
    *("AUTH=PLAIN {}", "AUTH:PLAIN:{}", "AUTHPLAIN {}", "AUTHPLAIN{}", "AUTH{}", "AUTH {}", "AUTH, PLAIN, {}"),
    *("AUHT PLAIN {}", "AUT PLAIN {}", "AUTHH PLAIN {}", "UTH PLAIN {}"),
    *("AUTHENTICATE PLAIN {}", "a1 AUTHENTICATE PLAIN {}"),
    *(
        "ＡＵＴＨ　ＰＬＡＩＮ　{}",
        "A\u200bUTH PLAIN {}",
        "AUTH\u00a0PLAIN\u00a0{}",
        "AUTH\x00PLAIN {}",
        "> AUTH PLAIN {}",
    ),
    *("PLAIN {}", "{}", "NOOP {}", "HELP AUTH PLAIN {}", "x y {}", "250 AUTH PLAIN {}"),
)


@pytest.mark.parametrize("form", NEAR)
def test_what_nearly_logs_in_is_hidden_too(form: str) -> None:
    shown = without_credentials(form.format(*[SECRET] * form.count("{}")), MASK)
    assert SECRET not in shown
    assert shown.endswith(MASK)


@settings(max_examples=400)
@given(
    st.sampled_from(["AUTH", "auth", "Auth"]),
    st.text(alphabet=" \t", max_size=3),
    st.text(alphabet=" \t", min_size=1, max_size=3),
    st.sampled_from(["PLAIN", "plain", "LOGIN"]),
    st.binary(min_size=6, max_size=30),
)
def test_whatever_the_server_takes_for_a_log_in_is_hidden(
    verb: str, before: str, between: str, mechanism: str, secret: bytes
) -> None:
    """The server itself is asked: where it begins a log-in, nothing of the response is left."""
    response = b64encode(secret).decode()
    line = f"{before}{verb}{between}{mechanism}{between}{response}"
    step = protocol.Dialogue().say("EHLO client.example.com", line)
    assert step.reply is not None
    assert step.reply.key.startswith("auth-")
    assert response not in without_credentials(line, MASK)


@pytest.mark.parametrize(
    "line",
    [
        *("AUTH", "AUTH FOO", "AUTH PLAIN", "AUTH PLAIN =", "*", "MAIL FROM:<login@example.com> AUTH=<plain>"),
        *("RCPT TO:<auth@example.com>", "HELP AUTH", "plain text", "login", "PASSING by", "EHLO auth"),
    ],
)
def test_what_holds_no_secret_is_shown(line: str) -> None:
    assert without_credentials(line, MASK) == line


@pytest.mark.parametrize("form", NEAR)
def test_no_turn_that_is_shown_repeats_a_secret(form: str) -> None:
    """Replies and remarks can quote the line."""
    turn = open_simulation(shipped_world()).after.say("EHLO client.example.com")
    turns = [turn, turn.after.say(form.format(*[SECRET] * form.count("{}")))]
    shown = list(masked_turns(turns))[1]
    told = (shown.line, *(shown.reply.lines if shown.reply else ()), *(fault.found for fault in shown.faults))
    assert not [text for text in told if SECRET.lower() in text.lower()]


@pytest.mark.parametrize(
    "lines",
    [
        ("AUTH LOGIN", "czNjcmV0", "am9l"),  # the password is given as the name
        ("AUTH LOGIN czNjcmV0", "am9l"),
        ("AUTH PLAIN AHMzY3JldABqb2U=",),
        ("AUTH LOGIN AGpvZQBzM2NyZXQ=", "QUIT"),  # what PLAIN would have
    ],
    ids=" ".join,
)
def test_the_name_of_a_log_in_that_failed_may_be_a_password(lines: tuple[str, ...]) -> None:
    world = shipped_world()
    turns = [open_simulation(world, world.hosts["smtp.example.com"])]
    for line in ("EHLO a.example", *lines):
        turns.append(turns[-1].after.say(line))
    assert turns[-1].reply is not None
    assert turns[-1].reply.code == 535
    assert "s3cret" not in str([(turn.line, turn.facts, turn.reply, turn.faults) for turn in masked_turns(turns)])
