"""The simulated Internet as frozen values: hosts and their policies, letters under way, what became of them.

A policy judges a case, which holds the world, whose hosts name their policies: these types need each other, and so they
are in one file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from rpds import HashTrieMap, List

from smtpsim.auth.sign import SigningKey
from smtpsim.kernel.address import Path
from smtpsim.kernel.finding import Finding
from smtpsim.message.receipt_setting import Setting as ReceiptSetting
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.question import Verdict
from smtpsim.protocol.smtp.reply import Reply, ReplyRule
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Recipient, State
from smtpsim.reports.reason import NO_REASON, Reason
from smtpsim.world.dns.zones import Zones
from smtpsim.world.dnsbl import Operator
from smtpsim.world.hosts import Hosts
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.mta_sts.guard import Secured

if TYPE_CHECKING:
    # for types only: few worlds order faults, few hosts are sending services
    from smtpsim.world.fault_action import OrderedFault
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
    that a list writes before each subject, `list_from` when it writes itself into From, `list_unsubscribe` where one
    click leaves it; with `junk`, each mailbox has a junk folder. `double_bounces` says what becomes of bounces that
    fail: discard them, or tell the host's own postmaster; `eight_bit` what becomes of a body beyond ASCII where the
    next host has no 8BITMIME: convert, bounce, or send it raw; `tls` whether it encrypts what it relays: none, may
    (where the next host offers STARTTLS), or encrypt (else the mail waits); `srs` is the secret of SRS, with which it
    forwards under an envelope sender of its own, "" for none; with the key `arc` it seals what it forwards (RFC 8617);
    with `mta_sts` it heeds what receivers publish about TLS, and counts for their reports (RFC 8461, RFC 8460);
    `certificate` are the names in its own, () for the host's, valid or not by its state. One that `accepts_any` takes
    mail for every address and every log-in (`smtpsim.world.accept_any`)."""

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
    list_from: Mapping[str, str] = MappingProxyType({})
    list_unsubscribe: Mapping[str, str] = MappingProxyType({})
    junk: bool = False
    double_bounces: str = "discard"
    eight_bit: str = "convert"
    tls: str = "may"
    srs: str = ""
    arc: SigningKey | None = None
    mta_sts: bool = False
    certificate: tuple[str, ...] = ()
    certificate_state: str = "valid"
    accepts_any: bool = False

    @property
    def helo(self) -> str:
        """What the host calls itself when it is the client."""
        return self.sending.helo if self.sending else self.name


class DeliveryStatus(StrEnum):
    """What has become of a letter for one recipient."""

    REJECTED = "rejected"  # refused in the dialogue that was typed
    ACCEPTED = "accepted"
    QUEUED = "queued"
    DEFERRED = "deferred"  # to be tried again
    RELAYED = "relayed"
    DELIVERED = "delivered"
    DROPPED = "dropped"  # accepted, and never delivered
    SUPPRESSED = "suppressed"  # held back by a sending service's list
    BOUNCED = "bounced"  # failed, and somebody was told
    DISCARDED = "discarded"  # failed, and nobody was told


class Outcome(NamedTuple):
    """The fate of one recipient of one letter.

    `hop` is the dialogue in which it was decided (0 is the typed one), `way` the hosts that have had the letter;
    `next_try` is in seconds since 1970, 0 for never. Outcomes of what other letters brought about name in
    `follows` the outcome that they come from, and in `role` what they are: report, copy, member, receipt, complaint,
    reply or tls-report.
    """

    letter: str
    recipient: str
    status: DeliveryStatus
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
    recipients: tuple[QueuedRecipient, ...]
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
    """One exchange of a dialogue between servers: what the client said, and the reply, None where there was none."""

    client: str
    reply: Reply | None = None

    @property
    def server(self) -> str:
        """The reply as it went over the wire, "" for none."""
        return self.reply.wire() if self.reply else ""


class Hop(NamedTuple):
    """A dialogue between two servers, as it can be opened later; `findings` are what the server found, `secured` what
    the client found of TLS, where it went by a policy or counted."""

    number: int
    client: str
    client_ip: str
    server: str
    said: tuple[Said, ...]
    findings: tuple[Finding, ...] = ()
    secured: Secured | None = None


class Start(NamedTuple):
    """Where a session begins: which server, from which address, and whom examples name before others (addresses)."""

    host: str
    client_ip: str
    examples: tuple[str, ...] = ()


