"""What AUTH sends is masked; all else is as it was."""

from __future__ import annotations

import pytest

from smtpsim.transcript import Client, Dialogue, masked, read, redacted

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
    assert [entry.mask for entry in hidden.entries if isinstance(entry, Client)] == [f"AUTH PLAIN {MASK}", ""]
