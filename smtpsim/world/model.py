"""The simulated Internet as frozen values: hosts, mailboxes, letters under way, what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rpds import HashTrieMap, List

from smtpsim.auth.key import SigningKey
from smtpsim.kernel.address import Path
from smtpsim.kernel.finding import Finding
from smtpsim.message.receipt_setting import Setting as ReceiptSetting
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Recipient
from smtpsim.reports.reason import NO_REASON, Reason
from smtpsim.world.dns.zones import Zones
from smtpsim.world.hosts import Hosts
from smtpsim.world.operator import Operator
from smtpsim.world.subscriber import Subscriber

if TYPE_CHECKING:
    from smtpsim.world.faults import OrderedFault
    from smtpsim.world.policy import Policy
    from smtpsim.world.sending.account import Sending

Setting = str | int | bool | tuple[str, ...]

Key = tuple[str, ...]
"""What the world's memory is ordered by: a policy, a host, and what is remembered of."""


class UsedPolicy(NamedTuple):
    """A policy that a host names in its order, with the settings it has there."""

    policy: Policy
    settings: Mapping[str, Setting]


class Host(NamedTuple):
    """A mail server. `domains` are those it delivers for; `relay_for` the networks it relays for (CIDR);
    `policies` are asked in their order; `users` maps login names to passwords; `aliases` and `lists` map local
    parts to addresses; with `plus`, `ann+anything` is ann; it listens for the protocols in `listens` (smtp, pop3,
    imap), by the latter two for the mailboxes of the domains that it `serves`; `about` says in each language who
    this is; `sending` makes it a sending service; `reacts` tells what a reader's program does at once with mail to a
    local part (`smtpsim.world.reactions`). It `signs` the mail of its users with these keys; `list_tags` are the words
    that a list writes before each subject; with `junk`, each mailbox has a junk folder. What
    becomes of bounces that fail is said by `double_bounces`: discard them, or tell the host's own postmaster."""

    name: str
    addresses: tuple[str, ...]
    service: Service
    domains: frozenset[str]
    relay_for: tuple[str, ...]
    policies: tuple[UsedPolicy, ...]
    users: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, tuple[str, ...]]
    plus: bool
    listens: tuple[str, ...]
    serves: tuple[str, ...]
    about: Mapping[str, str]
    sending: Sending | None = None
    reacts: Mapping[str, str] = MappingProxyType({})
    signs: tuple[SigningKey, ...] = ()
    list_tags: Mapping[str, str] = MappingProxyType({})
    junk: bool = False
    double_bounces: str = "discard"

    @property
    def helo(self) -> str:
        """What the host calls itself when it is the client."""
        return self.sending.helo if self.sending else self.name


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


class Mailbox(NamedTuple):
    """`mails` is newest first and takes up `octets`; `quota` is how many there may be, 0 for no limit; the next mail
    gets `uid_next`; `subscriber` is what its owner has told a carrier. `folder` is "" for the inbox, which is what a
    mailbox is for most."""

    address: str
    owner: str
    mails: List[StoredMail] = List()
    octets: int = 0
    quota: int = 0
    uid_next: int = 1
    subscriber: Subscriber = Subscriber()
    folder: str = ""

    @property
    def name(self) -> str:
        """What the world knows it by."""
        return folder_of(self.address, self.folder)

    @property
    def length(self) -> int:
        """How many mails there are."""
        return len(self.mails)


def folder_of(address: str, folder: str) -> str:
    """The name under which the world knows a folder of a mailbox: `ann@example.com/Junk`; the inbox is the mailbox."""
    return f"{address}/{folder}" if folder else address


class Outcome(NamedTuple):
    """The fate of one recipient of one letter.

    `hop` is the dialogue in which it was decided (0 is the typed one), `way` the hosts that have had the letter;
    `next_try` is in seconds since 1970, 0 for never. Outcomes of what other letters brought about name in
    `follows` the outcome that they come from, and in `role` what they are: report, copy, member, receipt, complaint or
    reply.
    """

    letter: str
    recipient: str
    status: str
    hop: int
    host: str
    mailbox: str = ""
    why: Reason = NO_REASON
    bounce_to: str = ""
    next_try: int = 0
    follows: int = 0
    role: str = ""
    way: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why, in one line for programs; for people there is `reports.reason.said`."""
        return self.why.plain


class QueuedRecipient(NamedTuple):
    """A recipient of a letter under way, with the number of its outcome, and the folder that the letter goes to in a
    mailbox, "" for the inbox."""

    recipient: Recipient
    outcome: int
    folder: str = ""


class Letter(NamedTuple):
    """A letter in a host's hands: what the envelope says, and the octets with CRLF line ends.

    `parameters` are those of MAIL that it came with; `hop` is the dialogue that it came by (0 is the typed
    one), `way` the hosts that have had it, this one last; `arrived` is in seconds since 1970; `warned` tells that
    its sender knows of the delay.
    """

    id: str
    host: str
    sender: Path
    receivers: tuple[QueuedRecipient, ...]
    octets: bytes
    hop: int
    arrived: int
    parameters: tuple[Parameter, ...] = ()
    way: tuple[str, ...] = ()
    warned: bool = False

    def asked(self, name: str) -> str | None:
        """The value of a MAIL parameter that the letter came with, None where it was not given."""
        return next((p.value or "" for p in self.parameters if p.name == name), None)


class Said(NamedTuple):
    """One exchange of a dialogue between servers: what the client said, and the reply ("" for none)."""

    client: str
    server: str


class Hop(NamedTuple):
    """A dialogue between two servers, as it can be opened later; `findings` are what the server found."""

    number: int
    client: str
    client_ip: str
    server: str
    said: tuple[Said, ...]
    findings: tuple[Finding, ...] = ()


class Start(NamedTuple):
    """Where a session begins: which server, and from which address."""

    host: str
    client_ip: str


class World(NamedTuple):
    """Everything there is. `now` is the simulated clock in seconds since 1970; `serial` counts letters.

    `active_queue` holds the letters that the next settling will carry on; `queue` those that wait, by the time of
    their next try; outcomes and hops are numbered from 1. `touched` are the numbers of the outcomes that changed
    since the last turn. Servers and readers' programs write their reports in `language`; `receipts` is what the
    readers' programs do about requests for read receipts. `memory` is what policies have written down;
    `faults` are those that a person has ordered;
    `blocklists` says by the name of a list how it is run.
    """

    title: str
    start: Start
    now: int
    seed: int
    zones: Zones
    hosts: Hosts[Host]
    mailboxes: HashTrieMap[str, Mailbox]
    outcomes: HashTrieMap[int, Outcome] = HashTrieMap()
    hops: HashTrieMap[int, Hop] = HashTrieMap()
    active_queue: List[Letter] = List()
    queue: HashTrieMap[int, List[Letter]] = HashTrieMap()
    serial: int = 0
    touched: List[int] = List()
    language: str = "en"
    receipts: ReceiptSetting = ReceiptSetting.OFF
    memory: HashTrieMap[Key, object] = HashTrieMap()
    faults: tuple[OrderedFault, ...] = ()
    blocklists: Mapping[str, Operator] = {}

    def host_at(self, address: str) -> Host | None:
        """The host that answers at this IP address."""
        return self.hosts.at(address)

    def host_for(self, domain: str) -> Host | None:
        """The host that delivers for this domain."""
        return self.hosts.delivering_for(domain)

    def with_host(self, host: Host) -> World:
        """The world with a host added, or put in the place of the one that has its name."""
        return self._replace(hosts=self.hosts.with_host(host))
