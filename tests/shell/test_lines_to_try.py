"""The line that an explanation offers to try can be typed after a mail, or within one."""

from __future__ import annotations

import pytest

from smtpsim.protocol.smtp.table import KNOWN
from smtpsim.shell.answer import Refused
from smtpsim.views.topics import TOPICS
from tests.shell.conftest import Begin
from tests.shell.test_shell import MAIL


@pytest.mark.parametrize("topic", TOPICS)
def test_a_line_to_try_can_be_typed(begin: Begin, topic: str) -> None:
    line = TOPICS[topic]
    if line.startswith(":"):
        assert not isinstance(begin(*MAIL[:8]).command(line), Refused), line
    else:
        assert line == "." or ": " in line or line.split()[0] in KNOWN
