"""How the world's blocklists are run, from the tables `[blocklists."NAME"]` of its manifest."""

from __future__ import annotations

from smtpsim.kernel.ip import is_address
from smtpsim.world.dnsbl import Operator
from smtpsim.world.load.names import is_domain
from smtpsim.world.load.table import Table


def read_operators(manifest: Table) -> dict[str, Operator]:
    """The operators by the names of their lists; mistakes go into the manifest's report."""
    lists = manifest.table("blocklists")
    found = {}
    for name in lists.data:
        table = lists.table(name)
        if not is_domain(name):
            lists.wrong(name, "not-a-domain", found=name)
        found[name.lower()] = _operator(table)
        table.close()
    return found


def _operator(table: Table) -> Operator:
    usual = Operator()
    code = table.text("code", usual.code)
    if not is_address(code) or not code.startswith("127."):
        table.wrong("code", "not-a-code", found=code)
    return Operator(
        hits=table.number("hits", usual.hits),
        over=table.number("over", usual.over),
        days=table.number("days", usual.days),
        kept=table.number("kept", usual.kept),
        code=code,
        text=table.text("text", usual.text),
    )
