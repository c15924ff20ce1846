"""A small world with a sending service, three customers, a phone whose owner takes mail from one of them only, and a
domain that forwards."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskMessage, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.world.load import folder, load_world
from smtpsim.world.model import Case, Outcome, Policy, UsedPolicy, World
from smtpsim.world.sending.account import Sending
from smtpsim.world.sending.books import Books, books

SES = "ses.example"
USERS = {"a": "a@a.example", "b": "b@b.example", "old": "old@old.example"}

SERVICE = """\
addresses = ["198.51.100.1"]
extensions = ["enhancedstatuscodes", "auth"]
mechanisms = ["PLAIN"]
policies = ["sending", "mailbox"]
[users]
"a@a.example" = "example"
"b@b.example" = "example"
"old@old.example" = "example"
[sending]
region = "one"
suppression = "MODE"
helo = "out.ses.example"
return-domain = "one.ses.example"
local = "0100-{id}-0"
simulator = "simulator.example"
[sending.limits]
minimum = 10
[sending.accounts.a]
users = ["a@a.example"]
domains = ["a.example"]
[sending.accounts.b]
users = ["b@b.example"]
domains = ["b.example"]
mail-from = "bounce.b.example"
[sending.accounts.old]
users = ["old@old.example"]
domains = ["old.example"]
own-list = false
"""

COMPANIES = """\
addresses = ["198.51.100.2"]
domains = ["a.example", "b.example", "old.example"]
extensions = ["enhancedstatuscodes"]
policies = ["relay", "mailbox"]
[mailboxes]
a = "A"
b = "B"
old = "Old"
"""

PHONE = """\
addresses = ["198.51.100.3"]
domains = ["phone.example"]
extensions = ["enhancedstatuscodes"]
policies = ["relay", "mailbox"]
plus = true
[mailboxes]
hanako = "Hanako"
taro = "Taro"
full = "Full"
[quotas]
full = 10
[lists]
[aliases]
"""

FORWARDER = """\
addresses = ["198.51.100.4"]
domains = ["forward.example"]
extensions = ["enhancedstatuscodes"]
policies = []
[aliases]
gone = ["nobody@phone.example"]
"""

SIMULATOR = """\
addresses = ["198.51.100.5"]
domains = ["simulator.example"]
extensions = ["enhancedstatuscodes"]
policies = ["relay", "mailbox"]
plus = true
[replies]
user-unknown = "user unknown"
[mailboxes]
success = "Success"
complaint = "Complaint"
ooto = "Out"
[reacts]
complaint = "complain"
ooto = "answer"
"""

ZONE = """\
$ORIGIN example.
$TTL 60
@ SOA ns hostmaster 1 1 1 1 1
ses A 198.51.100.1
out.ses A 198.51.100.1
one.ses MX 10 ses
bounce.b MX 10 ses
mx.companies A 198.51.100.2
a MX 10 mx.companies
b MX 10 mx.companies
old MX 10 mx.companies
mx.phone A 198.51.100.3
phone MX 10 mx.phone
mx.forward A 198.51.100.4
forward MX 10 mx.forward
mx.simulator A 198.51.100.5
simulator MX 10 mx.simulator
"""

HOSTS = {
    "mx.companies.example": COMPANIES,
    "mx.phone.example": PHONE,
    "mx.forward.example": FORWARDER,
    "mx.simulator.example": SIMULATOR,
}

NOT_PERMITTED = ReplyRule("not-permitted", 550, "5.7.1", "Unknown user", Ref(5321, "7.9"))


def _allow_b(case: Case, question: AskMessage) -> Verdict | None:
    """Hanako takes mail whose From header names b.example, and refuses all else, as if she were not there."""
    for_hanako = any(recipient.path.mailbox == "hanako" for recipient in question.envelope.recipients)
    from_b = any(b"b.example" in line for line in question.content.lines() if line.startswith(b"From:"))
    return Verdict(NOT_PERMITTED) if for_hanako and not from_b else None


ALLOW_LIST = Policy("allow-b", {"message": _allow_b}, (NOT_PERMITTED,))


def made(path: Path, mode: str) -> World:
    """The small world, the service's lists in the mode that is named."""
    (path / "hosts").mkdir()
    (path / "zones").mkdir()
    (path / "world.toml").write_text(
        f'title = "x"\nclock = 2026-04-01T09:00:00Z\n[start]\nhost = "{SES}"\nclient-ip = "198.51.100.2"\n'
    )
    (path / "zones" / "all.zone").write_text(ZONE)
    for name, text in {**HOSTS, SES: SERVICE.replace("MODE", mode)}.items():
        (path / "hosts" / f"{name}.toml").write_text(text)
    world = load_world(folder(str(path)))
    assert isinstance(world, World), world
    phone = world.hosts["mx.phone.example"]
    phone = phone._replace(policies=(UsedPolicy(ALLOW_LIST, {}), *phone.policies))
    return world.with_host(phone)


def login(account: str) -> str:
    return "AUTH PLAIN " + b64encode(f"\0{USERS[account]}\0example".encode()).decode()


def lines(account: str, *recipients: str, sender: str = "", author: str = "") -> Iterator[str]:
    yield from ("EHLO client.example", login(account), f"MAIL FROM:<{sender or USERS[account]}>")
    yield from (f"RCPT TO:<{recipient}>" for recipient in recipients)
    yield from ("DATA", f"From: {author or USERS[account]}", "Subject: hello", "", "text", ".")


def mailed(world: World, account: str, *recipients: str, sender: str = "", author: str = "") -> Turn:
    """One letter of an account, in a session of its own; the turn of its last dot."""
    turn = open_simulation(world)
    for line in lines(account, *recipients, sender=sender, author=author):
        turn = turn.after.say(line)
    return turn


def sent(world: World, account: str, *recipients: str) -> Simulation:
    turn = mailed(world, account, *recipients)
    assert turn.reply is not None
    assert turn.reply.code == 250
    return turn.after


def fate(world: World, recipient: str) -> Outcome:
    """The newest outcome of a recipient."""
    return next(
        world.outcomes[n] for n in range(len(world.outcomes), 0, -1) if world.outcomes[n].recipient == recipient
    )


def sending_of(world: World) -> Sending:
    sending = world.hosts[SES].sending
    assert sending is not None
    return sending


def books_of(world: World) -> Books:
    return books(world, sending_of(world))


def tally(world: World, account: str) -> tuple[int, int, int]:
    return tuple(books_of(world).meter(account).total)  # type: ignore[return-value]


def newest(world: World, address: str) -> str:
    """The newest mail in a mailbox, as text."""
    return next(iter(world.mailboxes[address].mails)).octets.decode()
