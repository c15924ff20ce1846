"""How a blocklist is run: what lists an address, and for how long."""

from __future__ import annotations

from typing import NamedTuple


class Operator(NamedTuple):
    """`hits` letters to spam traps list an address, once the first and the last are `over` days apart; `days` without
    any and all are forgotten; a listing lasts `kept` days after the last hit. `code` is what the DNS answers then, and
    `text` what the list says of it, {ip} being the address."""

    hits: int = 3
    over: int = 7
    days: int = 365
    kept: int = 30
    code: str = "127.0.0.2"
    text: str = "listed for mail to spam traps: {ip}"
