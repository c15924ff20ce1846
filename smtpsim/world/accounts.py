"""Who may log in: AUTH's credentials against a host's users (RFC 4954, RFC 2195)."""

from __future__ import annotations

from smtpsim.kernel.address import mailbox_address
from smtpsim.protocol.smtp.question import ACCEPTED, AskChallenge, AskLogin, Verdict
from smtpsim.world.model import Host, World, queue_id


def challenge(world: World, host: Host, question: AskChallenge) -> Verdict:
    """A CRAM-MD5 challenge shaped like a message identifier, never the same in one session (RFC 2195 2)."""
    return Verdict(None, {"challenge": f"<{queue_id(world)}.{question.number}.{world.now}@{host.name}>"})


def login(world: World, host: Host, question: AskLogin) -> Verdict:
    """Compare the secret with the user's password. A host that takes every log-in does not look at it."""
    if host.accepts_any:
        return ACCEPTED
    password = host.users.get(login_name(question.user))
    fits = password is not None and _fits(question, password)
    return ACCEPTED if fits else Verdict(host.service.rule("auth-failed"))


def login_name(text: str) -> str:
    """The form in which login names are compared: a mail address as its mailbox is known, another name as it stands."""
    return mailbox_address(text) if "@" in text else text


def _fits(question: AskLogin, password: str) -> bool:
    if question.mechanism != "CRAM-MD5":
        return question.secret == password
    return question.secret.lower() == digest(password, question.challenge)


def digest(password: str, challenge: str) -> str:
    """What answers a CRAM-MD5 challenge, in hexadecimal (RFC 2195 2)."""
    from hashlib import md5
    from hmac import new

    return new(password.encode(), challenge.encode(), md5).hexdigest()
