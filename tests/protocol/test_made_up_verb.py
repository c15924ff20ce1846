"""A verb with its extension is one file, and a table of words in one file for each language: ETRN (RFC 1985) is added
to a copy of the program, and everything knows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ETRN = '''"""ETRN: a host that was away asks for the mail that waits for it (RFC 1985)."""

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.dialogue import STAY
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.service import Command, Extension, Service, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import State
from smtpsim.protocol.smtp.step import answer, refuse


def _begin(state: State, service: Service, command: Command) -> SmtpStep:
    if not command.argument:
        wrong = fault("argument-missing", command.start + 1)
        return refuse(state, service, "argument-missing", wrong, verb="ETRN")
    return answer(state, service, "etrn-started", node=command.argument)


EXTENSION = Extension(
    "etrn",
    "ETRN",
    Ref(1985),
    verbs=(Verb("ETRN", "ETRN example.com", _begin, row(ready=STAY, mail="in-transaction", rcpt="in-transaction")),),
    replies=(ReplyRule("etrn-started", 250, "2.0.0", "Queuing for node {node} started", Ref(1985, "5.3")),),
)
'''

WORDS = {
    "en": """
[etrn]
explain.verb-ETRN = "ETRN asks the server to send the mail that waits for a domain now."
explain.extension-etrn = "ETRN: a host that was away may ask for its mail."
reply.etrn-started = "The server begins to send what waits for that domain."
""",
    "ja": """
[etrn]
explain.verb-ETRN = "ETRN は、ドメインのために溜まっているメールをすぐに送るよう頼みます。"
explain.extension-etrn = "ETRN：しばらく止まっていたサーバーが、自分宛てのメールを求められます。"
reply.etrn-started = "サーバーは、そのドメイン宛てに溜まったメールを送り始めます。"
""",
}

TALK = """
import sys

from smtpsim.explain import words
from smtpsim.protocol.smtp.offer import service
from smtpsim.protocol.smtp.table import KNOWN
from smtpsim.shell.completion import complete
from smtpsim.session.simulation import open_simulation
from smtpsim.world.load import shipped_world

world = shipped_world()
host = world.hosts["mx.hogefuga.com"]
host = host._replace(service=service(host.name, ("etrn",)))
turn = open_simulation(world, host)
asked = "ETRN example.com"
for line in (asked, "EHLO client.example.com", "ETRN", asked, "MAIL FROM:<a@example.com>", asked):
    turn = turn.after.say(line)
    print(turn.reply.wire(), end="")
    print(words("ja")(f"reply.{turn.reply.key}"), file=sys.stderr)
print([found.text for found in complete("ET", turn.after)], "ETRN" in KNOWN)
bare = open_simulation(world).after.say("EHLO a.example").after
print(bare.say("ETRN example.com").reply.code)
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program and its tests, with one verb more."""
    root = tmp_path_factory.mktemp("copy")
    for name in ("smtpsim", "tests", "transcripts"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "smtpsim/protocol/smtp/extensions/etrn.py").write_text(ETRN, encoding="utf-8")
    for lang, text in WORDS.items():
        with open(root / f"smtpsim/explain/{lang}/verbs.toml", "a", encoding="utf-8") as file:
            file.write(text)
    return root


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_it_is_refused_and_answered_by_its_row(copy: Path) -> None:
    done = run(copy, "-c", TALK)
    assert [line[:3] for line in done.stdout.splitlines()[:1]] == ["503"], done.stderr
    assert done.stdout.splitlines() == [
        "503 Say HELO or EHLO first",
        "250-mx.hogefuga.com greets client.example.com",
        "250-ETRN",
        "250 HELP",
        "501 Syntax: ETRN argument",
        "250 Queuing for node example.com started",
        "250 Sender ok",
        "503 Not in the middle of a mail transaction",
        "['ETRN'] True",
        "500",
    ]
    assert "サーバーは、そのドメイン宛てに溜まったメールを送り始めます。" in done.stderr


WALKING = ("protocol/test_table.py", "protocol/test_offer.py", "explain/test_coverage.py", "explain/test_catalogues.py")
"""The tests that walk all verbs, extensions and words."""


def test_no_other_test_goes_red(copy: Path) -> None:
    files = [f"tests/{name}" for name in WALKING]
    done = run(copy, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *files)
    assert done.returncode == 0, done.stdout[-3000:]
