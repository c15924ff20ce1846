"""Nothing leaves the machine: no file of the program opens a connection, but those that are named here and say why."""

from __future__ import annotations

import ast
from pathlib import Path

import smtpsim

PACKAGE = Path(smtpsim.__file__).parent

ALLOWED = {
    # to loopback only, as tests/app/test_sendmail.py shows; `socket` tells the name of this machine
    "app/sendmail.py": {"smtplib", "socket"},
    # to loopback only, as tests/app/serve/webhooks/ shows
    "app/serve/webhooks/hook.py": {"ClientSession"},
    # `--dns live` asks real name servers
    "world/dns/live.py": {"socket"},
}
"""By file: the modules that could reach out and that it may import."""

REACHING = {
    "socket",
    "smtplib",
    "urllib.request",
    "http.client",
    "ftplib",
    "poplib",
    "imaplib",
    "requests",
    "telnetlib",
}
CALLS = {
    "create_connection",
    "open_connection",
    "TCPConnector",
    "create_datagram_endpoint",
    "ClientSession",
    "sock_connect",
}


def reached(tree: ast.Module) -> set[str]:
    """The modules that are imported, and the calls that open connections."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & REACHING
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} & REACHING
        elif isinstance(node, ast.Attribute | ast.Name):
            found |= {node.attr if isinstance(node, ast.Attribute) else node.id} & CALLS
    return found


def test_no_file_opens_a_connection() -> None:
    """Live DNS asks through dnspython, in `world/dns/live.py` alone."""
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        source = path.read_text(encoding="utf-8")
        assert reached(ast.parse(source)) <= ALLOWED.get(name, set()), name
        assert "dns.resolver" not in source or name == "world/dns/live.py", name
