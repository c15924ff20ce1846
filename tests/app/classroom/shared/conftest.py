"""A class in one world, whose clock stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.shared.opening import open_shared
from smtpsim.app.classroom.shared.world import SharedWorld
from smtpsim.app.tui.actions import send
from smtpsim.explain import words
from smtpsim.shell.opening import Choice

Says = Callable[..., str]


@pytest.fixture
def shared() -> SharedWorld:
    return open_shared(Choice(), words("en"), (), ())


@pytest.fixture
def classroom(shared: SharedWorld) -> Classroom:
    return Classroom(Choice(), words("en"), code="123456", worlds=shared)


@pytest.fixture
def admit(classroom: Classroom) -> Callable[[str], Pupil]:
    return lambda alias: classroom.roster.admit(alias).member


def say(pupil: Pupil, *lines: str) -> str:
    """Type lines; gives what stands beside the dialogue then: the message, and the page."""
    pupil.state.message = None
    send(pupil.state, lines)
    message, page = pupil.state.message, pupil.state.page
    return "\n".join((message.value if message else "", repr(page) if page else ""))


def letter(sender: str, recipient: str, author: str = "") -> tuple[str, ...]:
    """The lines of a whole mail from the hello on."""
    return (
        *("HELO cgi.example.com", f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", "DATA"),
        *(f"From: <{author or sender}>", f"To: <{recipient}>", "Subject: secret of theirs", "", "Hello.", "."),
    )
