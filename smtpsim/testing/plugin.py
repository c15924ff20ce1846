"""The pytest plugin: the fixture `smtp_server`, a mail server for one test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from smtpsim.testing.server import SmtpServer


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "smtp_server(host, accept_any, tls, pop3, imap, clock, client_ip, world, policies, webhook, webhook_form): "
        "settings of the fixture smtp_server, as SmtpServer takes them",
    )


@pytest.fixture
def smtp_server(request: pytest.FixtureRequest) -> Iterator[SmtpServer]:
    """An SMTP server on a random port of 127.0.0.1 that takes every mail; it is new for each test."""
    from smtpsim.testing.server import SmtpServer

    marker = request.node.get_closest_marker("smtp_server")
    with SmtpServer(**(marker.kwargs if marker else {})) as server:
        yield server
