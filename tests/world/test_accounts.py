"""AUTH against a host's users (RFC 4954, RFC 2195)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.smtp.question import AskChallenge, AskLogin
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
        str(challenge(world, SMTP, AskChallenge("CRAM-MD5")).values["challenge"])
        for world in (WORLD, WORLD._replace(serial=1), WORLD._replace(now=1), WORLD._replace(seed=1))
    ]
    assert all(text.startswith("<") and text.endswith("@smtp.example.com>") for text in said)
    assert len(set(said)) == 4
