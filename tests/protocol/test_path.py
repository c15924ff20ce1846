"""Paths of MAIL and RCPT: what is taken, what is refused, and where the line is wrong (RFC 5321 4.1.2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.address import NULL, Path
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.mailbox import read_domain
from smtpsim.protocol.smtp import grammar
from smtpsim.protocol.smtp.path import _read_any, read_path
from smtpsim.protocol.smtp.state import Phase
from tests.protocol.dialogue import HELLO, MAIL, Dialogue
from tests.protocol.marked import pointed, terminal_capture

TAKEN: list[tuple[str, Path, list[str]]] = [
    ("<ann@example.com>", Path("ann", "example.com"), []),
    ("<Ann.Lee+x@Example.COM>", Path("Ann.Lee+x", "Example.COM"), []),
    ("<!#$%&'*+-/=?_`{|}~@example.com>", Path("!#$%&'*+-/=?_`{|}~", "example.com"), []),
    ("<a@b>", Path("a", "b"), []),
    ("<>", NULL, []),
    ("< >", NULL, []),
    ("<ann@a^_b.example.com>", Path("ann", "a_b.example.com"), ["underscore"]),
    ("<ann@^192.0.2.1>", Path("ann", "192.0.2.1"), ["address-unbracketed"]),
    ("<ann@192.0.2.256>", Path("ann", "192.0.2.256"), []),
    ("<ann@^192.0.2.1^.>", Path("ann", "192.0.2.1."), ["address-unbracketed", "trailing-dot"]),
    ("<ann@a-.example.com>", Path("ann", "a-.example.com"), []),
    # quoted local parts
    ('<"ann lee"@example.com>', Path('"ann lee"', "example.com"), []),
    ('<""@example.com>', Path('""', "example.com"), []),
    (r'<"a\"b"@example.com>', Path(r'"a\"b"', "example.com"), []),
    (r'<"a>b"@example.com>', Path(r'"a>b"', "example.com"), []),
    ('<"a@b"@example.com>', Path('"a@b"', "example.com"), []),
    # address literals
    ("<ann@[192.0.2.1]>", Path("ann", "[192.0.2.1]"), []),
    ("<ann@[255.0.2.001]>", Path("ann", "[255.0.2.001]"), []),
    ("<ann@[IPv6:2001:db8::1]>", Path("ann", "[IPv6:2001:db8::1]"), []),
    ("<ann@[ipv6:::ffff:192.0.2.1]>", Path("ann", "[ipv6:::ffff:192.0.2.1]"), []),
    # a mailbox of the server's own
    ("<postmaster^>", Path("postmaster", ""), ["at-missing"]),
    ("<Postmaster^>", Path("Postmaster", ""), ["at-missing"]),
    ("<a.^.^ン^>", Path("a..ン", ""), ["local-dots", "utf8-not-announced", "at-missing"]),
    # no brackets, blanks, comments
    ("^ann@example.com", Path("ann", "example.com"), ["no-brackets"]),
    ("^ann^", Path("ann", ""), ["no-brackets", "at-missing"]),
    ('^"ann lee"@example.com', Path('"ann lee"', "example.com"), ["no-brackets"]),
    ("^ <ann@example.com>", Path("ann", "example.com"), ["space-after-colon"]),
    ("^ \t^ann@example.com", Path("ann", "example.com"), ["space-after-colon", "no-brackets"]),
    ("<^ ann@example.com >", Path("ann", "example.com"), ["surrounding-space"]),
    ("<ann^ @ example.com>", Path("ann", "example.com"), ["surrounding-space"]),
    ('<"a"@example.com^ >', Path('"a"', "example.com"), ["surrounding-space"]),
    ("<ann^(Ann)@example.com>", Path("ann", "example.com"), ["comment"]),
    ("<ann^ ^(Ann) @example.com>", Path("ann", "example.com"), ["surrounding-space", "comment"]),
    ("^(Ann)<ann@example.com>", Path("ann", "example.com"), ["comment"]),
    # local parts that only need quotes
    ("<a.^.b@example.com>", Path("a..b", "example.com"), ["local-dots"]),
    ("<^.a@example.com>", Path(".a", "example.com"), ["local-dots"]),
    ("<a^.@example.com>", Path("a.", "example.com"), ["local-dots"]),
    ('<a.^"b"@example.com>', Path('a."b"', "example.com"), ["local-dots"]),
    (r"<a^\b@example.com>", Path(r"a\b", "example.com"), ["local-dots"]),
    ("<a^:b@example.com>", Path("a:b", "example.com"), ["colon-in-local"]),
    ("<ann@example.com^.>", Path("ann", "example.com."), ["trailing-dot"]),
    # source routes
    ("<^@a.example:ann@example.com>", Path("ann", "example.com", ("a.example",)), ["route-obsolete"]),
    (
        "<^@a.example,@b.example:ann@example.com>",
        Path("ann", "example.com", ("a.example", "b.example")),
        ["route-obsolete"],
    ),
    (
        "^^@a.example:a.^.b@example.com",
        Path("a..b", "example.com", ("a.example",)),
        ["no-brackets", "route-obsolete", "local-dots"],
    ),
    ("<^@[192.0.2.1]:ann@example.com>", Path("ann", "example.com", ("[192.0.2.1]",)), ["route-loose"]),
    (
        "<^@a.example:  a.^.b@example.com>",
        Path("a..b", "example.com", ("a.example",)),
        ["route-obsolete", "local-dots"],
    ),
    # letters beyond ASCII
    ("<^アン@example.com>", Path("アン", "example.com"), ["utf8-not-announced"]),
    ("<a^ン@example.com>", Path("aン", "example.com"), ["utf8-not-announced"]),
    ("<ann@^例え.jp>", Path("ann", "例え.jp"), ["utf8-not-announced"]),
    (
        "<^アン@a^例え.jp^.>",
        Path("アン", "a例え.jp."),
        ["utf8-not-announced", "utf8-not-announced", "trailing-dot"],
    ),
    (
        "<^ ^ア.^.ン@example.com>",
        Path("ア..ン", "example.com"),
        ["surrounding-space", "utf8-not-announced", "local-dots"],
    ),
]

REFUSED = [
    ("^<ann@example.com", "bracket-unclosed"),
    ('<^"ann@example.com>', "quote-unclosed"),
    (' <^"ann@example.com>', "quote-unclosed"),
    ('<"ann"@example.com,^"bob>', "quote-unclosed"),
    ('^<"ann"@example.com', "bracket-unclosed"),
    ('^<"a\\">@example.com"', "bracket-unclosed"),
    ('^"ann@example.com', "quote-unclosed"),
    ("^ann@example.com>", "bracket-unopened"),
    ("  ^ann@example.com>", "bracket-unopened"),
    ("^Ann <ann@example.com>", "display-name"),
    ('^"Ann Lee" <ann@example.com>', "display-name"),
    ("<^@example.com>", "local-empty"),
    ("<^@>", "local-empty"),
    ("<@a.example:^>", "local-empty"),
    ("<(Ann)^@example.com>", "local-empty"),
    ("<ann@^>", "domain-missing"),
    ("<ann@(b)^>", "domain-missing"),
    ("<ann@example.com^@example.net>", "at-doubled"),
    ("<a@b^@>", "at-doubled"),
    ("<ann^,bob@example.com>", "local-syntax"),
    ("<^<ann@example.com>>", "local-syntax"),
    ("<ann^ lee @ example.com>", "local-syntax"),
    ("<ann^ lee@example.com>", "local-syntax"),
    ("<アン^ リー@example.com>", "local-syntax"),
    ("<^(ann@example.com>", "local-syntax"),
    ("<ann^;@example.com>", "local-syntax"),
    ("<a^\x01@example.com>", "local-syntax"),
    ("<ann@^.example.com>", "domain-syntax"),
    ("<ann@example.^.com>", "domain-syntax"),
    ("<ann@example.com.^.>", "domain-syntax"),
    ("<ann@exam^ ple.com>", "domain-syntax"),
    ("<ann@^-example.com>", "domain-syntax"),
    ("<アン@例え^!.jp>", "domain-syntax"),
    ("<ann@example^,com>", "domain-syntax"),
    ("<ann @  example^!.com>", "domain-syntax"),
    ("<(x)ann(y)@example^!.com>", "domain-syntax"),
    ("<ann@^[192.0.2.256]>", "literal-syntax"),
    ("<ann@^[192.0.2]>", "literal-syntax"),
    ("<ann@^[192.0.2.0001]>", "literal-syntax"),
    ("<ann@^[192.0.2.1.1]>", "literal-syntax"),
    ("<ann@^[IPv6:2001:db8::٣]>", "literal-syntax"),
    ("<ann@^[2001:db8::1]>", "literal-syntax"),
    ("<ann@^[IPv6:2001:db8::1%eth0]>", "literal-syntax"),
    ("<ann@^[IPv6:]>", "literal-syntax"),
    ("<ann@^[192.0.2.1>", "literal-syntax"),
    ("<ann@^[192.0.2.٣]>", "literal-syntax"),
    ("<ann@^[]>", "literal-syntax"),
]


@pytest.mark.parametrize(("text", "path", "keys"), TAKEN)
@pytest.mark.parametrize("before", ["MAIL FROM:", "  RCPT テ TO:"])
@pytest.mark.parametrize("behind", ["", " SIZE=1"])
def test_a_path_that_is_taken(text: str, path: Path, keys: list[str], before: str, behind: str) -> None:
    line, columns = terminal_capture(before + text)
    found = read_path(line + behind, len(before))
    assert not isinstance(found, Fault), found
    assert found.path == path
    assert found.end == len(line)
    assert pointed(found.remarks) == list(zip(columns, keys, strict=True))


@pytest.mark.parametrize(("text", "key"), REFUSED)
@pytest.mark.parametrize("before", ["MAIL FROM:", "  RCPT テ TO:"])
def test_a_path_that_is_refused(text: str, key: str, before: str) -> None:
    line, columns = terminal_capture(before + text)
    found = read_path(line, len(before))
    assert isinstance(found, Fault)
    assert [(found.column, found.key)] == [(columns[0], key)]


LONG = [
    # text, the fault, whether it refuses
    ("<" + "a" * 64 + "@b.example>", "", False),
    ("<^" + "a" * 65 + "@b.example>", "local-too-long", False),
    ('<^"' + "a" * 63 + '"@b.example>', "local-too-long", False),
    ("<^" + "a" * 256 + "@b.example>", "local-too-long", True),
    ("<a@" + "b" * 63 + ".example>", "", False),
    ("<a@x.^" + "b" * 64 + ".example>", "label-too-long", True),
    ("<a@" + "b." * 125 + "bb>", "", False),
    ("<^a@" + "b." * 126 + "b>", "path-too-long", False),
    ("<^a@" + "b." * 127 + "b>", "path-too-long", False),
    ("<a@^" + "b." * 127 + "bb>", "domain-too-long", True),
    ("<^@r.example:a@" + "b." * 121 + "b>", "path-too-long", False),
]


@pytest.mark.parametrize(("text", "key", "refused"), LONG, ids=range(len(LONG)))
def test_limits_of_length(text: str, key: str, refused: bool) -> None:
    line, columns = terminal_capture(text)
    found = read_path(line, 0)
    assert isinstance(found, Fault) == refused
    faults = [found] if isinstance(found, Fault) else found.remarks
    assert (columns[0], key) in pointed(faults) if key else not faults


def test_lengths_count_octets() -> None:
    found = read_path("<" + "あ" * 22 + "@example.com>", 0)
    assert not isinstance(found, Fault)
    assert ("local-too-long", "66") in [(remark.key, remark.found) for remark in found.remarks]
    assert isinstance(read_path("<a@" + ".".join(["あ" * 60] * 2) + ">", 0), Fault)


REPLIES = [
    # text, MAIL, RCPT
    ("<ann@example.com>", 250, 250),
    ("ann@example.com", 250, 250),
    (" <ann@example.com>", 250, 250),
    ("<>", 250, 501),
    ("<postmaster>", 250, 250),
    ("<ann>", 250, 250),
    ("postmaster", 553, 250),
    ('<"postmaster">', 553, 250),
    ("<a..b>", 553, 250),
    ("<@a.example:postmaster>", 553, 250),
    ("< postmaster >", 250, 250),
    ("", 501, 501),
    ("<ann@example.com", 501, 501),
    ("ann@example.com>", 553, 501),
    ("<@example.com>", 553, 501),
    ("<a@b@c>", 553, 501),
    ("<ann@>", 501, 501),
    ("<ann lee@example.com>", 501, 501),
    ("<ann@[192.0.2.256]>", 501, 501),
    ("Ann <ann@example.com>", 555, 555),
    ("<ann@example.com>x", 501, 501),
    ("<アン@example.com>", 250, 250),
    ("<ann@例え.jp>", 501, 501),
]


@pytest.mark.parametrize(("text", "mail", "rcpt"), REPLIES)
def test_codes_of_both_verbs(text: str, mail: int, rcpt: int) -> None:
    assert Dialogue().code(*HELLO, f"MAIL FROM:{text}") == mail
    assert Dialogue().code(*MAIL, f"RCPT TO:{text}") == rcpt


@pytest.mark.parametrize(
    ("line", "key", "reply", "code"),
    [
        ("MAIL^", "keyword-missing", "mail-syntax", 501),
        ("MAIL ^TO:<a@b>", "keyword-missing", "mail-syntax", 501),
        ("  mail  ^<a@b>", "keyword-missing", "mail-syntax", 501),
        ("MAIL FROM^", "colon-missing", "mail-syntax", 501),
        ("MAIL FROM^<a@b>", "colon-missing", "mail-syntax", 501),
        (" MAIL  FROM^ <a@b>", "colon-missing", "mail-syntax", 501),
        ("MAIL FROM^ :<a@b>", "space-before-colon", "bad-syntax", 500),
        ("RCPT^", "keyword-missing", "rcpt-syntax", 501),
        ("RCPT ^FROM:<a@b>", "keyword-missing", "rcpt-syntax", 501),
        ("RCPT TO^<a@b>", "colon-missing", "rcpt-syntax", 501),
        ("RCPT TO^\t :<a@b>", "space-before-colon", "bad-syntax", 500),
        ("RCPT TO:  ^<>", "null-forward-path", "bad-recipient", 501),
        ("RCPT TO: (x)^<>", "null-forward-path", "bad-recipient", 501),
        ("MAIL FROM:^", "sender-missing", "mail-syntax", 501),
        ("MAIL FROM:^  \t", "sender-missing", "mail-syntax", 501),
        ("RCPT TO:^", "recipient-missing", "rcpt-syntax", 501),
        ("RCPT TO:<a@b>^,", "after-path", "bad-recipient", 501),
        ("RCPT TO:<a@b>^, c", "after-path", "bad-recipient", 501),
        ("RCPT TO:<a@b^@c>", "at-doubled", "bad-recipient", 501),
        ("RCPT TO:<a@b> c=d@e:1 ^<", "parameter-syntax", "parameter-unknown", 555),
        ("MAIL FROM:^Ann Lee <a@b>", "display-name", "display-name", 555),
        ("RCPT TO:^Ann Lee <a@b>", "display-name", "display-name", 555),
        ("RCPT TO:<ann@a^例え.jp>", "utf8-not-announced", "utf8-not-announced", 501),
    ],
)
def test_lines_that_are_refused_before_or_behind_the_path(line: str, key: str, reply: str, code: int) -> None:
    text, columns = terminal_capture(line)
    dialogue = Dialogue()
    dialogue.say(*(MAIL if "RCPT" in line else HELLO))
    before = dialogue.state
    step = dialogue.say(text)
    assert pointed(step.faults) == [(columns[0], key)]
    assert step.reply is not None
    assert (step.reply.key, step.reply.code) == (reply, code)
    assert dialogue.state == before._replace(errors=1)


@pytest.mark.parametrize("line", ["mail from:<a@b>", "Mail From:<a@b>", "MAIL  FROM:<a@b>", "MAIL\tFROM:<a@b>"])
def test_case_and_blanks_are_free(line: str) -> None:
    assert Dialogue().code(*HELLO, line) == 250


def test_an_announced_letter_may_have_any_addresses() -> None:
    dialogue = Dialogue()
    assert dialogue.faults(*HELLO, "MAIL FROM:<アン@例え.jp> SMTPUTF8") == []
    assert dialogue.faults("RCPT TO:<ボブ@例え.jp>") == []
    assert dialogue.state.phase is Phase.RCPT


LISTS = [
    # the list of addresses with the second one marked, the reply's code at MAIL and at RCPT
    ("<a@b>,<^c@d>", 501, 501),
    ("<a@b>, <^c@d>", 501, 501),
    ("<a@b>;<^c@d>", 501, 501),
    ("<a@b><^c@d>", 501, 501),
    ("<a@b> <^c@d>", 555, 555),
    ("<a@b> ^c@d", 555, 555),
    ("a@b,^c@d", 553, 501),
    ("a@b, ^c@d", 501, 501),
    ("a@b; ^c@d", 501, 501),
    ("a@b ^c@d", 555, 555),
    ("a@b and ^c@d", 555, 555),
    ("<a@b,^c@d>", 553, 501),
    ("<a@b; ^c@d>", 553, 501),
    ("<a@b>, Carl <^c@d>", 501, 501),
    ("Ann <a@b>, Carl <^c@d>", 555, 555),
    ("a@b、^c@d", 553, 501),
]


@pytest.mark.parametrize(("text", "mail", "rcpt"), LISTS)
def test_several_addresses_are_told_as_such(text: str, mail: int, rcpt: int) -> None:
    for way, before, key, code in (
        (HELLO, "MAIL FROM:", "several-senders", mail),
        (MAIL, "RCPT TO:", "several-recipients", rcpt),
    ):
        line, columns = terminal_capture(before + text)
        dialogue = Dialogue()
        assert dialogue.code(*way, line) == code
        assert dialogue.faults(line) == [(key, columns[0])]
        assert dialogue.step.faults[0].found == "c@d"


FULL_WIDTH = [
    # the line, and the keys of its faults where the code is not that of an accepted line
    ("^^ＭＡＩＬ FROM:<a@b>", 500, ["full-width", "unknown-verb"]),
    ("^MAIL^\u3000FROM:<a@b>", 500, ["unknown-verb", "full-width"]),
    ("MAIL FROM^^：<a@b>", 501, ["full-width", "colon-missing"]),
    ("MAIL FROM:^＜a@b^＞", 501, ["full-width", "domain-syntax"]),
    ("MAIL FROM:<a@^^ｂ>", 501, ["full-width", "domain-syntax"]),
    ("MAIL FROM:<^ａ@b>", 250, ["full-width"]),
    ("MAIL FROM:<^ａ@b> SMTPUTF8", 250, ["full-width"]),
    ("NOOP ^ａ", 250, ["full-width"]),
    ("NOOP ア", 250, []),
]


@pytest.mark.parametrize(("line", "code", "keys"), FULL_WIDTH)
def test_full_width_letters_are_told_as_such(line: str, code: int, keys: list[str]) -> None:
    text, columns = terminal_capture(line)
    dialogue = Dialogue()
    assert dialogue.code(*HELLO, text) == code
    found = pointed(dialogue.step.faults)
    assert [pair for pair in found if pair[1] in keys] == list(zip(columns, keys, strict=True))
    assert not {"utf8-not-announced"} & {key for _, key in found}


_LABELS = st.from_regex(r"[A-Za-z0-9]{1,9}(?:-[A-Za-z0-9]{1,3})?", fullmatch=True)
_DOMAINS = st.lists(_LABELS, min_size=1, max_size=5).map(".".join)
_LOCALS = st.builds(str.join, st.sampled_from("._+-"), st.lists(_LABELS, min_size=1, max_size=5))
_ALMOST = st.text(alphabet='ab.1-_+@<>" ', max_size=70)


_PATHS = st.builds("<{}@{}>".format, _LOCALS, _DOMAINS) | _ALMOST.map("<{}>".format)


@given(_PATHS, st.text(max_size=3))
def test_the_short_way_for_plain_paths_reads_what_the_long_one_does(path: str, behind: str) -> None:
    line = f"MAIL FROM:{path}{behind}"
    assert read_path(line, 10) == _read_any(line, 10)


@given(_DOMAINS | _ALMOST.filter(bool))
def test_a_plain_domain_is_one_that_nothing_is_odd_about(name: str) -> None:
    if len(name) <= grammar.PLAIN_LIMIT and grammar.PLAIN_DOMAIN.fullmatch(name):
        assert read_domain(name, range(len(name) + 1)) == ()
        assert grammar.HELO_NAME.fullmatch(name)
