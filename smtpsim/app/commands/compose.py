"""`smtpsim compose`: the sender's mail program, and the SMTP that it speaks."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.models import OptionInfo

from smtpsim.app.options import ClientIpOption, ForceOption, HostOption, LangOption, SeedOption, WorldOption

Addresses = list[str]


def _addresses(name: str) -> OptionInfo:
    """An option that can be repeated."""
    form = "ADDRESS,..."
    option: OptionInfo = typer.Option(f"--{name}", metavar=form, default_factory=list, show_default=False)
    return option


From = Annotated[str, typer.Option("--from", metavar="ADDRESS")]
To = Annotated[Addresses, _addresses("to")]
Cc = Annotated[Addresses, _addresses("cc")]
Bcc = Annotated[Addresses, _addresses("bcc")]
ReplyTo = Annotated[Addresses, _addresses("reply-to")]
Subject = Annotated[str, typer.Option("--subject", metavar="TEXT")]
Body = Annotated[str, typer.Option("--body", metavar="TEXT")]
BodyFile = Annotated[str, typer.Option("--body-file", metavar="FILE")]
Listed = Annotated[str, typer.Option("--list", metavar="FILE")]
Each = Annotated[bool, typer.Option("--each")]
ForReceipt = Annotated[bool, typer.Option("--receipt")]
EnvelopeFrom = Annotated[str, typer.Option("--envelope-from", metavar="ADDRESS|<>")]
Helo = Annotated[str, typer.Option("--helo", metavar="NAME")]
OnlyText = Annotated[bool, typer.Option("--text")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE")]
Json = Annotated[bool, typer.Option("--json")]
Panel = Annotated[bool, typer.Option("--panel")]


def compose(
    author: From,
    to: To,
    cc: Cc,
    bcc: Bcc,
    reply_to: ReplyTo,
    subject: Subject = "",
    body: Body = "",
    body_file: BodyFile = "",
    listed: Listed = "",
    each: Each = False,
    receipt: ForReceipt = False,
    envelope_from: EnvelopeFrom = "",
    helo: Helo = "",
    text: OnlyText = False,
    output: Output = "",
    json: Json = False,
    panel: Panel = False,
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    force: ForceOption = False,
    lang: LangOption = "",
    seed: SeedOption = 0,
) -> None:
    """Write a mail as a mail program does, see the dialogue that it makes, and what becomes of it."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.compose import Sending, filled_in, send, show
    from smtpsim.app.environment import real
    from smtpsim.app.overwriting import cleared
    from smtpsim.message.compose import one_each, one_for_all
    from smtpsim.shell.opening import Choice

    environment = real()
    say = chosen_words(lang, environment.variables)
    cleared(output, force, say, environment)
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
    draft = filled_in(given, listed, body_file, say, environment)
    choice = Choice(world, client_ip, host, lang, seed)
    sending = Sending(draft, one_each if each else one_for_all, helo, choice)
    if text:
        show(sending, output, say, environment)
        return
    outputs = [name for name, wanted in {"json": json, "panel": panel}.items() if wanted]
    send(sending, output, outputs, say, environment)
