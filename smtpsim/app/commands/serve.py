"""`smtpsim serve`: one world behind real ports, for programs and people."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.models import OptionInfo

from smtpsim.app.options import ClientIpOption, HostOption, LangOption, SeedOption, WorldOption


def _ports(name: str) -> OptionInfo:
    """An option that opens a port; it can be repeated."""
    option: OptionInfo = typer.Option(f"--{name}", metavar="HOST:PORT", default_factory=list, show_default=False)
    return option


def _networks(name: str) -> OptionInfo:
    option: OptionInfo = typer.Option(f"--{name}", metavar="CIDR", default_factory=list, show_default=False)
    return option


Texts = list[str]
Listen = Annotated[Texts, _ports("listen")]
Submission = Annotated[Texts, _ports("submission")]
Smtps = Annotated[Texts, _ports("smtps")]
Pop3 = Annotated[Texts, _ports("pop3")]
Imap = Annotated[Texts, _ports("imap")]
Http = Annotated[Texts, _ports("http")]
AcceptAny = Annotated[
    bool,
    typer.Option("--accept-any"),
]
OwnWorld = Annotated[bool, typer.Option("--own-world")]
ClockOption = Annotated[str, typer.Option("--clock", metavar="real|60x|held", show_default=True)]
Xclient = Annotated[Texts, _networks("xclient")]
Proxy = Annotated[Texts, _networks("proxy")]
Cert = Annotated[str, typer.Option("--cert", metavar="FILE")]
Key = Annotated[str, typer.Option("--key", metavar="FILE")]
Webhook = Annotated[Texts, typer.Option("--webhook", metavar="URL", default_factory=list, show_default=False)]
WebhookForm = Annotated[str, typer.Option("--webhook-form", metavar="ses|sendgrid", show_default=True)]
Log = Annotated[str, typer.Option("--log", metavar="FILE")]
Record = Annotated[str, typer.Option("--record", metavar="DIR")]
Keep = Annotated[str, typer.Option("--keep", metavar="DIR")]
Quiet = Annotated[bool, typer.Option("--quiet")]


def serve(
    listen: Listen,
    submission: Submission,
    smtps: Smtps,
    pop3: Pop3,
    imap: Imap,
    http: Http,
    xclient: Xclient,
    proxy: Proxy,
    webhook: Webhook,
    accept_any: AcceptAny = False,
    own_world: OwnWorld = False,
    clock: ClockOption = "real",
    cert: Cert = "",
    key: Key = "",
    keep: Keep = "",
    webhook_form: WebhookForm = "ses",
    log: Log = "",
    record: Record = "",
    quiet: Quiet = False,
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    lang: LangOption = "",
    seed: SeedOption = 0,
) -> None:
    """Serve SMTP, POP3 and IMAP on real ports, all in one simulated world. Nothing is sent to a real server."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.serve.options import Typed, listening_for_http, webhooks
    from smtpsim.app.serve.run import Output, run
    from smtpsim.app.serve.settled import recorded_in, settled
    from smtpsim.shell.opening import Choice

    environment = real()
    say = chosen_words(lang, environment.variables)
    ports = {"smtp": listen, "submission": submission, "smtps": smtps, "pop3": pop3, "imap": imap, "http": http}
    typed = Typed(ports, clock, tuple(xclient), tuple(proxy), cert, key, accept_any, own_world, keep)
    choice = Choice(world, client_ip, host, lang, seed)
    server = settled(typed, choice, say)
    told = webhooks(webhook, webhook_form, say)
    output = Output(quiet, log, record, recorded_in(typed, choice), listening_for_http(ports, say), told)
    raise typer.Exit(run(server, output, say, environment))
