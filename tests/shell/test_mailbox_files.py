"""Mailboxes as Maildirs on disk: the junk, and folders that a program made, are folders there too."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from smtpsim.disk.regular import Unfit
from smtpsim.protocol.maildrop import MailboxMade, MailsAdded, NewMail
from smtpsim.session.simulation import Simulation
from smtpsim.shell.mailbox_files import with_folders, write_maildirs
from smtpsim.world.load import shipped_world
from smtpsim.world.mail_access.maildrop import applied
from smtpsim.world.mailbox import Mailbox, StoredMail

YUKI = "yuki@bigmail.example"


def test_a_folder_is_a_maildir_in_the_maildir(tmp_path: Path) -> None:
    world = Simulation.start().after.world
    mails = (NewMail(b"Subject: filed\r\n\r\nx\r\n"),)
    facts = (MailboxMade("Work"), MailboxMade("Work/2026"), MailsAdded("Work/2026", mails))
    world = applied(world, YUKI, facts)
    for name, subject in ((YUKI, b"wanted"), (f"{YUKI}/Junk", b"spam")):
        box = world.mailboxes[name]
        mail = StoredMail("ID", "a@x.example", b"Subject: " + subject + b"\r\n\r\nx\r\n", 1, 10)
        world = world._replace(mailboxes=world.mailboxes.insert(name, box._replace(mails=box.mails.push_front(mail))))
    write_maildirs(f"{tmp_path}/", with_folders(world, world.mailboxes[YUKI]))
    read = mailbox.Maildir(tmp_path, create=False)
    assert [mail["Subject"] for mail in read] == ["wanted"]
    assert sorted(read.list_folders()) == ["Junk", "Work", "Work.2026"]
    assert [mail["Subject"] for mail in read.get_folder("Junk")] == ["spam"]
    assert [mail["Subject"] for mail in read.get_folder("Work.2026")] == ["filed"]


def test_a_folder_alone_has_none_beside_it() -> None:
    world = Simulation.start().after.world
    junk: Mailbox = world.mailboxes[f"{YUKI}/Junk"]
    assert with_folders(world, junk) == (junk,)


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    """Also with the slash at the end, by which a folder is asked for."""
    world = shipped_world()
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(Unfit):
        write_maildirs(f"{tmp_path}/link/", with_folders(world, world.mailboxes[YUKI]))
    assert not [*(tmp_path / "real").iterdir()]
