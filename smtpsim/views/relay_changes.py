"""What a host has changed of a mail that it passes on: the envelope's sender, the seal, the author that a list writes
into From, the link by which a member leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smtpsim.explain import Words
from smtpsim.kernel.address import split_address
from smtpsim.kernel.printable import encoded, printable
from smtpsim.kernel.ref import Ref
from smtpsim.message.addresses import addresses_in
from smtpsim.message.encoded_words import readable
from smtpsim.message.header_block import header_octets
from smtpsim.message.headers import Headers, headers_in
from smtpsim.views.row import Mark, Row, cited
from smtpsim.world.batv import Tag, tag_of
from smtpsim.world.model import Hop, Host, World
from smtpsim.world.srs import original_sender

SEALED = Ref(8617, "5.1")
ONE_CLICK = Ref(8058, "3.1")

_OWN_FIELDS = ("ARC-Seal:", "List-Id:", "List-Unsubscribe-Post:")
"""One of them stands in the header where a host has changed more than the trace."""

_MAIL = "MAIL FROM:<"


def relay_changes(found: Hop, world: World, words: Words, depth: int = 0) -> Iterator[Row]:
    """A row for each thing that the client of this dialogue changed before."""
    client = world.hosts.get(found.client)
    if client is None:
        return
    changed = {**_envelope(found, client, world), **_letter(found, client)}
    for key, (values, ref) in changed.items():
        told = words(f"panel.change-{key}", client=found.client, **values)
        yield Row(f"change-{key}-{found.number}", "", told, Mark.NOTE, f"({cited(ref)})" if ref else "", depth)


Change = tuple[Mapping[str, str], Ref | None]
"""The values of the sentence, and the section that the change follows."""


def _envelope(found: Hop, client: Host, world: World) -> dict[str, Change]:
    """SRS and BATV have no RFC."""
    line = next((said.client for said in found.said if said.client.startswith(_MAIL)), "")
    path = split_address(line.removeprefix(_MAIL).partition(">")[0])
    if original := original_sender(world, client, path):
        return {"srs": ({"address": str(path), "original": original}, None)}
    if path.host in client.domains and path.local[:5].lower() == "prvs=" and tag_of(world, client, path) is Tag.GOOD:
        return {"batv": ({"address": str(path)}, None)}
    return {}


def _letter(found: Hop, client: Host) -> dict[str, Change]:
    """What the header tells of the client's own doing."""
    text = next((said.client for said in found.said if "\r\n" in said.client), "")
    if not any(name in text for name in _OWN_FIELDS):
        return {}
    headers = headers_in(header_octets(encoded(text)))
    return {**_seal(headers, client), **_list(headers, client)}


def _seal(headers: Headers, client: Host) -> dict[str, Change]:
    """The seal on top, where it is the client's."""
    seal = next(iter(headers.values("ARC-Seal")), "")
    pairs = (tag.partition("=") for tag in seal.split(";"))
    tags = {name.strip(): value.strip() for name, _, value in pairs}
    if client.arc is None or tags.get("d") != client.arc.domain:
        return {}
    return {"arc": ({"domain": tags["d"], "instance": tags.get("i", ""), "status": tags.get("cv", "")}, SEALED)}


def _list(headers: Headers, client: Host) -> dict[str, Change]:
    """What a list of the client's wrote into the header."""
    post = headers.first("List-Post") or ""
    address = post.strip().removeprefix("<mailto:").removesuffix(">")
    found: dict[str, Change] = {}
    if split_address(address).host not in client.domains:
        return found
    author = headers.first("From") or ""
    if address in addresses_in(author):
        answers = readable(headers.first("Reply-To") or author)
        found["from"] = {"author": readable(author), "answers": answers}, None
    if headers.values("List-Unsubscribe-Post"):
        link = (headers.first("List-Unsubscribe") or "").strip().strip("<>")
        found["one-click"] = {"link": printable(link)}, ONE_CLICK
    return found
