"""Writes files: whole or not at all, and into no other place than the one that was named.

A file is written beside its place and then takes it, so that a full disk or a killed process leaves the old one. A link
is not followed: whoever can make one in a folder would choose what is written over.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from errno import EACCES
from secrets import token_hex

from smtpsim.disk.regular import NOT_REGULAR, Unfit

LINK, EXISTS = "link", "exists"

AS_THEY_ARE: int = getattr(os, "O_BINARY", 0)
"""A flag for `os.open`: what `os.write` writes stands in the file as it is. Without, Windows makes CR LF of LF."""


def obstacle(path: str) -> str:
    """What stands where a file is to be written: `link` or `not-regular`, which it never replaces; `exists`, a file,
    which it may; "" for nothing. Raises OSError."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return ""
    if stat.S_ISLNK(mode):
        return LINK
    return EXISTS if stat.S_ISREG(mode) else NOT_REGULAR


def put(path: str, content: bytes, mode: int | None = None) -> None:
    """Write a file, in the place of one that is there. `mode` are its permissions from the first octet on, less the
    umask; without, it has those of the file before. Raises OSError, Unfit among it."""
    found = obstacle(path)
    if found not in ("", EXISTS):
        raise Unfit(found, path)
    if found and not os.access(path, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), path)
    folder = os.path.dirname(path) or os.curdir
    beside = _beside(folder)
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else mode)
    try:
        with open(file, "wb") as out:
            if found and mode is None:
                os.chmod(beside, stat.S_IMODE(os.lstat(path).st_mode))
            out.write(content)
            out.flush()
            os.fsync(file)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.remove(beside)
        raise
    _settle(folder)


def adding(path: str) -> int:
    """A descriptor by which lines are added to the end of a file, which is made for its owner alone where there is
    none. A pipe in its place does not hold the program up. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | AS_THEY_ARE | getattr(os, "O_NONBLOCK", 0)
    return os.open(path, flags, 0o600)


def add(path: str, octets: bytes) -> None:
    """One write to the end of a file, so that programs side by side do not tear each other's lines. Raises OSError."""
    file = adding(path)
    try:
        os.write(file, octets)
    finally:
        os.close(file)


def refuse_link(path: str) -> None:
    """Raises Unfit for a symbolic link to a folder, also where its name ends in a slash: what it leads to was not
    named."""
    if os.path.islink(path.rstrip("/") or path):
        raise Unfit(LINK, path)


def put_folder(path: str, fill: Callable[[str], object]) -> None:
    """Make a folder, or fill an empty one: `fill` writes to the path that it is given, and what it wrote appears at
    once. Raises OSError, also for a folder with something in it."""
    refuse_link(path)
    made = not os.path.isdir(path)
    if made:
        os.makedirs(path)
    beside = _beside(path)
    try:
        fill(beside)
        for name in os.listdir(beside):
            os.rename(os.path.join(beside, name), os.path.join(path, name))
        os.rmdir(beside)
    except BaseException:
        shutil.rmtree(path if made else beside, ignore_errors=True)
        raise
    _settle(path)


def _beside(folder: str) -> str:
    """A name that nobody can know before."""
    return os.path.join(folder, f".smtpsim-{token_hex(8)}.part")


def _settle(folder: str) -> None:
    """The new name is on the disk as well, where the system can say so of a folder."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
