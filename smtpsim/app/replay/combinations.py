"""What was asked of `smtpsim replay`, and whether it goes together."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.opening import Choice

COMPARED = 2
"""Recordings that stand side by side."""

SHEETS = ("worksheet", "key", "explained")
"""What --paper takes."""

SLOWEST = 0.01
"""The least that --speed takes: a slower replay would seem to have stopped."""


class Wanted(NamedTuple):
    """The options as they were given. `printed` are those outputs among check, json and panel that were asked for;
    `speed` is None where none was given, `export` and `junit` are "" or a path, `paper` the kind of sheet."""

    names: tuple[str, ...]
    choice: Choice = Choice()
    form: str = ""
    printed: tuple[str, ...] = ()
    step: bool = False
    compare: bool = False
    loop: bool = False
    large: bool = False
    instant: bool = False
    as_recorded: bool = False
    keep_secrets: bool = False
    speed: float | None = None
    export: str = ""
    junit: str = ""
    paper: str = ""

    @property
    def checks(self) -> bool:
        return "check" in self.printed


def refuse_wrong(wanted: Wanted, say: Words) -> None:
    """Raises Failure, in one line, for options that do not go together."""
    many, slow = len(wanted.names), wanted.speed is not None and not wanted.speed >= SLOWEST
    alone = wanted.loop or wanted.large or wanted.printed or (wanted.export and wanted.step)
    sheet = wanted.paper or (wanted.export and (many > 1 or wanted.compare))
    wrong = {
        "cli.bad-speed": slow,
        "cli.loop-without-step": wanted.loop and not wanted.step,
        "cli.large-without-step": wanted.large and not wanted.step,
        "cli.compare-two": wanted.compare and many != COMPARED,
        "cli.compare-alone": wanted.compare and bool(alone),
        "cli.sheet-html": bool(sheet) and not wanted.export.lower().endswith(".html"),
        "cli.paper-unknown": wanted.paper not in ("", *SHEETS),
        "cli.paper-alone": bool(wanted.paper) and (wanted.compare or wanted.step),
        "cli.as-recorded-check": wanted.as_recorded and wanted.checks,
    }
    for key, found in wrong.items():
        if found:
            values = {"found": wanted.speed if slow else many, "least": SLOWEST, "kind": wanted.paper}
            raise Failure(say(key, **values, known=", ".join(SHEETS)))
