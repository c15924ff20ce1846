"""Where the program keeps what outlives it."""

from __future__ import annotations

import os


def state_folder() -> str:
    """The folder for history and journals, made when it is not there. Raises OSError."""
    from platformdirs import user_state_dir

    folder = user_state_dir("smtpsim", appauthor=False)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    return folder
