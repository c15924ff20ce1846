""":rbl: on which blocklists is an address? And put it on one, or take it off, while the session runs. What was looked
up about the client is looked up again at once.

    :rbl [ADDRESS]
    :rbl ADDRESS [LIST] add [CODE] [DURATION]     :rbl ADDRESS [LIST] remove
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from smtpsim.kernel.duration import seconds
from smtpsim.kernel.ip import normal
from smtpsim.session.change import Wrong, changed
from smtpsim.session.simulation import ListedAddress, Simulation
from smtpsim.shell.answer import Answer, Page, Turns
from smtpsim.shell.command import Command
from smtpsim.shell.commands.wait import LONGEST
from smtpsim.shell.place import Place
from smtpsim.views.sections.rbl import page_of
from smtpsim.world.blocklists import Listing, delisted, known_lists, listed, operator_of
from smtpsim.world.connection import rechecked
from smtpsim.world.dnsbl import ZEN_CODES, look_up
from smtpsim.world.model import World

ORDERS = {"add": "add", **dict.fromkeys(("remove", "delist", "delete", "del", "rm"), "remove")}

CODES = {name: code for code, name in reversed(tuple(ZEN_CODES.items()))}
"""The codes of ZEN by the names of its parts: sbl, css, xbl, pbl, drop."""


class Asked(NamedTuple):
    """What a line asks for. `order` is "" where it only looks; `zone` and `code` may be "", `lasts` is in seconds, 0
    for no end."""

    address: str = ""
    order: str = ""
    zone: str = ""
    code: str = ""
    lasts: int = 0


def _run(place: Place, argument: str) -> Answer:
    simulation, words = place.simulation, place.words
    asked = read(simulation, argument)
    if isinstance(asked, Wrong):
        return asked
    about = ListedAddress(asked.address)
    if not asked.order:
        return Page(lambda unfolded: page_of(simulation.world, asked.address, words), about)
    made = _CHANGES[asked.order](simulation.world, asked)
    if isinstance(made, Wrong):
        return made
    return Turns((changed(simulation, made, rechecked(made, simulation.connection), about),))


def read(simulation: Simulation, argument: str) -> Asked | Wrong:
    """What stands behind `:rbl`, its words in any order. Without an address the client's is meant, without a list the
    first that there is."""
    asked = Asked()
    for word in argument.split():
        found = _with(simulation.world, asked, word)
        if isinstance(found, Wrong):
            return found
        asked = found
    known = known_lists(simulation.world)
    if asked.order and not known:
        return Wrong("rbl-no-lists")
    return asked._replace(
        address=asked.address or simulation.connection.client_ip,
        zone=asked.zone or next(iter(known), ""),
    )


def _with(world: World, asked: Asked, word: str) -> Asked | Wrong:
    """Each word tells by its form what it is."""
    lower, address, lasts = word.lower().rstrip("."), normal(word), seconds(word, LONGEST)
    if lower in ORDERS:
        return asked._replace(order=ORDERS[lower])
    if lower in CODES or (asked.address and address.startswith("127.")):
        return asked._replace(code=CODES.get(lower, address))
    if address:
        return asked._replace(address=address) if not asked.address else Wrong("rbl-two", {"found": word})
    if lasts is not None:
        return asked._replace(lasts=lasts)
    zones = [zone for zone in known_lists(world) if lower == zone or lower in zone.split(".")]
    known = " ".join((*known_lists(world), *dict.fromkeys(ORDERS.values()), *CODES))
    return asked._replace(zone=zones[0]) if zones else Wrong("rbl-word", {"found": word, "known": known})


def _add(world: World, asked: Asked) -> World | Wrong:
    until = world.now + asked.lasts if asked.lasts else 0
    code = asked.code or operator_of(world, asked.zone).code
    return listed(world, Listing(asked.zone, asked.address, code, "hand", world.now, until))


def _remove(world: World, asked: Asked) -> World | Wrong:
    """A network that is listed as a whole has no address to take off."""
    values = {"address": asked.address, "list": asked.zone}
    if look_up(world.zones, asked.address, asked.zone).result == "not-listed":
        return Wrong("rbl-not-listed", values)
    made = delisted(world, asked.zone, asked.address)
    still = look_up(made.zones, asked.address, asked.zone).result == "listed"
    return Wrong("rbl-network", values) if still else made


_CHANGES: dict[str, Callable[[World, Asked], World | Wrong]] = {"add": _add, "remove": _remove}


def _arguments(place: Place) -> tuple[str, ...]:
    """The client's address, then those of the hosts; a list; what to do."""
    hosts = sorted({address for host in place.simulation.world.hosts.values() for address in host.addresses})
    addresses = dict.fromkeys((place.simulation.connection.client_ip, *hosts))
    return (*addresses, *known_lists(place.simulation.world), "add", "remove", *CODES)


COMMAND = Command("rbl", _run, ":rbl 203.0.113.66", _arguments, pages=True, alters=True, group="senders")
