"""Our own form: what each kind of line is, what is a fault, and that writing keeps everything."""

from __future__ import annotations

import pytest

from smtpsim.transcript import (
    Client,
    Command,
    Content,
    Dialogue,
    Directive,
    Entry,
    Note,
    Server,
    Target,
    TranscriptFault,
    read,
    write,
)

MISSION = """\
$ telnet smtp.example.com smtp
220 Connected
> HELO cgi.example.com
250 Hello smtp.example.com
> MAIL FROM:webmaster@example.com
250 okay
> RCPT TO:test@hogefuga.com
250 okay
> DATA
354 Start mail input, end with "."
> From: webmaster@example.com
> To: test@hogefuga.com
> Subject: テストメール
>
> テストメールの本文です。
>
> .
250 okay
> QUIT
221 bye.
"""

MISSION_ENTRIES: tuple[Entry, ...] = (
    Server(220, ("Connected",)),
    Client("HELO cgi.example.com"),
    Server(250, ("Hello smtp.example.com",)),
    Client("MAIL FROM:webmaster@example.com"),
    Server(250, ("okay",)),
    Client("RCPT TO:test@hogefuga.com"),
    Server(250, ("okay",)),
    Client("DATA"),
    Server(354, ('Start mail input, end with "."',)),
    Content("From: webmaster@example.com"),
    Content("To: test@hogefuga.com"),
    Content("Subject: テストメール"),
    Content(""),
    Content("テストメールの本文です。"),
    Content(""),
    Client("."),
    Server(250, ("okay",)),
    Client("QUIT"),
    Server(221, ("bye.",)),
)


def entries(text: str) -> tuple[Entry, ...]:
    dialogue = read(text.encode("utf-8", "surrogateescape"), format="text")
    assert isinstance(dialogue, Dialogue), dialogue
    return dialogue.entries


def indented(text: str, mark: str) -> str:
    return "".join(f"{mark}{line}".rstrip() + "\n" for line in text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        MISSION,
        indented(MISSION, "    "),
        indented(MISSION, "> "),
        indented(MISSION, ">     "),
        MISSION.replace("> ", ">"),
        MISSION.replace("\n", "\r\n"),
        "\n\n" + MISSION + "\n",
        f"```console\n{MISSION}```\n",
        "\ufeff" + MISSION,
    ],
    ids=["plain", "indented", "quoted", "both", "no space", "CRLF", "blank lines", "fenced", "BOM"],
)
def test_the_mission(text: str) -> None:
    assert read(text.encode()) == Dialogue(MISSION_ENTRIES, (), Target("smtp.example.com", "smtp"))


def test_the_mission_is_written_as_it_was() -> None:
    dialogue = read(MISSION.encode())
    assert isinstance(dialogue, Dialogue)
    assert write(dialogue, "text").decode() == MISSION


def test_directives_keep_their_order_and_values() -> None:
    dialogue = read("# title: はじめて\n# Client:  192.0.2.10\n# a comment\n# lang: ja\n> NOOP\n".encode())
    assert isinstance(dialogue, Dialogue)
    assert dialogue.directives == (
        Directive("title", "はじめて"),
        Directive("client", "192.0.2.10"),
        Directive("lang", "ja"),
    )
    assert (dialogue.directive("client"), dialogue.directive("host", "none")) == ("192.0.2.10", "none")


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("$ telnet mx.example.com smtp", Target("mx.example.com", "smtp")),
        ("$ telnet mx.example.com", Target("mx.example.com", "smtp")),
        ("$ nc -C mx.example.com 25", Target("mx.example.com", "25")),
        ("$telnet 2001:db8::1 587", Target("2001:db8::1", "587")),
    ],
)
def test_connect(line: str, target: Target) -> None:
    dialogue = read(f"{line}\n220 hi\n".encode(), format="text")
    assert isinstance(dialogue, Dialogue)
    assert dialogue.target == target


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> NOOP", (Client("NOOP"),)),
        (">NOOP", (Client("NOOP"),)),
        (">  NOOP ", (Client(" NOOP "),)),
        (">", (Client(""),)),
        ("250", (Server(250, ("",)),)),
        ("250 ", (Server(250, ("",)),)),
        ("250-a\n250-\n250 b", (Server(250, ("a", "", "b")),)),
        ("250-a\n> NOOP", (Server(250, ("a",)), Client("NOOP"))),
        ("250-a\n550 b", (Server(250, ("a",)), Server(550, ("b",)))),
        ("# note: look here", (Note("look here"),)),
        ("# note.ja: ここを見る", (Note("ここを見る", "ja"),)),
        (":wait 4h", (Command(":wait 4h"),)),
        ("$ telnet a 25\n$ telnet b 26", (Command(":connect b:26"),)),
        ("Trying 192.0.2.1...\nConnected to mx.\nEscape character is '^]'.\n220 hi", (Server(220, ("hi",)),)),
        ("\\ > a\\r\\nb\\t\\\\ \\x1b\\x80\\u0080", (Client("a\r\nb\t\\ \x1b\udc80\x80"),)),
        ("\\ # note: \\x20a\\x20", (Note(" a "),)),
        ("> a\\rb", (Client("a\\rb"),)),
        (">! x", (Client("x"),)),
        (">| .x", (Content(".x"),)),
        (">|", (Content(""),)),
    ],
)
def test_line(text: str, expected: tuple[Entry, ...]) -> None:
    assert entries(f"{text}\n") == expected


