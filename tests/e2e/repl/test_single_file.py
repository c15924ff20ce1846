"""The single file in a real terminal, under a Python that has nothing installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from smtpsim.app.bundle.build import build
from tests.e2e.repl.terminal import Terminal


def test_the_first_lesson_is_done(tmp_path: Path) -> None:
    single_file = str(tmp_path / "smtpsim.pyz")
    build(single_file)
    unpack = [sys.executable, "-I", "-S", single_file, "--version"]
    subprocess.run(unpack, env={"XDG_CACHE_HOME": str(tmp_path)}, capture_output=True, check=True)
    bare = type("Bare", (Terminal,), {"program": ("-I", "-S", single_file)})
    terminal: Terminal = bare(tmp_path, "lesson", "start", "hello", XDG_CACHE_HOME=str(tmp_path), COLUMNS="120")
    terminal.wait("Connect and say hello")
    terminal.press("esc")
    terminal.enter("HELO cgi.example.com", "QUIT")
    terminal.wait("Done!")
    terminal.enter(":quit")
    assert terminal.ended() == 0
