"""A mail server for test suites: real SMTP on a random port, everything that arrives to be asserted on.

    from smtpsim.testing import SmtpServer

    with SmtpServer() as server:
        server.fail("RCPT", to="bob@x.example", reply=451, times=1)
        send_reset("bob@x.example", host=server.host, port=server.port)
        mail = server.wait(to="bob@x.example", timeout=2)
        assert mail.envelope.sender == "noreply@x.example"
        assert mail.message["Subject"] == "Reset"

`async with SmtpServer() as server` does the same in a coroutine, with `await server.arrival(...)` for `wait`. In pytest
the fixture `smtp_server` is such a server, new for each test; the marker `smtp_server(...)` takes its settings.
`SmtpServer(webhook="http://127.0.0.1:8000/hook")` also tells a program of deliveries, bounces, complaints and rejects.
"""

from __future__ import annotations

from smtpsim.testing.mail import Envelope, Mail
from smtpsim.testing.server import NoMail, SmtpServer

__all__ = ["Envelope", "Mail", "NoMail", "SmtpServer"]
