"""A mistake in a world's files, as a value: where it is and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.disk.regular import MEBIBYTE, Unfit


class WorldFault(NamedTuple):
    """`line` counts from 1, 0 for the whole file; `key` names the sentence in the catalogues (`world.KEY`)."""

    file: str
    line: int
    key: str
    values: Mapping[str, str]


def unread(wrong: OSError) -> tuple[str, Mapping[str, str]]:
    """Key and values of the mistake that a file cannot be read."""
    if isinstance(wrong, Unfit):
        return wrong.key, {"most": str(wrong.most // MEBIBYTE)}
    return "unreadable", {"reason": wrong.strerror or str(wrong)}


FAULT_KEYS = (
    "unreadable",
    "not-regular",
    "too-large",
    "not-utf-8",
    "toml-syntax",
    "zone-syntax",
    "cname-and-other-data",
    "zone-too-long",
    "too-many-records",
    "key-unknown",
    "key-missing",
    "not-a-text",
    "not-a-number",
    "not-a-flag",
    "not-a-list",
    "not-a-table",
    "not-a-time",
    "not-a-date",
    "clock-range",
    "not-an-address",
    "not-a-network",
    "not-a-domain",
    "not-a-local-part",
    "not-a-mailbox",
    "not-a-mailbox-here",
    "not-a-code",
    "not-a-sender",
    "not-a-word",
    "no-id",
    "no-volume",
    "not-one-line",
    "not-https",
    "not-a-selector",
    "not-a-key-file",
    "not-a-key",
    "key-unreadable",
    "key-not-regular",
    "key-too-large",
    "extension-unknown",
    "policy-unknown",
    "mechanism-unknown",
    "reply-unknown",
    "host-unknown",
    "mailbox-unknown",
    "list-unknown",
    "mailbox-twice",
    "host-twice",
    "domain-twice",
    "address-twice",
    "no-hosts",
)
