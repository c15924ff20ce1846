"""Which part of the program gives a reply, and which parts could give one with a certain code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.protocol.smtp import extensions, replies
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world import policies
from smtpsim.world.fault_action import ORDERED


class Source(NamedTuple):
    """`kind` is protocol, extension, policy or fault; `name` that of the extension or policy; `stages` are those at
    which a policy has a say, none for all others."""

    kind: str
    name: str
    rule: ReplyRule
    stages: frozenset[str] = frozenset()

    def shown(self, words: Words) -> str:
        return words(f"replay.from-{self.kind}", name=self.name)


@cache
def sources() -> tuple[Source, ...]:
    """Every reply of SMTP that there is: the protocol's first, then those of extensions and of policies. A policy that
    has one thing to say comes before one that is a whole provider's."""
    return tuple(_sources())


def _sources() -> Iterator[Source]:
    yield from (Source("protocol", "", rule) for rule in replies.RULES.values())
    for name in extensions.names():
        yield from (Source("extension", name, rule) for rule in extensions.load(name).replies)
    yield Source("fault", "", ORDERED)
    for policy in sorted(map(policies.load, policies.names()), key=lambda policy: len(policy.replies)):
        yield from (Source("policy", policy.name, rule, frozenset(policy.stages)) for rule in policy.replies)


def source_of(key: str) -> Source | None:
    """The part that gives the reply of this key."""
    return next((source for source in sources() if source.rule.key == key), None)


def candidates(said: str, code: int, enhanced: str) -> tuple[Source, ...]:
    """The parts that could refuse this line with the code; where there are some with the enhanced code, those alone."""
    verb = said[:4].upper() if said != "." else said
    known = (source for source in sources() if source.rule is not ORDERED)
    fitting = [source for source in known if source.rule.code == code and _fits(source, verb)]
    exact = [source for source in fitting if enhanced and source.rule.enhanced == enhanced]
    return tuple(sorted(exact or fitting, key=lambda source: source.rule.key in _ANYWHERE)[:MOST])


MOST = 3
"""How many are named: more would not be read."""


def _fits(source: Source, verb: str) -> bool:
    if source.kind == "extension":
        return verb in _VERBS.get(source.name, ("MAIL", "RCPT"))
    if source.kind == "policy":
        return not source.stages.isdisjoint(_STAGES.get(verb, ()))
    return source.rule.key in _ANYWHERE or source.rule.key in _PROTOCOL.get(verb, ())


_VERBS: Mapping[str, tuple[str, ...]] = {"auth": ("AUTH",), "chunking": ("BDAT",), "starttls": ("STAR",)}
"""The verbs of extensions, by their first four letters; other extensions have parameters of MAIL and RCPT."""

_STAGES: Mapping[str, tuple[str, ...]] = {
    "": ("connect",),
    "HELO": ("helo",),
    "EHLO": ("helo",),
    "MAIL": ("mail",),
    "RCPT": ("rcpt",),
    "DATA": ("data",),
    "BDAT": ("data", "message"),
    ".": ("message",),
    "AUTH": ("auth",),
    "VRFY": ("vrfy",),
    "EXPN": ("expn",),
}
"""The stages at which the world is asked about a line."""

_ANYWHERE = frozenset(
    {"unknown-command", "bad-syntax", "line-too-long", "too-many-errors", "closed", "busy", "only-quit", "command-off"}
)
_ADDRESS = ("display-name", "parameter-unknown", "parameter-syntax", "utf8-not-announced")
_PROTOCOL: Mapping[str, tuple[str, ...]] = {
    "": ("turned-away",),
    "HELO": ("helo-missing", "helo-syntax"),
    "EHLO": ("helo-missing", "helo-syntax"),
    "MAIL": (
        "need-hello",
        "nested-mail",
        "mail-syntax",
        "bad-sender",
        "sender-not-allowed",
        "letter-too-big",
        *_ADDRESS,
    ),
    "RCPT": ("need-hello", "need-mail", "rcpt-syntax", "bad-recipient", "too-many-recipients", *_ADDRESS),
    "DATA": ("need-hello", "need-mail", "need-rcpt", "need-bdat", "no-argument"),
    "BDAT": ("need-hello", "need-mail", "need-rcpt", "in-chunks", "letter-too-big"),
    ".": ("letter-too-big", "header-too-big", "too-many-parts"),
    "AUTH": ("auth-not-offered", "in-transaction"),
    "RSET": ("no-argument",),
    "VRFY": ("argument-missing", "vrfy-unknown", "vrfy-syntax"),
    "EXPN": ("argument-missing", "expn-off"),
}
"""The protocol's own refusals of each line, by its first four letters."""
