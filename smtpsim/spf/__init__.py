"""Who may speak for a domain: RFC 7208 without I/O.

>>> from smtpsim.kernel.dns import Answer, Status
>>> class Zone:
...     def query(self, name, rdtype):
...         return Answer(name, rdtype, Status.NOERROR, (b"v=spf1 ip4:192.0.2.0/24 -all",))
>>> verdict = check_host("192.0.2.10", "example.com", "ann@example.com", "mail.example.com", Zone())
>>> str(verdict.result), verdict.term
('pass', 'ip4:192.0.2.0/24')
"""

from __future__ import annotations

from smtpsim.spf.evaluate import check_host
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.identity import Identity, helo_identity, mail_from_identity
from smtpsim.spf.parse import parse_record
from smtpsim.spf.record import Record
from smtpsim.spf.result import Reason, Result
from smtpsim.spf.trace import Evaluation, Explanation, Step
from smtpsim.spf.verdict import Verdict

__all__ = [
    "Evaluation",
    "Explanation",
    "Identity",
    "Reason",
    "Record",
    "Result",
    "Step",
    "SyntaxFault",
    "Verdict",
    "check_host",
    "helo_identity",
    "mail_from_identity",
    "parse_record",
]
