"""Real clients against `smtpsim serve`, each where it is installed (the CI installs them)."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from smtpsim.testing import SmtpServer

LETTER = "Subject: from a real client\r\n\r\nhello\r\n.a line with a dot\r\n"

CLIENTS = {
    "swaks": ["--to", "b@y.example", "--from", "a@x.example", "--server", "127.0.0.1:{port}", "--pipeline"],
    "swaks --tls --auth": [
        *("--to", "b@y.example", "--from", "a@x.example", "--server", "127.0.0.1:{port}", "--tls"),
        *("--auth", "PLAIN", "--auth-user", "joe", "--auth-password", "secret"),
    ],
    "swaks --xclient": [
        *("--to", "b@y.example", "--from", "a@x.example", "--server", "127.0.0.1:{port}"),
        *("--xclient-addr", "203.0.113.9", "--xclient-helo", "c.example"),
    ],
    "curl": [
        *("--silent", "--show-error", "smtp://127.0.0.1:{port}/c.example", "--mail-from", "a@x.example"),
        *("--mail-rcpt", "b@y.example", "--upload-file", "-"),
    ],
    "curl --ssl-reqd": [
        *("--silent", "--show-error", "--ssl-reqd", "--cacert", "{cert}", "smtp://localhost:{port}", "--user", "joe:s"),
        *("--mail-from", "a@x.example", "--mail-rcpt", "b@y.example", "--upload-file", "-"),
    ],
    "msmtp": ["--host=127.0.0.1", "--port={port}", "--from=a@x.example", "b@y.example"],
    "msmtp --tls=on": [
        *("--host=localhost", "--port={port}", "--tls=on", "--tls-trust-file={cert}", "--from=a@x.example"),
        "b@y.example",
    ],
}
HERE = {name: line for name, line in CLIENTS.items() if shutil.which(name.split(" ")[0])}


@pytest.mark.parametrize("client", HERE)
def test_a_client_delivers(client: str) -> None:
    with SmtpServer(tls=True) as server:
        line = [part.format(port=server.port, cert=server.cert) for part in HERE[client]]
        ran = subprocess.run(
            [client.split(" ")[0], *line], input=LETTER.encode(), capture_output=True, timeout=30, check=False
        )
        assert ran.returncode == 0, ran.stderr.decode() + ran.stdout.decode()
        mail = server.wait(to="b@y.example", timeout=5)
        assert mail.envelope.sender == "a@x.example"
        if client == "swaks --xclient":
            assert b"203.0.113.9" in mail.octets


def test_openssl_s_client() -> None:
    with SmtpServer(tls=True) as server:
        line = ["openssl", "s_client", "-starttls", "smtp", "-connect", f"localhost:{server.port}", "-quiet", "-crlf"]
        line += ["-CAfile", server.cert, "-verify_return_error"]
        said = b"EHLO c.example\nMAIL FROM:<a@x.example>\nRCPT TO:<b@y.example>\nDATA\nSubject: x\n\nhello\n.\nQUIT\n"
        ran = subprocess.run(line, input=said, capture_output=True, timeout=30, check=False)
        assert b"221 " in ran.stdout, ran.stderr
        assert server.wait(to="b@y.example", timeout=5)
