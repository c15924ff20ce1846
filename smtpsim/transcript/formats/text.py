r"""Our own form: what a telnet session looks like on paper.

    # title: The first mail
    $ telnet smtp.example.com smtp
    220 Connected
    > HELO cgi.example.com
    250 Hello smtp.example.com
    # note: a remark on the step that follows
    :wait 4h
    # after: a remark on what that brought
    # ask: what would you type now?
    # answer: the name of the sender
    > MAIL FROM:<a@example.com>

Each of the four may be for one language (`# note.ja:`); several lines of one kind are one text, up to any other line.
An `ask` is shown with the step before it, and an `answer` with the one that follows. `# line.ja:` is no remark: it is
what the client types for readers of that language in the place of its next line (`own_lines`).

`> ` is the client, a reply code the server, `:` the simulator. A server without reply codes (POP3, IMAP) has `< `
before the last line of a reply and `<-` before those that come before it. Between a 354 and `> .` the client's
lines are the letter; where the order does not tell, `>! ` is a command and `>| ` a line of the letter, dots
unstuffed.
A line that begins with a backslash and a space holds escapes: `\r`, `\n`, `\t`, `\\`, `\xHH` for an octet,
`\uHHHH` for a character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from smtpsim.kernel.printable import visible
from smtpsim.transcript.assembly import Assembly, spoken
from smtpsim.transcript.dialogue import (
    PLACE,
    Client,
    Command,
    Content,
    Dialogue,
    Directive,
    Entry,
    Note,
    Place,
    Server,
    Target,
    TranscriptFault,
)
from smtpsim.transcript.format import EVERYTHING, Format, Sign
from smtpsim.transcript.source import quoted

_REPLY = re.compile(r"[1-9][0-9]{2}(?:[ -].*)?", re.DOTALL)
_DIRECTIVE = re.compile(r"#\s*([A-Za-z][\w.-]*)\s*:(.*)", re.DOTALL | re.ASCII)
_TELNET = re.compile(r"Trying |Connected to |Escape character is |Connection closed by ")
_CONNECT = re.compile(rf"\$\s*(?:telnet|nc|ncat|netcat)(?:\s+-\S+)*\s+({PLACE})(?:\s+({PLACE}))?\s*")
_SHOWN = 60
_NOTE = re.compile(r"(note|after|ask|answer|line)(?:\.([a-z][a-z0-9-]*))?")
_WRITTEN_NOTE = re.compile(rf"(?:\\ )?# ({_NOTE.pattern}): ")

_TOLD: Mapping[str, type[Client] | type[Content]] = {">!": Client, ">|": Content}

_ESCAPE = re.compile(r"\\(?:([\\nrt])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}))")
_NAMED = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}


class _Reader:
    """The head of the file and the assembly of what follows it."""

    def __init__(self) -> None:
        self.directives: list[Directive] = []
        self.target: Target | None = None
        self.assembly = Assembly()
        self._key = ""
        """That of the note that the next line may go on with."""

    def take(self, raw: str, line: int) -> TranscriptFault | None:
        """Read one line."""
        key, self._key = self._key, ""
        decode = _unescaped if raw.startswith("\\ ") else str
        text = raw[2:] if decode is _unescaped else raw.lstrip()
        if text.startswith(">"):
            self._client(text, line, decode)
        elif text.startswith("<-"):
            self.assembly.heard_on(decode(text[2:]), line)
        elif text.startswith("<"):
            self.assembly.heard(decode(text[2:] if text[1:2] == " " else text[1:]), line)
        elif _REPLY.fullmatch(text):
            self.assembly.server(decode(text), line)
        else:
            return self._aside(text, line, decode, key)
        return None

    def _client(self, text: str, line: int, decode: Callable[[str], str]) -> None:
        mark = text[:3].rstrip(" ")
        if mark in _TOLD:
            self.assembly.exact(_TOLD[mark](decode(text[3:]), line))
        else:
            self.assembly.client(decode(text[2:] if text[1:2] == " " else text[1:]), line)

    def _aside(self, text: str, line: int, decode: Callable[[str], str], key: str) -> TranscriptFault | None:
        if text.startswith("#"):
            self._directive(text, line, decode, key)
        elif text.startswith(":"):
            self.assembly.order(decode(text), line)
        elif text.startswith("$"):
            return self._connect(text, line)
        elif text.strip() and not _TELNET.match(text):
            return TranscriptFault(line, "text-line", (("text", text[:_SHOWN]),))
        return None

    def _directive(self, text: str, line: int, decode: Callable[[str], str], before: str) -> None:
        match = _DIRECTIVE.fullmatch(text)
        if match is None:
            return
        key, value = match[1].lower(), decode(match[2].strip())
        note = _NOTE.fullmatch(key)
        if note is None:
            self.directives.append(Directive(key, value, line))
            return
        if key == before:
            self.assembly.note_on(value)
        else:
            self.assembly.note(value, line, note[2] or "", Place(note[1]))
        self._key = "" if note[1] == Place.LINE else key

    def _connect(self, text: str, line: int) -> TranscriptFault | None:
        match = _CONNECT.fullmatch(text)
        if match is None:
            return TranscriptFault(line, "text-connect", (("text", text[:_SHOWN]),))
        target = Target(match[1], match[2] or "smtp")
        if self.target is None:
            self.target = target
        else:
            self.assembly.order(f":connect {target.host}:{target.port}", line)
        return None


def read(source: Sequence[str]) -> Dialogue | TranscriptFault:
    """Read the text form. A line of no kind is a fault; a comment without a key is passed over."""
    reader = _Reader()
    for line, text in enumerate(source, 1):
        if fault := reader.take(text, line):
            return fault
    return Dialogue(reader.assembly.entries(), tuple(reader.directives), reader.target)


def write(dialogue: Dialogue) -> str:
    """Write the text form; reading it gives the same dialogue."""
    head = list(_head(dialogue))
    lines = [*head, *_apart(_body(dialogue.entries))]
    if read(lines) != dialogue:
        lines = [*head, *_apart(_told(dialogue.entries))]
    if lines and quoted(lines):
        lines[0] = "\\ " + lines[0].replace("\\", "\\\\")
    return "".join(f"{line}\n" for line in lines)


def _head(dialogue: Dialogue) -> Iterable[str]:
    for directive in dialogue.directives:
        yield _remark(directive.key, directive.value)
    if dialogue.target:
        yield f"$ telnet {dialogue.target.host} {dialogue.target.port}"


def _apart(lines: Iterable[str]) -> Iterable[str]:
    """The lines with a `#` between two notes that would else be read as one."""
    before = ""
    for line in lines:
        note = _WRITTEN_NOTE.match(line)
        if note and note[1] == before and note[2] != Place.LINE:
            yield "#"
        before = note[1] if note else ""
        yield line


def _body(entries: Iterable[Entry]) -> Iterable[str]:
    for entry, text in spoken(entries):
        match entry:
            case Client() | Content():
                yield _line("> ", text) if text else ">"
            case _:
                yield from _other(entry)


def _told(entries: Iterable[Entry]) -> Iterable[str]:
    """The entries with a mark on each client line that says what it is."""
    for entry in entries:
        match entry:
            case Client(text):
                yield _line(">! ", text)
            case Content(text):
                yield _line(">| ", text)
            case _:
                yield from _other(entry)


def _other(entry: Server | Note | Command) -> Iterable[str]:
    match entry:
        case Server(code, lines):
            yield from _reply(code, lines)
        case Note(text, lang, _, place):
            yield _remark(f"{place}.{lang}" if lang else place, text)
        case Command(text):
            yield _line("", text)


def _reply(code: int, lines: Sequence[str]) -> Iterable[str]:
    more, last = (f"{code}-", f"{code} ") if code else ("<-", "< ")
    for text in lines[:-1]:
        yield _line(more, text)
    yield _line(last, lines[-1])


def _line(mark: str, text: str) -> str:
    return mark + text if visible(text, _escape) == text else f"\\ {mark}{_escaped(text)}"


def _remark(key: str, text: str) -> str:
    """A `#` line. Space at either end of the text would be lost on reading, so it is escaped."""
    inner = text.strip()
    if inner == text:
        return _line(f"# {key}: ", text)
    start = text.index(inner)
    space, trail = text[:start], text[start + len(inner) :]
    before, after = ("".join(map(_escape, map(ord, part))).replace("\t", "\\t") for part in (space, trail))
    return f"\\ # {key}: {before}{_escaped(inner)}{after}"


def _escaped(text: str) -> str:
    return visible(text.replace("\\", "\\\\"), _escape)


def _escape(code: int) -> str:
    """A character that is not seen, as `_meant` reads it; a tab is seen."""
    if code in (0x09, 0x0A, 0x0D):
        return {0x09: "\t", 0x0A: "\\n", 0x0D: "\\r"}[code]
    if code < 0x80 or 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code & 0xFF:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_meant, text)


def _meant(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    if match[2]:
        octet = int(match[2], 16)
        return chr(octet if octet < 0x80 else 0xDC00 + octet)
    code = int(match[3] or match[4], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


FORMAT = Format(
    name="text",
    keeps=EVERYTHING,
    read=read,
    write=write,
    endings=(".txt",),
    signs=(
        Sign(r"> ?(?:EHLO|HELO|MAIL FROM|RCPT TO|DATA|QUIT)\b", 30, re.IGNORECASE),
        Sign(r"\$ (?:telnet|nc) ", 20),
        Sign(r"# ?(?:title|client|lang|(?:note|after|ask|answer|line)(?:\.\w+)?): ", 20),
        Sign(r"[2-5]\d\d(?:[ -]|$)", 9),
        Sign(r"> ?\S", 5),
        Sign(r":(?:ip|dns|host|connect|inbox|read|receipts|bounce|compose|queue|hop|wait|fault)\b", 10),
    ),
)
