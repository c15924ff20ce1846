"""Real clients against `smtpsim serve`, each where it is installed (the CI installs them)."""

from __future__ import annotations

import asyncio
import os
import shutil
import smtplib
import subprocess
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from smtpsim.testing import SmtpServer

LETTER = "Subject: from a real client\r\n\r\nhello\r\n.a line with a dot\r\n"

NODEMAILER = """
const [port, cert] = process.argv.slice(1)
require("nodemailer").createTransport({
  host: "localhost", port: Number(port), requireTLS: true, tls: {ca: require("fs").readFileSync(cert)},
  auth: {user: "joe", pass: "secret"},
}).sendMail({
  from: "a@x.example", to: "b@y.example", subject: "from a real client", text: "hello\\n.a line with a dot\\n",
}).catch(wrong => { console.error(wrong); process.exit(1) })
"""

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
    "s-nail": [
        *("-n", "-S", "v15-compat", "-S", "mta=smtp://127.0.0.1:{port}", "-S", "smtp-auth=none"),
        *("-r", "a@x.example", "-s", "from a real client", "b@y.example"),
    ],
    "s-nail smtp-use-starttls": [
        *("-n", "-S", "v15-compat", "-S", "mta=smtp://joe:secret@localhost:{port}", "-S", "smtp-auth=plain"),
        *("-S", "smtp-use-starttls", "-S", "tls-ca-file={cert}", "-S", "tls-verify=strict"),
        *("-r", "a@x.example", "-s", "from a real client", "b@y.example"),
    ],
    "mutt": [
        *("-n", "-F", "/dev/null", "-e", "set smtp_url=smtp://127.0.0.1:{port}/ copy=no ssl_force_tls=no"),
        *("-e", "set ssl_starttls=no from=a@x.example use_envelope_from=yes"),
        *("-s", "from a real client", "b@y.example"),
    ],
    "mutt ssl_force_tls": [
        *("-n", "-F", "/dev/null", "-e", "set smtp_url=smtp://joe:secret@localhost:{port}/ copy=no ssl_force_tls=yes"),
        *("-e", "set certificate_file={cert} from=a@x.example use_envelope_from=yes"),
        *("-s", "from a real client", "b@y.example"),
    ],
    "node nodemailer": ["-e", NODEMAILER, "{port}", "{cert}"],
}


def is_here(client: str) -> bool:
    """Whether the program is installed, and nodemailer beside node (NODE_PATH says where)."""
    program, _, module = client.partition(" ")
    found = shutil.which(program)
    return bool(found) and (
        program != "node" or not subprocess.run([program, "-e", f"require('{module}')"], capture_output=True).returncode
    )


HERE = {name: line for name, line in CLIENTS.items() if is_here(name)}


@pytest.mark.parametrize("client", HERE)
def test_a_client_delivers(client: str, tmp_path: Path) -> None:
    with SmtpServer(tls=True) as server:
        line = [part.replace("{port}", str(server.port)).replace("{cert}", server.cert) for part in HERE[client]]
        ran = subprocess.run(
            [client.split(" ")[0], *line],
            input=LETTER.encode(),
            capture_output=True,
            timeout=30,
            check=False,
            env={**os.environ, "HOME": str(tmp_path)},
        )
        assert ran.returncode == 0, ran.stderr.decode() + ran.stdout.decode()
        mail = server.wait(to="b@y.example", timeout=5)
        assert mail.envelope.sender == "a@x.example"
        assert client.startswith("swaks") or b"\r\n.a line with a dot" in mail.octets
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


def test_aiosmtplib() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.example", "b@y.example", "from a real client"
    message.set_content("hello\n.a line with a dot\n")

    async def sent(server: SmtpServer) -> None:
        client = aiosmtplib.SMTP(hostname="localhost", port=server.port, cert_bundle=server.cert, start_tls=True)
        async with client:
            assert client.transport
            socket = client.transport.get_extra_info("socket")
            await client.login("joe", "secret")
            refused, _ = await client.send_message(message)
            assert refused == {}
            server.fail("RCPT", reply=452, times=1)
            with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
                await client.send_message(message)
        async with asyncio.timeout(20):
            while socket.fileno() != -1:  # TLS says goodbye after the client has left
                await asyncio.sleep(0.01)

    with SmtpServer(tls=True) as server:
        asyncio.run(sent(server))
        (mail,) = server.mails
        assert b"\r\n.a line with a dot" in mail.octets
        assert b"with ESMTPSA" in mail.octets


@pytest.mark.parametrize("path", ["pop3://127.0.0.1:{}/1", "imap://127.0.0.1:{}/INBOX;UID=1"])
def test_curl_fetches(path: str) -> None:
    with SmtpServer(pop3=True, imap=True) as server:
        with smtplib.SMTP(server.host, server.port, timeout=10) as client:
            client.sendmail("a@x.example", ["b@y.example"], LETTER)
        url = path.format(server.port_of(path.partition(":")[0]))
        line = ["curl", "--silent", "--show-error", "--user", "b@y.example:any", url]
        ran = subprocess.run(line, capture_output=True, timeout=30, check=False)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout.endswith(b"\r\nhello\r\n.a line with a dot\r\n")
