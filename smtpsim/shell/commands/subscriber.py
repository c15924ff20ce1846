""":subscriber: look at what the owner of a mailbox has told the carrier, and change it for the next letter.

    :subscriber ADDRESS                             :subscriber ADDRESS level off|low|middle|high
    :subscriber ADDRESS allow|deny|permit ENTRY     :subscriber ADDRESS spoofing on|off
    :subscriber ADDRESS allow|deny|permit remove ENTRY

An entry is a domain or an address.
"""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.session.change import Wrong, changed
from smtpsim.session.opened import find_mailbox
from smtpsim.session.setting import FLAGS
from smtpsim.shell.answer import Answer, Page, Turns
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.policies import subscriber
from smtpsim.world.load.subscribers import is_sender
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import Host, World
from smtpsim.world.stored import keeper
from smtpsim.world.subscriber import LEVELS, LISTS, Subscriber

REMOVE = "remove"


def settings_of(host: Host) -> tuple[str, ...]:
    """The settings that the host's policies look at, in the order in which a subscriber has them."""
    wanted = {name for used in host.policies for name in used.policy.subscriber}
    return tuple(name for name in Subscriber._fields if name in wanted)


def subscribed(world: World, address: str) -> Mailbox | Wrong:
    """The mailbox of a subscriber: one whose host looks at such settings."""
    if not address:
        return Wrong("subscriber-missing")
    mailbox = find_mailbox(world, address)
    if isinstance(mailbox, Wrong):
        return mailbox
    host = keeper(world, mailbox)
    if settings_of(host):
        return mailbox
    return Wrong("subscriber-none", {"mailbox": mailbox.address, "host": host.name})


def _run(place: Place, argument: str) -> Answer:
    address, *rest = argument.split() or [""]
    simulation, words = place.simulation, place.words
    world = simulation.world
    mailbox = subscribed(world, address)
    if isinstance(mailbox, Wrong):
        return mailbox
    known = settings_of(keeper(world, mailbox))
    if not rest:
        return Page(lambda unfolded: subscriber(mailbox, known, words))
    made = _made(mailbox.subscriber, known, rest)
    if isinstance(made, Wrong):
        return made
    filled = world.mailboxes.insert(mailbox.address, mailbox._replace(subscriber=made))
    return Turns((changed(simulation, world._replace(mailboxes=filled), simulation.connection),))


def _made(now: Subscriber, known: tuple[str, ...], words: list[str]) -> Subscriber | Wrong:
    removed = REMOVE in (word.lower() for word in words)
    name, *rest = [word for word in words if word.lower() != REMOVE] or [""]
    name, value = name.lower(), " ".join(rest).lower()
    if name not in known:
        return Wrong("subscriber-setting", {"found": name, "known": " ".join(known)})
    if name in LISTS:
        return _listed(now, name, value, removed)
    if name == "level":
        return now._replace(level=value) if value in LEVELS else _value(name, value, LEVELS)
    return now._replace(spoofing=FLAGS[value]) if value in FLAGS else _value(name, value, ("on", "off"))


def _value(name: str, found: str, known: tuple[str, ...]) -> Wrong:
    return Wrong("policy-value", {"name": name, "found": found, "known": " ".join(known)})


def _listed(now: Subscriber, name: str, entry: str, removed: bool) -> Subscriber | Wrong:
    entries: tuple[str, ...] = getattr(now, name)
    if not is_sender(entry):
        return Wrong("subscriber-entry", {"name": name, "found": entry})
    if removed and entry not in entries:
        return Wrong("subscriber-not-there", {"name": name, "found": entry, "known": " ".join(entries)})
    left = tuple(one for one in entries if one != entry)
    return _with_list(now, name, left if removed else (*left, entry))


def _with_list(now: Subscriber, name: str, entries: tuple[str, ...]) -> Subscriber:
    lists = {"allow": now.allow, "deny": now.deny, "permit": now.permit, name: entries}
    return now._replace(allow=lists["allow"], deny=lists["deny"], permit=lists["permit"])


def _arguments(place: Place) -> tuple[str, ...]:
    return tuple(_lines(place.simulation.world))


def _lines(world: World) -> Iterator[str]:
    for host in world.hosts.values():
        known = settings_of(host)
        for address in sorted(world.mailboxes) if known else ():
            if address.rpartition("@")[2] in host.domains:
                yield address
                yield from (f"{address} {text}" for name in known for text in _forms(name, world.mailboxes[address]))


def _forms(name: str, mailbox: Mailbox) -> Iterator[str]:
    if name in LISTS:
        yield f"{name} "
        yield from (f"{name} {REMOVE} {entry}" for entry in getattr(mailbox.subscriber, name))
    else:
        yield from (f"{name} {value}" for value in (LEVELS if name == "level" else ("on", "off")))


COMMAND = Command("subscriber", _run, ":subscriber hanako@docomo.ne.jp", _arguments, pages=True, group="world")
