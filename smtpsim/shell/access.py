"""The usual next lines while mail is picked up, by protocol and phase."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.session.simulation import Simulation
from smtpsim.world.mail_access.access import MailAccess

_LINES: dict[tuple[str, str], tuple[str, ...]] = {
    ("pop3", "authorization"): ("USER {user}", "AUTH PLAIN", "CAPA", "STLS", "QUIT"),
    ("pop3", "user"): ("PASS ", "QUIT"),
    ("pop3", "transaction"): ("STAT", "LIST", "RETR 1", "TOP 1 5", "UIDL", "DELE 1", "RSET", "NOOP", "QUIT"),
    ("imap", "not-authenticated"): ("LOGIN {user} ", "AUTHENTICATE PLAIN", "CAPABILITY", "STARTTLS", "LOGOUT"),
    ("imap", "idle"): ("DONE",),
    ("imap", "authenticated"): (
        "SELECT INBOX",
        "EXAMINE INBOX",
        'LIST "" *',
        "STATUS INBOX (MESSAGES UNSEEN)",
        "CREATE Archive",
        "LOGOUT",
    ),
    ("imap", "selected"): (
        "FETCH 1 ENVELOPE",
        "FETCH 1:* FLAGS",
        "FETCH 1 BODY[HEADER]",
        "FETCH 1 BODY[TEXT]",
        "SEARCH UNSEEN",
        "STORE 1 +FLAGS (\\Deleted)",
        "COPY 1 Archive",
        "EXPUNGE",
        "IDLE",
        "NOOP",
        "LOGOUT",
    ),
}


def access_lines(simulation: Simulation) -> Iterator[str]:
    """The lines that may come next. In IMAP each begins with the next tag (RFC 3501 2.2.1)."""
    access = simulation.access
    assert access is not None
    tag = f"a{simulation.turns} " if access.protocol == "imap" and str(access.state.phase) != "idle" else ""
    for line in _LINES.get((access.protocol, str(access.state.phase)), ()):
        yield tag + line.format(user=_user(access))


def _user(access: MailAccess) -> str:
    """A login name that this host knows."""
    return next(iter(access.host.users), "").partition("@")[0]


def is_secret(simulation: Simulation, line: str) -> bool:
    """Whether a line holds a password, or what proves it, which no history keeps (RFC 1939 7, RFC 3501 6.2)."""
    access = simulation.access
    if access is None:
        return False
    begun = getattr(access.state, "partial", None)
    words = (begun.text if begun else line).upper().split()
    answers = str(access.state.phase) == "auth"
    return answers or words[:1] in (["PASS"], ["APOP"], ["AUTH"]) or words[1:2] in (["LOGIN"], ["AUTHENTICATE"])
