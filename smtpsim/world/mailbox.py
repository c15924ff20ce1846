"""What lies in a mailbox, and the mailbox itself, as frozen values."""

from __future__ import annotations

from typing import NamedTuple

from rpds import List

from smtpsim.world.subscriber import Subscriber


class StoredMail(NamedTuple):
    """A letter in a mailbox: Return-Path is all that is left of its envelope (RFC 5321 4.4).

    `uid` is never given twice in one mailbox and `arrived` in seconds since 1970 (RFC 3501 2.3.1.1, 2.3.3).
    """

    id: str
    return_path: str
    octets: bytes
    uid: int = 0
    arrived: int = 0
    flags: frozenset[str] = frozenset()


class Folders(NamedTuple):
    """What a reader's program has made beside the inbox: the `names` of the folders, those that it does not want to be
    shown, and how many were ever `made`, so that no two folders of one name are taken for the same."""

    names: tuple[str, ...] = ()
    unsubscribed: frozenset[str] = frozenset()
    made: int = 0


class Mailbox(NamedTuple):
    """`mails` is newest first and takes up `octets`; `quota` is how many there may be, 0 for no limit; the next mail
    gets `uid_next`; `subscriber` is what its owner has told a carrier. `folder` is "" for the inbox, which is what a
    mailbox is for most; there `folders` tells of the others. `uid_validity` changes when uids begin anew (RFC 3501
    2.3.1.1)."""

    address: str
    owner: str
    mails: List[StoredMail] = List()
    octets: int = 0
    quota: int = 0
    uid_next: int = 1
    subscriber: Subscriber = Subscriber()
    folder: str = ""
    folders: Folders = Folders()
    uid_validity: int = 1

    @property
    def name(self) -> str:
        """What the world knows it by."""
        return folder_of(self.address, self.folder)

    @property
    def length(self) -> int:
        """How many mails there are."""
        return len(self.mails)

    def with_mail(self, mail: StoredMail) -> Mailbox:
        """The mailbox with one mail more, whose uid is `uid_next`."""
        return self._replace(
            mails=self.mails.push_front(mail), octets=self.octets + len(mail.octets), uid_next=self.uid_next + 1
        )


def folder_of(address: str, folder: str) -> str:
    """The name under which the world knows a folder of a mailbox: `ann@example.com/Junk`; the inbox is the mailbox."""
    return f"{address}/{folder}" if folder else address
