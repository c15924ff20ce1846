"""From the common options to a first turn: which world, which host, from which address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.app.failure import Failure
from smtpsim.explain import LANGUAGES, Words, language, words
from smtpsim.session.simulation import open_simulation
from smtpsim.session.turn import Turn
from smtpsim.world.load import Source, WorldFault, folder, load_world, shipped
from smtpsim.world.load.names import is_address
from smtpsim.world.model import Host, World

SHIPPED_NAME = "default"


class Choice(NamedTuple):
    """The common options as they were given; "" for those that were not."""

    world: str = ""
    client_ip: str = ""
    host: str = ""
    lang: str = ""
    seed: int = 0


def chosen_words(lang: str, variables: Mapping[str, str]) -> Words:
    """The words of `--lang`, or of the language that the environment asks for."""
    if not lang:
        return words(language(variables))
    if lang not in LANGUAGES:
        raise Failure(words("en")("cli.unknown-language", found=lang, known=", ".join(LANGUAGES)))
    return words(lang)


def open_world(choice: Choice, say: Words) -> World:
    """The world that was asked for. Raises Failure with the first mistake in its files."""
    world = load_world(chosen_source(choice.world), choice.seed)
    if isinstance(world, World):
        return world
    more = say("cli.more-faults", count=len(world) - 1) if len(world) > 1 else ""
    raise Failure(told(world[0], say) + more)


def chosen_source(name: str) -> Source:
    """The shipped world, or the folder of that name."""
    return shipped() if name in ("", SHIPPED_NAME) else folder(name)


def told(fault: WorldFault, say: Words) -> str:
    """A mistake in a world's file as one line: file, line, what is wrong, what to do."""
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return f"{place}: {say(f'world.{fault.key}', **fault.values)}"


def open_session(choice: Choice, say: Words) -> Turn:
    """Connect as the options say."""
    world = open_world(choice, say)
    if choice.client_ip and not is_address(choice.client_ip):
        raise Failure(say("cli.not-an-address", found=choice.client_ip))
    return open_simulation(world, chosen_host(world, choice.host, say), choice.client_ip)


def chosen_host(world: World, name: str, say: Words) -> Host:
    """The host of that name, or the one where the world begins."""
    found = world.hosts.get((name or world.start.host).lower())
    if found is None:
        raise Failure(say("cli.unknown-host", found=name, known=", ".join(sorted(world.hosts))))
    return found
