"""AUTH against a host's users (RFC 4954, RFC 2195)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import md5
from hmac import new

import pytest

from smtpsim.protocol.smtp.question import AskChallenge, AskLogin
from smtpsim.session.simulation import Simulation
from smtpsim.world.accounts import challenge, login
from smtpsim.world.load import shipped_world

WORLD = shipped_world()
SMTP = WORLD.hosts["smtp.example.com"]._replace(users={"tim": "tanstaaftanstaaf", "名": "鍵"})
CHALLENGE = "<1896.697170952@postoffice.reston.mci.net>"
DIGEST = "b913a602c7eda7a495b4e6e7334d3890"
"""The example of RFC 2195 3."""

LOGINS = (
    (AskLogin("PLAIN", "tim", "tanstaaftanstaaf", ""), True),
    (AskLogin("LOGIN", "tim", "tanstaaftanstaaf", ""), True),
    (AskLogin("PLAIN", "名", "鍵", ""), True),
    (AskLogin("PLAIN", "tim", "tanstaaf", ""), False),
    (AskLogin("PLAIN", "tim", "", ""), False),
    (AskLogin("PLAIN", "Tim", "tanstaaftanstaaf", ""), False),
    (AskLogin("PLAIN", "nobody", "", ""), False),
    (AskLogin("PLAIN", "tim", DIGEST, CHALLENGE), False),
    (AskLogin("CRAM-MD5", "tim", DIGEST, CHALLENGE), True),
    (AskLogin("CRAM-MD5", "tim", DIGEST.upper(), CHALLENGE), True),
    (AskLogin("CRAM-MD5", "tim", DIGEST, CHALLENGE.upper()), False),
    (AskLogin("CRAM-MD5", "tim", "tanstaaftanstaaf", CHALLENGE), False),
    (AskLogin("CRAM-MD5", "nobody", DIGEST, CHALLENGE), False),
)


@pytest.mark.parametrize(("question", "good"), LOGINS)
def test_logins(question: AskLogin, good: bool) -> None:
    verdict = login(WORLD, SMTP, question)
    assert verdict.accepts is good
    assert good or (verdict.rule is not None and verdict.rule.code == 535)


def test_a_challenge_looks_like_a_message_identifier_and_does_not_repeat() -> None:
    said = [
        str(challenge(world, SMTP, AskChallenge("CRAM-MD5", number)).values["challenge"])
        for world in (WORLD, WORLD._replace(serial=1), WORLD._replace(now=1), WORLD._replace(seed=1))
        for number in (0, 1)
    ]
    assert all(text.startswith("<") and text.endswith("@smtp.example.com>") for text in said)
    assert len(set(said)) == 8


SESSION = (
    "EHLO a",
    *("AUTH CRAM-MD5", "*"),
    *("AUTH CRAM-MD5", "not base64"),
    *("AUTH CRAM-MD5", b64encode(b"tim 0123").decode()),
    *("MAIL FROM:<>", "RCPT TO:<webmaster@example.com>", "DATA", "."),
    *("AUTH CRAM-MD5", "LOGIN"),
    "STARTTLS",
    "EHLO a",
    *("AUTH CRAM-MD5", "LOGIN"),
)
"""Every way to come to another AUTH; LOGIN stands for the right answer to the challenge."""


def test_a_session_never_hears_a_challenge_twice() -> None:
    """RFC 2195 2. Otherwise what was overheard would do for a login."""
    turn, said = Simulation.start(WORLD), [b""]
    user, password = next(iter(WORLD.hosts["smtp.example.com"].users.items()))
    for line in SESSION:
        digest = new(password.encode(), said[-1], md5).hexdigest()
        login = b64encode(f"{user} {digest}".encode()).decode()
        turn = turn.after.say(login if line == "LOGIN" else line)
        if turn.reply and turn.reply.code == 334:
            said.append(b64decode(turn.reply.lines[0]))
        assert line != "LOGIN" or (turn.reply and turn.reply.code == 235)
    assert len(set(said)) == len(said) == 6
