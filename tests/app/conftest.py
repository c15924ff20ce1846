"""The whole command line in process: streams and variables as an argument."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest

from smtpsim.app import environment
from smtpsim.app.main import main


class Ran(NamedTuple):
    """How a run of the program ended."""

    status: int
    out: str
    err: str
    octets: bytes


Run = Callable[..., Ran]


class OneByteAtATime(io.BytesIO):
    """A pipe that never has more than one octet ready."""

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read(1)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `smtpsim ARGUMENTS` with `source` on standard input, which is no terminal."""

    def ran(*arguments: str, source: bytes | io.BytesIO = b"", variables: Mapping[str, str] = {}) -> Ran:
        sink, out, err = io.BytesIO(), io.StringIO(), io.StringIO()
        pipe = source if isinstance(source, io.BytesIO) else io.BytesIO(source)
        given = environment.Environment(pipe, sink, out, err, {"COLUMNS": "100", **variables}, False)
        monkeypatch.setattr(environment, "real", lambda: given)
        status = main(arguments)
        printed = capsys.readouterr()
        return Ran(status, out.getvalue() + printed.out, err.getvalue() + printed.err, sink.getvalue())

    return ran
