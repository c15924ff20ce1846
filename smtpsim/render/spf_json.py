"""An SPF verdict and its trace as plain JSON data: dicts, lists, text that is safe to print, numbers and None."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smtpsim.kernel.dns import Answer, record_text
from smtpsim.kernel.printable import printable
from smtpsim.spf import Evaluation, Explanation, Step, SyntaxFault, Verdict

Plain = Mapping[str, Any]


def plain_verdict(verdict: Verdict) -> Plain:
    """Everything, the trace as a list of check_host() calls: the domain's own, nested ones in its steps."""
    return {
        "result": str(verdict.result),
        "reason": str(verdict.reason),
        "domain": printable(verdict.domain),
        "term": printable(verdict.term),
        "ref": str(verdict.ref),
        "explanation": printable(verdict.explanation),
        "lookups": verdict.lookups,
        "voids": verdict.voids,
        "fault": _fault(verdict.fault),
        "trace": [plain_evaluation(verdict.trace)],
        "explained": _explained(verdict.explained),
    }


def plain_evaluation(evaluation: Evaluation) -> Plain:
    """One check_host() call; `record` is its text with octets outside ASCII as \\xNN, or None."""
    return {
        "domain": printable(evaluation.domain),
        "query": plain_answer(evaluation.answer),
        "record": record_text(evaluation.text) if evaluation.text else None,
        "fault": _fault(evaluation.fault),
        "steps": [_step(step) for step in evaluation.steps],
        "result": str(evaluation.result),
        "reason": str(evaluation.reason),
        "ref": str(evaluation.ref),
    }


def _step(step: Step) -> Plain:
    return {
        "term": printable(str(step.term)),
        "column": step.term.column,
        "target": printable(step.target),
        "answers": [plain_answer(answer) for answer in step.answers],
        "matched": step.matched,
        "result": None if step.result is None else str(step.result),
        "reason": str(step.reason),
        "lookups": step.lookups,
        "voids": step.voids,
        "ref": str(step.ref),
        "nested": None if step.nested is None else plain_evaluation(step.nested),
    }


def plain_answer(answer: Answer | None) -> Plain | None:
    """A question to the DNS and what came back."""
    if answer is None:
        return None
    return {
        "name": printable(answer.name),
        "type": answer.rdtype,
        "status": str(answer.status),
        "records": list(map(record_text, answer.records)),
        "aliases": list(map(printable, answer.aliases)),
    }


def _fault(fault: SyntaxFault | None) -> Plain | None:
    if fault is None:
        return None
    return {"key": fault.key, "column": fault.column, "found": printable(fault.found), "ref": str(fault.ref)}


def _explained(explained: Explanation | None) -> Plain | None:
    if explained is None:
        return None
    return {
        "term": printable(str(explained.term)),
        "column": explained.term.column,
        "target": printable(explained.target),
        "answers": [plain_answer(answer) for answer in explained.answers],
        "text": printable(explained.text),
        "key": explained.key,
        "fault": _fault(explained.fault),
    }
