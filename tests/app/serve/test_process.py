"""`smtpsim serve` as a process: what it says, how it ends, and wrong use of its options."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.conftest import Run


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, int]]]:
    """The process, and the ports that its first line names."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "smtpsim", "serve", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        ready = process.stdout.readline().removeprefix("ready: ").partition(";")[0]
        ports = (port.rpartition(":") for port in ready.split(", "))
        try:
            yield process, {name.split(" ")[0].lower(): int(number.strip("/")) for name, _, number in ports}
        finally:
            if process.poll() is None:
                process.kill()


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_with_421_for_everybody(sent: signal.Signals, status: int, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving("--accept-any", "--listen", "127.0.0.1:0", "--log", str(log)) as (process, ports):
        with smtplib.SMTP("127.0.0.1", ports["smtp"], timeout=10) as client:
            client.login("joe", "not-to-be-seen")
            client.sendmail("a@x.example", ["b@y.example"], b"Subject: x\r\n\r\nhello")
        idle = smtplib.SMTP("127.0.0.1", ports["smtp"], timeout=10)
        process.send_signal(sent)
        assert idle.getreply()[0] == 421
        idle.close()
        out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (status, "")
    assert "#1 smtp 192.0.2.10:" in out
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert [event["code"] for event in events if event["event"] == "turn"][-3:] == [250, 221, 220]
    assert "not-to-be-seen" not in log.read_text()


def test_each_session_is_recorded_and_replays(tmp_path: Path, run: Run) -> None:
    with serving("--accept-any", "--listen", "127.0.0.1:0", "--record", str(tmp_path / "kept")) as (process, ports):
        for user in ("joe", ""):
            with smtplib.SMTP("127.0.0.1", ports["smtp"], timeout=10) as client:
                if user:
                    client.login(user, "not-to-be-seen")
                client.sendmail("a@x.example", ["b@y.example", "c@y.example"], b"Subject: x\r\n\r\n.hello\r\n.")
                assert client.docmd("NOSUCH")[0] == 500
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    files = sorted(str(path) for path in (tmp_path / "kept").iterdir())
    assert len(files) == 2
    assert "not-to-be-seen" not in "".join(Path(file).read_text() for file in files)
    ran = run("replay", "--check", *files)
    assert (ran.status, ran.err) == (0, "")


def test_a_log_that_nobody_reads_stops_nothing() -> None:
    with serving("--listen", "127.0.0.1:0") as (process, ports):
        for _ in range(3000):
            with socket.create_connection(("127.0.0.1", ports["smtp"]), timeout=10) as client:
                assert client.recv(100).startswith(b"220 ")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) is not None


def test_a_port_that_is_taken() -> None:
    with serving("--listen", "127.0.0.1:0") as (_, ports):
        taken = f"127.0.0.1:{ports['smtp']}"
        with serving_failed("--listen", taken) as err:
            assert err.startswith(f"smtpsim: --listen {taken}: ")


@contextmanager
def serving_failed(*arguments: str) -> Iterator[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "smtpsim", "serve", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    yield ran.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--listen", "2525"), "--listen: '2525' is no address"),
        (("--listen", ":2525"), "--listen: ':2525' is no address"),
        (
            ("--pop3", "127.0.0.1:99999"),
            "--pop3: '127.0.0.1:99999' is no address; write HOST:PORT, like 127.0.0.1:2110",
        ),
        (("--imap", "::1:143"), "--imap: '::1:143' is no address"),
        (("--clock", "slow"), "--clock: 'slow' is none of real, 60x, held"),
        (("--xclient", "everybody"), "--xclient: 'everybody' is no network"),
        (("--proxy", "10.0.0.0/99"), "--proxy: '10.0.0.0/99' is no network"),
        (("--key", "k.pem"), "--key goes with --cert"),
        (("--cert", "/nowhere/c.pem"), "--cert /nowhere/c.pem: No such file or directory"),
        (("--host", "nowhere.example"), "--host: this world has no host 'nowhere.example'"),
    ],
)
def test_wrong_options_are_told_in_one_line(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = run("serve", *arguments)
    assert ran.status == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1
