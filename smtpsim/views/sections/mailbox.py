"""What a reader's program sees while it picks up mail: the connection, and the mailbox, where no envelope is left."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation, name_of
from smtpsim.views.inbox import subject
from smtpsim.views.panel_section import PanelSection, Scene, Seen
from smtpsim.views.row import Mark, Row, Section, titled
from smtpsim.world.mail_access.access import MailAccess
from smtpsim.world.mail_access.maildrop import named
from smtpsim.world.mailbox import StoredMail

MOST_MAILS = 50
"""Mails that are listed; the newest of a larger mailbox."""


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    """The panel while a connection by POP3 or IMAP is typed into."""
    simulation, access = seen.simulation, seen.simulation.access
    if access is not None:
        yield _connection(simulation, access, words)
        yield _mailbox(simulation, access, words)


def _connection(simulation: Simulation, access: MailAccess, words: Words) -> Section:
    name = name_of(simulation.world.zones, access.client_ip) or words("panel.no-name")
    closed = words("panel.closed") if access.over else ""
    server = f"{access.host.name} ({access.protocol.upper()})"
    user = access.state.user
    login = Row("login", words("panel.login"), user or words("panel.nobody"), Mark.GOOD if user else Mark.NONE)
    rows = (
        Row("client", words("panel.client"), f"{access.client_ip} ({name})"),
        Row("server", words("panel.server"), server, Mark.NOTE if closed else Mark.NONE, closed),
        login,
    )
    return titled("connection", words("panel.connection"), rows, f"{access.client_ip} \N{RIGHTWARDS ARROW} {server}")


def _mailbox(simulation: Simulation, access: MailAccess, words: Words) -> Section:
    """The mailbox of whoever has logged in. A mail's envelope is gone: what it bore stands in Return-Path."""
    title = words("panel.mailbox")
    mailbox = simulation.world.mailboxes.get(named(access.mailbox, access.folder)) if access.mailbox else None
    if mailbox is None:
        none = words("panel.mailbox-not-yet")
        return titled("mailbox", title, (Row("none", "", none),), none)
    mails = tuple(mailbox.mails)[:MOST_MAILS]
    first = mailbox.length - len(mails) + 1
    rows = tuple(row for number, mail in enumerate(mails[::-1], first) for row in _mail(access, number, mail, words))
    gone = Row("gone", "", words("panel.mailbox-envelope"), Mark.NOTE)
    holds = words("panel.mailbox-holds", mailbox=mailbox.name, count=mailbox.length)
    return titled("mailbox", title, (Row("holds", "", holds), *rows, *((gone,) if rows else ())), holds)


def _mail(access: MailAccess, number: int, mail: StoredMail, words: Words) -> Iterator[Row]:
    marked = number in getattr(access.state, "marked", ())
    flags = " ".join(sorted(mail.flags))
    remark = words("panel.mailbox-marked") if marked else flags
    title = subject(mail) or words("page.no-subject")
    mark = Mark.WARN if marked else Mark.NONE
    yield Row(f"mail-{mail.uid}", str(number), title, mark, remark)
    octets = words("panel.mailbox-octets", octets=len(mail.octets))
    yield Row(f"path-{mail.uid}", "", f"Return-Path: <{mail.return_path}>", remark=octets, depth=1)


def _reads(seen: Seen) -> tuple[object, ...]:
    simulation = seen.simulation
    return simulation.access, simulation.world.mailboxes, simulation.world.zones


SECTION = PanelSection("mailbox", 10, _make, _reads, frozenset({Scene.FETCHING}))
