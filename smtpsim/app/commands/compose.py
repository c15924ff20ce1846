"""`smtpsim compose`: the sender's mail program, and the SMTP that it speaks."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.models import OptionInfo

from smtpsim.app.options import ClientIpOption, HostOption, LangOption, SeedOption, WorldOption

Addresses = list[str]


def _addresses(name: str, text: str) -> OptionInfo:
    """An option that can be repeated."""
    form = "ADDRESS,..."
    option: OptionInfo = typer.Option(f"--{name}", metavar=form, default_factory=list, show_default=False, help=text)
    return option


def compose(
    author: Annotated[str, typer.Option("--from", metavar="ADDRESS", help="The author: 'Alice <alice@example.com>'.")],
    to: Annotated[Addresses, _addresses("to", "Recipients; repeat it, or separate them by commas.")],
    cc: Annotated[Addresses, _addresses("cc", "Recipients of a copy.")],
    bcc: Annotated[Addresses, _addresses("bcc", "Recipients on the envelope only.")],
    reply_to: Annotated[Addresses, _addresses("reply-to", "Where answers shall go, if not to the author.")],
    subject: Annotated[str, typer.Option("--subject", metavar="TEXT", help="The subject.")] = "",
    body: Annotated[str, typer.Option("--body", metavar="TEXT", help="The text.")] = "",
    body_file: Annotated[
        str, typer.Option("--body-file", metavar="FILE", help="The text is in this file; - is stdin.")
    ] = "",
    listed: Annotated[
        str, typer.Option("--list", metavar="FILE", help="More hidden recipients, an address a line; - is stdin.")
    ] = "",
    each: Annotated[bool, typer.Option("--each", help="A transaction for each recipient, not one for all.")] = False,
    receipt: Annotated[bool, typer.Option("--receipt", help="Ask for a read receipt to the author.")] = False,
    envelope_from: Annotated[
        str, typer.Option("--envelope-from", metavar="ADDRESS|<>", help="The envelope's sender, if not the author.")
    ] = "",
    helo: Annotated[
        str, typer.Option("--helo", metavar="NAME", help="The client's name in EHLO; else that of its address.")
    ] = "",
    text: Annotated[bool, typer.Option("--text", help="Only what the client would say; nothing is sent.")] = False,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Write the dialogue there, as a transcript.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a turn.")] = False,
    panel: Annotated[bool, typer.Option("--panel", help="Print the final panel.")] = False,
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    lang: LangOption = "",
    seed: SeedOption = 0,
) -> None:
    """Write a mail as a mail program does, see the dialogue that it makes, and what becomes of it."""
    from smtpsim.app import composing
    from smtpsim.app.environment import real
    from smtpsim.app.wording import chosen_words
    from smtpsim.message.compose import one_each, one_for_all
    from smtpsim.shell.opening import Choice

    environment = real()
    say = chosen_words(lang, environment.variables)
    given = {
        "from": [author],
        "to": to,
        "cc": cc,
        "bcc": bcc,
        "reply-to": reply_to,
        "receipt": [author] if receipt else [],
        "envelope-from": [envelope_from] if envelope_from else [],
        "subject": [subject],
        "body": [body] if body else [],
    }
    draft = composing.filled_in(given, listed, body_file, say, environment)
    choice = Choice(world, client_ip, host, lang, seed)
    sending = composing.Sending(draft, one_each if each else one_for_all, helo, choice)
    if text:
        composing.show(sending, output, say, environment)
        return
    outputs = [name for name, wanted in {"json": json, "panel": panel}.items() if wanted]
    composing.send(sending, output, outputs, say, environment)
