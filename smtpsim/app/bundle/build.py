"""Writes the single file: run `python -m smtpsim.app.bundle.build [FILE]` where `smtpsim[bundle]` is installed.

The file is a zip archive that Python runs (PEP 441). It holds what is installed here, but nothing that was compiled for
one kind of machine, so that one file serves every system: `rpds` is the one compiled library that smtpsim cannot do
without, and a module in pure Python stands in for it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import zipapp
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from smtpsim.explain.words import LANGUAGES, words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable

LIBRARIES = "lib"
"""The folder of the archive that is unpacked at the first start."""

_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_HERE = os.path.dirname(os.path.abspath(__file__))

_COMPILED = (".so", ".pyd", ".dylib")
_OF_THIS_PLACE = ("RECORD", "REQUESTED", "INSTALLER", "direct_url.json")
"""What an installer notes in a distribution's metadata: it tells of this machine."""

_STANDS_IN = {"rpds-py": "pyrsistent"}
"""By the name of a compiled distribution, the pure one that serves in its place."""

_SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
_OLDEST = {"python_version": "3.11", "python_full_version": "3.11.0"}


def build(target: str) -> None:
    """Write the single file. Raises Failure where something that belongs into it is not installed here."""
    with tempfile.TemporaryDirectory() as staging:
        _fill(staging, os.path.join(staging, LIBRARIES))
        zipapp.create_archive(staging, target, interpreter="/usr/bin/env python3", compressed=True)


def _fill(staging: str, libraries: str) -> None:
    shutil.copyfile(os.path.join(_HERE, "start.py"), os.path.join(staging, "__main__.py"))
    with open(os.path.join(staging, "words.json"), "w", encoding="utf-8") as file:
        json.dump({lang: dict(words(lang).section("bundle")) for lang in LANGUAGES}, file)
    shutil.copytree(_PACKAGE, os.path.join(libraries, "smtpsim"), ignore=shutil.ignore_patterns("__pycache__"))
    beside = os.path.join(os.path.dirname(_PACKAGE), "transcripts")
    if os.path.isdir(beside):  # a checkout: in a wheel they are inside the package
        shutil.copytree(beside, os.path.join(libraries, "smtpsim", "transcripts"), dirs_exist_ok=True)
    shutil.copyfile(os.path.join(_HERE, "persistent.py"), os.path.join(libraries, "rpds.py"))
    for installed in needed("smtpsim"):
        _copy(installed, libraries)


def needed(name: str) -> Iterator[Distribution]:
    """A distribution and all that it needs on any system, each once."""
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        wanted = waiting.pop()
        if wanted not in found:
            found[wanted] = _installed(wanted)
            waiting += _requirements(found[wanted])
    yield from found.values()


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError as wrong:
        raise Failure(words("en")("bundle.not-installed", name=name)) from wrong


def _requirements(installed: Distribution) -> Iterator[str]:
    """The canonical names of what a distribution needs, its extras aside."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    for line in installed.requires or ():
        wanted = Requirement(line)
        marker = wanted.marker
        if marker is None or any(marker.evaluate({**system, **_OLDEST, "extra": ""}) for system in _SYSTEMS):
            name = canonicalize_name(wanted.name)
            yield _STANDS_IN.get(name, name)


def _copy(installed: Distribution, libraries: str) -> None:
    """The files of a distribution, its licence among them, without tests and what was compiled."""
    for file in installed.files or ():
        left = {"..", "__pycache__", "tests"} & set(file.parts) or file.name in _OF_THIS_PLACE
        if left or file.suffix in (*_COMPILED, ".pth"):
            continue
        path = os.path.join(libraries, *file.parts)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        shutil.copyfile(str(file.locate()), path)


def main() -> int:
    """The command: gives the exit status."""
    target = sys.argv[1] if len(sys.argv) > 1 else "smtpsim.pyz"
    try:
        build(target)
    except (Failure, OSError) as wrong:
        print(f"smtpsim: {printable(str(wrong))}", file=sys.stderr)
        return 2
    print(words("en")("bundle.written", file=target, size=f"{os.path.getsize(target) / 1e6:.1f}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
