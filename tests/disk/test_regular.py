"""Regular files up to a size are read, nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from smtpsim.disk.regular import NOT_REGULAR, TOO_LARGE, Unfit, open_regular, read_regular


@pytest.mark.parametrize("octets", [b"", b"1", b"12345678"])
def test_a_file_up_to_the_size_is_read(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "file").write_bytes(octets)
    (tmp_path / "link").symlink_to("file")
    assert read_regular(str(tmp_path / "file"), 8) == octets
    assert read_regular(str(tmp_path / "link"), 8) == octets


def test_a_larger_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"123456789")
    with pytest.raises(Unfit) as found:
        open_regular(str(tmp_path / "file"), 8)
    assert (found.value.key, found.value.most) == (TOO_LARGE, 8)


def test_a_file_that_tells_no_size_is_measured_while_it_is_read() -> None:
    assert os.stat("/proc/self/status").st_size == 0
    with pytest.raises(Unfit) as found:
        read_regular("/proc/self/status", 8)
    assert found.value.key == TOO_LARGE


def test_what_took_the_place_of_a_file_before_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check by name says that it is a file; what was opened is a pipe."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"1")
    there = os.stat(tmp_path / "file")
    monkeypatch.setattr(os, "stat", lambda path: there)
    with pytest.raises(Unfit) as found:
        read_regular(str(tmp_path / "pipe"))
    assert found.value.key == NOT_REGULAR
