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


From = Annotated[str, typer.Option("--from", metavar="ADDRESS", help="The author: 'Alice <alice@example.com>'.")]
To = Annotated[Addresses, _addresses("to", "Recipients; repeat it, or separate them by commas.")]
Cc = Annotated[Addresses, _addresses("cc", "Recipients of a copy.")]
Bcc = Annotated[Addresses, _addresses("bcc", "Recipients on the envelope only.")]
ReplyTo = Annotated[Addresses, _addresses("reply-to", "Where answers shall go, if not to the author.")]
Subject = Annotated[str, typer.Option("--subject", metavar="TEXT", help="The subject.")]
Body = Annotated[str, typer.Option("--body", metavar="TEXT", help="The text.")]
BodyFile = Annotated[str, typer.Option("--body-file", metavar="FILE", help="The text is in this file; - is stdin.")]
Listed = Annotated[
    str, typer.Option("--list", metavar="FILE", help="More hidden recipients, an address a line; - is stdin.")
]
Each = Annotated[bool, typer.Option("--each", help="A transaction for each recipient, not one for all.")]
ForReceipt = Annotated[bool, typer.Option("--receipt", help="Ask for a read receipt to the author.")]
EnvelopeFrom = Annotated[
    str, typer.Option("--envelope-from", metavar="ADDRESS|<>", help="The envelope's sender, if not the author.")
]
Helo = Annotated[
    str, typer.Option("--helo", metavar="NAME", help="The client's name in EHLO; else that of its address.")
]
OnlyText = Annotated[bool, typer.Option("--text", help="Only what the client would say; nothing is sent.")]
Output = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="Write the dialogue there, as a transcript.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a turn.")]
Panel = Annotated[bool, typer.Option("--panel", help="Print the final panel.")]


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
    lang: LangOption = "",
    seed: SeedOption = 0,
) -> None:
    """Write a mail as a mail program does, see the dialogue that it makes, and what becomes of it."""
    from smtpsim.app.compose import Sending, filled_in, send, show
    from smtpsim.app.environment import real
    from smtpsim.app.options import chosen_words
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
    draft = filled_in(given, listed, body_file, say, environment)
    choice = Choice(world, client_ip, host, lang, seed)
    sending = Sending(draft, one_each if each else one_for_all, helo, choice)
    if text:
        show(sending, output, say, environment)
        return
    outputs = [name for name, wanted in {"json": json, "panel": panel}.items() if wanted]
    send(sending, output, outputs, say, environment)
