"""What the texts in a policy's settings must be: a domain, a day, or a mailbox that the host has."""

from __future__ import annotations

from collections.abc import Container, Iterator

from smtpsim.kernel.address import mailbox_address
from smtpsim.world.calendar import day_begins
from smtpsim.world.load.names import is_domain
from smtpsim.world.load.table import Table
from smtpsim.world.model import Policy, Setting


def check_forms(policy: Policy, table: Table, settings: dict[str, Setting], mailboxes: frozenset[str]) -> None:
    """Report the texts that have not the form that the policy wants for their setting; "" stands for none."""
    for name, form in policy.forms.items():
        for text in misfits(form, settings[name], mailboxes):
            known = {"known": ", ".join(sorted(mailboxes))} if form == "mailbox" else {}
            table.wrong(name, FORMS[form], found=text, **known)


def misfits(form: str, value: Setting, mailboxes: Container[str]) -> Iterator[str]:
    """The texts in a value that have not this form."""
    for text in value if isinstance(value, tuple) else (str(value),):
        if text and not _has_form(form, text, mailboxes):
            yield text


def _has_form(form: str, text: str, mailboxes: Container[str]) -> bool:
    if form == "mailbox":
        return mailbox_address(text) in mailboxes
    return is_domain(text) if form == "domain" else day_begins(text) is not None


FORMS = {"domain": "not-a-domain", "date": "not-a-date", "mailbox": "not-a-mailbox-here"}
"""The forms that there are, and the mistake of a text that has not its form (`world.KEY`)."""
