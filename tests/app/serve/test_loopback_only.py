"""With the network taken away `serve` does all that it does: whatever it would connect to or ask for beyond loopback
ends the process."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from re import findall

import pytest

GUARDED = """
import os, sys

sys.modules["uvloop"] = None  # it connects without Python, which therefore could not tell

def hook(event, values):
    if event == "socket.getaddrinfo":
        host = values[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        host = values[1][0] if isinstance(values[1], tuple) else "local"
    elif event in ("socket.gethostbyname", "socket.gethostbyaddr"):
        host = values[0]
    else:
        return
    print(f"audited: {event} {host}", file=sys.stderr, flush=True)
    if host not in ("127.0.0.1", "::1", "local"):
        os._exit(99)

sys.addaudithook(hook)
"""

SERVE = (
    GUARDED
    + """
from smtpsim.app.main import main
sys.exit(main(sys.argv[1:]))
"""
)

RECIPIENTS = ("test@hogefuga.com", "nobody@hogefuga.com", "mio@patient.example", "x@nowhere.example")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"}


@contextmanager
def guarded(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, int]]]:
    line = [sys.executable, "-c", SERVE, "serve", *arguments]
    with subprocess.Popen(
        line, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        ready = process.stdout.readline()
        yield process, {name: int(port) for name, port in findall(r"(SMTP|HTTP|POP3) on [^ ]*?:(\d+)", ready)}
        process.kill()


def test_serving_connects_to_nothing(tmp_path: Path) -> None:
    options = ("--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", "--pop3", "127.0.0.1:0", "--clock", "60x")
    kept = ("--keep", str(tmp_path / "kept"), "--record", str(tmp_path / "said"), "--log", str(tmp_path / "log"))
    with guarded(*options, *kept) as (process, ports):
        with smtplib.SMTP("127.0.0.1", ports["SMTP"], timeout=30) as client:
            for recipient in RECIPIENTS:
                letter = "From: webmaster@example.com\r\nSubject: x\r\n\r\nhttp://192.0.2.1/\r\n"
                client.sendmail("webmaster@example.com", [recipient], letter)
        for path in ("/", "/api/messages?q=hello", "/sessions/1/page"):
            connection = HTTPConnection("127.0.0.1", ports["HTTP"], timeout=30)
            connection.request("GET", path)
            assert connection.getresponse().status == 200
            connection.close()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    audited = [line for line in err.splitlines() if line.startswith("audited: ")]
    assert {line.split(" ")[1] for line in audited} <= {"socket.bind", "socket.getaddrinfo"}
    assert len(audited) >= 3  # the ports that were opened were seen


@pytest.mark.parametrize("call", ["create_connection(('192.0.2.1', 25), 1)", "getaddrinfo('mx.example.com', 25)"])
def test_the_guard_sees_what_leaves(call: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", f"{GUARDED}\nimport socket\nsocket.{call}"], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr.count("audited: ")) == (99, 1)
