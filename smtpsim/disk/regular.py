"""Reads files: regular ones up to a size, and nothing else. A pipe would let the program wait for ever, a device need
not end, and both can stand under any name that somebody gives or that another file names."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack
from errno import EINVAL, EISDIR
from typing import BinaryIO

MEBIBYTE = 1_048_576
MOST_OCTETS = 64 * MEBIBYTE
"""A file that is read whole may be so large, unless its reader says otherwise."""

NOT_REGULAR, TOO_LARGE = "not-regular", "too-large"


class Unfit(OSError):
    """A file that is there and is left alone: `key` is why; `most` are the octets that it may have."""

    def __init__(self, key: str, path: str, most: int = 0) -> None:
        super().__init__(EINVAL, key, path)
        self.key, self.most = key, most


def open_regular(path: str, most: int = MOST_OCTETS) -> BinaryIO:
    """Open a file of at most so many octets. Raises OSError, Unfit among it.

    What it is, is asked before it is opened, since opening a device can do something to it, and again after, since
    another may have taken its place.
    """
    _fit(os.stat(path), path, most)
    with ExitStack() as opened:
        file = opened.enter_context(open(path, "rb", opener=_at_once))
        _fit(os.fstat(file.fileno()), path, most)
        opened.pop_all()
    return file


def read_regular(path: str, most: int = MOST_OCTETS) -> bytes:
    """The octets of a file. Raises OSError, Unfit among it; also for a file that grows, or that tells no size."""
    with open_regular(path, most) as file:
        # A buffer as large as what is asked for is made at once, so that all that may be there is not asked for first.
        size = os.fstat(file.fileno()).st_size
        octets = file.read(size + 1)
        if len(octets) > size:
            octets += file.read(most + 1 - len(octets))
    if len(octets) > most:
        raise Unfit(TOO_LARGE, path, most)
    return octets


def _at_once(path: str, flags: int) -> int:
    """Opens a pipe without waiting for somebody at its other end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _fit(found: os.stat_result, path: str, most: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), path)
    if not stat.S_ISREG(found.st_mode):
        raise Unfit(NOT_REGULAR, path, most)
    if found.st_size > most:
        raise Unfit(TOO_LARGE, path, most)
