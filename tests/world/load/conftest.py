"""Copies of the shipped world that a test can edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from smtpsim.world.load import shipped


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped world in a folder of its own."""
    return Path(shutil.copytree(shipped().path, tmp_path / "copy"))
