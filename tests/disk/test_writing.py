"""A file is written whole or not at all, and nowhere else than at its name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from smtpsim.disk.regular import Unfit
from smtpsim.disk.writing import put, put_folder


@pytest.fixture(autouse=True)
def no_traces(tmp_path: Path) -> object:
    """Whatever happens, nothing half-written is left."""
    yield
    assert not list(tmp_path.rglob(".smtpsim-*"))


def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        put(str(tmp_path / "new"), b"1")
        put(str(tmp_path / "private"), b"2", mode=0o600)
    finally:
        os.umask(before)
    assert {one.name: (one.read_bytes(), one.stat().st_mode & 0o777) for one in tmp_path.iterdir()} == {
        "new": (b"1", 0o640),
        "private": (b"2", 0o600),
    }


@pytest.mark.parametrize(("mode", "after"), [(None, 0o604), (0o600, 0o600)])
def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path, mode: int | None, after: int) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o604)
    opened = file.open("rb")
    put(str(file), b"new", mode)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", after)
    with opened:
        assert opened.read() == b"old"


@pytest.mark.parametrize("target", ["there", "nowhere"])
def test_a_link_is_not_followed_nor_replaced(tmp_path: Path, target: str) -> None:
    (tmp_path / "there").write_bytes(b"old")
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(Unfit) as found:
        put(str(tmp_path / "link"), b"new")
    assert found.value.key == "link"
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there").read_bytes() == b"old"
    assert not (tmp_path / "nowhere").exists()


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unfit):
        put(str(tmp_path / "pipe"), b"new")
    assert (tmp_path / "pipe").is_fifo()


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder would allow it."""
    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(PermissionError):
        put(str(tmp_path / "file"), b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_what_fails_on_the_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match="Input/output"):
        put(str(tmp_path / "file"), b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


def fill(path: str) -> None:
    os.mkdir(path)
    Path(path, "one").write_bytes(b"1")


def half(path: str) -> None:
    fill(path)
    raise OSError(28, "No space left on device")


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty", "deep/new"):
        put_folder(str(tmp_path / name), fill)
        assert [one.name for one in (tmp_path / name).iterdir()] == ["one"]
    (tmp_path / "kept").mkdir()
    for name in ("gone", "kept"):
        with pytest.raises(OSError, match="No space"):
            put_folder(str(tmp_path / name), half)
    assert not (tmp_path / "gone").exists()
    assert list((tmp_path / "kept").iterdir()) == []
    (tmp_path / "link").symlink_to("kept")
    with pytest.raises(Unfit):
        put_folder(str(tmp_path / "link"), fill)
