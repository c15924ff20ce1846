"""IDLE: the client waits, and the server tells what is new as soon as it happens (RFC 2177)."""

from __future__ import annotations

from smtpsim.protocol.imap.fault import fault
from smtpsim.protocol.imap.news import answer_with_news, with_news
from smtpsim.protocol.imap.question import Verdict
from smtpsim.protocol.imap.reply import UNTAGGED, Reply
from smtpsim.protocol.imap.service import (
    Command,
    ImapPending,
    ImapStep,
    Service,
    Verb,
    after_login,
    no_arguments,
    refuse,
    say,
)
from smtpsim.protocol.imap.state import Continued, Phase, State


def _begin(state: State, service: Service, command: Command, arguments: None) -> ImapStep:
    idling = state._replace(phase=Phase.IDLE, continued=Continued(command.tag, state.phase))
    return ImapStep(idling, say(service, command.tag, service.rule("idle-go")))


def done_line(state: State, service: Service, line: str) -> ImapStep | ImapPending:
    """DONE ends it; any other line does, too, and is refused."""
    assert state.continued is not None
    command = Command(state.continued.tag, "IDLE")
    resting = state._replace(phase=state.continued.back, continued=None)
    text = line.strip(" \t")
    if text.upper() != "DONE":
        return refuse(resting, service, command.tag, "idle-not-done", fault("imap-done-missing", 1, text[:40]))
    return answer_with_news(resting, service, command)


def pushed(state: State, service: Service, verdict: Verdict) -> ImapStep | None:
    """The untagged responses for what happened meanwhile, None for nothing."""
    if state.selected is None:
        return None
    later, untagged, facts = with_news(state, verdict.maildrop(state.selected.maildrop.name))
    if not untagged:
        return None
    rule = service.rule("idle-news")
    lines = tuple(f"{UNTAGGED} {told}" for told in untagged)
    return ImapStep(later, Reply(rule.key, rule.status, lines, rule.ref), facts)


VERBS = (Verb("IDLE", "IDLE", no_arguments, _begin, after_login(Phase.IDLE), rank=190),)
