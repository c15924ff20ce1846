"""Files that a command writes where somebody named them: one that is there is replaced only if that is wanted."""

from __future__ import annotations

from smtpsim.app.environment import Environment
from smtpsim.disk.writing import EXISTS, obstacle, put
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.reading import why

_YES = frozenset({"y", "yes", "はい"})


def cleared(path: str, force: bool, say: Words, environment: Environment) -> None:
    """Go on if a file may be written there: asked before the work, not after it. Where a person sits, the person is
    asked about a file that is there; elsewhere `--force` has to be given. Raises Failure in one line."""
    try:
        found = obstacle(path) if path else ""
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=path, reason=why(wrong, say))) from wrong
    if found == EXISTS:
        if not force and not _agreed(path, say, environment):
            raise Failure(say("cli.output-exists", name=path))
    elif found:
        raise Failure(say("cli.unwritable", name=path, reason=say(f"cli.file-{found}")))


def _agreed(path: str, say: Words, environment: Environment) -> bool:
    if not environment.interactive:
        return False
    print(say("repl.ask-overwrite", file=path), end=" [y/N] ", file=environment.err, flush=True)
    return environment.source.read1(1024).decode("utf-8", "replace").strip().lower() in _YES


def save(path: str, content: bytes, say: Words, environment: Environment) -> None:
    """Write a file that was cleared, and say so on standard error. Raises Failure in one line."""
    try:
        put(path, content)
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=path, reason=why(wrong, say))) from wrong
    told_written(path, say, environment)


def told_written(path: str, say: Words, environment: Environment) -> None:
    """Say what was written."""
    print(say("cli.output-written", name=path), file=environment.err)
