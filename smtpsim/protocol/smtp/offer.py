"""Puts a service together: the core verbs, and the extensions that a host names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from smtpsim.kernel.printable import printable
from smtpsim.protocol.smtp.extension import either
from smtpsim.protocol.smtp.extensions import load
from smtpsim.protocol.smtp.extensions.auth import mail_parameter
from smtpsim.protocol.smtp.replies import RULES
from smtpsim.protocol.smtp.reply import FIELD, Reply, ReplyRule, fill
from smtpsim.protocol.smtp.service import Limits, ParameterCheck, Service
from smtpsim.protocol.smtp.verbs import by_rank, core

_ALWAYS: Mapping[str, ParameterCheck] = {"AUTH": mail_parameter}
"""Parameters of MAIL that servers take also while they do not offer the extension (RFC 4954 5)."""


def service(
    name: str,
    extensions: Iterable[str] = (),
    limits: Limits = Limits(),
    mechanisms: tuple[str, ...] = (),
    texts: Mapping[str, str] | None = None,
) -> Service:
    """The service of host `name` with the extensions called so (`size`, `starttls`, ...).

    Raises LookupError for an extension that there is no file for.
    """
    loaded = tuple(load(extension) for extension in extensions)
    verbs = sorted((*core(), *(verb for e in loaded for verb in e.verbs)), key=by_rank)
    rules = RULES | {rule.key: rule for extension in loaded for rule in extension.replies}
    own = {key: _safe(text) for key, text in (texts or {}).items()}
    return Service(
        name=name,
        extensions=loaded,
        limits=limits,
        mechanisms=mechanisms,
        texts=MappingProxyType(own),
        verbs=MappingProxyType({verb.name: verb for verb in verbs}),
        rules=MappingProxyType(rules),
        fixed=MappingProxyType(_fixed(name, rules.values(), own)),
        mail_parameters=_parameters((_ALWAYS, *(e.mail for e in loaded))),
        rcpt_parameters=_parameters(e.rcpt for e in loaded),
        single_parameters=frozenset(name for e in loaded for name in e.single),
        keywords=frozenset(e.keyword for e in loaded),
    )


def without(offered: Service, *switched_off: str) -> Service:
    """The same service with some extensions switched off, by their names."""
    kept = [name for name in extension_names(offered) if name not in switched_off]
    return service(offered.name, kept, offered.limits, offered.mechanisms, offered.texts)


def extension_names(offered: Service) -> tuple[str, ...]:
    return tuple(extension.name for extension in offered.extensions)


def _safe(text: str) -> str:
    """A host's own wording may have several lines, but no other controls."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _fixed(name: str, rules: Iterable[ReplyRule], texts: Mapping[str, str]) -> dict[str, tuple[Reply, Reply]]:
    """The replies that say nothing but the server's name: made once, said often."""
    values = {"server": name}
    worded = ((rule, texts.get(rule.key, rule.text)) for rule in rules)
    return {
        rule.key: (fill(rule, text, values, False), fill(rule, text, values, True))
        for rule, text in worded
        if values.keys() >= set(FIELD.findall(text))
    }


def _parameters(tables: Iterable[Mapping[str, ParameterCheck]]) -> Mapping[str, ParameterCheck]:
    merged: dict[str, ParameterCheck] = {}
    for table in tables:
        for name, check in table.items():
            merged[name] = either(merged[name], check) if name in merged else check
    return MappingProxyType(merged)
