"""Python's own IMAP client against the server."""

from __future__ import annotations

import imaplib
import socket
from collections.abc import Iterator

import pytest

from tests.protocol.imap.dialogue import DELETED, HELLO, OCTETS, RECENT, REPORT, SEEN, Dialogue
from tests.protocol.imap.test_commands import BEFORE
from tests.protocol.pop3.serving import PATIENCE, served


class Client(imaplib.IMAP4):
    """A client at the end of a socket that there is already."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        super().__init__("imap.example.net", timeout=PATIENCE)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self._connection


@pytest.fixture
def dialogue() -> Dialogue:
    return Dialogue()


@pytest.fixture
def client(dialogue: Dialogue) -> Iterator[Client]:
    assert dialogue.step.reply is not None
    with served(dialogue, dialogue.step.reply.wire()) as connection:
        client = Client(connection)
        yield client
        if client.state != "LOGOUT":  # logging out shuts down
            client.shutdown()


@pytest.fixture
def inside(client: Client) -> Client:
    client.login("ann", "tea")
    assert client.select() == ("OK", [b"3"])
    return client


def test_before_the_log_in(client: Client) -> None:
    assert client.capability() == ("OK", [BEFORE.encode()])
    assert client.noop()[0] == "OK"
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        client.login("ann", "wrong")
    with pytest.raises(imaplib.IMAP4.error, match="not offered"):
        client.authenticate("CRAM-MD5", lambda challenge: b"")
    assert client.login("ann", "tea")[0] == "OK"


def test_mailboxes(inside: Client) -> None:
    names = [b'() "/" "INBOX"', b'() "/" "Archive/2024"']
    assert inside.list() == ("OK", names)
    assert inside.lsub() == ("OK", names)
    assert inside.list('""', "%") == ("OK", names[:1])
    assert inside.status("INBOX", "(MESSAGES UNSEEN UIDNEXT)") == (
        "OK",
        [b'"INBOX" (MESSAGES 3 UNSEEN 2 UIDNEXT 13)'],
    )
    assert inside.select("Archive/2024", readonly=True) == ("OK", [b"0"])
    assert inside.select("nowhere") == ("NO", [b"[NONEXISTENT] No such mailbox"])


def test_what_select_tells(inside: Client) -> None:
    assert inside.response("UIDVALIDITY") == ("UIDVALIDITY", [b"5"])
    assert inside.response("UIDNEXT") == ("UIDNEXT", [b"13"])
    assert inside.response("UNSEEN") == ("UNSEEN", [b"2"])
    assert inside.recent() == ("OK", [b"1"])


LETTERS = {"1": HELLO, "2": REPORT, "3": OCTETS}


@pytest.mark.parametrize("item", ["RFC822", "BODY[]", "BODY.PEEK[]"])
@pytest.mark.parametrize("number", LETTERS)
def test_letters_come_as_they_lie_there(inside: Client, number: str, item: str) -> None:
    status, data = inside.fetch(number, f"({item})")
    assert status == "OK"
    assert isinstance(data[0], tuple)
    assert data[0][1] == LETTERS[number]


def test_fetching(inside: Client) -> None:
    _, (envelope,) = inside.fetch("1", "(ENVELOPE)")
    assert isinstance(envelope, bytes)
    assert b'"hello" (("Bob" NIL "bob" "example.com"))' in envelope
    _, (header, _) = inside.fetch("1", "(BODY.PEEK[HEADER] FLAGS)")
    assert isinstance(header, tuple)
    assert header[1] == HELLO.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    _, (fields, _) = inside.fetch("1", "BODY.PEEK[HEADER.FIELDS (SUBJECT)]")
    assert isinstance(fields, tuple)
    assert fields[1] == b"Subject: hello\r\n\r\n"
    _, (piece, _) = inside.fetch("1", "BODY[]<7.4>")
    assert isinstance(piece, tuple)
    assert piece[1] == HELLO[7:11]
    _, (structure,) = inside.fetch("2", "(BODYSTRUCTURE)")
    assert isinstance(structure, bytes)
    assert structure.count(b'"TEXT"') == 4
    _, sizes = inside.fetch("1:*", "(UID RFC822.SIZE)")
    assert sizes[0] == b"1 (UID 7 RFC822.SIZE %d)" % len(HELLO)
    assert len(sizes) == 3


def test_storing_and_expunging(inside: Client, dialogue: Dialogue) -> None:
    assert inside.store("2", "+FLAGS", "(\\Seen \\Deleted)") == ("OK", [b"2 (FLAGS (\\Deleted \\Seen))"])
    assert inside.store("1", "FLAGS.SILENT", "\\Flagged") == ("OK", [None])
    assert dialogue.inbox.mails[1].flags == {SEEN, DELETED}
    assert inside.expunge() == ("OK", [b"2"])
    assert [mail.uid for mail in dialogue.inbox.mails] == [7, 12]
    assert inside.check()[0] == "OK"
    inside.store("1:*", "+FLAGS.SILENT", "\\Deleted")
    assert inside.close()[0] == "OK"
    assert dialogue.inbox.mails == ()


def test_searching(inside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert inside.search(None, "ALL") == ("OK", [b"1 2 3"])
    assert inside.search(None, "UNSEEN", 'FROM "smith, c"') == ("OK", [b"2"])
    assert inside.search("UTF-8", "SUBJECT", '"hello"') == ("OK", [b"1"])
    assert inside.search(None, "OR", "(SINCE 3-Feb-2024)", "(NOT UNSEEN)") == ("OK", [b"1 3"])
    assert inside.search(None, "KEYWORD", "none") == ("OK", [b""])
    monkeypatch.setattr(inside, "literal", "日本".encode())
    assert inside.search("UTF-8", "SUBJECT") == ("OK", [b"2"])


def test_by_unique_identifiers(inside: Client) -> None:
    assert inside.uid("SEARCH", "2:3") == ("OK", [b"8 12"])
    assert inside.uid("FETCH", "12:*", "(FLAGS)") == ("OK", [b"3 (UID 12 FLAGS (\\Recent))"])
    assert inside.uid("STORE", "7", "-FLAGS", "(\\Seen)") == ("OK", [b"1 (UID 7 FLAGS ())"])
    assert inside.uid("FETCH", "100", "(FLAGS)") == ("OK", [None])


def test_what_is_refused(inside: Client) -> None:
    with pytest.raises(imaplib.IMAP4.error, match="No such message"):
        inside.fetch("9", "FLAGS")
    assert inside.copy("1", "nowhere")[0] == "NO"
    assert inside.append("nowhere", "", "", HELLO)[0] == "NO"
    assert inside.create("INBOX")[0] == "NO"
    inside.select(readonly=True)
    assert inside.expunge() == ("NO", [b"The mailbox is open read-only"])


def test_logging_in_by_sasl(client: Client) -> None:
    assert client.authenticate("PLAIN", lambda challenge: b"\0ann\0tea")[0] == "OK"
    assert client.select()[0] == "OK"


def test_mailboxes_of_ones_own(inside: Client, dialogue: Dialogue) -> None:
    assert inside.create("Sent")[0] == "OK"
    status, told = inside.append("Sent", "(\\Seen)", imaplib.Time2Internaldate(1_706_749_200), HELLO)
    assert (status, told[0].rpartition(b" ")[0]) == ("OK", told[0].removesuffix(b" completed"))
    (sent,) = dialogue.drops["Sent"].mails
    assert (sent.octets, sent.internal_date, sent.flags) == (HELLO, 1_706_749_200, frozenset({SEEN, RECENT}))
    assert inside.copy("1:2", "Sent")[0] == "OK"
    assert inside.rename("Sent", "Post")[0] == "OK"
    assert inside.unsubscribe("Post")[0] == "OK"
    assert b"Post" not in b"".join(name for name in inside.lsub()[1] if isinstance(name, bytes))
    assert inside.status("Post", "(MESSAGES)") == ("OK", [b'"Post" (MESSAGES 3)'])
    assert inside.delete("Post")[0] == "OK"
    assert inside.namespace() == ("OK", [b'(("" "/")) NIL NIL'])


def test_logging_out(inside: Client, dialogue: Dialogue) -> None:
    assert inside.logout()[0] == "BYE"
    assert dialogue.closed
