"""What a test or a program orders of the server, as the lines that a person would type for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

COMMANDS = {
    "CONNECT": "connect",
    "HELO": "helo",
    "EHLO": "helo",
    "MAIL": "mail",
    "RCPT": "rcpt",
    "DATA": "data",
    ".": "dot",
    "QUIT": "quit",
}
"""The commands that can fail, and the word for the moment in a `:fault` line. `.` is the end of the letter."""


def fault_line(command: str, to: str, action: str, times: int, text: str) -> str:
    """The `:fault` line. Raises ValueError for a command that cannot fail."""
    stage = COMMANDS.get(command.upper())
    if stage is None:
        raise ValueError(f"{command!r} cannot fail; one of {', '.join(COMMANDS)} can")
    parts = [":fault", stage, action, *([f"x{times}"] if times else []), *(["for", to] if to else [])]
    return " ".join([*parts, *(["say", text] if text else [])])


def action(reply: int, delay: int, drop: bool) -> str:
    """What goes wrong, as a `:fault` line has it."""
    if drop:
        return "drop"
    return f"delay {delay}s" if delay else str(reply)


def dns_lines(name: str, kind: str, values: tuple[str, ...]) -> Iterator[str]:
    """The `:dns` lines that publish these records in the place of those of their type."""
    for number, value in enumerate(values):
        yield f":dns {'add' if number else 'set'} {name} {kind} {value}"


def policy_lines(host: str, name: str, settings: Mapping[str, object]) -> Iterator[str]:
    """The `:policy` lines for these settings. In Python their names have underscores where others have hyphens."""
    for setting, value in settings.items():
        yield f":policy {host} {name} {setting.replace('_', '-')} {_typed(value)}"


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
