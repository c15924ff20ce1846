"""STORE: flags set, added and taken away (RFC 3501 6.4.6)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.imap.service import Limits
from smtpsim.protocol.maildrop import Flagged, FlagsChanged
from tests.protocol.imap.dialogue import HELLO, RECENT, SEEN, mail, opened

FLAGGED = "\\Flagged"

CHANGES = {
    "FLAGS (\\Seen)": {SEEN, RECENT},
    "FLAGS \\seen \\FLAGGED": {SEEN, FLAGGED, RECENT},
    "FLAGS ()": {RECENT},
    "+FLAGS (\\Seen)": {SEEN, FLAGGED, "work", RECENT},
    "+FLAGS (WORK home)": {FLAGGED, "work", "home", RECENT},
    "+FLAGS (home HOME)": {FLAGGED, "work", "home", RECENT},
    "-FLAGS (\\Flagged)": {"work", RECENT},
    "-FLAGS WORK": {FLAGGED, RECENT},
    "-FLAGS (\\Draft)": {FLAGGED, "work", RECENT},
    "+flags.silent \\Seen": {SEEN, FLAGGED, "work", RECENT},
}


@pytest.mark.parametrize(("change", "flags"), CHANGES.items())
def test_what_a_change_comes_to(change: str, flags: set[str]) -> None:
    dialogue = opened(mail(HELLO, FLAGGED, "work", RECENT))
    dialogue.say(f"a STORE 1 {change}")
    assert dialogue.state.selected is not None
    found = {flag.lower() for flag in dialogue.state.selected.maildrop.mails[0].flags}
    assert found == {flag.lower() for flag in flags}
    assert dialogue.inbox.mails[0].flags == dialogue.state.selected.maildrop.mails[0].flags - {RECENT}


def test_what_is_told_of_it() -> None:
    dialogue = opened(mail(HELLO, uid=5), mail(HELLO, SEEN, "z", "a", uid=9))
    assert dialogue.untagged("STORE 1:2 +FLAGS (\\Flagged)") == [
        "1 FETCH (FLAGS (\\Flagged))",
        "2 FETCH (FLAGS (\\Flagged \\Seen a z))",
    ]
    assert dialogue.untagged("UID STORE 9 -FLAGS (a z)") == ["2 FETCH (UID 9 FLAGS (\\Flagged \\Seen))"]
    assert dialogue.untagged("STORE 1 FLAGS.SILENT (\\Draft)") == []


def test_only_what_changes_is_a_fact() -> None:
    dialogue = opened(mail(HELLO, uid=5), mail(HELLO, SEEN, uid=9))
    step = dialogue.say("a STORE 1:2 +FLAGS.SILENT \\Seen")
    assert step.facts == (FlagsChanged("INBOX", (Flagged(5, frozenset({SEEN})),)),)
    assert dialogue.say("a STORE 1:2 +FLAGS.SILENT \\Seen").facts == ()


def test_a_mail_has_so_many_flags_and_no_more() -> None:
    dialogue = opened(mail(HELLO))
    before = dialogue.state
    names = " ".join(f"k{number}" for number in range(Limits().flags + 1))
    assert dialogue.lines(f"a STORE 1 FLAGS ({names})") == ["a NO [LIMIT] That is too much at once"]
    assert dialogue.state == before._replace(errors=1)


def test_keywords_in_use_are_told_when_the_mailbox_is_opened() -> None:
    dialogue = opened(mail(HELLO, "work"))
    assert dialogue.untagged("SELECT INBOX")[0] == "FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft work)"
