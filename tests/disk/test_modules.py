"""How a package finds its members."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules

import pytest

from smtpsim.disk.modules import names_in
from smtpsim.protocol.smtp import verbs
from smtpsim.shell import commands
from smtpsim.transcript import formats
from smtpsim.views import sections
from smtpsim.world import policies


@pytest.mark.parametrize("package", [verbs, commands, formats, sections, policies])
def test_a_package_has_the_members_that_python_finds(package: object) -> None:
    path = getattr(package, "__path__")  # noqa: B009 (a module's own, which mypy does not know)
    assert names_in(path) == tuple(module.name for module in iter_modules(path))


def test_files_and_folders_are_members(tmp_path: Path) -> None:
    for name in ("b.py", "a.py", "__init__.py", "data.toml", "c.cpython-311.pyc", "folder/__init__.py", "empty/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names_in([str(tmp_path)]) == ("a", "b", "folder")