def test_notes_and_commands_do_not_end_a_letter() -> None:
    text = "> DATA\n354 go\n> a\n# note: x\n> b\n:wait 1h\n> :wait\n> .\n> QUIT\n"
    assert entries(text)[2:] == (
        Content("a"),
        Note("x"),
        Content("b"),
        Command(":wait 1h"),
        Content(":wait"),
        Client("."),
        Client("QUIT"),
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("220 hi\nwhat is this\n", TranscriptFault(2, "text-line", (("text", "what is this"),))),
        ("220 hi\n\n99 no\n", TranscriptFault(3, "text-line", (("text", "99 no"),))),
        ("$ rm x\n", TranscriptFault(1, "text-connect", (("text", "$ rm x"),))),
        ("$ telnet\n", TranscriptFault(1, "text-connect", (("text", "$ telnet"),))),
        ("x" * 1000, TranscriptFault(1, "text-line", (("text", "x" * 60),))),
    ],
)
def test_fault(text: str, fault: TranscriptFault) -> None:
    assert read(text.encode(), name="a.txt", format="text") == fault._replace(name="a.txt")


AWKWARD = [
    Dialogue(),
    Dialogue((Client("> quoted"), Client("x"))),
    Dialogue((Client("220 not a reply"),)),
    Dialogue((Client("DATA"), Client("QUIT"))),
    Dialogue((Content("no DATA before"), Server(250, ("ok",)))),
    Dialogue((Client("DATA"), Server(354, ("go",)), Client("QUIT"), Content("."), Content(".."))),
    Dialogue((Client("BDAT 5 LAST"), Client("QUIT"), Server(250, ("ok",)))),
    Dialogue((Client("BDAT 5"), Server(354, ("odd",)), Content(".x"))),
    Dialogue((Client("\x1b[2J\udc9b\x9b\u2028"), Note("\n"), Command(":\x00"), Server(250, ("\r", "\t", " ")))),
    Dialogue((Client("\\ > x"), Client("  "), Client("\ufeff"))),
    Dialogue(
        (Note("  spaces  "), Note("", "ja")), (Directive("title", " x "), Directive("a.b-c", "")), Target("h", "1")
    ),
]


@pytest.mark.parametrize("dialogue", AWKWARD)
def test_awkward_dialogues_come_back(dialogue: Dialogue) -> None:
    written = write(dialogue, "text")
    assert read(written, format="text") == dialogue
    assert not any(octet < 0x20 and octet not in b"\n\t" for octet in written)
    written.decode()


def test_replies_without_codes_have_marks_of_their_own() -> None:
    """POP3 and IMAP: `<-` goes on, `< ` ends a reply; so two replies in a row stay two, and a dot stays text."""
    source = b"> RETR 1\n<-+OK\n<-# no note\n<-250 no code\n<-\n< .\n< +OK another\n"
    expected = (
        Client("RETR 1"),
        Server(0, ("+OK", "# no note", "250 no code", "", ".")),
        Server(0, ("+OK another",)),
    )
    dialogue = read(source, format="text")
    assert isinstance(dialogue, Dialogue)
    assert dialogue.entries == expected
    assert read(write(dialogue, "text"), format="text") == dialogue
    assert read(write(dialogue, "json"), format="json") == dialogue
