"""`--keep-secrets` shows what AUTH sent in every output of a replay, and without it none does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.conftest import Run

SECRET = "AGFubgBvcGVuLXNlc2FtZQ=="
DIALOGUE = f"""$ telnet smtp.example.com smtp
220 Connected
> EHLO client.example.com
250 Hello
>  AUTH PLAIN {SECRET}
235 ok
> AUTH=PLAIN {SECRET}
500 no
> QUIT
221 bye
"""
EXPORTS = (".html", ".svg", ".cast", ".md", ".jsonl", ".txt")
OUTPUTS = (
    (),
    ("--check",),
    ("--json",),
    ("--panel",),
    ("--instant",),
    ("--as-recorded", "--json"),
    ("first-mail", "--compare"),
)


@pytest.fixture
def recorded(tmp_path: Path) -> str:
    file = tmp_path / "login.txt"
    file.write_text(DIALOGUE, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("ending", EXPORTS)
def test_exports_hide_secrets_unless_they_are_to_be_kept(run: Run, recorded: str, tmp_path: Path, ending: str) -> None:
    hidden, kept = tmp_path / f"hidden{ending}", tmp_path / f"kept{ending}"
    assert run("replay", recorded, "--export", str(hidden)).status == 0
    assert run("replay", recorded, "--keep-secrets", "--export", str(kept)).status == 0
    assert SECRET not in hidden.read_text(encoding="utf-8")
    assert SECRET in kept.read_text(encoding="utf-8").replace("\n", "")


@pytest.mark.parametrize("options", OUTPUTS)
def test_outputs_hide_secrets(run: Run, recorded: str, options: tuple[str, ...]) -> None:
    ran = run("replay", recorded, *options)
    assert ran.status in (0, 1), ran.err
    assert SECRET not in ran.out + ran.err


@pytest.mark.parametrize("form", ["text", "json", "markdown", "rfc", "swaks"])
def test_conversions_hide_secrets(run: Run, recorded: str, form: str) -> None:
    ran = run("transcript", "convert", recorded, "--to", form)
    assert ran.status == 0, ran.err
    assert SECRET.encode() not in ran.octets
    assert SECRET.encode() in run("transcript", "convert", recorded, "--keep-secrets", "--to", form).octets
