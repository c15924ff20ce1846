"""The single file, built once from what is installed here, and a cache folder into which it unpacks once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from smtpsim.app.bundle import build


@pytest.fixture(scope="session")
def single_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("bundle") / "smtpsim.pyz"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["build", str(target)])
        assert build.main() == 0
    return target


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")
