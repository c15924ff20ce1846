"""The program's entry, its exit statuses, and one line with status 2 for every wrong use."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable

COMPLETING = "_SMTPSIM_COMPLETE"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives the exit status (0 done, 1 a check failed, 2 wrong use, 130 interrupted)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = _run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except Failure as wrong:
        return _wrong_use(str(wrong))
    except OSError as wrong:
        _forget_output()
        return _wrong_use(wrong.strerror or str(wrong))
    except KeyboardInterrupt:
        return 130
    return status


def _run(given: Sequence[str]) -> int:
    """Without arguments there is nothing to parse; to import the parser takes five times as long as the interpreter
    takes to start. A shell that completes a command names it in the environment (click)."""
    if not given and COMPLETING not in os.environ:
        gc.disable()  # what is imported stays; to look for garbage among it takes a twentieth of the start
        from smtpsim.app.by_hand import begin
        from smtpsim.shell.opening import Choice

        gc.enable()
        return begin(Choice())
    from smtpsim.app.cli import run

    return run(given)


def _forget_output() -> None:
    """What could not be written (a full disk) would fail again when the interpreter closes its streams."""
    from smtpsim.app.environment import nothing

    sys.stdout = nothing("w")


def _wrong_use(line: str) -> int:
    print(f"smtpsim: {printable(' '.join(line.split()))}", file=sys.stderr)
    return 2
