"""`smtpsim replay` by its mode: two recordings compared, stepped through on the full screen, or played and printed."""

from __future__ import annotations

from collections.abc import Sequence

from smtpsim.app.environment import Environment
from smtpsim.app.overwriting import told_written
from smtpsim.app.replay.checks import Plan, opened, play_all, status, write_junit
from smtpsim.app.replay.combinations import Wanted, refuse_wrong
from smtpsim.app.replay.outputs import Output, export_last
from smtpsim.explain import Words
from smtpsim.shell.recording import Recording

DIALOGUE = ("dialogue",)
"""What is printed where nothing else was asked for."""


def run(wanted: Wanted, say: Words, environment: Environment) -> int:
    """Do what was asked for; gives the exit status. Raises Failure in one line."""
    refuse_wrong(wanted, say)
    mode = _compare if wanted.compare else _step if wanted.step else _play
    return mode(wanted, _plan(wanted), say, environment)


def _plan(wanted: Wanted) -> Plan:
    return Plan(wanted.form, wanted.choice, wanted.as_recorded, wanted.keep_secrets)


def _compare(wanted: Wanted, plan: Plan, say: Words, environment: Environment) -> int:
    if wanted.export:
        from smtpsim.app.replay.paper import write_comparison

        write_comparison([opened(name, plan, say) for name in wanted.names], wanted.export, say)
        told_written(wanted.export, say, environment)
        return 0
    from smtpsim.app.replay.screens import compare_two

    compare_two([opened(name, plan, say) for name in wanted.names], wanted.step, say, environment)
    return 0


def _step(wanted: Wanted, plan: Plan, say: Words, environment: Environment) -> int:
    from smtpsim.app.replay.screens import step_through
    from smtpsim.app.tui.presenter.presentation import Manner, Pace

    manner = Manner(Pace(wanted.speed or 0.0, wanted.loop), wanted.large)
    recordings = [opened(name, plan, say) for name in wanted.names]
    return step_through(recordings, manner, wanted.choice, say, environment)


def _play(wanted: Wanted, plan: Plan, say: Words, environment: Environment) -> int:
    if wanted.export:
        _export([opened(name, plan, say) for name in wanted.names], wanted, say)
        told_written(wanted.export, say, environment)
        if not wanted.printed:
            return 0
    printed = wanted.printed or DIALOGUE
    at_once = wanted.instant or printed != DIALOGUE or not environment.interactive
    output = Output(printed, None if at_once else wanted.speed or 1.0, environment)
    checked = play_all(wanted.names, plan, output, say)
    if wanted.junit:
        write_junit(wanted.junit, checked, say, environment)
    return status(checked, wanted.checks)


def _export(recordings: Sequence[Recording], wanted: Wanted, say: Words) -> None:
    """Sheets for paper where they were asked for, or where there are several recordings."""
    if not wanted.paper and len(recordings) == 1:
        export_last(recordings[0], wanted.export, say)
        return
    from smtpsim.app.replay.paper import write_sheets

    write_sheets(recordings, wanted.paper, wanted.export, say)
