"""check_host() (RFC 7208 4), and the evaluation of one domain's record."""

from __future__ import annotations

from smtpsim.kernel.dns import Answer, Resolver, Status
from smtpsim.spf.address import client_at
from smtpsim.spf.expand import ends
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.identity import POSTMASTER
from smtpsim.spf.name import malformed
from smtpsim.spf.parse import read_published
from smtpsim.spf.record import Record
from smtpsim.spf.result import Reason, Result
from smtpsim.spf.run import Run, failure
from smtpsim.spf.trace import Evaluation, Explanation, Step, Tried, new
from smtpsim.spf.verdict import Verdict, settled


def check_host(
    ip: str,
    domain: str,
    sender: str,
    helo: str,
    resolver: Resolver,
    *,
    receiver: str = "unknown",
    now: int = 0,
) -> Verdict:
    """Is the host at `ip` allowed to use `domain`?

    A dot at the end of `domain` says the same as none (RFC 7208 4.3 allows an empty label there).
    `sender` is a mail address without brackets ("" for the null sender), `helo` the name that the client
    gave, `receiver` the host that checks (%{r}), `now` seconds since 1970 (%{t}). Raises ValueError when
    `ip` is not an IP address; everything else comes out as a result.
    """
    domain = domain.removesuffix(".")
    local, _, origin = sender.rpartition("@")
    origin = (origin if sender else helo).removesuffix(".")
    local, origin, greeting = ends(local or POSTMASTER), ends(origin), ends(helo)
    run = Run(_check, client_at(ip), local, origin, greeting, resolver, receiver, now)
    trace = _check(run, domain)
    lookups, voids = run.lookups, run.voids
    explained = _explain(run, trace) if trace.result is Result.FAIL else None
    text = explained.text if explained else ""
    return Verdict(trace.result, trace.reason, domain, text, lookups, voids, trace, explained)


def _check(run: Run, domain: str) -> Evaluation:
    """Look up, select and evaluate the record of one domain."""
    if reason := malformed(domain):
        return Evaluation(domain, None, b"", None, (), Result.NONE, reason)
    answer = run.resolver.query(domain, "TXT")
    texts, record = read_published(answer.records)
    if record is None:
        return _unselected(domain, answer, texts)
    if isinstance(record, SyntaxFault):
        return Evaluation(domain, answer, texts[0], record, (), Result.PERMERROR, Reason.SYNTAX)
    tried: list[Step | Tried] = []
    result, reason = _evaluate(run, domain, record, tried)
    return new(Evaluation, (domain, answer, texts[0], None, tuple(tried), result, reason))


def _unselected(domain: str, answer: Answer, texts: tuple[bytes, ...]) -> Evaluation:
    """No record, or too many of them (RFC 7208 4.3, 4.4, 4.5)."""
    if texts:
        result, reason = Result.PERMERROR, Reason.MULTIPLE_RECORDS
    elif trouble := failure(answer):
        result, reason = Result.TEMPERROR, trouble
    else:
        missing = answer.status is Status.NXDOMAIN
        result, reason = Result.NONE, Reason.NO_DOMAIN if missing else Reason.NO_RECORD
    return Evaluation(domain, answer, b"", None, (), result, reason)


def _evaluate(run: Run, domain: str, record: Record, tried: list[Step | Tried]) -> tuple[Result, Reason]:
    """Try the mechanisms from left to right, then redirect (RFC 7208 4.6.2, 4.6.3, 4.7)."""
    for part in record.evaluated:
        step = part.evaluate(run, domain)
        tried.append(step)
        if step.result is not None:
            return step.result, step.reason
    if record.redirect is None:
        return Result.NEUTRAL, Reason.DEFAULT
    last = record.redirect.evaluate(run, domain)
    tried.append(last)
    return last.result or Result.NEUTRAL, last.reason


def _explain(run: Run, trace: Evaluation) -> Explanation | None:
    """The explanation of the record that failed: after a redirect, that of its target (RFC 7208 6.2)."""
    trace = settled(trace)
    record = None if trace.answer is None else read_published(trace.answer.records)[1]
    if record is None or isinstance(record, SyntaxFault) or record.exp is None:
        return None
    return record.exp.explain(run, trace.domain)
