"""A campaign as one JSON object."""

from __future__ import annotations

import json

from smtpsim.campaign.mailing import totals
from smtpsim.campaign.report import Report, Run

SCHEMA = 1


def campaign_json(report: Report) -> str:
    """The object, on one line. Rates are in percent."""
    found = {
        "schema": SCHEMA,
        "plan": report.plan._asdict(),
        "recipients": report.recipients,
        "service": report.service,
        "account": report.account,
        "thresholds": {name: rate / 10 for name, rate in report.thresholds._asdict().items()},
        "runs": [_run(run) for run in report.runs],
    }
    return json.dumps(found, ensure_ascii=False)


def _run(run: Run) -> dict[str, object]:
    mailings = [
        {
            **mailing._asdict(),
            "sent": mailing.sent,
            "bounce_rate": round(mailing.bounce_rate / 10, 3),
            "complaint_rate": round(mailing.complaint_rate / 10, 4),
        }
        for mailing in run.mailings
    ]
    events = [event._asdict() for event in run.events]
    return {"hygiene": run.hygiene, "totals": totals(run.mailings), "events": events, "mailings": mailings}
