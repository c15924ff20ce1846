"""The examples of the README for test suites, and its Dockerfile, carried out as they stand there.

There is no Docker where tests run: the lines of the Dockerfile are followed in a folder and a virtual environment of
their own, with the ports of this machine's loopback in the place of the container's.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import smtplib
import subprocess
import sys
from pathlib import Path

from tests.app.serve.test_process import serving

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(mark: str) -> str:
    """The code below a mark of the README."""
    found = re.search(rf"<!-- {re.escape(mark)} -->\n```\w+\n(.*?)```\n", README, re.DOTALL)
    assert found, mark
    return found[1]


def ran(*line: str, folder: Path, **variables: str) -> str:
    done = subprocess.run(
        line,
        cwd=folder,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_the_examples_in_python(tmp_path: Path) -> None:
    configured = "from django.conf import settings\n\nsettings.configure()\n\n\n"
    (tmp_path / "test_reset.py").write_text(configured + block("suite: pytest"), encoding="utf-8")
    path = os.pathsep.join(filter(None, sys.path))
    said = ran(sys.executable, "-m", "pytest", "-q", "test_reset.py", folder=tmp_path, PYTHONPATH=path)
    assert "4 passed" in said


def has_nodemailer() -> bool:
    node = shutil.which("node")
    return bool(node) and not subprocess.run([str(node), "-e", "require('nodemailer')"], capture_output=True).returncode


if has_nodemailer():

    def test_the_example_in_node(tmp_path: Path) -> None:
        (tmp_path / "reset.test.js").write_text(block("suite: node"), encoding="utf-8")
        options = ("--accept-any", "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0")
        with serving(*options) as (_, ports):
            api = f"http://127.0.0.1:{ports['http']}"
            said = ran("node", "--test", folder=tmp_path, SMTPSIM_API=api, SMTPSIM_PORT=str(ports["smtp"]))
        assert "# pass 1" in said or "pass 1" in said


def test_the_container(tmp_path: Path) -> None:
    lines = dict(line.split(" ", 1) for line in block("container").splitlines())
    assert list(lines) == ["FROM", "COPY", "RUN", "EXPOSE", "CMD"]
    source, target = lines["COPY"].split(" ")
    checkout = tmp_path / target.lstrip("/")
    assert source == "smtpsim"
    checkout.mkdir()
    for name in ("smtpsim", "transcripts"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, checkout)
    ran(sys.executable, "-m", "venv", "python", folder=tmp_path)
    path = f"{tmp_path / 'python' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ran("sh", "-c", lines["RUN"].replace(target, str(checkout)), folder=tmp_path, PATH=path)
    ports = re.findall(r"0\.0\.0\.0:(\d+)", lines["CMD"])
    assert ports == lines["EXPOSE"].split(" ")
    command = json.loads(re.sub(r"0\.0\.0\.0:\d+", "127.0.0.1:0", lines["CMD"]))
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with subprocess.Popen(
        command, cwd=tmp_path, env={**environment, "PATH": path}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = re.search(r"SMTP on 127\.0\.0\.1:(\d+), HTTP on http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found
        with smtplib.SMTP("127.0.0.1", int(found[1]), timeout=10) as client:
            client.sendmail("a@x.example", ["b@y.example"], "Subject: x\r\n\r\nhello\r\n")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
