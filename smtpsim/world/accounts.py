"""Who may log in: AUTH's credentials against a host's users (RFC 4954, RFC 2195)."""

from __future__ import annotations

from smtpsim.protocol.smtp.question import ACCEPTED, AskChallenge, AskLogin, Verdict
from smtpsim.world.identity import queue_id
from smtpsim.world.model import Host, World


def challenge(world: World, host: Host, question: AskChallenge) -> Verdict:
    """A CRAM-MD5 challenge shaped like a message identifier (RFC 2195 2)."""
    return Verdict(None, {"challenge": f"<{queue_id(world)}.{world.now}@{host.name}>"})


def login(world: World, host: Host, question: AskLogin) -> Verdict:
    """Compare the secret with the user's password."""
    password = host.users.get(question.user)
    fits = password is not None and _fits(question, password)
    return ACCEPTED if fits else Verdict(host.service.rule("auth-failed"))


def _fits(question: AskLogin, password: str) -> bool:
    if question.mechanism != "CRAM-MD5":
        return question.secret == password
    from hashlib import md5
    from hmac import new

    digest = new(password.encode(), question.challenge.encode(), md5).hexdigest()
    return question.secret.lower() == digest
