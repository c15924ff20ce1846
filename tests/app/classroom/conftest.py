"""A class without a network, and one with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.explain import words
from smtpsim.shell.opening import Choice

CODE = "123456"


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


Admit = Callable[[str], Pupil]


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def classroom(seconds: Seconds) -> Classroom:
    return Classroom(Choice(), words("en"), "hello", code=CODE, now=seconds)


@pytest.fixture
def admit(classroom: Classroom) -> Admit:
    return lambda alias: classroom.roster.admit(alias).member