class World(NamedTuple):
    """Everything there is. `now` is the simulated clock in seconds since 1970; `serial` counts letters.

    `active_queue` holds the letters that the next settling will carry on; `queue` those that wait, by the time of
    their next try; outcomes and hops are numbered from 1. `touched` are the numbers of the outcomes that changed
    since the last turn. Servers and readers' programs write their reports in `language`; `receipts` is what the
    readers' programs do about requests for read receipts. `memory` is what policies have written down;
    `faults` are those that a person has ordered;
    `blocklists` says by the name of a list how it is run; `sts_policies` are the texts that the policy hosts of domains
    give out (RFC 8461 3.2); `titles` are those in other languages.
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
    sts_policies: Mapping[str, str] = {}
    titles: Mapping[str, str] = {}

    def host_at(self, address: str) -> Host | None:
        """The host that answers at this IP address."""
        return self.hosts.at(address)

    def host_for(self, domain: str) -> Host | None:
        """The host that delivers for this domain."""
        return self.hosts.delivering_for(domain)

    def with_host(self, host: Host) -> World:
        """The world with a host added, or put in the place of the one that has its name."""
        return self._replace(hosts=self.hosts.with_host(host))


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


class Connection(NamedTuple):
    """`hop` is 0 for the dialogue that a person types; `findings` are the findings of this connection.

    `outcomes` numbers the outcomes of the accepted recipients, where a relay knows them already, and `way` names
    the hosts that have had the letter before.
    """

    host: Host
    client_ip: str
    hop: int = 0
    state: State = State()
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[int, ...] = ()
    way: tuple[str, ...] = ()


Judge = Callable[[Case, Any], Verdict | None]
"""Takes the question of its stage (AskRecipient at rcpt, ...). Gives None for no opinion. A verdict that accepts
may still carry checks; the next policy goes on."""


Hear = Callable[[Case, Any, Verdict], Verdict]
"""Takes the question of its stage and the verdict that the host came to, and gives it back, with checks and notes
added or not; the answer itself stands."""


Renew = Callable[[Case, Finding], Finding]
"""Asks a check's question again, after something that it rests on has changed."""


class Shown(NamedTuple):
    """How the findings of one kind are shown, as plain data: a section of the panel by its name, the mark of each
    result (good, bad, warn, wait, note), and the key in the catalogues that its words begin with (`lists.dnsbl`: the
    label is `lists.dnsbl`, the result listed `lists.dnsbl-listed`); without words of its own those of `finding.KIND`.
    `domains` tells that several at once differ by the domain, which then stands before the result."""

    section: str = "findings"
    marks: Mapping[str, str] = {}
    words: str = ""
    domains: bool = False


class Alike(NamedTuple):
    """So many mails (`size`) that one sender hands in at the same time and that fare alike. One was really sent, to
    `path`; `outcome` is what came of it, None where the first host did not take it, and `after` the world then. So many
    `complaints` followed."""

    size: int
    path: Path
    outcome: Outcome | None
    after: World
    complaints: int = 0

    @property
    def unknown(self) -> bool:
        """Whether the sender takes the address for dead. A refusal for policy tells nothing of it (RFC 3463 3.8)."""
        return (
            self.outcome is not None
            and self.outcome.status in (DeliveryStatus.BOUNCED, DeliveryStatus.SUPPRESSED)
            and " 5.7." not in self.outcome.reason
        )


AtOnce = Callable[[Case, tuple[Alike, ...]], tuple[object, ...]]
"""What a policy remembers of mails that came to its host at the same time, as notes (`smtpsim.world.memory`)."""


class Policy(NamedTuple):
    """`stages` maps a stage (connect, helo, mail, rcpt, data, message) to its judge; `settings` gives each setting's
    name and default; `choices` the words that a setting may have, where they are few, and `forms` what texts it wants
    (domain, date, mailbox: one that the host has);
    `finds` names kinds of checks that it makes beside those of its own name; `renew` makes a check anew when the
    client's address or the DNS has changed; `hears` maps a stage to who is told what the host answered, whichever
    policy decided it; `lights` gives, by the settings, the identities (helo, mailfrom, header-from) that SPF must pass;
    `subscriber` names what the policy looks at of a subscriber's settings; `asks` gives, by the settings, the
    identities whose SPF record it asks for, where they are others than its `lights`; `shows` says how each kind of
    finding that it makes is shown: what stands in none gets a plain row.

    Of what is counted over many mails: `at_once` counts those of a campaign; `holds` is what the host has against its
    client now, whatever the mail; big senders meet a policy that is `bulk`. `blocklists` is the setting that names
    those it asks, `traps` are those that name mailboxes which nobody reads, the last of them such as never had an
    owner."""

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
    asks: Callable[[Mapping[str, Setting]], frozenset[str]] | None = None
    shows: Mapping[str, Shown] = {}
    at_once: AtOnce | None = None
    holds: Callable[[Case], Finding] | None = None
    bulk: bool = False
    blocklists: str = ""
    traps: tuple[str, ...] = ()


_DIGITS = "0123456789BCDFGHJKLMNPQRSTVWXYZ"
_PAIRS = tuple(high + low for high in _DIGITS for low in _DIGITS)
_MIXER = 2_654_435_761
_SPACE = 31**8


def queue_id(world: World) -> str:
    """The queue's name for the next letter: 8 digits without vowels, so that no word comes out."""
    number = (world.serial * 27_644_437 + world.seed * _MIXER + 412_000_000_000) % _SPACE
    high, low = divmod(number, 31**4)
    return _PAIRS[high // 961] + _PAIRS[high % 961] + _PAIRS[low // 961] + _PAIRS[low % 961]
