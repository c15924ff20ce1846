"""The options of `smtpsim serve` made into what the server goes by, or one line on what is wrong."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from smtpsim.app.serve.clock import RATES
from smtpsim.app.serve.server import LOOPBACK, Listen
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.ip import is_address
from smtpsim.shell.reading import why

OPTIONS: Mapping[str, tuple[str, int]] = {
    "smtp": ("--listen", 2525),
    "submission": ("--submission", 2587),
    "smtps": ("--smtps", 2465),
    "pop3": ("--pop3", 2110),
    "imap": ("--imap", 2143),
    "http": ("--http", 8025),
}
"""By the name of a kind of port: the option that opens one, and the port number that its help names."""


HTTP = "http"


class Typed(NamedTuple):
    """`ports` maps a kind of port to the addresses that were typed for it."""

    ports: Mapping[str, list[str]]
    clock: str = "real"
    xclient: tuple[str, ...] = ()
    proxy: tuple[str, ...] = ()
    certificate: str = ""
    key: str = ""
    accept_any: bool = False
    own_world: bool = False
    keep: str = ""


def listening(ports: Mapping[str, list[str]], say: Words) -> tuple[Listen, ...]:
    """The mail ports to open; without any, SMTP on 127.0.0.1:2525."""
    wanted = [(name, text) for name, texts in ports.items() for text in texts if name != HTTP]
    return tuple(_listen(name, text, say) for name, text in wanted or [("smtp", "127.0.0.1:2525")])


def listening_for_http(ports: Mapping[str, list[str]], say: Words) -> tuple[Listen, ...]:
    """Where the page and the API are. Raises Failure where the library for it is not installed."""
    from importlib.util import find_spec

    listens = tuple(_listen(HTTP, text, say) for text in ports.get(HTTP, ()))
    if listens and find_spec("aiohttp") is None:
        raise Failure(say("serve.needs-extra", option="--http"))
    return listens


def webhooks(urls: Sequence[str], form: str, say: Words) -> tuple[tuple[str, str], ...]:
    """Who is to be told of events, and in which form. Raises Failure where the library for it is not installed, too."""
    from importlib.util import find_spec

    if not urls:
        return ()
    if find_spec("aiohttp") is None:
        raise Failure(say("serve.needs-extra", option="--webhook"))
    from smtpsim.app.serve.webhooks.hook import FORMS, MOST_HOOKS, loopback_url

    if form not in FORMS:
        raise Failure(say("serve.bad-webhook-form", found=form, known=", ".join(FORMS)))
    if len(urls) > MOST_HOOKS:
        raise Failure(say("serve.many-webhooks", most=MOST_HOOKS))
    for url in urls:
        if not loopback_url(url):
            raise Failure(say("serve.bad-webhook", option="--webhook", found=url))
    return tuple((url, form) for url in urls)


def _listen(name: str, text: str, say: Words) -> Listen:
    """HOST:PORT; an IPv6 address stands in brackets. The host is never left out: who means all addresses says so."""
    host, _, number = text.rpartition(":")
    address = host.removeprefix("[").removesuffix("]") if host.startswith("[") else host
    address = "127.0.0.1" if address == "localhost" else address
    fits = is_address(address) and (":" in address) == host.startswith("[")
    if not fits or not (number.isascii() and number.isdecimal() and int(number) < 65536):
        option, usual = OPTIONS[name]
        raise Failure(say("serve.bad-address", option=option, found=text, port=usual))
    return Listen(name, address, int(number))


def shown(listen: Listen) -> str:
    """HOST:PORT, as a client writes it."""
    return f"[{listen.address}]:{listen.number}" if ":" in listen.address else f"{listen.address}:{listen.number}"


def networks(option: str, texts: Iterable[str], say: Words) -> tuple[str, ...]:
    """The networks that an option names, each checked."""
    from ipaddress import ip_network

    given = tuple(texts)
    for text in given:
        try:
            ip_network(text)
        except ValueError:
            raise Failure(say("serve.bad-network", option=option, found=text)) from None
    return given


def trusted_for_xclient(texts: Iterable[str], say: Words) -> tuple[str, ...]:
    """Loopback, unless other networks are named."""
    return networks("--xclient", texts, say) or LOOPBACK


def checked_clock(name: str, say: Words) -> str:
    if name not in RATES:
        raise Failure(say("serve.bad-clock", found=name, known=", ".join(RATES)))
    return name


def tls_of(certificate: str, key: str, names: Iterable[str], say: Words) -> tuple[ssl.SSLContext | None, bytes]:
    """The context that the options ask for, with the certificate in PEM where one was made for this run; none where
    the library that makes one is not installed."""
    from smtpsim.app.serve.certificate import from_files, thrown_away

    if key and not certificate:
        raise Failure(say("serve.key-without-cert"))
    if not certificate:
        try:
            return thrown_away(names)
        except ImportError:
            return None, b""
    try:
        return from_files(certificate, key), b""
    except OSError as wrong:  # ssl.SSLError is one
        raise Failure(say("serve.bad-certificate", name=certificate, reason=why(wrong, say))) from None
