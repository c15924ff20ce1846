"""A pupil by telnet or nc: real sockets on loopback."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.line_mode import LineMode, plain
from tests.app.classroom.conftest import CODE


def typed(classroom: Classroom, octets: bytes) -> str:
    """What a client sees that sends all this and then ends its side."""

    async def talk() -> bytes:
        line_mode = LineMode(classroom)
        host, port = await line_mode.start("127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(octets)
        writer.write_eof()
        seen = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        await line_mode.stop()
        return seen

    return asyncio.run(talk()).decode("utf-8", "replace")


def test_a_session_by_lines(classroom: Classroom) -> None:
    seen = typed(classroom, f"{CODE} Ann\r\nHELO a.example\r\n:hosts\r\nFOO\r\nQUIT\r\n".encode())
    for wanted in ("220 Connected", "250 Hello", "mx.hogefuga.com", "500 ", "221 bye"):
        assert wanted in seen
    found = classroom.roster.find("Ann")
    assert found is not None
    assert (found.member.row().step, found.member.here) == (2, 0)


def test_the_code_is_asked_for_again(classroom: Classroom) -> None:
    seen = typed(classroom, f"000000 Ann\r\n{CODE} Ann\r\nNOOP\r\n".encode())
    assert "not the code" in seen
    assert "220 Connected" in seen


def test_who_was_here_before_comes_back_by_the_secret(classroom: Classroom) -> None:
    first = typed(classroom, f"{CODE} Ann Lee\r\nHELO kept.example\r\n".encode())
    secret = classroom.roster.secrets["Ann Lee"]
    assert secret in first
    assert "Somebody has this name" in typed(classroom, f"{CODE} Ann Lee\r\n".encode())
    assert "503 " in typed(classroom, f"{secret} Ann Lee\r\nRCPT TO:<a@example.com>\r\n".encode())
    assert classroom.rows()[0].phase == "ready"


def test_who_was_removed_is_told_with_the_next_line(classroom: Classroom) -> None:
    async def talk() -> bytes:
        line_mode = LineMode(classroom)
        host, port = await line_mode.start("127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(f"{CODE} Eve\r\n".encode())
        await asyncio.wait_for(reader.readuntil(b"220 Connected"), 20)
        assert classroom.remove("Eve")
        writer.write(b"HELO late.example\r\n")
        seen = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        await line_mode.stop()
        return seen

    seen = asyncio.run(talk())
    assert b"taken you out" in seen
    assert b"250 " not in seen


def test_who_guesses_too_often_is_left(classroom: Classroom) -> None:
    seen = typed(classroom, b"000000 Eve\r\n" * 50)
    assert (seen.count("not the code"), seen.count("Too many")) == (5, 1)


def test_a_flood_is_slowed_and_told_on_the_wall(classroom: Classroom) -> None:
    """The others have their turn between its lines."""

    async def act() -> None:
        line_mode = LineMode(classroom)
        host, port = await line_mode.start("127.0.0.1", 0)
        _, flood = await asyncio.open_connection(host, port)
        flood.write(f"{CODE} Eve\r\n".encode() + b"NOOP\r\n" * 20_000)
        reader, ann = await asyncio.open_connection(host, port)
        ann.write(f"{CODE} Ann\r\nHELO ann.example\r\n".encode())
        await asyncio.wait_for(reader.readuntil(b"250 Hello"), 20)
        while not (row := next((row for row in classroom.rows() if row.alias == "Eve"), None)) or not row.warned:
            await asyncio.sleep(0.02)
        found = classroom.roster.find("Eve")
        assert found is not None
        assert found.member.state.last.number < 20_000
        await line_mode.stop()
        for writer in (flood, ann):
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    asyncio.run(asyncio.wait_for(act(), 60))


@pytest.mark.parametrize("line", [":save x.txt", ":open /etc/passwd", ":recover", ":export test@hogefuga.com x"])
def test_the_disk_of_the_teacher_is_out_of_reach(classroom: Classroom, line: str) -> None:
    seen = typed(classroom, f"{CODE} Ann\r\n{line}\r\nNOOP\r\n".encode())
    assert "250 Ok" in seen
    assert "root:" not in seen


def test_a_line_without_an_end_costs_nothing(classroom: Classroom) -> None:
    assert "220 Connected" in typed(classroom, f"{CODE} Ann\r\n".encode() + b"x" * 1_000_000)


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (b"HELO a", b"HELO a"),
        (b"\xff\xfb\x01HELO", b"HELO"),
        (b"\xff\xffa", b"\xffa"),
        (b"\xff\xfa\x18\x00xterm\xff\xf0NOOP", b"NOOP"),
        (b"\xff\xf4\xff\xfd\x06QUIT", b"QUIT"),
        (b"\xff", b""),
        (b"\xff\xfa\x18", b""),
    ],
)
def test_what_telnet_says_of_itself_is_no_line(octets: bytes, expected: bytes) -> None:
    assert plain(octets) == expected


@given(st.binary())
def test_any_octets_are_taken(octets: bytes) -> None:
    assert len(plain(octets)) <= len(octets)
