"""The findings of DKIM, ARC and DMARC as plain JSON data: dicts, lists, text safe to print, numbers and None."""

from __future__ import annotations

from smtpsim.auth.alignment import Aligned
from smtpsim.auth.arc.chain import Chain, Seal
from smtpsim.auth.discover import Discovery
from smtpsim.auth.dmarc import Verdict
from smtpsim.auth.record import Record
from smtpsim.auth.signature import Examined
from smtpsim.auth.walk import Walk
from smtpsim.kernel.printable import printable
from smtpsim.render.spf_json import Plain, plain_answer


def plain_signature(examined: Examined) -> Plain:
    """One DKIM signature: what it says, the question for its key, and whether the body is as it was signed."""
    said = examined.signature
    return {
        "number": examined.number,
        "domain": printable(said.domain) if said else None,
        "selector": printable(said.selector) if said else None,
        "identity": printable(said.identity) if said else None,
        "algorithm": printable(said.algorithm) if said else None,
        "canonicalization": printable(said.canonicalization) if said else None,
        "headers": list(map(printable, said.headers)) if said else [],
        "key": plain_answer(examined.key),
        "body": examined.body,
        "reason": str(examined.reason),
        "detail": printable(examined.detail) or None,
        "ref": str(examined.ref),
    }


def plain_dmarc(verdict: Verdict) -> Plain:
    """The record, the policy, the tree walk, and each identifier beside the author's domain."""
    return {
        "author": printable(verdict.author),
        "reason": str(verdict.reason),
        "ref": str(verdict.ref),
        "disposition": str(verdict.wanted),
        "policy": _policy(verdict.discovery) if verdict.discovery else None,
        "walk": _walk(verdict.discovery.walk) if verdict.discovery else None,
        "identifiers": [_identifier(one) for one in verdict.aligned],
        "override": "arc" if verdict.overridden else None,
    }


def plain_chain(chain: Chain) -> Plain:
    """An ARC chain: why it holds or not, who is not believed, and each set, the oldest first."""
    return {
        "reason": str(chain.reason),
        "instance": chain.instance or None,
        "detail": printable(chain.detail) or None,
        "ref": str(chain.ref),
        "untrusted": None if chain.untrusted is None else list(map(printable, chain.untrusted)),
        "sets": [_seal(seal) for seal in chain.seals],
    }


def _seal(seal: Seal) -> Plain:
    return {
        "instance": seal.instance,
        "domain": printable(seal.domain),
        "selector": printable(seal.selector),
        "status": printable(seal.status),
        "good": seal.good,
        "key": plain_answer(seal.key),
        "server": printable(seal.results.server),
        "results": [
            {
                "method": one.method,
                "result": printable(one.result),
                "properties": {name: printable(value) for name, value in one.properties},
            }
            for one in seal.results.results
        ],
    }


def _policy(discovery: Discovery) -> Plain | None:
    if discovery.record is None:
        return None
    return {
        "domain": printable(discovery.domain),
        "whose": discovery.whose,
        "tag": discovery.tag or None,
        "published": str(discovery.policy),
        "applied": str(discovery.applied),
        "existence": plain_answer(discovery.existence),
        **_record(discovery.record),
    }


def _record(record: Record) -> Plain:
    return {
        "record": printable(record.text),
        "tags": [
            {
                "name": printable(tag.name),
                "value": printable(tag.value),
                "column": tag.column,
                "note": None if tag.note is None else str(tag.note),
            }
            for tag in record.tags
        ],
    }


def _walk(walk: Walk) -> Plain:
    return {
        "domain": printable(walk.domain),
        "organisation": printable(walk.organisation),
        "rule": walk.key,
        "queries": [plain_answer(step.answer) for step in walk.asked],
    }


def _identifier(one: Aligned) -> Plain:
    return {
        "method": one.identifier.method,
        "domain": printable(one.identifier.domain),
        "result": one.identifier.result,
        "strict": one.strict,
        "aligned": one.aligned,
        "reason": one.key,
        "ref": str(one.ref),
        "walk": _walk(one.walk) if one.walk else None,
    }
