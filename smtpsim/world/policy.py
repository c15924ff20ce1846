"""What a policy is: a judge for some stages of the dialogue, with settings and replies of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from smtpsim.kernel.finding import Finding
from smtpsim.protocol.smtp.question import Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.state import State
from smtpsim.world.model import Host, Setting, World


class Case(NamedTuple):
    """What a policy may look at: the world, the host it judges for, the client, and the dialogue so far.

    `findings` are the findings of this connection up to here, those of the policies before it among them.
    """

    world: World
    host: Host
    client_ip: str
    state: State
    settings: Mapping[str, Setting]
    findings: tuple[Finding, ...] = ()

    def number(self, setting: str) -> int:
        """The value of a setting whose default is a number."""
        value = self.settings[setting]
        assert isinstance(value, int)
        return value

    def texts(self, setting: str) -> tuple[str, ...]:
        """The value of a setting whose default is a list."""
        value = self.settings[setting]
        assert isinstance(value, tuple)
        return value


Judge = Callable[[Case, Any], Verdict | None]
"""Takes the question of its stage (AskRecipient at rcpt, ...). Gives None for no opinion. A verdict that accepts
may still carry checks; the next policy goes on."""


Hear = Callable[[Case, Any, Verdict], Verdict]
"""Takes the question of its stage and the verdict that the host came to, and gives it back, with checks and notes
added or not; the answer itself stands."""


Renew = Callable[[Case, Finding], Finding]
"""Asks a check's question again, after something that it rests on has changed."""


class Policy(NamedTuple):
    """`stages` maps a stage (connect, helo, mail, rcpt, data, message) to its judge; `settings` gives each setting's
    name and default; `choices` the words that a setting may have, where they are few, and `forms` what texts it wants
    (domain, date, mailbox: one that the host has);
    `finds` names kinds of checks that it makes beside those of its own name; `renew` makes a check anew when the
    client's address or the DNS has changed; `hears` maps a stage to who is told what the host answered, whichever
    policy decided it; `lights` gives, by the settings, the identities (helo, mailfrom, header-from) that SPF must pass;
    `subscriber` names what the policy looks at of a subscriber's settings."""

    name: str
    stages: Mapping[str, Judge]
    replies: tuple[ReplyRule, ...] = ()
    settings: Mapping[str, Setting] = {}
    choices: Mapping[str, tuple[str, ...]] = {}
    renew: Renew | None = None
    forms: Mapping[str, str] = {}
    hears: Mapping[str, Hear] = {}
    finds: tuple[str, ...] = ()
    lights: Callable[[Mapping[str, Setting]], frozenset[str]] | None = None
    subscriber: tuple[str, ...] = ()
