"""`smtpsim serve`: one world behind real ports, for programs and people."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.models import OptionInfo

from smtpsim.app.options import ClientIpOption, HostOption, LangOption, SeedOption, WorldOption


def _ports(name: str, text: str) -> OptionInfo:
    """An option that opens a port; it can be repeated."""
    option: OptionInfo = typer.Option(
        f"--{name}", metavar="HOST:PORT", default_factory=list, show_default=False, help=text
    )
    return option


def _networks(name: str, text: str) -> OptionInfo:
    option: OptionInfo = typer.Option(f"--{name}", metavar="CIDR", default_factory=list, show_default=False, help=text)
    return option


Texts = list[str]
Listen = Annotated[Texts, _ports("listen", "SMTP here (127.0.0.1:2525); repeat it for more.")]
Submission = Annotated[Texts, _ports("submission", "SMTP for those who log in, as on port 587.")]
Smtps = Annotated[Texts, _ports("smtps", "The same, with TLS from the first octet, as on port 465.")]
Pop3 = Annotated[Texts, _ports("pop3", "POP3 here: what was delivered can be fetched.")]
Imap = Annotated[Texts, _ports("imap", "IMAP here.")]
Http = Annotated[Texts, _ports("http", "A page with sessions and mails, and a JSON API (/openapi.json).")]
AcceptAny = Annotated[
    bool,
    typer.Option("--accept-any", help="Take every recipient and every log-in; a mailbox appears with its first mail."),
]
OwnWorld = Annotated[bool, typer.Option("--own-world", help="Each connection has a world of its own.")]
ClockOption = Annotated[
    str, typer.Option("--clock", metavar="real|60x|held", help="How the world's time passes.", show_default=True)
]
Xclient = Annotated[Texts, _networks("xclient", "Who may choose a client's address by XCLIENT (loopback).")]
Proxy = Annotated[Texts, _networks("proxy", "Who speaks the PROXY protocol, version 1 or 2, in front of all else.")]
Cert = Annotated[str, typer.Option("--cert", metavar="FILE", help="The certificate; else one for this run is made.")]
Key = Annotated[str, typer.Option("--key", metavar="FILE", help="The key of the certificate.")]
Webhook = Annotated[
    Texts,
    typer.Option(
        "--webhook",
        metavar="URL",
        default_factory=list,
        show_default=False,
        help="Tell a program on this machine what becomes of mails; repeat it for more.",
    ),
]
WebhookForm = Annotated[
    str, typer.Option("--webhook-form", metavar="ses|sendgrid", help="Whose JSON it is told.", show_default=True)
]
Log = Annotated[str, typer.Option("--log", metavar="FILE", help="Write what happens there as JSON Lines.")]
Record = Annotated[
    str, typer.Option("--record", metavar="DIR", help="Write each session there as a transcript, secrets masked.")
]
Keep = Annotated[
    str, typer.Option("--keep", metavar="DIR", help="Mailboxes, queue and clock outlive the process, also kill -9.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="In a terminal, too, a plain log: a line a session.")]


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
    from smtpsim.app.environment import real
    from smtpsim.app.options import chosen_words
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
