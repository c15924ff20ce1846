"""What bash and zsh get when Tab is pressed behind `smtpsim ...`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CASES = [
    ("smtpsim replay first-m", "first-mail"),
    ("smtpsim replay first-mail --host mx.hoge", "mx.hogefuga.com"),
    ("smtpsim replay first-mail --from swa", "swaks"),
    ("smtpsim transcript convert first-mail --to mark", "markdown"),
    ("smtpsim lesson start hel", "hello"),
    ("smtpsim --theme dar", "dark"),
]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(("line", "wanted"), CASES)
def test_the_shell_completes_names(shell: str, line: str, wanted: str) -> None:
    asked = {"_SMTPSIM_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line}
    asked |= {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    start = "import sys; from smtpsim.app.main import main; sys.argv[0] = 'smtpsim'; sys.exit(main())"
    ran = subprocess.run([sys.executable, "-c", start], env={**os.environ, **asked}, capture_output=True, check=False)
    assert wanted in ran.stdout.decode().split("\n")[0]
