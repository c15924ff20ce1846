"""Everything that reaches a terminal, parsed to the last octet: text that can be seen, and sequences of our own alone.
Hostile lines are typed and pasted at the full screen; mutated transcripts are played to a terminal.

python -m tests.fuzz.terminal [--count 10] [--seed 1]
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from random import Random

from smtpsim.kernel.printable import printable
from tests.e2e.repl.terminal import Terminal
from tests.fuzz.runs import HOSTILE, fuzz
from tests.fuzz.sessions import DOORS, session
from tests.fuzz.transcripts import mutant

OURS = re.compile(
    rb"\x1b\[[0-9;]*[ABCDGHJKmsu]"  # the cursor, erasing, colours
    rb"|\x1b\[\?(?:1|7|12|25|1000|1002|1003|1006|1015|1049|2004)[hl]"  # modes: cursor, mouse, alternate screen, paste
    rb"|\x1b\[[0-9] ?q|\x1b\[6n|\x1b[78=>]|\x1b\]2;[^\x00-\x1f\x7f]*\x07|\x1b\(B|[\r\n\b\x07]"
)
"""What the program says to a terminal besides text."""


def strange(raw: bytes) -> str:
    """What is left of an output without our own sequences, if it is not all to be seen; "" where it is."""
    text = OURS.sub(b"", raw).decode("utf-8", "surrogateescape")
    return next((line for line in text.split("\n") if printable(line) != line), "")


def typed(random: Random) -> list[str]:
    lines = [*session(DOORS["smtp"], random)][:8]
    for _ in range(3):
        lines.insert(random.randrange(len(lines) + 1), b"MAIL FROM:<" + random.choice(HOSTILE) + b"@example.com>")
    return [line.decode("utf-8", "replace") for line in lines]


def play(random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mutant.txt")
        path.write_bytes(mutant(random))
        played = Terminal(Path(folder), "replay", str(path), "--instant")
        played.ended()
        assert not strange(played.raw), strange(played.raw)
        terminal = Terminal(Path(folder))
        terminal.step(0)
        for line in typed(random):
            terminal.paste(line.replace("\x1b", ""))
            terminal.press("enter")
        terminal.resize(100, 30)
        terminal.press("ctrl-c", "ctrl-d", "ctrl-d")
        terminal.child.close(force=True)
        assert not strange(terminal.raw), strange(terminal.raw)


if __name__ == "__main__":
    sys.exit(fuzz("terminal", 10, play, sys.argv[1:]))
