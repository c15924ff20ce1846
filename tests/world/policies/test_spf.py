"""The policy `spf`: what a refusal says, and whose words it says (RFC 7208 8.4)."""

from __future__ import annotations

import pytest

from tests.world.policies.dialogues import CLIENT, SHIPPED, connected, say, with_policies

EXPLAINED = "v=spf1 -all exp=why.books6.example"


def refusal(record: str, words: str, sender: str = "ann@books6.example") -> str:
    """The reply to MAIL at a host that refuses what fails."""
    zones = SHIPPED.zones.with_records("books6.example", "TXT", [record.encode()])
    zones = zones.with_record("target.books6.example", "TXT", b"v=spf1 -all exp=why.books6.example")
    zones = zones.with_record("why.books6.example", "TXT", words.encode())
    world = with_policies(("spf", {"fail": "reject"}), world=SHIPPED._replace(zones=zones))
    turn = say(connected(world).after, "EHLO a.example").after.say(f"MAIL FROM:<{sender}>")
    assert turn.reply is not None
    assert turn.reply.code == 550
    return "\n".join(turn.reply.lines)


@pytest.mark.parametrize(
    ("record", "words", "said"),
    [
        (EXPLAINED, "%{c} is not ours", f"the domain books6.example explains: {CLIENT} is not ours"),
        (
            "v=spf1 redirect=target.books6.example exp=none.books6.example",
            "Not %{d}",
            "the domain target.books6.example explains: Not target.books6.example",
        ),
        ("v=spf1 -all", "", f"books6.example does not permit {CLIENT} to send its mail"),
        (EXPLAINED, "%{x}", f"books6.example does not permit {CLIENT} to send its mail"),
    ],
)
def test_a_refusal_tells_whose_words_it_repeats(record: str, words: str, said: str) -> None:
    assert refusal(record, words) == f"5.7.23 SPF check failed: {said}"


def test_a_refusal_fits_a_reply_line() -> None:
    """RFC 5321 4.5.3.1.5: 512 octets with code and CRLF."""
    assert len(refusal(EXPLAINED, "x" * 2_000).encode()) + len("550 \r\n") <= 512
