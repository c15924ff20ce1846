"""What only the order of the lines tells: replies, the letter, chunks, and content sent ahead of the 354."""

from __future__ import annotations

import pytest

from smtpsim.transcript import Client, Content, Dialogue, Entry, read

CLIENT = {Client: "C", Content: "L"}


def kinds(text: str) -> list[str]:
    """The client's lines of a text-form dialogue, each as `C:` (command) or `L:` (letter) and its text."""
    dialogue = read("".join(f"{line}\n" for line in text.split("|")).encode(), format="text")
    assert isinstance(dialogue, Dialogue)
    return [_kind(entry) for entry in dialogue.entries if isinstance(entry, Client | Content)]


def _kind(entry: Entry) -> str:
    assert isinstance(entry, Client | Content)
    return f"{CLIENT[type(entry)]}:{entry.text}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> DATA|354 go|> a|> ..b|> .|250 ok|> QUIT", ["C:DATA", "L:a", "L:.b", "C:.", "C:QUIT"]),
        ("> DATA|503 no|> a|250 ok", ["C:DATA", "C:a"]),
        ("> DATA|354 go|> a|421 timeout|> b", ["C:DATA", "L:a", "C:b"]),
        ("> DATA|> a|> ..b|> .|> QUIT", ["C:DATA", "L:a", "L:.b", "C:.", "C:QUIT"]),
        ("> DATA|> a|> .|> DATA|> b|> .", ["C:DATA", "L:a", "C:.", "C:DATA", "L:b", "C:."]),
        ("> data  |> a|> .|354 go|250 ok", ["C:data  ", "L:a", "C:."]),
        ("> MAIL|> DATA|> a|> .|> QUIT|250 ok|354 go|250 ok|221 x", ["C:MAIL", "C:DATA", "L:a", "C:.", "C:QUIT"]),
        ("> MAIL|> DATA|> a|> .|> QUIT|250 ok|503 no|500 x|500 x|221 x", ["C:MAIL", "C:DATA", "C:a", "C:.", "C:QUIT"]),
        ("> MAIL|> DATA|> a|250 ok|> b|> .|354 go|250 ok", ["C:MAIL", "C:DATA", "L:a", "L:b", "C:."]),
        ("> DATA|> a|354 go|> b|> .|250 ok|> NOOP", ["C:DATA", "L:a", "L:b", "C:.", "C:NOOP"]),
        (
            "> DATA|> a|> .|> MAIL|> DATA|> b|> .|> QUIT|354 x|250 x|250 x|354 x|250 x|221 x",
            ["C:DATA", "L:a", "C:.", "C:MAIL", "C:DATA", "L:b", "C:.", "C:QUIT"],
        ),
        ("> DATA|503 x|> RCPT|250 x|> DATA|354 x|> a|> .", ["C:DATA", "C:RCPT", "C:DATA", "L:a", "C:."]),
        ("> BDAT 6|> abcd|250 ok|> NOOP", ["C:BDAT 6", "L:abcd", "C:NOOP"]),
        ("> BDAT 6|> abcd|> BDAT 0 LAST|250 ok|250 ok", ["C:BDAT 6", "L:abcd", "C:BDAT 0 LAST"]),
        ("> BDAT 8|> ..|> a|> ..|> QUIT|250 ok|221 x", ["C:BDAT 8", "L:..", "L:a", "L:..", "C:QUIT"]),
        ("> BDAT 99|> a|250 ok|> QUIT", ["C:BDAT 99", "L:a", "C:QUIT"]),
        ("> BDAT x|501 no|> QUIT", ["C:BDAT x", "C:QUIT"]),
        ("> AUTH LOGIN|334 VXNlcm5hbWU6|> dQ==|334 UGFzc3dvcmQ6|> c2Vj|235 ok", ["C:AUTH LOGIN", "C:dQ==", "C:c2Vj"]),
    ],
)
def test_client_lines(text: str, expected: list[str]) -> None:
    assert kinds(f"220 hi|{text}" if "250" in text or "354" in text else text) == expected
