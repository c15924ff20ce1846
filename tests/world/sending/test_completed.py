"""A sending service adds Date and Message-ID where the customer's program wrote none (RFC 6409 8.1, 8.2)."""

from __future__ import annotations

from base64 import b64encode
from email import message_from_bytes

import pytest

from smtpsim.session.simulation import open_simulation
from smtpsim.world.load import shipped_world

WORLD = shipped_world()
SES = WORLD.hosts["email-smtp.ap-northeast-1.amazonses.com"]
OWN_DATE, OWN_ID = "Fri, 01 Jan 2021 00:00:00 +0000", "<mine@theatre.example>"


def delivered(*header: str) -> bytes:
    """What arrives of a letter with this header, sent through the service by its first customer."""
    assert SES.sending is not None
    account = next(account for account in SES.sending.accounts.values() if account.users)
    user, sender = account.users[0], f"news@{account.domains[0]}"
    secret = b64encode(f"\0{user}\0{SES.users[user]}".encode()).decode()
    turn = open_simulation(WORLD, SES)
    begin = (
        f"EHLO {account.domains[0]}",
        f"AUTH PLAIN {secret}",
        f"MAIL FROM:<{sender}>",
        "RCPT TO:<bob@hogefuga.com>",
    )
    for line in (*begin, "DATA", f"From: {sender}", *header, "", "Hello.", "."):
        turn = turn.after.say(line)
        assert turn.reply is None or turn.reply.accepts, turn.reply
    (mail,) = turn.after.world.mailboxes["bob@hogefuga.com"].mails
    return mail.octets


@pytest.mark.parametrize(
    "given", [(), (f"Date: {OWN_DATE}",), (f"MESSAGE-ID: {OWN_ID}",), (f"Date: {OWN_DATE}", f"Message-ID: {OWN_ID}")]
)
def test_what_is_missing_is_added_and_what_is_there_stays(given: tuple[str, ...]) -> None:
    message = message_from_bytes(delivered(*given))
    own = {line.partition(":")[0].lower() for line in given}
    assert len(message.get_all("Date", [])) == len(message.get_all("Message-ID", [])) == 1
    assert message["Date"] == (OWN_DATE if "date" in own else "Wed, 01 Apr 2026 09:00:00 +0000")
    assert (message["Message-ID"] == OWN_ID) is ("message-id" in own)
    assert "@" in message["Message-ID"]
    assert message.get_payload() == "Hello.\r\n"
