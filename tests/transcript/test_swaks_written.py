"""The hints that swaks sets: who speaks, inside TLS or not, and whether it was refused."""

from __future__ import annotations

from smtpsim.transcript import Client, Command, Content, Dialogue, Note, Server, Target, write

WRITTEN = """\
=== Trying mx.example.com:25...
=== Connected to mx.example.com.
=== look here
<-  220-hi
<-  220 there
 -> STARTTLS
<-  220 go
 ~> EHLO a
<~* 502-no
<~* 502 no
 ~> DATA
<~  354 go
 ~>
 ~> ..
 ~> .
<~* 451 later
=== :wait 4h
"""


def test_hints() -> None:
    dialogue = Dialogue(
        (
            Note("look here"),
            Server(220, ("hi", "there")),
            Client("STARTTLS"),
            Server(220, ("go",)),
            Client("EHLO a"),
            Server(502, ("no", "no")),
            Client("DATA"),
            Server(354, ("go",)),
            Content(""),
            Content("."),
            Client("."),
            Server(451, ("later",)),
            Command(":wait 4h"),
        ),
        (),
        Target("mx.example.com", "25"),
    )
    assert write(dialogue, "swaks").decode() == WRITTEN


def test_a_refusal_in_clear_and_a_refused_starttls() -> None:
    dialogue = Dialogue((Client("STARTTLS"), Server(454, ("no",)), Client("NOOP"), Server(250, ("ok",))))
    assert write(dialogue, "swaks").decode() == " -> STARTTLS\n<** 454 no\n -> NOOP\n<-  250 ok\n"
