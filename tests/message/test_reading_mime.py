"""Parts, parameters and charsets, as they should be and as they come."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.charset import text_of
from smtpsim.message.html import text_of_html
from smtpsim.message.mime import DEEPEST, MOST_PARTS, opened, parts_of
from smtpsim.message.parameters import file_name, read_value


def kinds(octets: bytes) -> list[str]:
    return [part.kind for part in parts_of(octets)]


OPENED = {
    b"": ([], b"", b""),
    b"A: x\r\n\r\nbody": (["A"], b"A: x\r\n", b"body"),
    b"A: x\n\nbody": (["A"], b"A: x\n", b"body"),
    b"A: x\r\n y\r\n": (["A"], b"A: x\r\n y\r\n", b""),
    b"\r\nbody": ([], b"", b"body"),
    b"no header\r\nat all": ([], b"", b"no header\r\nat all"),
    b"A: x\r\nno field\r\n\r\nbody": (["A"], b"A: x\r\n", b"no field\r\n\r\nbody"),
}


@pytest.mark.parametrize(("octets", "found"), OPENED.items())
def test_header_and_body(octets: bytes, found: tuple[list[str], bytes, bytes]) -> None:
    entity = opened(octets)
    assert ([field.name for field in entity.headers.fields], entity.head, entity.body) == found


def test_a_mail_made_by_pythons_library() -> None:
    mail = EmailMessage()
    mail.set_content("plain text\n")
    mail.add_alternative("<p>rich</p>", subtype="html")
    mail.add_attachment(b"\x00\x01", maintype="application", subtype="pdf", filename="議事録.pdf")
    mail.add_attachment("notes\n", filename="notes.txt")
    text, pdf, notes = parts_of(mail.as_bytes())
    assert (text.kind, text.text, text.attached) == ("text/plain", "plain text\n", False)
    assert (pdf.kind, pdf.name, pdf.octets, pdf.attached) == ("application/pdf", "議事録.pdf", b"\x00\x01", True)
    assert (notes.name, notes.text, notes.attached) == ("notes.txt", "notes\n", True)


MULTIPART = b"Content-Type: multipart/mixed; boundary=%b\r\n\r\n"
PARTS = {
    "preamble and epilogue": (MULTIPART % b"b" + b"pre\r\n--b\r\n\r\none\r\n--b--\r\npost\r\n--b\r\n\r\nno", ["one"]),
    "no end": (MULTIPART % b"b" + b"--b\r\n\r\none\r\n--b\r\n\r\ntwo", ["one", "two"]),
    "line feeds": (MULTIPART.replace(b"\r", b"") % b"b" + b"--b\n\none\n--b\n\ntwo\n--b--\n", ["one", "two"]),
    "blanks behind": (MULTIPART % b"b" + b"--b \t\r\n\r\none\r\n--b-- \r\n", ["one"]),
    "side by side": (MULTIPART % b"b" + b"--b\r\n--b\r\n\r\none\r\n--b--", ["", "one"]),
    "longer is another": (MULTIPART % b"b" + b"--bb\r\n\r\nno\r\n--b\r\n\r\none\r\n--b--", ["one"]),
    "quoted": (MULTIPART % b'"a b"' + b"--a b\r\n\r\none\r\n--a b--", ["one"]),
    "never begun": (MULTIPART % b"b" + b"text", ["text"]),
    "no boundary": (b"Content-Type: multipart/mixed\r\n\r\ntext", ["text"]),
}


@pytest.mark.parametrize(("octets", "texts"), PARTS.values(), ids=PARTS)
def test_boundaries(octets: bytes, texts: list[str]) -> None:
    assert [part.octets.decode() for part in parts_of(octets)] == texts


def test_parts_of_a_digest_are_mails() -> None:
    octets = b"Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: x\r\n\r\ny\r\n--b--"
    assert kinds(octets) == ["message/rfc822"]


def test_of_alternatives_without_plain_text_the_last() -> None:
    octets = (
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/enriched\r\n\r\nx\r\n--b\r\nContent-Type: text/html\r\n\r\ny\r\n--b--"
    )
    assert kinds(octets) == ["text/html"]


def test_nesting_ends_somewhere() -> None:
    octets = b"".join(MULTIPART % b"b%d" % n + b"--b%d\r\n" % n for n in range(2_000))
    (part,) = parts_of(octets)
    assert part.kind == "multipart/mixed"
    assert part.octets.count(b"boundary") == 2_000 - DEEPEST - 1


def test_parts_end_somewhere() -> None:
    assert len(kinds(MULTIPART % b"b" + b"--b\r\n\r\nx\r\n" * 5_000)) == MOST_PARTS


ENCODINGS = {
    (b"base64", b"aGVsbG8="): b"hello",
    (b"BASE64 ", b"aGVs\r\nbG8"): b"hello",
    (b"base64", b"aGVsbG8=\r\n-- \r\nfooter"): b"hello",
    (b"base64", b"a"): b"",
    (b"quoted-printable", b"caf=C3=A9 =\r\nx"): "café x".encode(),
    (b"quoted-printable", b"=ZZ ="): b"=ZZ ",
    (b"8bit", b"\xff"): b"\xff",
    (b"x-unknown", b"x"): b"x",
}


@pytest.mark.parametrize(("encoding", "octets"), ENCODINGS)
def test_transfer_encodings(encoding: bytes, octets: bytes) -> None:
    (part,) = parts_of(b"Content-Transfer-Encoding: " + encoding + b"\r\n\r\n" + octets)
    assert part.octets == ENCODINGS[encoding, octets]


VALUES = {
    "text/plain": ("text/plain", {}),
    "text/plain; charset=utf-8": ("text/plain", {"charset": "utf-8"}),
    'text/plain;\tCharset="utf 8" ; X = y': ("text/plain", {"charset": "utf 8", "x": "y"}),
    r'a; name="a\"b;c"; z=1': ("a", {"name": 'a"b;c', "z": "1"}),
    'a; name="open': ("a", {"name": "open"}),
    "a; x=1; x=2": ("a", {"x": "1"}),
    ";;; =x;": ("", {}),
}


@pytest.mark.parametrize(("text", "found"), VALUES.items())
def test_parameters(text: str, found: tuple[str, dict[str, str]]) -> None:
    value = read_value(text)
    assert (value.word, dict(value.parameters)) == found


NAMES = {
    "a; filename=x.txt": "x.txt",
    "a; filename*=utf-8''%E8%AD%B0.txt; filename=old.txt": "議.txt",
    "a; filename*=iso-8859-1'en'%A3.txt": "£.txt",
    "a; filename*0*=utf-8''%E8%AD; filename*1*=%B0; filename*2=.%41": "議.%41",
    "a; filename*0=one; filename*1=two; filename*3=four": "onetwo",
    'a; filename="=?utf-8?b?6K2w?="': "議",
    "a; filename*=nosuch''%E8%AD%B0": "議",
    "a; filename*=%41": "A",
    "a": "",
}


@pytest.mark.parametrize(("text", "name"), NAMES.items())
def test_file_names(text: str, name: str) -> None:
    assert file_name(read_value(text).parameters, "filename") == name


CHARSETS = [
    ("日本".encode(), "utf-8", "日本"),
    ("日本".encode(), "", "日本"),
    ("日本".encode(), "us-ascii", "日本"),
    ("日本".encode("iso-2022-jp"), "ISO-2022-JP", "日本"),
    ("日本".encode("iso-2022-jp"), "", "日本"),
    ("日本".encode("euc-jp"), "euc-jp", "日本"),
    ("日本".encode("cp932"), "Shift_JIS", "日本"),
    ("é".encode(), "nosuch", "é"),
    (b"\xff", "utf-8", "\ufffd"),
    (b"x", "idna", "x"),
    (rb"\x41", "unicode_escape", r"\x41"),
    (b"x", "undefined", "x"),
    (b"78", "hex", "78"),
    (b"x", "utf-8\0", "x"),
    (b"x", "/etc/passwd", "x"),
]


@pytest.mark.parametrize(("octets", "charset", "text"), CHARSETS)
def test_charsets(octets: bytes, charset: str, text: str) -> None:
    assert text_of(octets, charset) == text


HTML = {
    "<p>One</p><p>Two &amp; three</p>": "One\nTwo & three",
    "a<br>b<BR/>c": "a\nb\nc",
    "<style>x{}</style><script>alert(1)</script>text<!-- no -->": "text",
    "<script>never closed": "",
    '<a href="https://bank.example.attacker.example/">https://bank.example/</a>': (
        "https://bank.example/ <https://bank.example.attacker.example/>"
    ),
    "<a href=https://x.example/>https://x.example/</a>": "https://x.example/",
    "<a name=x>text</a>": "text",
    "1 < 2 &lt;b&gt;": "1 < 2 <b>",
    "  many\n   blanks ": "many blanks",
}


@pytest.mark.parametrize(("html", "text"), HTML.items())
def test_html(html: str, text: str) -> None:
    assert text_of_html(html) == text


@pytest.mark.parametrize(
    "piece", ["<a href=x>", "<a ", "<a href=", "<", "<!--", "<script>", "<br", "<a href=x></b>", "\n ", "&", "<p>"]
)
def test_html_that_is_meant_to_be_slow(piece: str) -> None:
    text_of_html(piece * (200_000 // len(piece)))


@given(st.binary() | st.text(alphabet="-b\r\n:;=\"'*%Content-Type multipart/x boundary").map(str.encode))
def test_nothing_is_too_odd_to_be_opened(octets: bytes) -> None:
    for head in (b"", MULTIPART % b"b", b"Content-Type: "):
        entity = opened(head + octets)
        empty_lines = [entity.head + line + entity.body for line in (b"", b"\n", b"\r\n")]
        assert head + octets in empty_lines
        for part in parts_of(head + octets):
            assert isinstance(part.text, str)


@given(st.text(), st.text())
def test_no_parameter_is_too_odd(text: str, name: str) -> None:
    for value in (text, f"a; filename*={text}", f"a; filename*0*={text}; filename*1={name}"):
        assert isinstance(file_name(read_value(value).parameters, "filename"), str)


@given(st.binary(), st.text())
def test_no_charset_is_too_odd(octets: bytes, charset: str) -> None:
    assert isinstance(text_of(octets, charset), str)
